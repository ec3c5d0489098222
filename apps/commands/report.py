"""`./puls report ej-verkstallda`: a quarter's report of decisions not carried out, as files; or the word that
it has been delivered, sent as an event. The files are made in `apps/unexecuted_export.py`.
"""

from __future__ import annotations

import os
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from apps.unexecuted_export import Asked
    from schemas.codes import ReportTo
    from schemas.settings import Settings

REPORTS = ("ej-verkstallda",)


def report(
    name: Annotated[str, typer.Argument(help="which report: ej-verkstallda")],
    quarter: Annotated[str, typer.Option(help="as 2026Q3")],
    municipality: Annotated[str, typer.Option(help="four digits; may be left out where there is one")] = "",
    to: Annotated[str, typer.Option(help="ivo, auditors or council; all if left out")] = "",
    form: Annotated[str, typer.Option("--format", help="excel, csv or pdf; all if left out")] = "",
    out: Annotated[Path, typer.Option(help="folder for the files")] = Path("."),
    delivered: Annotated[
        str, typer.Option(metavar="RECEIVER", help="write no file: say that its report was delivered")
    ] = "",
    on: Annotated[str, typer.Option(help="day of the delivery, as 2026-10-12")] = "",
) -> None:
    """Write a quarter's report to IVO, auditors and council; or say that one was delivered."""
    from apps.unexecuted_export import FORMS, Asked, chosen, write
    from schemas import settings as configuration
    from schemas.errors import Misconfigured
    from warehouse.client import connect
    from warehouse.unexecuted import RECEIVERS

    chosen("rapport", "report", name, REPORTS)
    if bool(delivered) != bool(on):
        raise Misconfigured(
            "--delivered och --on hör ihop (they belong together): --delivered ivo --on 2026-10-12"
        )
    now, settings = datetime.now(UTC), configuration.load(os.environ)
    store = connect(settings)
    asked = Asked.of(store, quarter, municipality, now)
    if delivered:
        (receiver,) = chosen("mottagare", "receiver", delivered, RECEIVERS)
        typer.echo(_say_delivered(settings, asked, receiver, on))
        return
    receivers = chosen("mottagare", "receiver", to, RECEIVERS)
    forms = [FORMS[one] for one in chosen("format", "format", form, tuple(FORMS))]
    for line in write(settings, store, asked, (receivers, forms), out):
        typer.echo(line)


def _say_delivered(settings: Settings, asked: Asked, to: ReportTo, on: str) -> str:
    """Send the event that says so; what was said. Misconfigured for a day that is none or cannot be."""
    from producers.deliver import deliver, delivered
    from schemas.errors import Misconfigured
    from schemas.reporting import ReportDelivered

    try:
        day = date.fromisoformat(on)
    except ValueError as error:
        raise Misconfigured(f"{on!r} är ingen dag, skriv som 2026-10-12 (is no day)") from error
    one = asked.quarter
    fact = ReportDelivered(report="unexecuted_decisions", to=to, from_on=one.first, until_on=one.until)
    deliver(settings, delivered(asked.town.code, fact, one.name, day, asked.now))
    late = "" if day <= one.due else f", efter (after) {one.due}"
    return f"{asked.town.name}, {one.name}, {to}: lämnad (delivered) {day}{late}"
