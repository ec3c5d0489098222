"""What must hold of granted and performed hours, as sentences that their owner can read and sign.

Of visits there are millions: a row is a day, and its columns count the visits of the day that are wrong.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any, Final, get_args

from expectations.library import Expectation
from expectations.published import of_published
from expectations.rows import of_rows
from expectations.suite import WARNING, Suite, few_flaws, none
from schemas.codes import AgeBand, Channel, HoursPer, Law, Regi, Sex, TimeUse
from schemas.municipality import Municipality

KINDS: Final = {
    "grant": ("grants", "beslut om timmar"),
    "visit": ("visits", "besök"),
    "hours_report": ("hours_reports", "rapport om utförda timmar"),
}
METRICS: Final = ("client_hours", "performed_hours")
_CODES: Final = {
    "sexes": Sex, "age_bands": AgeBand, "laws": Law, "pers": HoursPer, "kinds": TimeUse, "regis": Regi,
    "channels": Channel,
}  # fmt: skip


def suites(place: Municipality, now: datetime) -> list[Suite]:
    """All suites for one municipality. now: periods that are over then are judged as published."""
    asked: dict[str, Any] = {"municipality": place.code}
    lists = {"units": list(place.every_unit), "services": list(place.names("service"))}
    codes = {name: list(get_args(values)) for name, values in _CODES.items()}
    return [
        *(of_rows(place.code, "hours", kind, *about) for kind, about in KINDS.items()),
        Suite("visits", _VISITS, asked | codes | lists, _of_visits()),
        Suite("grants", _GRANTS, asked | codes | lists, _of_grants()),
        Suite("hours_reports", _REPORTS, asked, _of_reports()),
        few_flaws("hours", place, "hours_flaws(zone = {zone:String})",
                  {kind: about[0] for kind, about in KINDS.items()},
                  "Högst 2 procent av besöken, av besluten och av rapporterna har en brist."),
        of_published("published_hours", place, now, METRICS, _of_published()),
    ]  # fmt: skip


def _of_visits() -> list[Expectation]:
    return [
        none("counted_visits_have_length", "length_impossible",
             "Varje besök som räknas slutar efter att det börjat, högst 25 timmar senare."),
        none("net_time_within_visit", "net_impossible", "Nettotiden är aldrig längre än besöket."),
        none("double_time_within_net", "double_impossible", "Dubbelbemannad tid är en del av nettotiden."),
        none("all_is_double_with_two", "double_apart",
             "Är två eller fler där hela besöket är hela nettotiden dubbelbemannad."),
        none("uncounted_visits_have_no_hours", "hours_uncounted", "Besök som inte räknas har inga timmar."),
        none("visit_day_is_that_of_its_start", "day_apart", "Varje besök ligger på dagen då det börjar."),
        none("cancelled_visits_are_not_performed", "cancelled_performed",
             "Inget inställt besök är samtidigt utfört."),
        none("planned_visits_have_length", "plan_impossible",
             "Inget planerat besök slutar innan det börjar, eller mer än 25 timmar senare."),
        none("visit_codes_are_known", "codes_unknown",
             "Besökens kön, ålder, tidsslag, regi och kanal finns i kodlistorna."),
        none("visit_lists_are_kept", "codes_unlisted",
             "Besökens enhet och insats finns i kommunens listor.", WARNING),
        none("staff_count_reaches_the_named", "staff_uncounted",
             "Antalet i personalen är minst så många som är namngivna.", WARNING),
    ]  # fmt: skip


def _of_grants() -> list[Expectation]:
    return [
        none("grant_steps_have_days", "steps_without_day", "Varje steg i ett beslut gäller minst en dag."),
        none("grant_steps_do_not_overlap", "steps_that_overlap",
             "Ett besluts steg överlappar inte varandra."),
        none("granted_hours_are_not_negative", "hours_negative", "Inga beviljade timmar är negativa."),
        none("grants_end_when_they_end", "steps_after_end", "Inga timmar är beviljade efter beslutets slut."),
        none("grant_codes_are_known", "codes_unknown",
             "Beslutens kön, ålder, lagrum, regi och mått finns i kodlistorna."),
        none("grant_lists_are_kept", "codes_unlisted",
             "Beslutens enhet och insats finns i kommunens listor.", WARNING),
    ]  # fmt: skip


def _of_reports() -> list[Expectation]:
    return [
        none("reported_periods_have_a_day", "without_day", "Varje rapport som räknas gäller minst en dag."),
        none("reported_hours_are_possible", "hours_impossible",
             "Rapporterade timmar är aldrig negativa, och för en brukare högst 25 om dygnet."),
        none("reported_double_within_hours", "double_impossible",
             "Rapporterad dubbelbemanning är en del av de rapporterade timmarna."),
    ]  # fmt: skip


def _of_published() -> list[Expectation]:
    return [
        none("client_hours_within_staff_hours", "client_hours_beyond",
             "Visade brukartimmar är högst så många som persontimmarna.", WARNING)
    ]  # fmt: skip


_VISITS: Final = """
SELECT countIf(counted AND ifNull(length_s <= 0 OR length_s > 25 * 3600, 1)) AS length_impossible,
       countIf(counted AND (net_s < 0 OR ifNull(net_s > length_s + 0.000001, 1))) AS net_impossible,
       countIf(double_s < 0 OR double_s > net_s) AS double_impossible,
       countIf(counted AND staff_count > 1 AND double_s != net_s) AS double_apart,
       countIf(NOT counted AND (net_s != 0 OR double_s != 0)) AS hours_uncounted,
       countIf(day != ifNull(toDate32(coalesce(start_at, plan_start_at)), toDate32('1970-01-01')))
         AS day_apart,
       countIf(cancelled AND start_at IS NOT NULL) AS cancelled_performed,
       countIf(ifNull(plan_stop_at < plan_start_at OR plan_stop_at > plan_start_at + INTERVAL 25 HOUR, 0))
         AS plan_impossible,
       countIf(NOT (has({sexes:Array(String)}, sex) AND has({age_bands:Array(String)}, age_band)
                    AND has({kinds:Array(String)}, kind) AND has({regis:Array(String)}, regi)
                    AND has({channels:Array(String)}, channel))) AS codes_unknown,
       countIf(coalesce(start_at, plan_start_at) IS NOT NULL
               AND (notEmpty({units:Array(String)}) AND NOT has({units:Array(String)}, unit)
                    OR notEmpty({services:Array(String)}) AND NOT has({services:Array(String)}, service)))
         AS codes_unlisted,
       countIf(staff_count < length(staff)) AS staff_uncounted
