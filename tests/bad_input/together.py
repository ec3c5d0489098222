"""Bad input of the groups order, repeat, volume and meaning: what only shows beside other events."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any, Final

from msgspec.structs import replace

from schemas import cases as c
from schemas import devices as d
from schemas.envelope import Event
from schemas.reference import ProducerAlive
from tests import dispensing
from tests.bad_input.fixtures import (
    CODE,
    Alarmed,
    Figures,
    File,
    Fixture,
    Flawed,
    Judged,
    Noticed,
    Refused,
    Taken,
    message,
    placed,
    told,
)
from tests.bad_input.who_and_when import HEAD, listed, row
from tests.caring import grant_ended, granted, reported, visit, who
from tests.placing import ended, priced, pseudonym, started
from tests.telling import at, tell
from tests.warehouse.flaw_town import flawed as flawed_placements
from tests.warehouse.town import about

REPORT: Final = c.ReportReceived(unit="vuxen")


def device(name: str, fact: Any, hours: float) -> Event:
    """What is told of a device's alarm or dose."""
    return dispensing.tell(name, fact, dispensing.at(0, hours), municipality=CODE)


def stay(name: str, person: str, first: str, last: str) -> list[Event]:
    """A placement of a person."""
    begun = started(first, person=pseudonym("person", person))
    return [
        placed(name, begun, first),
        placed(name, priced(first, 5000), first),
        placed(name, ended(last), last),
    ]


ORDER: Final = (
    Fixture("close before open", told(tell("closed", c.CaseClosed(), at(0)), tell("closed", REPORT, at(1))),
            Flawed("closed_before_opened")),
    Fixture("close before open",
            File(HEAD + f"{CODE};avslutat;early;;2026-03-02 08:00;;\n"
                 f"{CODE};öppnat;early;vuxen;2026-03-03 08:00;;\n"),
            Flawed("closed_before_opened")),
    Fixture("second open without close",
            told(tell("twice", REPORT, at(0)), tell("twice", c.CaseRegistered(unit="vuxen"), at(1))),
            Flawed("opened_twice"), right=1),
    Fixture("reopened case",
            told(tell("again", REPORT, at(0)), tell("again", c.CaseReopened(), at(1))),
            Flawed("reopened_while_open"), right=1),
    Fixture("reopened case",
            told(tell("rightly-again", REPORT, at(0)), tell("rightly-again", c.CaseClosed(), at(1)),
                 tell("rightly-again", c.CaseReopened(), at(2))),
            Taken()),
    Fixture("transfer out with no transfer in",
            told(tell("sent-on", REPORT, at(0)),
                 tell("sent-on", c.CaseTransferred(to_unit="lss", from_unit="barn-unga"), at(1))),
            Flawed("transfer_from_other_unit"), right=1, counts="The case lies where it was sent"),
    Fixture("overlapping placements for one person",
            told(*stay("one of two", "ann", "2026-03-02", "2026-04-02"),
                 *stay("two of two", "ann", "2026-03-09", "2026-04-09")),
            Flawed("overlapping_placements")),
    Fixture("alarm acknowledged before it went off",
            told(device("early", d.AlarmAcknowledged(), 0), device("early", dispensing.raised(), 1)),
            Flawed("acknowledged_before_raised")),
    Fixture("dose taken before due",
            told(device("hasty", d.DoseTaken(), 0), device("hasty", dispensing.due(dispensing.at(0, 3)), 0)),
            Flawed("taken_before_due")),
    Fixture("retraction of an unknown event",
            told(tell("unknown", REPORT, at(0), recorded=at(1), retracted=True,
                      reason="registered_by_mistake")),
            Flawed("retracted_unknown")),
    Fixture("correction of a correction",
            told(tell("mended", REPORT, at(0), recorded=at(1)),
                 tell("mended", c.ReportReceived(unit="bistand"), at(0), recorded=at(2), reason="wrong_unit"),
                 tell("mended", c.ReportReceived(unit="lss"), at(0), recorded=at(3), reason="wrong_unit")),
            Judged("correction"), right=1, counts="The last correction holds"),
)  # fmt: skip

