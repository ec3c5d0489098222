"""*Listan*: the spreadsheet in which a municipality keeps its external placements, one row per placement.

It is read as it is: headings in any order and by many names, one sheet per year or target group, colours.
Names and remarks are never sent; personal numbers, matters' numbers and providers' names leave as pseudonyms
and codes. *Påskrivet* is the day on which the contract was signed by both. A row that changes is a correction
of what it said before, also of its price: the price holds from the placement's first day.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import Final, NamedTuple, cast

from producers.aliases import plain
from producers.cells import NO_DAY, Cells
from producers.choices import meanings
from producers.personal import PersonalNumber, age_on, band, personal_number
from producers.placement_words import (
    CARE_FORMS,
    CAUSES,
    CONTRACT_TYPES,
    END_REASONS,
    HEADINGS,
    LAWS,
    REASONS,
    SEXES,
    TARGET_GROUPS,
)
from producers.rows import Row, slug
from producers.source import Said
from producers.times import Moment
from schemas.codes import AgeBand, ContractType, DirectAwardReason, Law, Sex
from schemas.placements import (
    ContractCreated,
    ContractSent,
    ContractSigned,
    DirectAwardJustified,
    PlacementEnded,
    PlacementStarted,
    PriceSet,
)

DOMAIN = "placements"
TOPIC = "placements"
MAX_AGE_S = 700_000  # a list that is sent every week, and a day more
SHEET = "*"
LEDGER = "Ärende"
CODED = ("provider",)
COLUMNS = ("Ärende", "Inskriven", "Aktör")
MISSING = ("-", "–", "—", "?", "saknas", "Saknas", "okänt", "Okänt", "okänd", "Okänd", "vet ej", "Vet ej")
COLOURS = {"red": "avslutad", "struck": "avslutad", "yellow": "avtal saknas"}
ALIASES = HEADINGS

INSIDE: Final = frozenset({"true", "sant", "ja", "j", "inom", "inomramavtal", "ramavtal"})
OUTSIDE: Final = frozenset(
    {"false", "falskt", "nej", "n", "utanför", "utanfor", "utom", "ejramavtal", "direktupphandling", "du"}
)
NEW_ACT: Final = date(2025, 7, 1)  # when the new socialtjänstlag (2025:400) came into force
OLD_CHAPTER: Final = re.compile(r"sol4k")
LEAST_KR: Final = 100.0
MOST_KR: Final = 50_000.0


class Days(NamedTuple):
    """The days of a row."""

    start: date
    end: date | None
    planned: date | None
    until: date | None
    sent: date | None
    signed: date | None


def events(row: Row) -> Iterator[Said]:
    """The placement, its price and end, the reason for a direct award, and its contract where it has one."""
    cells = Cells(row)
    number, days = cells.number("Ärende"), _days(cells)
    provider = _provider(cells)
    price = cells.kronor("Dygnspris", LEAST_KR, MOST_KR)
    started = _started(cells, days, provider)
    reason = cells.choice("Skäl utanför", "direct_award_reasons", REASONS)
    end_reason = cells.choice("Avslutsorsak", "end_reason", END_REASONS, is_open=True)
    contract_type = cells.choice("Avtalstyp", "contract_types", CONTRACT_TYPES, empty="new_admission")
    _look(cells, days, started, reason, price)
    cells.judge()
    at = cells.moment(days.start)
    handler = cells.text("Handläggare")
    yield Said(started, number, at, actor=("caseworker", handler) if handler else None)
    if price is not None:
        yield Said(PriceSet(from_on=days.start, daily_price_kr=price), number, at)
    if reason != "unknown" and started.framework is None:
        yield Said(DirectAwardJustified(on=days.start, reason=cast(DirectAwardReason, reason)), number, at)
    if days.end is not None:
        yield Said(PlacementEnded(on=days.end, reason=end_reason), number, cells.moment(days.end))
    if days.until or days.sent or days.signed:
        created = ContractCreated(
            placement=number,
            provider=provider,
            contract_type=cast(ContractType, contract_type),
            from_on=days.start,
            until_on=days.until,
            daily_price_kr=price,
        )
        yield from _contract(cells, number, days, created)


def _provider(cells: Cells) -> str:
    """Its code; also where the municipality's settings name it. Another name becomes a code by the key."""
    text = cells.needed("Aktör", "Skriv aktörens kod, som B112.", "Write the provider's code, as B112.")
    code = meanings(cells.row.table.names.get("provider", {}), {}).get(plain(text), text)
    cells.row.trace(code, "Aktör")
    return code


