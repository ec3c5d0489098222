-- What does not add up in placements and around them: flaws of single rows, and those that only several entities
-- tell together. Named, counted, never hidden.
CREATE OR REPLACE VIEW placement_flaws AS
SELECT municipality, entity, 'placement' AS kind, arrayJoin(flaws) AS flaw FROM placements FINAL WHERE void = 0 OR has(flaws, 'retracted_unknown')
UNION ALL
SELECT municipality, entity, 'contract' AS kind, arrayJoin(flaws) AS flaw FROM contracts FINAL WHERE void = 0 OR has(flaws, 'retracted_unknown')
UNION ALL
SELECT municipality, entity, 'provider' AS kind, arrayJoin(flaws) AS flaw FROM providers FINAL WHERE void = 0 OR has(flaws, 'retracted_unknown')
UNION ALL
SELECT municipality, entity, 'request' AS kind, arrayJoin(flaws) AS flaw FROM requests FINAL WHERE void = 0 OR has(flaws, 'retracted_unknown')
UNION ALL
SELECT municipality, entity, 'invoice' AS kind, arrayJoin(flaws) AS flaw FROM invoices FINAL WHERE void = 0 OR has(flaws, 'retracted_unknown')
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
-- a day that no contract covers, though some cover others; after the last contract only where the placement has
-- ended (metric running_after_contract_end tells of those that go on)
SELECT s.municipality AS municipality, s.entity AS entity, 'placement' AS kind, 'day_outside_contract' AS flaw
FROM placement_stays AS s
INNER JOIN
(
    -- stretches that do not overlap
    SELECT municipality, placement, groupArray((piece_from, until_on)) AS pieces, max(until_on) AS last_until
    FROM
    (
        SELECT municipality, placement, assumeNotNull(until_on) AS until_on,
               greatest(assumeNotNull(from_on),
                        max(assumeNotNull(until_on)) OVER (PARTITION BY municipality, placement
                                                           ORDER BY from_on, until_on, entity
                                                           ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING)) AS piece_from
        FROM contracts_now
    )
    GROUP BY municipality, placement
) AS c ON c.municipality = s.municipality AND c.placement = s.placement
WHERE arraySum(x -> greatest(0, dateDiff('day', greatest(x.1, s.start_on),
                                         least(x.2, if(s.end_on < toDate32('2299-12-31'), s.end_on, c.last_until)))),
               c.pieces)
      < dateDiff('day', s.start_on, if(s.end_on < toDate32('2299-12-31'), s.end_on, c.last_until))
UNION ALL
SELECT c.municipality AS municipality, c.entity AS entity, 'contract' AS kind, 'contract_outside_placement' AS flaw
FROM contracts_now AS c
INNER JOIN placement_stays AS s ON s.municipality = c.municipality AND s.placement = c.placement
WHERE c.from_on > s.end_on OR c.until_on <= s.start_on
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
    UNION ALL
    SELECT DISTINCT municipality, entity, arrayJoin(`follow_ups.placement`) AS placement, 'provider' AS kind
    FROM providers_now
) AS e
LEFT ANTI JOIN placements_now AS s ON s.municipality = e.municipality AND s.placement = e.placement
WHERE e.placement != '';
