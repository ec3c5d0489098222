-- What devices have saved (domain 7.4, D5m and D6m): a view with parameters. since, until: first days and days after the
-- last of the asked spans of local days; today: the local day that is not over.
--
-- Each month of each life of a device, up to and including yesterday, with the medication visits that its person had before
-- (visits, kr: of the baseline), and each medication visit that persons with a device have had all the same (visits -1, days 0).
-- known_days: of days, those of which it is known what was avoided; priced_days: those with a price too, which kr is of.
CREATE OR REPLACE VIEW avoided_by_device AS
WITH
arrayZip({since:Array(Date32)}, {until:Array(Date32)}) AS spans,
(
    -- since when visits are told of; null where none of them is of anybody with a device
    SELECT if(countIf(person IN (SELECT person FROM device_lives WHERE municipality = {municipality:String})) = 0, NULL,
              toDate32(toTimeZone(minOrNull(start_at), {zone:String})))
    FROM visits WHERE municipality = {municipality:String} AND void = 0 AND person != ''
) AS visited_from,
(
    -- by whom visits are told of: where one regi tells of none, nobody knows which of its visits were avoided
    SELECT groupUniqArray(toString(regi)) FROM visits
    WHERE municipality = {municipality:String} AND void = 0 AND person != '' AND start_at IS NOT NULL
) AS visited_by,
(
    SELECT groupArray((toString(regi), from_on, until_on, price_kr)) FROM unit_price_steps
    WHERE municipality = {municipality:String} AND service = 'medication_visit' AND per = 'visit'
) AS prices
SELECT m.since AS since, toString(m.unit) AS unit, toString(m.device_type) AS device_type, toString(m.regi) AS regi,
       toString(m.who) AS who, toDate32(m.month) AS month, m.days AS days,
       -- days of the month with a price, and that price
       arrayMap(s -> (toFloat64(greatest(0, dateDiff('day', greatest(m.from_on, s.2), least(m.until_on, s.3)))), s.4),
                arrayFilter(s -> s.1 = if(arrayExists(t -> t.1 = m.regi, prices), toString(m.regi), 'unknown'),
                            prices)) AS priced,
       m.baseline IS NOT NULL AND m.person != '' AND ifNull(m.from_on >= visited_from, 0)
       AND (m.regi = 'unknown' OR hasAny(visited_by, [toString(m.regi), 'unknown'])) AS is_known,
       if(is_known, m.days, 0) AS known_days, if(is_known, arraySum(s -> s.1, priced), 0) AS priced_days,
       ifNull(m.baseline, 0) * known_days / m.of_month AS visits,
       if(priced_days = 0, 0, ifNull(m.baseline, 0) * arraySum(s -> s.1 * s.2, priced) / m.of_month) AS kr
FROM
(
    SELECT l.unit AS unit, l.device_type AS device_type, l.regi AS regi, l.who AS who, l.person AS person,
           l.baseline_visits AS baseline, x.1 AS since, month,
           greatest(l.first_day, x.1, month) AS from_on, least(l.day_after, x.2, addMonths(month, 1)) AS until_on,
           dateDiff('day', from_on, until_on) AS days, dateDiff('day', month, addMonths(month, 1)) AS of_month
    FROM
    (
        SELECT *, toDate32(toTimeZone(installed_at, {zone:String})) AS first_day,
               least(toDate32(toTimeZone(removed_at, {zone:String})), {today:Date32}) AS day_after
        FROM device_lives WHERE municipality = {municipality:String} AND first_day < day_after
    ) AS l
    ARRAY JOIN arrayFilter(w -> l.first_day < w.2 AND l.day_after > w.1, spans) AS x
    ARRAY JOIN arrayMap(k -> addMonths(toStartOfMonth(greatest(l.first_day, x.1)), k),
                        range(toUInt32(dateDiff('month', greatest(l.first_day, x.1),
                                                least(l.day_after, x.2) - 1) + 1))) AS month
) AS m
UNION ALL
SELECT p.since AS since, p.unit AS unit, p.device_type AS device_type, p.regi AS regi, p.who AS who,
       toDate32(toStartOfMonth(p.on_day)) AS month, 0 AS days, [] AS priced, 0 AS is_known, 0 AS known_days, 0 AS priced_days,
       -1 AS visits,
       -arrayFirst(s -> s.2 <= p.on_day AND p.on_day < s.3,
                   arrayFilter(s -> s.1 = if(arrayExists(t -> t.1 = p.regi, prices), p.regi, 'unknown'), prices)).4 AS kr
FROM
(
    SELECT x.1 AS since, v.on_day AS on_day,
           arrayFirst(h -> h.1 <= v.start_at AND v.start_at < h.2, l.lives) AS life,
           life.3 AS unit, life.4 AS device_type, life.5 AS regi, toString(life.6) AS who
    FROM
    (
        SELECT person, assumeNotNull(t.start_at) AS start_at, toDate32(toTimeZone(start_at, {zone:String})) AS on_day
        FROM visits AS t FINAL
        WHERE municipality = {municipality:String} AND void = 0 AND purpose = 'medication' AND kind IN ('direct', 'unknown')
          AND t.start_at IS NOT NULL
          AND day BETWEEN greatest(arrayMin({since:Array(Date32)}), toDate32('1900-01-02')) - 1
                      AND arrayMax({until:Array(Date32)})
          AND on_day < {today:Date32}
    ) AS v
    INNER JOIN
    (
        SELECT person, groupArray((installed_at, removed_at, toString(unit), toString(device_type), toString(regi),
                                   who)) AS lives
        FROM device_lives
        WHERE municipality = {municipality:String} AND person != '' AND baseline_visits IS NOT NULL
          AND (regi = 'unknown' OR hasAny(visited_by, [toString(regi), 'unknown']))
        GROUP BY person
    ) AS l ON l.person = v.person
    ARRAY JOIN arrayFilter(w -> v.on_day >= w.1 AND v.on_day < w.2, spans) AS x
    WHERE life.6 != ''
) AS p;
