"""The table of access, `table.toml`: read once, every fault named. Pure."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final, Literal, cast, get_args

from apps.access.login import ROLES, Role
from schemas.errors import Misconfigured
from warehouse import restricted
from warehouse.restricted import Restricted

FILE: Final = Path(__file__).with_name("table.toml")
Class = Literal["public", "technical", "restricted"]
Scope = Literal["units", "municipality"]
Purpose = Literal[
    "placement_follow_up",
    "invoice_review",
    "assistance_follow_up",
    "staffing",
    "device_alarms",
    "statutory_report",
    "planning",
    "operations",
    "access_control",
    "complaint",
]


@dataclass(frozen=True)
class Page:
    """One page of the work views. purpose: why it is read, where nothing else is chosen; "" is the role's."""

    name: str
    path: str
    class_: Class
    roles: tuple[Role, ...]
    purpose: str = ""


@dataclass(frozen=True)
class Query:
    """One restricted query: from which pages it may be asked, and how far each role sees."""

    name: str
    pages: tuple[str, ...]
    scopes: Mapping[Role, Scope]
    what: Restricted


@dataclass(frozen=True)
class Table:
    """The whole table. Every question that it does not answer with a yes is answered with a no."""

    purposes: Mapping[Role, tuple[Purpose, ...]]
    pages: Mapping[str, Page]
    queries: Mapping[str, Query]

    def opens(self, roles: Sequence[Role], page: str) -> Role | None:
        """The first of these roles that may open the page, None when none may."""
        allowed = self.pages[page].roles if page in self.pages else ()
        return next((role for role in roles if role in allowed), None)

    def asks(self, roles: Sequence[Role], page: str, query: str) -> tuple[Role, Scope] | None:
        """The first of these roles that may run the query from the page, and how far it sees."""
        known = self.queries.get(query)
        if known is None or page not in known.pages:
            return None
        may = (role for role in roles if role in known.scopes and self.opens([role], page))
        role = next(may, None)
        return (role, known.scopes[role]) if role else None

    def purpose(self, role: Role, chosen: str = "", page: str = "") -> Purpose:
        """The chosen one where the role may read for it, else the page's own, else the role's first."""
        wanted = (chosen, self.pages[page].purpose if page in self.pages else "")
        return next(
            (own for why in wanted for own in self.purposes[role] if own == why), self.purposes[role][0]
        )

    def named(self, path: str) -> Page | None:
        """The page at an address."""
        return next((page for page in self.pages.values() if page.path == path), None)


@cache
def table() -> Table:
    """The table as it stands in the file. Raises Misconfigured that names every fault."""
    return read(FILE.read_text(encoding="utf-8"), restricted.QUERIES)


def read(text: str, queries: Mapping[str, Restricted]) -> Table:
    """The table of a TOML text. queries: the restricted ones that there are."""
    try:
        told = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise Misconfigured(f"{FILE.name}: {error}") from error
    faults = [*_faults(told), *_unknown_queries(told, queries), *restricted.faults(queries)]
    if faults:
        raise Misconfigured(f"{FILE.name}: " + "; ".join(faults))
    return Table(
        {cast(Role, role): tuple(values["purposes"]) for role, values in told["roles"].items()},
        {n: _page(n, values) for n, values in told["pages"].items()},
        {n: Query(n, tuple(v["pages"]), v["scopes"], queries[n]) for n, v in told["queries"].items()},
    )


def _page(name: str, told: Mapping[str, Any]) -> Page:
    return Page(name, told["path"], told["class"], tuple(told["roles"]), told.get("purpose", ""))


def _faults(told: Mapping[str, Any]) -> Iterator[str]:
    shapes: dict[str, dict[str, type]] = {
        "roles": {"purposes": list}, "pages": {"path": str, "class": str, "roles": list},
        "queries": {"pages": list, "scopes": dict},
    }  # fmt: skip
    yield from (f"unknown part {part}" for part in told.keys() - shapes.keys())
    for part, shape in shapes.items():
        for name, values in told.get(part, {}).items():
            given = {key: type(value) for key, value in values.items()}
            if part == "pages" and given.get("purpose") is str:
                del given["purpose"]
            if given != shape:
                yield f"[{part}.{name}] must have exactly {', '.join(shape)}"
            else:
                yield from _value_faults(f"[{part}.{name}]", part, name, values, told)


def _value_faults(
    place: str, part: str, name: str, values: Mapping[str, Any], told: Mapping[str, Any]
) -> Iterator[str]:
    roles = {"roles": [name], "pages": values.get("roles"), "queries": values.get("scopes")}[part] or ()
    yield from (f"{place}: {role!r} is no role" for role in roles if role not in ROLES)
    for purpose in (*values.get("purposes", ()), values.get("purpose")):
        yield from _not_one_of(place, purpose, get_args(Purpose))
    yield from _not_one_of(place, values.get("class"), get_args(Class))
    for scope in values.get("scopes", {}).values():
        yield from _not_one_of(place, scope, get_args(Scope))
    for page in values["pages"] if part == "queries" else ():
        if told.get("pages", {}).get(page, {}).get("class") != "restricted":
            yield f"{place}: {page!r} is no restricted page"


def _not_one_of(place: str, value: object, allowed: Sequence[str]) -> Iterator[str]:
    if value is not None and value not in allowed:
        yield f"{place}: {value!r} is none of {', '.join(allowed)}"


def _unknown_queries(told: Mapping[str, Any], queries: Mapping[str, Restricted]) -> Iterator[str]:
    named = told.get("queries", {}).keys()
    yield from (
        f"[queries.{name}] is not in warehouse/restricted.py" for name in sorted(named - queries.keys())
    )
    yield from (f"restricted query {name} is not in the table" for name in sorted(queries.keys() - named))
