"""The one way to rows about people: checks the table, limits to the login, writes the audit row, gives out.

How to use it stands in `apps/access/__init__.py`.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import Any, Literal, NamedTuple

import streamlit as st

from apps import reading
from apps.access.desk import Desk, desk
from apps.access.login import Forbidden, Login, narrowed
from apps.access.watch import Watch
from warehouse.audit import MOST_ENTITIES, Entry, Store
from warehouse.restricted import LIMITS

Rows = list[dict[str, Any]]
Act = Literal["read", "export"]


class Asked(NamedTuple):
    """One query among several of a page."""

    query: str
    parameters: Mapping[str, Any]
    act: Act = "read"


class Reader:
    """Reads for one login on one page. Every method raises LoggedOut when the session has ended meanwhile."""

    def __init__(self, page: str, login: Login, desk: Desk, store: Store) -> None:
        """Raises Forbidden when the login may not open the page."""
        self.login = login
        self._page = page
        self._desk = desk
        self._store = store
        if desk.table.opens(login.roles, page) is None:
            raise Forbidden(f"{', '.join(login.roles)} may not open {page}")

    @property
    def municipalities(self) -> tuple[str, ...]:
        """Codes that the login may choose among, in order."""
        return tuple(sorted(self.login.municipalities))

    def municipality(self, wanted: str | None = None) -> str:
        """The wanted municipality, the login's first where none is wanted. Raises Forbidden."""
        own = self.municipalities
        chosen = wanted or (own[0] if own else "")
        if chosen not in own:
            raise Forbidden(f"the login has no municipality {chosen!r}")
        return chosen

    def units(self, municipality: str) -> tuple[str, ...] | None:
        """Unit codes of the login in the municipality, None for every unit."""
        return self.login.own_units(municipality)

    def may(self, query: str) -> bool:
        """Whether the login may run this query from this page."""
        return self._desk.table.asks(self.login.roles, self._page, query) is not None

    def sees_all(self, query: str, municipality: str) -> bool:
        """Whether the query's rows are of every unit of the municipality, not of the login's own alone."""
        allowed = self._desk.table.asks(self.login.roles, self._page, query)
        return bool(allowed and (allowed[1] == "municipality" or self.units(municipality) is None))

    def rows(
        self, query: str, parameters: Mapping[str, Any] | None = None, *, municipality: str,
        units: Collection[str] | None = None, act: Act = "read",
    ) -> Rows:  # fmt: skip
        """The query's rows, once their audit row is written. units: some of the login's; None is all.

        Raises Forbidden, after a row that says so; HubError when the log or the warehouse does not answer.
        """
        found, entry, _ = self._answer(query, parameters, municipality, units)
        self._desk.log.append(replace(entry, act=act))
        return found

    def together(self, asked: Sequence[Asked], *, municipality: str) -> list[Rows]:
        """The rows of several queries that run at the same time, in the order asked; else as `rows`."""
        with ThreadPoolExecutor(len(asked)) as pool:
            under_way = [
                pool.submit(self._answer, one.query, one.parameters, municipality, None) for one in asked
            ]
        answers = [each.result() for each in under_way]
        for one, (_, entry, _) in zip(asked, answers, strict=True):
            self._desk.log.append(replace(entry, act=one.act))
        return [found for found, _, _ in answers]

    def watched(
        self, query: str, parameters: Mapping[str, Any] | None, watch: Watch, *, municipality: str
    ) -> Rows:
        """Like `rows`, for a page that asks the same again every few seconds: the audit row is written when
        the watch says so, which is at first, when somebody new is given out, and now and then.
        """
        found, entry, about = self._answer(query, parameters, municipality, None)
        if watch.must_tell(entry, about):
            self._desk.log.append(entry)
            watch.has_told(entry, about)
        return found

    def _answer(
        self, query: str, parameters: Mapping[str, Any] | None, municipality: str,
        units: Collection[str] | None,
    ) -> tuple[Rows, Entry, set[str]]:  # fmt: skip
        """The rows, what the log has to say of them, and whom all of them are about."""
        self._desk.sessions.check(self.login)
        asked = dict(parameters or {})
        allowed = self._desk.table.asks(self.login.roles, self._page, query)
        if allowed is None or municipality not in self.login.municipalities or not LIMITS.isdisjoint(asked):
            raise self._refused(query, asked, municipality)
        role, scope = allowed
        what = self._desk.table.queries[query].what
        whole = scope == "municipality" or not what.by_unit
        limit = narrowed(None if whole else self.login.own_units(municipality), units)
        found = self._store.rows(what.sql, asked | _limits(municipality, limit))
        about = {str(row[what.entity]) for row in found} if what.entity else set()
        entry = Entry(
            "read", role, self.login.actor, self._page, query, municipality,
            asked if limit is None else asked | {"units": limit}, len(found),
            sorted(about) if len(about) <= MOST_ENTITIES else [],
            self._desk.table.purpose(role, self._desk.sessions.purpose(self.login), self._page),
        )  # fmt: skip
        return found, entry, about

    def _refused(self, query: str, asked: Mapping[str, Any], municipality: str) -> Forbidden:
        """What to raise, after the row that says so."""
        self._desk.log.append(
            Entry("refused", self.login.roles[0], self.login.actor, self._page, query, municipality, asked)
        )
        roles = ", ".join(self.login.roles)
        return Forbidden(f"{roles} may not run {query} on {self._page} for {municipality}")


def _limits(municipality: str, units: Sequence[str] | None) -> dict[str, Any]:
    return {"municipality": municipality, "every_unit": int(units is None), "units": list(units or ())}


def reader(page: str) -> Reader:
    """For the page that Streamlit runs now. Raises LoggedOut or Forbidden, which end the run calmly."""
    own = desk()
    return Reader(page, own.login(st.context.cookies), own, reading.source().store)
