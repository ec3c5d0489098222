"""The columns of the placements' Excel file. The same words as in the table, and more of them. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Final

from apps import terms, wording
from apps.terms import term
from apps.wording import say
from apps.work import row, sheets
from apps.work.address import Address
from apps.work.questions import asked, whole_name
from apps.work.row import Placed, named
from apps.work.sheets import DAY, MONEY, WHOLE, Field
from schemas.municipality import Municipality

FILTERS: Final = {
    "vardform": "k_care_form", "malgrupp": "k_target_group", "utforare": "k_provider", "ort": "k_place",
    "sok": "search_key",
}  # fmt: skip
_DIMENSIONS: Final = {"vardform": "care_form", "malgrupp": "target_group"}


def fields(town: Municipality, today: date) -> tuple[Field[Placed], ...]:
    """Columns in order."""

    def local(dimension: str, word: str) -> Field[Placed]:
        return Field(word, lambda one: named(town, dimension, getattr(one, dimension)), f"d_{dimension}")

    return (
        Field("k_case", lambda one: one.short, "d_case"),
        Field("k_age", lambda one: say("missing") if one.age_band == "unknown" else one.age_band, "d_age"),
        Field("k_sex", lambda one: term(terms.SEXES, one.sex), "d_sex"),
        local("unit", "k_unit"),
        local("target_group", "k_target_group"),
        local("care_form", "k_care_form"),
        Field("k_provider", row.provider, "d_provider"),
        Field("k_place", row.place, "d_place"),
        Field(
            "k_deficiencies", lambda one: None if one.is_hidden else one.deficiencies, "d_deficiencies", WHOLE
        ),
        local("main_cause", "k_cause"),
        Field("k_law", lambda one: say("missing") if one.law == "other" else one.law, "d_law"),
        local("tender_area", "k_tender_area"),
        Field("k_framework", row.framework, "d_framework"),
        Field("k_agreement", lambda one: one.framework or None, "d_agreement"),
        Field("k_price", lambda one: one.daily_kr, "d_price", MONEY),
        Field("k_extra", lambda one: one.extra_kr, "d_extra", MONEY),
        Field("k_papers", lambda one: row.papers(one)[1], "d_papers"),
        Field("k_waits", lambda one: one.waits_days if one.is_waiting else None, "d_waits", WHOLE),
        Field("k_reminders", lambda one: one.reminders if one.is_waiting else None, "d_reminders", WHOLE),
        Field("k_ends", lambda one: one.last_on, "d_ends", DAY),
        Field("k_start", lambda one: one.start_on, "d_start", DAY),
        Field("k_planned", lambda one: one.planned_until_on, "d_planned", DAY),
        Field("k_deviating", lambda one: one.deviating, "d_deviating", WHOLE),
    )


def about(town: Municipality, address: Address, today: date, told: str, count: int) -> list[tuple[str, str]]:
    """What was asked for, how many rows it gave and how new they are."""
    chosen = [
        (f"{say('filters')}: {say(word).lower()}", _chosen(town, name, address[name]))
        for name, word in FILTERS.items()
        if address[name]
    ]
    return [
        (say("x_town"), town.name), (say("x_question"), whole_name(asked(address["visa"]))), *chosen,
        (say("x_rows"), wording.number(count)), (say("x_day"), wording.day(today)), (say("x_told"), told),
    ]  # fmt: skip


def _chosen(town: Municipality, name: str, value: str) -> str:
    return named(town, _DIMENSIONS[name], value) if name in _DIMENSIONS else value


def file(rows: Sequence[Placed], town: Municipality, address: Address, today: date, told: str) -> bytes:
    """The Excel file of these rows."""
    return sheets.workbook(
        say("placements"), fields(town, today), rows, about(town, address, today, told, len(rows))
    )