FROM
(
    SELECT *, (toUnixTimestamp64Micro(stop_at) - toUnixTimestamp64Micro(start_at)) / 1e6 AS length_s
    FROM visits FINAL WHERE municipality = {municipality:String} AND void = 0
)
GROUP BY day
"""

_GRANTS: Final = """
SELECT arrayCount((f, u) -> u <= f, `steps.from_on`, `steps.until_on`) AS steps_without_day,
       arrayCount((f, u) -> f < u, arrayPopFront(`steps.from_on`), arrayPopBack(`steps.until_on`))
         AS steps_that_overlap,
       arrayCount(h -> NOT isFinite(h) OR h < 0, `steps.hours`) AS hours_negative,
       arrayCount(u -> ifNull(u > end_on, 0), `steps.until_on`) AS steps_after_end,
       toUInt64(NOT (has({sexes:Array(String)}, sex) AND has({age_bands:Array(String)}, age_band)
                     AND has({laws:Array(String)}, law)))
         + arrayCount(p -> NOT has({pers:Array(String)}, p), `steps.per`)
         + arrayCount(r -> NOT has({regis:Array(String)}, r), `steps.regi`) AS codes_unknown,
       if(empty({units:Array(String)}), 0, arrayCount(x -> NOT has({units:Array(String)}, x), `steps.unit`))
         + if(empty({services:Array(String)}), 0,
              arrayCount(x -> NOT has({services:Array(String)}, x), `steps.service`)) AS codes_unlisted
FROM grants FINAL WHERE municipality = {municipality:String} AND void = 0
"""

_REPORTS: Final = """
SELECT toUInt64(ifNull(until_on <= from_on, 1)) AS without_day,
       toUInt64(hours < 0 OR (person != '' OR assistance != '')
                             AND ifNull(hours > 25 * dateDiff('day', from_on, until_on), 0))
         AS hours_impossible,
       toUInt64(double_hours < 0 OR double_hours > hours) AS double_impossible
FROM hours_reports FINAL WHERE municipality = {municipality:String} AND void = 0 AND counted = 1
"""