def _days(cells: Cells) -> Days:
    days = Days(
        cells.needed_day("Inskriven"), cells.day("Utskriven"), cells.day("Planerat slut", may_come=True),
        _until(cells), cells.day("Avtal skickat"), cells.day("Påskrivet"),
    )  # fmt: skip
    for column, day in (
        ("Utskriven", days.end),
        ("Planerat slut", days.planned),
        ("Avtal t.o.m.", days.until),
    ):
        cells.not_before(column, day, "Inskriven", days.start)
    return days


def _until(cells: Cells) -> date | None:
    """The contract's last day; *tills vidare* is no day."""
    if slug(cells.text("Avtal t.o.m.")) in ("tills-vidare", "tv", "t-v"):
        return None
    return cells.day("Avtal t.o.m.", may_come=True)


def _started(cells: Cells, days: Days, provider: str) -> PlacementStarted:
    person = _person(cells, days.start)
    sex, age_band = _sex(cells, person), _age_band(cells, person, days.start)
    return PlacementStarted(
        on=days.start,
        provider=provider,
        care_form=cells.choice("Vårdform", "care_form", CARE_FORMS),
        target_group=_target_group(cells),
        tender_area=cells.choice("Anbudsområde", "tender_area", is_open=True),
        main_cause=cells.choice("Huvudorsak", "main_cause", CAUSES, is_open=True),
        unit=_unit(cells),
        law=_law(cells, days.start),
        person=person.digits if person else None,
        sex=sex,
        age_band=age_band,
        framework=_framework(cells),
        planned_until_on=days.planned,
    )


def _person(cells: Cells, start: date) -> PersonalNumber | None:
    text = cells.text("Personnummer")
    if not text or slug(text) in ("skyddad", "skyddad-identitet", "sekretess"):
        return None
    on = cells.row.table.today if start == NO_DAY else start
    person = cells.attempt("Personnummer", lambda: personal_number(text, on), None)
    if person is not None and person.born_on > on:
        cells.fault(
            "Personnummer",
            "bad_value",
            "Personen är född efter inskrivningen. Rätta numret eller dagen.",
            "The person was born after the enrolment. Mend the number or the day.",
        )
    return person


def _sex(cells: Cells, person: PersonalNumber | None) -> Sex:
    """As the column says, else by the personal number."""
    said = cast(Sex, cells.choice("Kön", "sexes", SEXES))
    if said == "unknown":
        return person.sex if person else "unknown"
    if person and person.sex != said:
        cells.remark("Kön", "Kön och personnummer säger olika. Kolumnen gäller; se efter vilket som är rätt.",
                     "Sex and personal number differ. The column counts; see which is right.")  # fmt: skip
    return said


def _age_band(cells: Cells, person: PersonalNumber | None, start: date) -> AgeBand:
    """Age at enrolment: by the personal number, else the column's age, year of birth or band."""
    if person is not None:
        return band(max(0, age_on(person.born_on, start))) if start != NO_DAY else "unknown"
    text = cells.text("Ålder").lower().removesuffix("år").strip()
    if not text:
        return "unknown"
    if text.isdigit() and int(text) <= 120:
        return band(int(text))
    if text.isdigit() and 1900 <= int(text) <= start.year:
        return band(start.year - int(text))
    if start != NO_DAY:
        cells.fault(
            "Ålder",
            "bad_value",
            "Skriv åldern vid inskrivningen i hela år, eller födelseår med fyra siffror.",
            "Write the age at enrolment in whole years, or the year of birth in four digits.",
        )
    return "unknown"


