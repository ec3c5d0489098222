"""The contract on top of each metric file: what the figure means, for whom, and the checks that may hold it.

A metric is one file `warehouse/metrics/<name>.sql`: a TOML contract in a comment, then one SELECT that
returns the asked dimensions, `value`, `n` and, for a metric at an instant, `at`.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any, Literal, TypeVar

import msgspec
from msgspec import Struct

from schemas.errors import Misconfigured
from schemas.municipality import Municipality

FOLDER = Path(__file__).parent / "metrics"
T = TypeVar("T", bound=Struct)
Kind = Literal["instant", "period", "span"]
"""span: over whole local days; takes arrays `since` (first days), `until` (days after the last)
and `today`; returns `since` with each row, so that one question answers every quarter of ten years."""
Audience = Literal["public", "staff", "committee", "engineer"]
"""staff: wall screens in a staff area (domain 3, L4): small numbers are hidden as for the public, but nothing
waits for the quarter hour."""
Period = Literal["now", "day", "week", "month", "quarter", "year"]
Told = Literal[
    "contract", "request", "invoice",
    "grant", "visit", "plan", "hours_report", "performed", "staff_day", "assistance", "account", "unit_price",
    "device", "dose", "alarm", "rent", "decision", "target",
]  # fmt: skip
"""A kind of entity whose first day `warehouse/told.py` knows; performed: a visit or an hours_report."""


class Check(Struct, frozen=True, forbid_unknown_fields=True):
    """A condition on computed rows. grade stop holds the figure, warn raises an alarm.

    rule: 'not_negative', 'whole' (integers only), 'is_zero', 'at_most' and 'at_least' with limit,
    'never_zero' (H7: total is not 0), 'drop' (H7: total has not fallen by more than this share in a week).
    """

    rule: Literal["not_negative", "whole", "is_zero", "at_most", "at_least", "never_zero", "drop"]
    grade: Literal["stop", "warn"]
    limit: float = 0


class Publication(Struct, frozen=True, forbid_unknown_fields=True):
    """What is published of a metric: a grain, a period, and for days how many are kept and whether they
    get a band; for weeks, months, quarters and years how many, the one that is going on among them.
    """

    by: tuple[str, ...]
    period: Period
    days: int = 0
    band: bool = False
    count: int = 0


class Contract(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Everything about one metric. `sql` is the SELECT; it takes municipality, zone, by and at (or since
    and until).
    """

    name: str
    sql: str
    id: str
    kind: Kind
    title_sv: str
    title_en: str
    definition: str
    unit: str
    decimals: int
    direction: Literal["up", "down", "none"]
    measure: Literal["count", "amount", "share", "mean"]
    dimensions: tuple[str, ...]
    periods: tuple[Literal["now", "day", "week", "month", "quarter", "year", "any"], ...]
    audience: Audience
    owner: str
    user: str
    decision: str
    replaces: str
    law: str
    manual_input: Literal["none"]
    needs: tuple[str, ...]
    max_age_s: int
    min_coverage: float
    version: int
    checks: tuple[Check, ...]
    publish: tuple[Publication, ...] = ()
    beat_s: int = 60
    clock: Literal["told", "wall"] = "told"
    """told: figures of now are as of the watermark; wall: of the publisher's own now, also when sources are
    silent."""
    timeless: bool = False
    """An instant metric whose rows keep no times: it tells how things stand, and refuses any instant."""
    tells_of: tuple[Told, ...] = ()
    """Kinds of entity that must have been told of before nothing counted is zero: where no invoice ever came
    in, what was invoiced is missing and not 0 kr."""
    zeros_have_rows: bool = False
    """Each zero has a row of its own, and where nothing is told no row answers: it is missing, not zero."""
    looks_ahead: bool = False
    """Whether a figure of a period that is over may move by what happens after it, as a share that returned
    within a year does: whatever is touched makes all of its periods new."""
    snapshots: bool = False
    """Whether units that tell nothing but their balance (`BalanceObserved`) are counted."""
    persons: bool = True
    """Whether people stand behind the figures. Those about providers alone, and those of another publisher,
    who protected them already, are shown as they stand."""
    bounds_only: bool = False
    """Under `min_coverage` no value is told, only its bounds: what it would be if all that is unknown went
    one way, and the other."""
    covers: str = ""
    """Of a metric that tells itself how much is known: of what it is a part, in words that stand where others
    have their coverage."""
    least: int = 0
    """So many must stand behind a figure of the committee; 0: what the municipality says for its kind."""
    group: str = ""
    """Of a figure for staff: the metric that counts the group it tells of. Where that group is small it is
    hidden, else shown however small it is itself: three silent devices of 112 are nobody's secret."""

    @property
    def empty(self) -> float | None:
        """The value where no row answers: nothing counted is zero, nothing measured is missing."""
        return 0.0 if self.measure in ("count", "amount") and not self.zeros_have_rows else None


