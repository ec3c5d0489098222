-- Each line of an invoice beside what it should have been: care days by the placement's day rule, each at the price
-- valid that day. NULL: cannot be computed (the placement, or a day's price, is not known). *_off: charged - computed.
CREATE OR REPLACE VIEW invoice_control AS
SELECT * EXCEPT (spans, priced) FROM
(
    SELECT i.municipality AS municipality, i.entity AS entity, i.placement AS placement, i.provider AS provider,
           i.received_at AS received_at, i.from_on AS from_on, i.until_on AS until_on, i.days AS days,
           i.daily_kr AS daily_kr, i.amount_kr AS amount_kr, i.reviewed_at AS reviewed_at, i.verdict AS verdict,
           i.credited_kr AS credited_kr, i.booked_on AS booked_on, i.booked_kr AS booked_kr, i.flaws AS flaws,
           c.spans AS spans,
           arrayFilter(x -> x.1 > 0, arrayMap(s -> (dateDiff('day', greatest(s.1, assumeNotNull(i.from_on)),
                                                             least(s.2, assumeNotNull(i.until_on))), s.3), spans)) AS priced,
           if(empty(spans), NULL, toFloat64(arraySum(x -> x.1, priced))) AS computed_days,
           -- a day without a price makes the sum unknown
           if(empty(spans) OR arrayExists(x -> x.2 IS NULL, priced), NULL,
              arraySum(x -> x.1 * ifNull(x.2, 0), priced)) AS computed_kr,
           if(computed_days > 0, computed_kr / computed_days, NULL) AS computed_daily_kr,
           i.days - computed_days AS days_off, i.daily_kr - computed_daily_kr AS daily_kr_off,
           i.amount_kr - computed_kr AS kr_off,
           -- amounts are rounded, and so is the mean of two prices
           ifNull(abs(days_off) > 0.005, 0) OR ifNull(abs(daily_kr_off) > 0.005, 0)
               OR ifNull(abs(kr_off) > 0.5, 0) AS is_off
    FROM invoices_now AS i
    LEFT JOIN
    (
        SELECT municipality, placement, groupArray((first_day, day_after, daily_kr)) AS spans
        FROM placement_spans GROUP BY municipality, placement
    ) AS c ON c.municipality = i.municipality AND c.placement = i.placement
);