WEEK: Final = timedelta(days=7)
DAY: Final = (*stay("of a day", "bo", "2026-03-02", "2026-03-20"), tell("of-a-day", REPORT, at(0)))
REPEAT: Final = (
    Fixture("same event_id twice", told(tell("double", REPORT, at(0)), tell("double", REPORT, at(0))),
            Judged("duplicate"), right=1),
    Fixture("same event_id twice",
            told(tell("one-id", REPORT, at(0), what="x"), tell("one-id", c.CaseClosed(), at(1), what="x")),
            Refused("id_reused", "$.id")),
    Fixture("same event_id twice", row("öppnat", "2026-03-02 08:00", number="double row"), Taken()),
    Fixture("same event_id twice",
            File(HEAD + f"{CODE};öppnat;double;vuxen;2026-03-02 08:00;;\n" * 2), Judged("duplicate"),
            counts="The case is open, and counted once"),
    Fixture("same content with a new id",
            told(visit("new id", CODE, "2026-03-02 08:00", "2026-03-02 08:30"),
                 replace(visit("new id", CODE, "2026-03-02 08:00", "2026-03-02 08:30"),
                         id="00000000-0000-5000-8000-000000000001")),
            Flawed("performed_twice")),
    Fixture("same content with a new id",
            told(tell("case-told-anew", REPORT, at(0)), tell("case-told-anew", REPORT, at(0), occurrence=1)),
            Flawed("opened_twice"), right=1),
    Fixture("whole day sent again", told(*DAY, *DAY), Judged("duplicate"), right=len(DAY)),
    Fixture("snapshot sent as events",
            told(*DAY, *(replace(event, recordedtime=event.recordedtime + WEEK) for event in DAY)),
            Judged("confirmation"), right=len(DAY)),
)  # fmt: skip

FRIDAY: Final = datetime(2026, 3, 6, 16, tzinfo=UTC)
BEFORE: Final = tuple(100.0 + number % 5 for number in range(28))
VOLUME: Final = (
    Fixture("sudden zero", Figures("caseload_balance", BEFORE, 0), Alarmed("never_zero")),
    Fixture("sudden zero", Figures("caseload_balance", BEFORE, 0), Alarmed("jump")),
    Fixture("ten times normal", Figures("caseload_balance", BEFORE, 1000), Alarmed("jump")),
    Fixture("producer silent over a weekend",
            told(about("treserva.20260306T16", ProducerAlive("cases", FRIDAY), FRIDAY, CODE, "treserva")),
            Alarmed(f"silent.{CODE}.treserva")),
    Fixture("test data in production", message(c.CaseClosed, source="test_import", kommunkod="0780",
                                               subject=f"0780/case/k1.{'A' * 43}"),
            Refused("test_data", "$.kommunkod")),
    Fixture("clock one hour wrong", message(c.CaseClosed, time="2026-11-23T12:00:00Z",
                                            recordedtime="2026-11-23T13:00:00Z"),
            Refused("clock", "$.recordedtime")),
    Fixture("clock one hour wrong",
            File(f"{HEAD}{CODE};öppnat;slow;vuxen;2026-03-02 09:00;;\n", saved_at="2026-03-02T07:00+00:00"),
            Noticed("är tidigare än 1 av dess händelser", "is before 1 of its events")),
)  # fmt: skip


def _placements_of(*names: str) -> tuple[Event, ...]:
    """Of the town of placements that do not fit: what is told of these, moved to our municipality."""
    keys = {pseudonym(kind, name) for name in names for kind in ("placement", "contract", "invoice")}
    return tuple(event for event in flawed_placements(CODE) if event.subject.split("/")[2] in keys)


MEANING: Final = (
    Fixture("performed hours over granted",
            told(granted("two hours", CODE, 2, "month", "2026-01-01", **who("over")),
                 visit("of two hours", CODE, "2026-03-05 08:00", "2026-03-05 10:07", **who("over"))),
            Flawed("performed_over_granted")),
    Fixture("double staffing counted once or twice",
            told(reported("double", CODE, "2026-03-01", "2026-04-01", 10, double_hours=12)),
            Flawed("double_over_hours")),
    Fixture("double staffing counted once or twice",
            told(visit("both", CODE, "2026-03-02 08:00", "2026-03-02 09:00", staff_count=2)), Taken()),
    Fixture("granted hours for a dead person",
            told(granted("of the dead", CODE, 10, "week", "2026-01-01", **who("dead")),
                 granted("another of the dead", CODE, 1, "week", "2026-01-01", **who("dead")),
                 grant_ended("of the dead", CODE, "2026-04-01", "deceased")),
            Flawed("hours_after_death")),
    Fixture("placement running after contract end", told(*_placements_of("too short", "ends early")),
            Flawed("day_outside_contract")),
    Fixture("placement running after contract end",
            listed(Ärende="SN ended", Utskriven="2026-10-01"), Flawed("day_outside_contract")),
    Fixture("invoice for a day outside the placement", told(*_placements_of("first", "too long")),
            Flawed("invoice_outside_placement")),
)  # fmt: skip
