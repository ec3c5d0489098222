"""The rules of the rooms: pure functions over module → imported names, held by `test_architecture.py`."""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterable, Iterator, Mapping, Set
from fnmatch import fnmatch
from graphlib import CycleError, TopologicalSorter
from pathlib import Path
from typing import NamedTuple

ROOMS: dict[str, set[str]] = {
    "schemas": set(),
    "producers": {"schemas"},
    "streams": {"schemas", "warehouse"},
    "warehouse": {"schemas"},
    "expectations": {"schemas", "warehouse"},
    "apps": {"schemas", "warehouse"},
}
# The `puls` command and what only it puts together: starting, watching and asking after every part.
COMPOSITION = ("apps.cli", "apps.commands", "apps.hub", "apps.health")
SCHEMAS_NEEDS = {"msgspec", "pyarrow", "holidays"}
HOMES = {
    "kafka": "producers.publish",
    "aiokafka": "streams",
    "faust": "streams.app",
    "clickhouse_connect": "warehouse.client",
    "chdb": "warehouse.embedded",
    "streamlit": "apps",
    "great_expectations": "expectations",
}
SHAPELESS = {"utils", "util", "common", "helpers", "helper", "base", "misc"}
TOP_LEVEL = {
    *ROOMS, "tests", ".ci", "puls", "pyproject.toml", "requirements.lock", "Dockerfile",
    "docker-compose.yml", ".dockerignore", ".gitignore", "README.md", "CHANGELOG.md", "DECISIONS.md", "docs",
    "BENCHMARKS.md", "LICENSE",
}  # fmt: skip

Imports = Mapping[str, Set[str]]


class Read(NamedTuple):
    """What the import lines say: everything, and what happens while the module is loaded."""

    all: dict[str, set[str]]
    at_load: dict[str, set[str]]


def modules(root: Path, rooms: Iterable[str]) -> dict[str, ast.Module]:
    """Every module of the rooms, parsed."""
    files = (file for room in rooms for file in sorted((root / room).rglob("*.py")))
    return {_module_name(file.relative_to(root)): ast.parse(file.read_text()) for file in files}


def _module_name(file: Path) -> str:
    parts = file.with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def imports(trees: Mapping[str, ast.Module]) -> Read:
    """Imported names by module; of `from package import module` the module, where there is one."""
    everything, at_load = {}, {}
    for name, tree in trees.items():
        everything[name] = {_known(found, trees) for node in ast.walk(tree) for found in _names(node)}
        at_load[name] = {_known(found, trees) for node in _loaded(tree) for found in _names(node)}
    return Read(everything, at_load)


def _names(node: ast.AST) -> Iterator[str]:
    if isinstance(node, ast.Import):
        yield from (alias.name for alias in node.names)
    if isinstance(node, ast.ImportFrom):
        assert node.module and not node.level, "write imports in full"
        yield from (f"{node.module}.{alias.name}" for alias in node.names)


def _known(name: str, known: Iterable[str]) -> str:
    """The longest module that the name lies in; outside our rooms the name as it stands."""
    if name.partition(".")[0] not in ROOMS:
        return name
    while name not in known and "." in name:
        name = name.rpartition(".")[0]
    return name


def _loaded(node: ast.AST) -> Iterator[ast.AST]:
    """Nodes that run while the module is loaded: not in functions, not for type checking only."""
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
            continue
        if isinstance(child, ast.If) and "TYPE_CHECKING" in ast.unparse(child.test):
            continue
        yield child
        yield from _loaded(child)


def within(module: str, home: str) -> bool:
    return module == home or module.startswith(home + ".")


def forbidden_arrows(read: Imports) -> list[str]:
    """Imports between rooms that the card does not list."""
    return [
        f"{module} → {name}"
        for module, names in read.items()
        if not any(within(module, part) for part in COMPOSITION)
        for name in sorted(names)
        if (room := name.partition(".")[0]) in {*ROOMS, "tests"}
        and room not in {module.partition(".")[0], *ROOMS[module.partition(".")[0]]}
    ]


def foreign_needs_of_schemas(read: Imports) -> list[str]:
    """What `schemas` imports besides the standard library, msgspec, pyarrow and holidays."""
    allowed = {"schemas", *sys.stdlib_module_names, *SCHEMAS_NEEDS}
    return [
        f"{module} → {name}"
        for module, names in read.items()
        if within(module, "schemas")
        for name in sorted(names)
        if name.partition(".")[0] not in allowed
    ]


def strayed_clients(read: Imports) -> list[str]:
    """Client libraries that are imported outside their one home."""
    return [
        f"{module} → {name}"
        for module, names in read.items()
        for name in sorted(names)
        if (home := HOMES.get(name.partition(".")[0])) and not within(module, home)
    ]


def cycle(read: Imports) -> list[str]:
    """One ring of modules that import each other while they are loaded; [] when there is none."""
    own = {
        module: {name for name in names if name in read and name != module} for module, names in read.items()
    }
    try:
        TopologicalSorter(own).prepare()
    except CycleError as error:
        ring: list[str] = error.args[1]
        return ring
    return []


def shapeless(names: Iterable[str]) -> list[str]:
    """Modules whose name says nothing."""
    return [name for name in names if SHAPELESS & set(name.split("."))]


def reached(read: Imports, start: str) -> set[str]:
    """Everything that a module imports, and what that imports, also inside functions."""
    found, waiting = set[str](), [start]
    while waiting:
        name = waiting.pop()
        if name not in found:
            found.add(name)
            waiting += [*read.get(name, ()), *_parents(name)]
    return found


def _parents(name: str) -> list[str]:
    parts = name.split(".")
    return [".".join(parts[:end]) for end in range(1, len(parts))]


def unlisted(names: Iterable[str], ignored: Iterable[str]) -> list[str]:
    """Top-level files and folders that are neither on the card nor ignored by git."""
    patterns = [line.strip("/") for line in ignored if line and not line.startswith("#")]
    return [
        name
        for name in sorted(names)
        if name not in TOP_LEVEL and not any(fnmatch(name, pattern) for pattern in patterns)
    ]
