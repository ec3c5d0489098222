-- Reports whose hours are told of in another way too, so that they are counted twice: of the same person (else assistance case,
-- else nobody named), unit and service, by an earlier report of some of the same days, or by performed visits in its days.
CREATE OR REPLACE VIEW doubled_reports AS
WITH told AS
(
    SELECT municipality, entity, toString(if(person != '', person, assistance)) AS whose, toString(unit) AS unit,
           toString(service) AS service, if(whose = '', concat(toString(sex), '/', toString(age_band)), '') AS part,
           from_on, until_on
    FROM hours_reports_now
)
SELECT municipality, entity, 'reported_twice' AS flaw
FROM
(
    SELECT municipality, entity, from_on,
           max(until_on) OVER (PARTITION BY municipality, whose, unit, service, part ORDER BY from_on, until_on, entity
                               ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS told_until
    FROM told
)
WHERE told_until > from_on
UNION ALL
SELECT r.municipality AS municipality, r.entity AS entity, 'reported_and_visited' AS flaw
FROM told AS r
INNER JOIN
(
    SELECT municipality, arrayJoin(arrayDistinct(['', toString(if(person != '', person, assistance))])) AS whose,
           toString(unit) AS unit, toString(service) AS service, groupUniqArray(day) AS days
    FROM
    (
        -- FINAL would read every key of millions of visits; empty rows (void) are of no unit
        SELECT person, assistance, unit, service, municipality, day, void, counted, kind FROM visits
        WHERE void = 1 OR (municipality, unit) IN (SELECT municipality, unit FROM hours_reports WHERE void = 0)
        ORDER BY version DESC LIMIT 1 BY municipality, day, entity
    )
    WHERE void = 0 AND counted = 1 AND kind = 'direct'
    GROUP BY ALL
) AS v ON v.municipality = r.municipality AND v.whose = r.whose AND v.unit = r.unit AND v.service = r.service
WHERE arrayExists(d -> d >= r.from_on AND d < r.until_on, v.days);
