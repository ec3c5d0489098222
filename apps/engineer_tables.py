"""The engineer view's tables: which columns each has, what a cell says, and the command that shows more."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from html import escape
from typing import Any, Final

from apps import places, proofs, terms, wording
from apps.terms import term
from apps.wording import say
from schemas.calendar import zone
from warehouse.health import is_old
from warehouse.refused import DISMISSALS, IDENTITY

Row = Mapping[str, Any]
Cell = Callable[[Row, datetime], str]
SWEDEN: Final = zone("Europe/Stockholm")
SILENT: Final = "./puls figures producer_freshness --municipality KOD --by source"
FLAWED: Final = "./puls figures flawed_cases --municipality KOD --by flaw"
QUIET_SCREEN_S: Final = 120
STUCK_ROTATION_S: Final = 300
OLD_FIGURE_S: Final = 900
ALARMS: Final = "./puls alarms list"


@dataclass(frozen=True)
class Column:
    """title: key of its word; cell: what it says of a row; number: set to the right."""

    title: str
    cell: Cell
    number: bool = False


def cell(column: Column, row: Row, now: datetime) -> str:
    """One cell as HTML."""
    return f"<td{look(column)}>{column.cell(row, now)}</td>"


def look(column: Column) -> str:
    """The attribute that sets numbers to the right."""
    return ' class="num"' if column.number else ""


def _text(name: str) -> Cell:
    return lambda row, _: "–" if row.get(name) in (None, "") else escape(str(row[name]))


def _number(name: str) -> Cell:
    return lambda row, _: wording.number(row[name]) if row.get(name) is not None else "–"


def _word(name: str, table: dict[str, str]) -> Cell:
    return lambda row, _: escape(term(table, row[name]))


def _ago(name: str, nothing: str = "never") -> Cell:
    """How long ago, never a bare time: an age is what an engineer looks for."""

    def cell(row: Row, now: datetime) -> str:
        if row.get(name) is None:
            return say(nothing)
        return say("ago", age=wording.duration((now - row[name]).total_seconds()))

    return cell


def _moment(name: str) -> Cell:
    return lambda row, now: wording.when(row[name], now, SWEDEN) if row.get(name) is not None else "–"


def clock(now: datetime) -> str:
    """The time with its seconds: a page that is refreshed is seen to be."""
    return wording.clock(now, SWEDEN) + f".{now.second:02d}"


def _flag(look: str, words: str) -> str:
    return f'<span class="flag {look}">{escape(words)}</span>'


def _producer(row: Row, _: datetime) -> str:
    if row["historical"]:
        return _flag("rest", say("historical"))
    if row["silent"]:
        return _flag("serious", say("silent", limit=wording.duration(row["max_age_s"])))
    return _flag("good", say("alive"))


def _figure(row: Row, now: datetime) -> str:
    if row["state"] == "held":
        return _flag("attention", say("held_because", reason=row["reason"]))
    old = not row["historical"] and (now - row["as_of"]).total_seconds() > OLD_FIGURE_S
    return _flag("rest" if row["historical"] else "attention" if old else "good", say("published"))


def is_quiet(row: Row, now: datetime) -> bool:
    """Whether a wall screen has said nothing for longer than it should."""
    return bool((now - row["seen_at"]).total_seconds() > QUIET_SCREEN_S)


def _wall(row: Row, now: datetime) -> str:
    if is_quiet(row, now):
        return _flag("serious", say("unheard"))
    turned = row.get("rotated_at")
    if turned is not None and (row["seen_at"] - turned).total_seconds() > STUCK_ROTATION_S:
        return _flag("attention", say("stopped"))
    return _flag("good", say("alive"))


def _process(row: Row, _: datetime) -> str:
    going = row["state"] == "running"
    return _flag("good" if going else "serious", say("running" if going else "not_running"))


def _proof(row: Row, now: datetime) -> str:
    return _flag(*proofs.state(row, now))


def _pointer(row: Row, _: datetime) -> str:
    return escape(f"{row['topic']}/{row['partition']}/{row['offset']}")


def _alarm(row: Row, now: datetime) -> str:
    if row["state"] == "acknowledged":
        return _flag("rest", say("acknowledged", age=wording.duration(_age(row["acknowledged_at"], now))))
    return _flag("serious", say("raised"))


def _age(at: datetime, now: datetime) -> float:
    return (now - at).total_seconds()


def _retry(row: Row, now: datetime) -> str:
    if row["reason"] == IDENTITY:
        return say("only_at_source")
    return say("retry_over") if row["retry_until"] <= now else wording.when(row["retry_until"], now, SWEDEN)


def _accounts(row: Row, _: datetime) -> str:
    if row["difference"]:
        return _flag("serious", say("adds_up_not", offset=row["broken_at"]))
    return _flag("good", say("adds_up"))


def _place(row: Row, _: datetime) -> str:
    return escape(places.named(row))


def _indicator(row: Row, _: datetime) -> str:
    return escape(f"{row['id']} {row['title_sv']}")


def _part(row: Row, _: datetime) -> str:
    of = [places.named(row)] if row["municipality"] else []
    return escape(" · ".join([*of, row["part"]] if row["part"] else of)) or say("h_whole")


def _measure(name: str) -> Cell:
    """A reading or its limit, with its unit."""

    def shown(row: Row, _: datetime) -> str:
        if row[name] is None:
            return "–" if name == "limit" else say("missing")
        return escape(f"{wording.number(row[name], row['decimals'])} {row['unit_sv']}")

    return shown


def _limit(row: Row, now: datetime) -> str:
    bound = {"at_most": "h_at_most", "at_least": "h_at_least"}.get(row["rule"])
    return say(bound, limit=_measure("limit")(row, now)) if bound and row["limit"] is not None else "–"


def _health(row: Row, now: datetime) -> str:
    if is_old(row, now):
        return _flag("serious", say("h_old", age=wording.duration((now - row["at"]).total_seconds())))
    looks = {"beyond": "serious", "missing": "attention", "within": "good", "told": "rest"}
    return _flag(looks[row["state"]], say("h_" + row["state"]))


def _ended(row: Row, now: datetime) -> str:
    who = say("the_hub") if row["role"] in ("", "hub") else term(terms.ROLES, row["role"])
    return escape(say("by", role=who, age=_ago("changed_at")(row, now)))


def _dealt(row: Row, _: datetime) -> str:
    looks = {"accepted": "good", "refused again": "serious", "waiting": "rest", "dismissed": "rest"}
    return _flag(looks[row["status"]], say("r_" + row["status"].replace(" ", "_")))


def _why(row: Row, _: datetime) -> str:
    sv = DISMISSALS[row["dismissed_for"]][0] if row["dismissed_for"] in DISMISSALS else ""
    return escape(", ".join(filter(None, (sv, row["ticket"])))) or "–"


def _share(name: str) -> Cell:
    return lambda row, _: escape(wording.percent(row[name]))


MOVED: Final = ("moved", "e_moved_by", (
    Column("c_period", _word("period", terms.PERIODS)), Column("c_after", _number("after_days"), True),
    Column("c_followed", _number("n"), True), Column("c_median", _share("median"), True),
    Column("c_p90", _share("p90"), True), Column("c_max", _share("max"), True),
    Column("c_settled", _number("settled_after_days"), True),
    Column("c_preliminary", _number("preliminary_days"), True),
), "./puls figures MÅTT --municipality KOD --revisions")  # fmt: skip
TABLES: Final = (
    ("health", "e_health", (
        Column("c_what", _indicator), Column("c_part", _part), Column("c_value", _measure("value"), True),
        Column("c_limit", _limit, True), Column("c_state", _health), Column("c_to_do", _text("to_do_sv")),
        Column("c_read", _ago("at")),
    ), "./puls health"),
    ("alarms", "e_alarms", (
        Column("c_what", _text("text_sv")), Column("c_to_do", _text("to_do_sv")),
        Column("c_state", _alarm), Column("c_time", _ago("changed_at")),
    ), "./puls alarms acknowledge NAMN"),
    ("ended", "e_ended", (
        Column("c_what", _text("text_sv")), Column("c_state", _ended),
    ), ALARMS),
    ("producers", "e_producers", (
        Column("c_municipality", _place), Column("c_source", _text("source")),
        Column("c_heard", _ago("told_at")), Column("c_complete", _moment("complete_until")),
        Column("c_state", _producer),
    ), SILENT),
    ("partitions", "e_partitions", (
        Column("c_topic", _text("topic")), Column("c_partition", _text("partition")),
        Column("c_end", _number("end"), True), Column("c_folded", _number("folded"), True),
        Column("c_behind", _number("behind"), True), Column("c_complete", _moment("told_until")),
    ), "./puls status --json"),
    ("refused", "e_reasons", (
        Column("c_reason", _word("reason", terms.REASONS)), Column("c_field", _text("field")),
        Column("c_count", _number("events"), True), Column("c_newest", _ago("newest_at")),
        Column("c_pointer", _pointer), Column("c_source_line", _text("source_ref")),
        Column("c_retry", _retry), Column("c_waiting", _number("waiting"), True),
    ), "./puls refused retry ÄMNE/PARTITION/OFFSET"),
    ("dealt", "e_dealt", (
        Column("c_reason", _word("reason", terms.REASONS)), Column("c_field", _text("field")),
        Column("c_pointer", _pointer), Column("c_state", _dealt), Column("c_why", _why),
        Column("c_role", _word("role", terms.ROLES)), Column("c_newest", _ago("said_at")),
    ), "./puls refused show ÄMNE/PARTITION/OFFSET"),
    ("reconciled", "e_accounts", (
        Column("c_topic", _text("topic")), Column("c_partition", _text("partition")),
        Column("c_seen", _number("seen"), True), Column("c_archived", _number("archived"), True),
        Column("c_duplicates", _number("duplicates"), True), Column("c_refused", _number("refused"), True),
        Column("c_state", _accounts),
    ), "./puls status --json"),
    ("flaws", "e_flaw_kinds", (
        Column("c_municipality", _place), Column("c_flaw", _word("flaw", terms.FLAWS)),
        Column("c_count", _number("cases"), True),
    ), FLAWED),
    ("conflicts", "e_conflicts", (
        Column("c_municipality", _place), Column("c_kind", _text("kind")),
        Column("c_count", _number("entities"), True),
    ), FLAWED),
    ("figures", "e_figures", (
        Column("c_municipality", _place), Column("c_metric", _text("metric")),
        Column("c_audience", _word("audience", terms.AUDIENCES)), Column("c_shown", _ago("known_at")),
        Column("c_as_of", _moment("as_of")), Column("c_state", _figure),
    ), "./puls figures caseload_balance --municipality KOD --published"),
    ("screens", "e_walls", (
        Column("c_screen", _text("screen")), Column("c_municipality", _place),
        Column("c_page", _text("page")),
        Column("c_heard", _ago("seen_at")),
        Column("c_as_of", _moment("data_at")), Column("c_rotated", _ago("rotated_at", "stays")),
        Column("c_state", _wall),
    ), "./puls logs public"),
    ("proofs", "e_proofs", (
        Column("c_what", lambda row, _: escape(proofs.name(row))), Column("c_last", _ago("at")),
        Column("c_state", _proof),
    ), "./puls verify"),
    ("processes", "e_processes", (
        Column("c_process", _text("name")), Column("c_state", _process),
        Column("c_pid", _text("pid"), True),
        Column("c_memory", _number("resident_mb"), True), Column("c_restarts", _number("restarts"), True),
    ), "./puls logs"),
)  # fmt: skip
