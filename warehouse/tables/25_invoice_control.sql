-- Each line of an invoice beside what it should have been: care days by the placement's day rule, each at the price
-- valid that day. NULL: cannot be computed (the placement, or a day's price, is not known). *_off: charged - computed.
CREATE OR REPLACE VIEW invoice_control AS
SELECT i.municipality AS municipality, i.entity AS entity, i.placement AS placement, i.provider AS provider,
       i.received_at AS received_at, i.from_on AS from_on, i.until_on AS until_on, i.days AS days,
       i.daily_kr AS daily_kr, i.amount_kr AS amount_kr, i.reviewed_at AS reviewed_at, i.verdict AS verdict,
       i.credited_kr AS credited_kr, i.booked_on AS booked_on, i.booked_kr AS booked_kr, i.flaws AS flaws,
       if(c.entity = '', NULL, toFloat64(c.days)) AS computed_days,
       if(c.entity = '' OR c.unpriced > 0, NULL, c.kr) AS computed_kr,
       if(c.days = 0, NULL, computed_kr / c.days) AS computed_daily_kr,
       i.days - computed_days AS days_off, i.daily_kr - computed_daily_kr AS daily_kr_off,
       i.amount_kr - computed_kr AS kr_off,
       -- amounts are rounded, and so is the mean of two prices
       ifNull(abs(days_off) > 0.005, 0) OR ifNull(abs(daily_kr_off) > 0.005, 0) OR ifNull(abs(kr_off) > 0.5, 0) AS is_off
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
    )
    GROUP BY municipality, entity
) AS c ON c.municipality = i.municipality AND c.entity = i.entity;
