-- What does not add up in placements and around them: flaws of single rows, and those that only several entities
-- tell together. Named, counted, never hidden.
CREATE OR REPLACE VIEW placement_flaws AS
SELECT municipality, entity, 'placement' AS kind, arrayJoin(flaws) AS flaw FROM placements FINAL WHERE void = 0
UNION ALL
SELECT municipality, entity, 'contract' AS kind, arrayJoin(flaws) AS flaw FROM contracts FINAL WHERE void = 0
UNION ALL
SELECT municipality, entity, 'provider' AS kind, arrayJoin(flaws) AS flaw FROM providers FINAL WHERE void = 0
UNION ALL
SELECT municipality, entity, 'request' AS kind, arrayJoin(flaws) AS flaw FROM requests FINAL WHERE void = 0
UNION ALL
SELECT municipality, entity, 'invoice' AS kind, arrayJoin(flaws) AS flaw FROM invoices FINAL WHERE void = 0
UNION ALL
SELECT municipality, entity, 'placement' AS kind, 'overlapping_placements' AS flaw
FROM
(
    SELECT municipality, entity, start_on,
           max(end_on) OVER (PARTITION BY municipality, person ORDER BY start_on, end_on, entity
                             ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS before_end
    FROM placement_stays WHERE person != ''
)
WHERE before_end > start_on
UNION ALL
SELECT s.municipality AS municipality, s.entity AS entity, 'placement' AS kind, 'day_outside_contract' AS flaw
FROM placement_stays AS s
INNER JOIN
(
    SELECT municipality, placement, min(from_on) AS from_on, max(until_on) AS until_on
    FROM contracts_now GROUP BY municipality, placement
) AS c ON c.municipality = s.municipality AND c.placement = s.placement
WHERE c.from_on > s.start_on OR c.until_on < least(s.end_on, toDate32(now('UTC')))
UNION ALL
SELECT i.municipality AS municipality, i.entity AS entity, 'invoice' AS kind, 'invoice_outside_placement' AS flaw
FROM invoices_now AS i
INNER JOIN placement_stays AS s ON s.municipality = i.municipality AND s.placement = i.placement
WHERE i.from_on < s.start_on OR (s.end_on < toDate32('2299-12-31') AND i.until_on > s.end_on + 1)
UNION ALL
SELECT e.municipality AS municipality, e.entity AS entity, e.kind AS kind, 'unknown_placement' AS flaw
FROM
(
    SELECT municipality, entity, placement, 'contract' AS kind FROM contracts_now
    UNION ALL
    SELECT municipality, entity, placement, 'invoice' AS kind FROM invoices_now
) AS e
LEFT ANTI JOIN placement_stays AS s ON s.municipality = e.municipality AND s.placement = e.placement;
