"""What the work view of invoices asks (domain 4.2, row 1.14): each line beside what the hub computes.

A line whose placement or price is not known has nothing computed, which is not zero. A person's stay in
protected housing conceals the provider of all lines about that placement.
"""

from __future__ import annotations

from typing import Final

from warehouse.shown import HIDDEN_FORM, UNITS, key_of

LINES: Final = "SELECT * FROM invoice_control WHERE municipality = {municipality:String}"
_KEY: Final = key_of("splitByChar('/', i.entity)[3]")
_PLACEMENTS: Final = f"""
    SELECT entity, placement, unit, has(`stays.care_form`, '{HIDDEN_FORM}') AS is_hidden
    FROM placements_now WHERE municipality = {{municipality:String}}"""

_LISTED: Final = f"""
SELECT i.entity AS entity, {_KEY} AS key, {key_of("i.placement")} AS placement_key,
       p.entity != '' AS is_placed, p.is_hidden AS is_hidden, if(p.is_hidden, '', i.provider) AS provider,
       formatDateTime(toTimeZone(assumeNotNull(i.received_at), {{zone:String}}), '%Y-%m') AS month,
       i.from_on AS from_on, i.until_on - 1 AS last_on, i.days AS days, i.daily_kr AS daily_kr,
       i.amount_kr AS amount_kr, i.verdict AS verdict, i.credited_kr AS credited_kr,
       i.booked_kr AS booked_kr, i.computed_days AS computed_days,
       i.computed_daily_kr AS computed_daily_kr, i.computed_kr AS computed_kr, i.days_off AS days_off,
       i.daily_kr_off AS daily_kr_off, i.kr_off AS kr_off, i.is_off AS is_off, i.received_at AS received_at
FROM ({LINES}) AS i
LEFT JOIN ({_PLACEMENTS}) AS p ON p.placement = i.placement
WHERE {UNITS} AND i.received_at <= {{at:DateTime64(6)}}"""

_FITS: Final = """
    ({month:String} = '' OR month = {month:String})
    AND ({provider:String} = '' OR provider = {provider:String})
    AND ({search:String} = '' OR startsWith(placement_key, {search:String}))"""
_TO_REVIEW: Final = "is_off AND verdict IN ('open', 'disputed')"

_ANSWERS: Final = f"""multiIf(
    {{question:String}} = 'all', 1, {{question:String}} = 'to_review', {_TO_REVIEW},
    {{question:String}} = 'not_computed', computed_kr IS NULL, verdict = {{question:String}})"""

INVOICES: Final = f"""
SELECT * FROM ({_LISTED})
WHERE {_FITS} AND {_ANSWERS}
ORDER BY abs(ifNull(kr_off, 0)) DESC, received_at DESC, key LIMIT {{most:UInt32}}"""
"""Lines that answer one question, the largest deviation first."""

COUNTS: Final = f"""
SELECT countIf(fits) AS all, countIf(fits AND {_TO_REVIEW}) AS to_review,
       countIf(fits AND computed_kr IS NULL) AS not_computed,
       countIf(fits AND verdict = 'open') AS open, countIf(fits AND verdict = 'accepted') AS accepted,
       countIf(fits AND verdict = 'disputed') AS disputed, countIf(fits AND verdict = 'credited') AS credited,
       sumIf(amount_kr, fits AND answers) AS charged_kr, sumIf(ifNull(kr_off, 0), fits AND answers) AS off_kr,
       countIf(fits AND answers AND kr_off IS NOT NULL) AS compared,
       arrayReverseSort(groupUniqArray(month)) AS months,
       arraySort(arrayFilter(x -> x != '', groupUniqArray(provider))) AS providers
FROM (SELECT *, {_FITS} AS fits, {_ANSWERS} AS answers FROM ({_LISTED}))"""
"""How many lines each question has under the filters, what the asked one comes to, and what can be chosen."""

HISTORY: Final = f"""
WITH own AS
(
    SELECT i.entity AS entity, p.is_hidden AS is_hidden
    FROM invoices_now AS i LEFT JOIN ({_PLACEMENTS}) AS p ON p.placement = i.placement
    WHERE i.municipality = {{municipality:String}} AND {UNITS}
      AND length({{key:String}}) = 12 AND {_KEY} = {{key:String}}
)
SELECT e.entity AS entity, toString(e.id) AS fact, e.recorded_at AS recorded_at, e.body AS body,
       o.is_hidden AS is_hidden
FROM
(
    SELECT entity, id, recorded_at, body FROM events FINAL
    WHERE topic = 'placements' AND municipality = {{municipality:String}}
      AND entity IN (SELECT entity FROM own)
) AS e
INNER JOIN own AS o ON o.entity = e.entity
ORDER BY recorded_at, fact"""
"""Every version of every fact about one line, as it came."""
