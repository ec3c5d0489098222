"""What must hold of placements and what surrounds them, as sentences that their owner can read and sign."""

from __future__ import annotations

from datetime import datetime
from typing import Final, get_args

from expectations.library import Expectation
from expectations.rows import of_rows
from expectations.suite import MOST_FLAWED, WARNING, Suite, least, none, zero
from schemas.codes import AgeBand, Law, Sex
from schemas.municipality import Municipality

TABLES: Final = {
    "placement": "placements",
    "contract": "contracts",
    "provider": "providers",
    "request": "requests",
    "invoice": "invoices",
}
NAMES: Final = {
    "placement": "placering",
    "contract": "avtalsrad",
    "provider": "utförare",
    "request": "förfrågan",
    "invoice": "fakturarad",
}
MOST_UNKNOWN: Final = 0.05
MOST_WITHOUT_CONTRACT: Final = 0.1


def suites(place: Municipality, now: datetime) -> list[Suite]:
    """All suites for one municipality."""
    asked = {"municipality": place.code}
    codes = {"laws": list(get_args(Law)), "sexes": list(get_args(Sex)), "age_bands": list(get_args(AgeBand))}
    lists = {
        name: list(place.names(dimension))
        for name, dimension in (
            ("causes", "main_cause"),
            ("forms", "care_form"),
            ("groups", "target_group"),
            ("ends", "end_reason"),
            ("moves", "cause"),
        )
    } | {"providers": list(place.names("provider")), "coded": int(place.kind != "foreign")}
    rows = [of_rows(place.code, "placements", kind, table, NAMES[kind]) for kind, table in TABLES.items()]
    return [
        *rows,
        Suite("placements", _PLACEMENTS, asked | codes | lists, _of_placements()),
        Suite("contracts", _CONTRACTS, asked, _of_contracts()),
        Suite("invoices", _INVOICES, asked, _of_invoices()),
    ]


def _of_placements() -> list[Expectation]:
    return [
        none("placement_spans_follow_each_other", "spans_apart",
             "En placerings dygn är en följd utan luckor och överlapp."),
        zero("placement_days_add_up", "days_apart",
             "Dygnen i delarna är lika många som mellan inskrivning och utskrivning."),
        none("placement_codes_are_known", "codes_unknown", "Kön, ålder och lagrum finns i kodlistorna."),
        none("placement_lists_are_kept", "codes_unlisted",
             "Huvudorsak, vårdform, målgrupp, slut- och flyttskäl finns i kommunens listor.", WARNING),
        none("providers_are_codes", "providers_named",
             "Aktörer är koder som B112 eller kommunens egna, aldrig namn.", WARNING),
        none("placement_causes_are_told", "cause_missing",
             "Högst 5 procent av placeringarna saknar huvudorsak.", WARNING, mostly=1 - MOST_UNKNOWN),
        none("placement_prices_are_told", "price_missing",
             "Högst 5 procent av placeringarna saknar pris någon dag.", WARNING, mostly=1 - MOST_UNKNOWN),
        none("placements_have_contracts", "without_contract",
             "Högst 10 procent av placeringarna saknar avtal.", WARNING, mostly=1 - MOST_WITHOUT_CONTRACT),
        none("few_placements_have_flaws", "flaws", "Högst 2 procent av placeringarna har en brist.", WARNING,
             mostly=1 - MOST_FLAWED),
    ]  # fmt: skip


def _of_contracts() -> list[Expectation]:
    return [
        least("contract_covers_a_day", "days", 1, "Varje avtal täcker minst en dag.", WARNING),
        least("contract_signed_after_created", "seconds_to_sign", 0,
              "Inget avtal är påskrivet innan det skapades.", WARNING),
        none("contract_of_known_placement", "placement_unknown",
             "Varje avtal gäller en känd placering.", WARNING),
    ]  # fmt: skip


