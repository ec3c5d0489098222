"""Every kind of entity, by an explicit tuple: which table its row goes to, and the pure fold that makes
it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from schemas.envelope import Fact
from streams.clocked import COLUMNS
from streams.folds import (
    alarm,
    assistance,
    case,
    contract,
    device,
    dose,
    governance,
    grant,
    hours_report,
    placement,
    provider,
    reference,
    request_and_invoice,
    staff_day,
    visit,
)
from streams.history import Living


@dataclass(frozen=True)
class Kind:
    """One kind of entity. A history with more versions than `limit` raises an alarm: entities stay small.

    day_of: for a table that is sorted by day, the day that a fact of this time may put the row on
    (`streams/rows.py`); the fold's field `day` is that of one of its facts, else NO_DAY. clocked: whether
    the law counts time in it (`streams/clocks.py`).
    """

    name: str
    topic: str
    table: str
    row: type[tuple[Any, ...]]
    fold: Callable[[Sequence[Living]], tuple[Any, ...]]
    limit: int = 2_000
    day_of: Callable[[int, Fact], int] | None = None
    clocked: bool = False

    @property
    def columns(self) -> tuple[str, ...]:
        """Columns of the table, in the order that rows are written."""
        own: tuple[str, ...] = self.row._fields  # type: ignore[attr-defined]
        return ("municipality", "entity", "version", "void", *(name.replace("__", ".") for name in own),
                *(COLUMNS if self.clocked else ()))  # fmt: skip


KINDS: Final[tuple[Kind, ...]] = (
    Kind("case", "cases", "cases", case.CaseRow, case.fold, clocked=True),
    Kind("placement", "placements", "placements", placement.PlacementRow, placement.fold, clocked=True),
    Kind("contract", "placements", "contracts", contract.ContractRow, contract.fold),
    Kind("provider", "placements", "providers", provider.ProviderRow, provider.fold),
    Kind(
        "request", "placements", "requests", request_and_invoice.RequestRow, request_and_invoice.fold_request
    ),
    Kind(
        "invoice", "placements", "invoices", request_and_invoice.InvoiceRow, request_and_invoice.fold_invoice
    ),
    Kind("device", "devices", "devices", device.DeviceRow, device.fold_device),
    Kind("device_day", "devices", "device_days", device.DeviceDayRow, device.fold_device_day),
    Kind("dose", "devices", "doses", dose.DoseRow, dose.fold, day_of=dose.day_of),
    Kind("alarm", "devices", "device_alarms", alarm.AlarmRow, alarm.fold),
    Kind("rent_month", "devices", "rent_months", device.RentMonthRow, device.fold_rent_month),
    Kind("grant", "hours", "grants", grant.GrantRow, grant.fold),
    Kind("visit", "hours", "visits", visit.VisitRow, visit.fold, day_of=visit.day_of),
    Kind("hours_report", "hours", "hours_reports", hours_report.HoursReportRow, hours_report.fold),
    Kind("staff_day", "hours", "staff_days", staff_day.StaffDayRow, staff_day.fold),
    Kind("assistance", "hours", "assistances", assistance.AssistanceRow, assistance.fold, clocked=True),
    Kind("account_month", "hours", "account_months", assistance.AccountMonthRow, assistance.fold_month),
    Kind("hourly_rate", "reference", "hourly_rates", reference.HourlyRateRow, reference.fold_hourly_rate),
    Kind("unit_price", "reference", "unit_prices", reference.UnitPriceRow, reference.fold_unit_price),
    Kind("capacity", "reference", "capacities", reference.CapacityRow, reference.fold_capacity),
    Kind("unit_day", "cases", "unit_days", reference.UnitDayRow, reference.fold_unit_day),
    Kind("fte", "reference", "fte", reference.FteRow, reference.fold_fte),
    Kind("population", "reference", "population", reference.PopulationRow, reference.fold_population),
    Kind("comparator", "reference", "comparators", reference.ComparatorRow, reference.fold_comparator),
    Kind("target", "reference", "targets", governance.TargetRow, governance.fold_target),
    Kind("note", "reference", "notes", governance.NoteRow, governance.fold_note),
    Kind("decision", "reference", "committee_decisions", governance.DecisionRow, governance.fold_decision),
    Kind("meeting", "reference", "committee_meetings", governance.MeetingRow, governance.fold_meeting),
    Kind("report", "reference", "reports", reference.ReportRow, reference.fold_report, clocked=True),
    Kind("producer", "reference", "producers", reference.ProducerRow, reference.fold_producer),
)
BY_NAME: Final[dict[str, Kind]] = {kind.name: kind for kind in KINDS}


def kind_of(entity: str) -> Kind:
    """The kind of an entity key `kommunkod/kind/pseudonym`."""
    return BY_NAME[entity.split("/", 2)[1]]
