"""Great Expectations, without its calls home, its progress bars and a warning of its own imports.

It costs seconds and 240 MB: only `python -m expectations.run` and tests come here, never worker or screens.
"""

from __future__ import annotations

import os
import warnings
from typing import Final

os.environ["GX_ANALYTICS_ENABLED"] = "False"
with warnings.catch_warnings():
    warnings.simplefilter("ignore", DeprecationWarning)
    from great_expectations import ExpectationSuite, get_context
    from great_expectations.core import ExpectationValidationResult
    from great_expectations.core.result_format import ResultFormat
    from great_expectations.data_context.types.base import (
        DataContextConfig,
        InMemoryStoreBackendDefaults,
        ProgressBarsConfig,
    )
    from great_expectations.datasource.fluent.interfaces import Batch
    from great_expectations.expectations.core.expect_column_values_to_be_between import (
        ExpectColumnValuesToBeBetween,
    )
    from great_expectations.expectations.expectation import Expectation
    from great_expectations.expectations.metadata_types import FailureSeverity

__all__ = ["ExpectColumnValuesToBeBetween", "Expectation", "ExpectationValidationResult", "FailureSeverity",
           "validate"]  # fmt: skip

COUNTS_ONLY: Final = {"result_format": ResultFormat.BASIC, "partial_unexpected_count": 0}


def validate(name: str, frame: object, expectations: list[Expectation]) -> list[ExpectationValidationResult]:
    """What is expected of a pandas frame, judged; the results hold counts, never a value of the frame."""
    suite = ExpectationSuite(name=name, expectations=expectations)
    return list(_batch(name, frame).validate(suite, result_format=COUNTS_ONLY).results)


def _batch(name: str, frame: object) -> Batch:
    """The frame as a batch of a context that is kept nowhere."""
    context = get_context(project_config=_configuration(), mode="ephemeral")
    asset = context.data_sources.add_pandas("warehouse").add_dataframe_asset(name)
    return asset.add_batch_definition_whole_dataframe("all").get_batch({"dataframe": frame})


def _configuration() -> DataContextConfig:
    """Nothing on disk (its own report would leave a folder behind each time), nothing on the terminal."""
    nowhere = InMemoryStoreBackendDefaults(init_temp_docs_sites=False)
    return DataContextConfig(store_backend_defaults=nowhere, progress_bars=ProgressBarsConfig(globally=False))
