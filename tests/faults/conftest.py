"""What a broker that is away leaves behind: kafka-python's constructor raises, and its waker's pair of
sockets is closed by the collector alone. That is no leak of ours; no later test should be said to have failed
for it.
"""

from __future__ import annotations

import gc
import warnings
from collections.abc import Iterator

import pytest

_WAKERS = (
    r"ignore:Exception ignored in. <socket\.socket fd=\d+, family=1,:pytest.PytestUnraisableExceptionWarning"
)


def pytest_itemcollected(item: pytest.Item) -> None:
    """Within a test of this folder it is not told."""
    item.add_marker(pytest.mark.filterwarnings(_WAKERS))


@pytest.fixture(autouse=True)
def collected() -> Iterator[None]:
    """After one nothing of it is left."""
    yield
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ResourceWarning)
        gc.collect()