def _of_invoices() -> list[Expectation]:
    return [
        none("invoice_of_known_placement", "placement_unknown",
             "Varje faktura gäller en känd placering.", WARNING),
        none("invoice_amounts_add_up", "amount_apart",
             "Fakturans belopp är dygn gånger pris, på en krona när.", WARNING, mostly=1 - MOST_FLAWED),
        none("invoice_days_in_placement", "days_outside",
             "Högst 2 procent av fakturorna gäller dygn utanför placeringen.", WARNING,
             mostly=1 - MOST_FLAWED),
    ]  # fmt: skip


_PLACEMENTS: Final = """
SELECT arrayCount((f, u) -> u != f, arrayPopFront(p.`spans.from_on`), arrayPopBack(p.`spans.until_on`))
         + arrayCount((f, u) -> u < f, p.`spans.from_on`, p.`spans.until_on`) AS spans_apart,
       arraySum(arrayMap((f, u) -> toInt64(u) - toInt64(f), p.`spans.from_on`, p.`spans.until_on`))
         - (toInt64(s.end_on) - toInt64(s.start_on)) AS days_apart,
       toUInt64(NOT has({laws:Array(String)}, p.law)) + toUInt64(NOT has({sexes:Array(String)}, p.sex))
         + toUInt64(NOT has({age_bands:Array(String)}, p.age_band)) AS codes_unknown,
       toUInt64(notEmpty({causes:Array(String)}) AND p.main_cause != 'unknown'
                AND NOT has({causes:Array(String)}, p.main_cause))
         + toUInt64(notEmpty({forms:Array(String)}) AND p.care_form != 'unknown'
                    AND NOT has({forms:Array(String)}, p.care_form))
         + toUInt64(notEmpty({groups:Array(String)}) AND p.target_group != 'unknown'
                    AND NOT has({groups:Array(String)}, p.target_group))
         + toUInt64(notEmpty({ends:Array(String)}) AND p.end_reason NOT IN ('', 'unknown')
                    AND NOT has({ends:Array(String)}, p.end_reason))
         + if(empty({moves:Array(String)}), 0, length(arrayFilter(
               cause -> cause != 'unknown' AND NOT has({moves:Array(String)}, cause), p.`moves.cause`)))
         AS codes_unlisted,
       if({coded:UInt8}, length(arrayFilter(
           code -> NOT match(code, '^([A-ZÅÄÖ]{1,3}-?[0-9]{1,5}|X-[a-p]{8})$')
                   AND NOT has({providers:Array(String)}, code), p.`spans.provider`)), 0) AS providers_named,
       toUInt64(p.main_cause = 'unknown') AS cause_missing,
       toUInt64(has(p.flaws, 'price_missing')) AS price_missing,
       toUInt64(s.placement NOT IN (SELECT placement FROM contracts_now
                                    WHERE municipality = {municipality:String})) AS without_contract,
       length(p.flaws) AS flaws
FROM (SELECT * FROM placement_stays WHERE municipality = {municipality:String}) AS s
INNER JOIN (SELECT * FROM placements FINAL WHERE municipality = {municipality:String} AND void = 0) AS p
        ON p.entity = s.entity
"""

_CONTRACTS: Final = """
SELECT toInt64(c.until_on) - toInt64(c.from_on) AS days,
       dateDiff('second', c.created_at, c.signed_at) AS seconds_to_sign,
       toUInt64(c.placement NOT IN (SELECT placement FROM placement_stays
                                    WHERE municipality = {municipality:String})) AS placement_unknown
FROM contracts_now AS c WHERE c.municipality = {municipality:String}
"""

_INVOICES: Final = """
SELECT toUInt64(i.placement NOT IN (SELECT placement FROM placement_stays
                                    WHERE municipality = {municipality:String})) AS placement_unknown,
       toUInt64(abs(i.days * i.daily_kr - i.amount_kr) > 1) AS amount_apart,
       toUInt64(i.entity IN (SELECT entity FROM placement_flaws
                             WHERE municipality = {municipality:String}
                               AND flaw = 'invoice_outside_placement'))
         AS days_outside
FROM invoices_now AS i WHERE i.municipality = {municipality:String}
"""