def _target_group(cells: Cells) -> str:
    """The column's, else what the heading above the rows or the sheet's name says."""
    if cells.text("Målgrupp"):
        return cells.choice("Målgrupp", "target_group", TARGET_GROUPS, is_open=True)
    table = cells.row.table
    names = table.names.get("target_group", {}) or {code: said[0] for code, said in TARGET_GROUPS.items()}
    meant = meanings(names, TARGET_GROUPS)
    said = (table.sections.get(cells.row.number, ""), table.sheet)
    return next((meant[plain(text)] for text in said if plain(text) in meant), "unknown")


def _unit(cells: Cells) -> str | None:
    """The code of the unit that the municipality's settings name so; else made of the name itself."""
    text = cells.text("Enhet")
    known = meanings(cells.row.table.names.get("unit", {}), {}).get(plain(text))
    return known or (cells.attempt("Enhet", lambda: cells.row.unit("Enhet"), None) if text else None)


def _law(cells: Cells, start: date) -> Law:
    """The act; a chapter of the old one is told where the placement began under the new."""
    if start >= NEW_ACT and OLD_CHAPTER.match(plain(cells.text("Lagrum"))):
        cells.remark(
            "Lagrum",
            "4 kap. är ett kapitel i den gamla socialtjänstlagen (2001:453), som upphörde 1 juli 2025. "
            "Skriv lagrummet i 2025:400 om beslutet är nyare.",
            "Chapter 4 is one of the old act (2001:453), which ended on 1 July 2025. Write the section of "
            "2025:400 if the decision is newer.",
        )
    return cast(Law, cells.choice("Lagrum", "laws", LAWS, empty="other"))


def _framework(cells: Cells) -> str | None:
    """The agreement's code; `ramavtal` where only *ja* is told, None outside."""
    text = cells.text("Ramavtal")
    code = slug(text)
    if code.replace("-", "") in INSIDE:
        return "ramavtal"
    if not code or code.replace("-", "") in OUTSIDE:
        return None
    if not any(character.isdigit() for character in code):
        cells.fault("Ramavtal", "bad_value", "Skriv ja, nej eller ramavtalets nummer.",
                    "Write ja, nej or the agreement's number.")  # fmt: skip
    cells.row.trace(code, "Ramavtal")
    return code


def _look(cells: Cells, days: Days, started: PlacementStarted, reason: str, price: float | None) -> None:
    """Remarks on what contradicts itself or is left out, and on what the row's colour says."""
    if cells.row.has("Ramavtal") and not cells.text("Ramavtal") and reason == "unknown":
        cells.remark(
            "Ramavtal",
            "Tom: räknas som utanför ramavtal, utan skäl. Skriv ja, nej eller numret.",
            "Empty: counts as outside the framework, without reason. Write ja, nej or the number.",
        )
    if started.framework is not None and reason != "unknown":
        cells.remark("Skäl utanför", "Ett skäl står här fast raden säger ramavtal; skälet skickas inte.",
                     "A reason stands here though the row says framework; it is not sent.")  # fmt: skip
    if price == 0:
        cells.remark("Dygnspris", "Priset är 0 kr. Töm cellen om det inte är känt.",
                     "The price is 0 kr. Empty the cell if it is not known.")  # fmt: skip
    mark = cells.row.table.marks.get(cells.row.number, "")
    if mark == "avslutad" and days.end is None:
        cells.remark(
            "Utskriven",
            "Raden är röd eller struken (avslutad) utan dag. Skriv den: placeringen räknas som pågående.",
            "The row is red or struck (ended) without a day. Write it: the placement counts as running.",
        )
    if mark == "avtal saknas" and days.signed is not None:
        cells.remark(
            "Påskrivet",
            "Raden är gul (avtal saknas) men påskriven. Ta bort färgen eller dagen.",
            "The row is yellow (no contract) but signed. Remove the colour or the day.",
        )


def _contract(cells: Cells, number: str, days: Days, created: ContractCreated) -> Iterator[Said]:
    def at(day: date | None) -> Moment:
        return cells.moment(day or days.start)

    yield Said(created, number, at(min(filter(None, (days.sent, days.signed)), default=None)))
    if days.sent:
        yield Said(ContractSent(), number, at(days.sent))
    if days.signed:
        yield Said(ContractSigned(party="municipality"), number, at(days.signed), occurrence="municipality")
        yield Said(ContractSigned(party="provider"), number, at(days.signed), occurrence="provider")
