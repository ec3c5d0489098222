"""What became of a list's rows, in words: fates, remarks, rows that are missing. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from producers.share import Report
from schemas.envelope import TYPE_PREFIX

FATES: Final = {
    "sent": ("nya rader skickade", "new rows sent"),
    "unchanged": ("oförändrade", "unchanged"),
    "changed": ("ändrade, skickade som rättelser", "changed, sent as corrections"),
    "refused": ("nekade", "refused"),
    "double": ("dubbletter med samma innehåll, skickade en gång", "doubles of the same content, sent once"),
    "older": ("äldre uppgift om ett nummer som står i ett nyare blad", "superseded by a newer sheet"),
    "empty": ("tomma", "empty"),
    "title": ("ovanför rubrikraden", "above the heading"),
    "heading": ("rubrikrader", "heading rows"),
    "section": ("mellanrubriker", "headings between"),
    "sum": ("summarader", "sum rows"),
    "unread": ("i blad som inte är någon lista", "in sheets that are no list"),
    "missing": ("fanns förra gången och saknas nu", "were there last time and are missing"),
    "missing_ok": ("saknas, och det är rätt", "missing, and rightly so"),
    "retracted": ("saknas och togs tillbaka", "missing and taken back"),
}
_ANSWERS: Final = (
    "    Står raden kvar i verkligheten? Lägg tillbaka den. Är den borttagen med rätta? Kör igen med",
    "    Should the row be there? Put it back. Is it rightly gone? Run again with",
    "      --missing-ok 'CELL'  (behåll det som skickats / keep what was sent)",
    "      --retract-missing registered_by_mistake  (ta tillbaka alla / take all back)",
)


def rows_in_words(report: Report, most: int | None) -> Iterator[str]:
    """Lines about rows, remarks and missing rows; at most so many of each, all where it is None."""
    if report.fates:
        in_file = sum(
            n for fate, n in report.fates.items() if fate not in ("missing", "missing_ok", "retracted")
        )
        yield f"Rader/rows: {in_file:,}"
        yield from _fates(report, most)
        yield from _changes(report)
    yield from _remarks(report, most)
    yield from _missing(report, most)


def _fates(report: Report, most: int | None) -> Iterator[str]:
    for fate, (sv, en) in FATES.items():
        if report.fates[fate]:
            there = _listed(report.between.get(fate, ()), most)
            yield f"{report.fates[fate]:>10,}  {sv} / {en}" + (f": {there}" if there else "")


def _changes(report: Report) -> Iterator[str]:
    """Which facts the file corrects and takes back: what a slip of the finger would do shows here."""
    for counts, sv, en in (
        (report.corrected, "Rättade", "corrected"),
        (report.taken_back, "Tillbakatagna", "taken back"),
    ):
        if counts:
            told = ", ".join(f"{name.removeprefix(TYPE_PREFIX)} {n:,}" for name, n in sorted(counts.items()))
            yield f"{sv}/{en}: {told}"


def _listed(places: Sequence[str], most: int | None) -> str:
    more = len(places) - len(places[:most])
    return ", ".join(places[:most]) + (f" … (+{more})" if more else "")


def _remarks(report: Report, most: int | None) -> Iterator[str]:
    for cell, column, sv, en in report.remarks[:most]:
        yield f"? {report.file}, {cell}, {column}\n    {sv}\n    {en}"
    more = len(report.remarks) - len(report.remarks[:most])
    if more:
        yield f"… och {more} anmärkningar till (-v visar fler) / and {more} more remarks (-v shows more)"


def _missing(report: Report, most: int | None) -> Iterator[str]:
    for cell, key in report.missing[:most]:
        yield f"– {cell} i förra filen (nummer/number {key}…): saknas nu / missing now"
    more = len(report.missing) - len(report.missing[:most])
    if more:
        yield f"… och {more} till (-v visar fler) / and {more} more (-v shows more)"
    if report.missing:
        yield from _ANSWERS
