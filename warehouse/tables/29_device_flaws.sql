-- What does not add up in devices, doses and alarms: flaws of single rows, and those that only several entities tell
-- together. Named, counted, never hidden.
CREATE OR REPLACE VIEW device_flaws AS
SELECT municipality, entity, 'device' AS kind, arrayJoin(flaws) AS flaw FROM devices FINAL WHERE void = 0 OR has(flaws, 'retracted_unknown')
UNION ALL
SELECT municipality, entity, 'device_day' AS kind, arrayJoin(flaws) AS flaw FROM device_days FINAL WHERE void = 0 OR has(flaws, 'retracted_unknown')
UNION ALL
SELECT municipality, entity, 'dose' AS kind, arrayJoin(flaws) AS flaw FROM doses FINAL WHERE void = 0 OR has(flaws, 'retracted_unknown')
UNION ALL
SELECT municipality, entity, 'alarm' AS kind, arrayJoin(flaws) AS flaw FROM device_alarms FINAL WHERE void = 0 OR has(flaws, 'retracted_unknown')
UNION ALL
SELECT municipality, entity, 'rent_month' AS kind, arrayJoin(flaws) AS flaw FROM rent_months FINAL WHERE void = 0 OR has(flaws, 'retracted_unknown')
UNION ALL
-- where devices are told of at all
SELECT e.municipality AS municipality, e.entity AS entity, e.kind AS kind, 'unknown_device' AS flaw
FROM
(
    SELECT municipality, entity, device, 'dose' AS kind FROM doses FINAL WHERE void = 0
    UNION ALL
    SELECT municipality, entity, device, 'alarm' AS kind FROM device_alarms FINAL WHERE void = 0
    UNION ALL
    SELECT municipality, entity, device, 'device_day' AS kind FROM device_days FINAL WHERE void = 0
) AS e
LEFT ANTI JOIN (SELECT municipality, device FROM device_lives) AS l
    ON l.municipality = e.municipality AND l.device = e.device
WHERE e.device != '' AND e.municipality IN (SELECT municipality FROM device_lives)
UNION ALL
-- signs of life after the last removal, or between two lives
SELECT s.municipality AS municipality, s.entity AS entity, 'device_day' AS kind, 'alive_after_removal' AS flaw
FROM (SELECT * FROM device_days FINAL WHERE void = 0) AS s
INNER JOIN
(
    SELECT municipality, device, groupArray((installed_at, removed_at)) AS lives FROM device_lives
    GROUP BY municipality, device
) AS l ON l.municipality = s.municipality AND l.device = s.device
WHERE arrayExists(x -> s.last_at >= x.2, l.lives)
  AND NOT arrayExists(x -> s.last_at >= x.1 AND s.last_at < x.2, l.lives);
