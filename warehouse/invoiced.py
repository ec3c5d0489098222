"""What the work view of invoices asks (domain 4.2, row 1.14): each line beside what the hub computes.

Computed are the care days of the placement by its own day rule that the line charges for, at the price valid
each day. A line whose placement or price is not known has nothing computed, which is not zero.
"""

from __future__ import annotations

from typing import Final

LINES: Final = """
SELECT i.municipality AS municipality, i.entity AS entity, i.placement AS placement, i.from_on AS from_on,
       i.until_on AS until_on, i.days AS days, i.daily_kr AS daily_kr, i.amount_kr AS amount_kr,
       i.verdict AS verdict, i.credited_kr AS credited_kr, i.provider AS provider,
       i.received_at AS received_at, i.booked_kr AS booked_kr,
       if(c.entity = '', NULL, toFloat64(c.days)) AS computed_days,
       if(c.entity = '' OR c.unpriced > 0, NULL, c.kr) AS computed_kr,
       if(c.days = 0, NULL, computed_kr / c.days) AS computed_daily_kr,
       i.days - computed_days AS days_off, i.daily_kr - computed_daily_kr AS daily_kr_off,
       i.amount_kr - computed_kr AS kr_off,
       ifNull(abs(days_off) > 0.005, 0) OR ifNull(abs(daily_kr_off) > 0.005, 0)
           OR ifNull(abs(kr_off) > 0.5, 0) AS is_off
FROM invoices_now AS i
LEFT JOIN
(
    SELECT municipality, entity, sum(span_days) AS days, sum(span_days * ifNull(span_kr, 0)) AS kr,
           countIf(span_days > 0 AND span_kr IS NULL) AS unpriced
    FROM
    (
        SELECT l.municipality AS municipality, l.entity AS entity, s.daily_kr AS span_kr,
               greatest(0, dateDiff('day', greatest(s.first_day, assumeNotNull(l.from_on)),
                                    least(s.day_after, assumeNotNull(l.until_on)))) AS span_days
        FROM invoices_now AS l
        INNER JOIN placement_spans AS s ON s.municipality = l.municipality AND s.placement = l.placement
        WHERE l.municipality = {municipality:String}
    )
    GROUP BY municipality, entity
) AS c ON c.municipality = i.municipality AND c.entity = i.entity
WHERE i.municipality = {municipality:String}"""
