"""The arrows between the rooms, read from the import lines: a new one fails here.

Each rule (`tests/arrows.py`) has a test that sees it fail on a planted fault.
"""

from __future__ import annotations

import ast
import subprocess
import sys

import pytest

from tests.arrows import (
    HOMES,
    ROOMS,
    Read,
    cycle,
    forbidden_arrows,
    foreign_needs_of_schemas,
    imports,
    modules,
    reached,
    shapeless,
    strayed_clients,
    unlisted,
    within,
)
from tests.conftest import ROOT

PROCESSES = (
    "streams.app", "streams.lanes", "warehouse.publish", "warehouse.embedded", "producers.gateway.server",
    "apps.server",
)  # fmt: skip


def loads(module: str, library: str) -> bool:
    """Whether a fresh process that imports the module has the library loaded."""
    code = f"import {module}, sys; print({library!r} in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    return done.stdout.split()[-1] == "True"


@pytest.fixture(scope="module")
def product() -> Read:
    return imports(modules(ROOT, ROOMS))


def test_every_room_is_read(product: Read) -> None:
    assert {module.partition(".")[0] for module in product.all} == set(ROOMS)


def test_rooms_import_only_what_the_card_allows(product: Read) -> None:
    assert forbidden_arrows(product.all) == []


def test_schemas_needs_the_standard_library_msgspec_pyarrow_and_holidays_alone(product: Read) -> None:
    assert foreign_needs_of_schemas(product.all) == []


def test_each_client_library_has_one_home(product: Read) -> None:
    assert strayed_clients(product.all) == []
    used = {name.partition(".")[0] for names in product.all.values() for name in names}
    assert HOMES.keys() <= used


def test_no_modules_import_each_other_in_a_ring(product: Read) -> None:
    assert cycle(product.at_load) == []


def test_module_names_say_something(product: Read) -> None:
    assert shapeless(modules(ROOT, [*ROOMS, "tests"])) == []


def test_the_top_level_holds_what_the_card_lists() -> None:
    names = [entry.name for entry in ROOT.iterdir() if entry.name != ".git"]
    ignored = (ROOT / ".gitignore").read_text().splitlines()
    assert unlisted(names, [*ignored, ".venv-*"]) == []  # a person's further environments


@pytest.mark.parametrize("process", PROCESSES)
def test_no_process_of_the_hub_carries_great_expectations(product: Read, process: str) -> None:
    assert not [name for name in reached(product.all, process) if within(name, "great_expectations")]
    assert not loads(process, "great_expectations")


def test_a_planted_arrow_is_seen() -> None:
    planted = {
        "schemas.codes": {"warehouse.client"}, "producers.publish": {"streams.app"},
        "apps.lobby": {"producers.run"},
        "streams.app": {"tests.telling"}, "streams.batch": {"warehouse.archive", "schemas.codec", "json"},
        "apps.hub.starting": {"producers.publish"}, "apps.hubbub": {"streams.app"},
    }  # fmt: skip
    assert forbidden_arrows(planted) == [
        "schemas.codes → warehouse.client", "producers.publish → streams.app", "apps.lobby → producers.run",
        "streams.app → tests.telling", "apps.hubbub → streams.app",
    ]  # fmt: skip


def test_a_planted_need_of_schemas_is_seen() -> None:
    planted = {"schemas.codec": {"msgspec.json", "json", "numpy.linalg"}, "warehouse.client": {"numpy"}}
    assert foreign_needs_of_schemas(planted) == ["schemas.codec → numpy.linalg"]


def test_a_client_library_outside_its_home_is_seen() -> None:
    planted = {"apps.lobby": {"clickhouse_connect.driver", "streamlit"},
               "warehouse.embedded.engine": {"chdb"},
               "warehouse.embeddedness": {"chdb.session"}}  # fmt: skip
    assert strayed_clients(planted) == [
        "apps.lobby → clickhouse_connect.driver", "warehouse.embeddedness → chdb.session"
    ]  # fmt: skip


def test_a_ring_at_load_time_is_seen_and_one_inside_a_function_is_none() -> None:
    text = (
        "from warehouse import b\nif TYPE_CHECKING:\n    import warehouse.c\ndef f():\n    import warehouse.c"
    )
    trees = {
        "warehouse.a": text,
        "warehouse.b": "import warehouse.c",
        "warehouse.c": "from warehouse.a import x",
    }
    read = imports({name: ast.parse(tree) for name, tree in trees.items()})
    assert set(cycle(read.at_load)) == {"warehouse.a", "warehouse.b", "warehouse.c"}
    assert read.at_load["warehouse.a"] == {"warehouse.b"}
    assert read.all["warehouse.a"] == {"warehouse.b", "warehouse.c"}
    assert cycle(read.at_load | {"warehouse.b": set()}) == []


def test_a_name_that_says_nothing_is_seen() -> None:
    assert shapeless(["apps.utils.text", "schemas.codes", "streams.base"]) == [
        "apps.utils.text",
        "streams.base",
    ]


def test_an_unlisted_folder_is_seen() -> None:
    assert unlisted(["scripts", "apps", ".venv"], ["# local", "/.venv/"]) == ["scripts"]


def test_a_library_that_is_loaded_is_seen() -> None:
    assert loads("schemas.codec", "msgspec")
    assert reached({"a": {"b.c"}, "b": {"great_expectations.core"}}, "a") >= {"great_expectations.core"}