@cache
def load() -> dict[str, Contract]:
    """Every metric by name. Misconfigured names each file with a fault: an incomplete contract is no
    metric.
    """
    contracts: dict[str, Contract] = {}
    faults: list[str] = []
    for path in sorted(FOLDER.glob("*.sql")):
        try:
            contracts[path.stem] = read(path.stem, path.read_text(encoding="utf-8"))
        except Misconfigured as error:
            faults.append(str(error))
    faults += [
        f"{each.name}.sql: group {each.group} is no metric"
        for each in contracts.values()
        if each.group and each.group not in contracts
    ]
    if faults:
        raise Misconfigured("; ".join(faults))
    return contracts


def check_limits(places: Iterable[Municipality]) -> None:
    """Misconfigured names each metric that a municipality limits and that is none: it would limit nothing."""
    faults = [
        f"{place.code}.toml: preliminary_days: no metric is called {name}"
        for place in places
        for name in sorted(place.preliminary_days.keys() - load().keys())
    ]
    if faults:
        raise Misconfigured("; ".join(faults))


def read(name: str, text: str) -> Contract:
    """The contract and SELECT of one metric file."""
    contract = declared(name, text, Contract)
    faults = list(_faults(contract))
    if faults:
        raise Misconfigured(f"{name}.sql: " + "; ".join(faults))
    return contract


def declared(name: str, text: str, kind: type[T]) -> T:
    """What a file declares in the comment on top of its SELECT. Misconfigured names the fault."""
    if not text.startswith("/*") or "*/" not in text:
        raise Misconfigured(f"{name}.sql: the contract in /* … */ is missing on top")
    header, _, sql = text[2:].partition("*/")
    try:
        told: dict[str, Any] = tomllib.loads(header)
        return msgspec.convert(told | {"name": name, "sql": sql.strip()}, kind)
    except (tomllib.TOMLDecodeError, msgspec.ValidationError) as error:
        raise Misconfigured(f"{name}.sql: {error}") from error


_TEXTS = (
    "title_sv", "title_en", "definition", "unit", "owner", "user", "decision", "replaces", "law",
)  # fmt: skip


def _faults(contract: Contract) -> list[str]:
    faults = [f"{key} is empty" for key in _TEXTS if not getattr(contract, key).strip()]
    asked = {dimension for publication in contract.publish for dimension in publication.by}
    faults += [
        f"publishes unknown dimension {dimension}" for dimension in sorted(asked - set(contract.dimensions))
    ]
    wanted = {"instant": "{at:", "period": "{since:DateTime64", "span": "{since:Array(Date32)"}[contract.kind]
    if contract.timeless and (contract.kind != "instant" or "{at:" in contract.sql):
        faults.append("a timeless metric is one of kind instant that does not use {at:…}")
    elif wanted not in contract.sql and not contract.timeless:
        faults.append(f"a metric of kind {contract.kind} must use {wanted}…}}")
    if "{municipality:String}" not in contract.sql:
        faults.append("must filter by {municipality:String}")
    return faults


def contract(name: str) -> Contract:
    """The metric of that name; Misconfigured with the list of names when there is none."""
    known = load()
    if name not in known:
        raise Misconfigured(f"No metric is called {name}. Metrics: {', '.join(sorted(known))}")
    return known[name]
