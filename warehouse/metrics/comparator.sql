/*
id = "I4"
kind = "instant"
timeless = true
title_sv = "Jämförelsetal"
title_en = "Official figures to compare with"
definition = "Ett tal ur en officiell tabell, som utgivaren visar det. Utan område avses hela landet, utan enhet antal och inte andel, utan delgrupp alla. Det som utgivaren inte visar har ett skäl och är aldrig noll. Antalet bakom raden är personerna; för andelar, dagar och det som inte är tillämpligt är det talet självt."
unit = "enligt tabellen"
decimals = 0
direction = "none"
measure = "mean"
dimensions = ["table", "year", "area", "dimension", "characteristic", "split", "sex", "measured_in", "status"]
periods = ["now"]
audience = "committee"
owner = "Enhetschef placeringar"
user = "Nämnd, verksamhetscontroller"
decision = "Se egna tal bredvid andras, med utgivare och definition"
replaces = "Siffror ur andras rapporter utan källa"
law = "Utgivarens egen statistik (England: Department for Education, OGL v3)"
manual_input = "none"
needs = ["reference"]
max_age_s = 31622400
min_coverage = 0.99
version = 1
persons = false
beat_s = 900
checks = [
    { rule = "not_negative", grade = "stop" },
]

[[publish]]
by = ["table", "year", "dimension", "characteristic"]
period = "now"
*/
SELECT c.table_shown AS table, c.year_shown AS year, c.area_shown AS area, c.dimension_shown AS dimension,
       c.characteristic_shown AS characteristic, c.split_shown AS split, c.sex_shown AS sex, c.measured_in_shown AS measured_in,
       c.status_shown AS status,
       if(count() = 1, any(c.value), NULL) AS value,
       if(count() > 1, count(), if(any(c.unit) = 'count' AND any(c.status) != 'not_applicable', toUInt64(ifNull(any(c.value), 0)), 1)) AS n,
       -- several figures behind one row are no figure: ask by more
       multiIf(count() > 1, 'not_applicable', any(c.status) = 'not_available', 'missing', any(c.status)) AS state,
       if(state = 'rounds_to_zero', 0, NULL) AS lower, if(state = 'rounds_to_zero', 0.5, NULL) AS upper
FROM
(
    SELECT t.value AS value, t.unit AS unit, toString(t.status) AS status,
           if(has({by:Array(String)}, 'table'), t.table_name, '') AS table_shown,
           if(has({by:Array(String)}, 'year'), toString(t.year), '') AS year_shown,
           if(has({by:Array(String)}, 'area'), t.area, '') AS area_shown,
           if(has({by:Array(String)}, 'dimension'), t.dimension, '') AS dimension_shown,
           if(has({by:Array(String)}, 'characteristic'), t.characteristic, '') AS characteristic_shown,
           if(has({by:Array(String)}, 'split'), t.split, '') AS split_shown,
           if(has({by:Array(String)}, 'sex'), if(t.sex = '', 'unknown', t.sex), '') AS sex_shown,
           if(has({by:Array(String)}, 'measured_in'), t.unit, '') AS measured_in_shown,
           if(has({by:Array(String)}, 'status'), t.status, '') AS status_shown
    FROM comparators AS t FINAL
    WHERE t.void = 0 AND t.municipality = {municipality:String}
      AND (has({by:Array(String)}, 'area') OR t.level = 'nation')
      AND (has({by:Array(String)}, 'measured_in') OR t.unit != 'percent')
      AND (has({by:Array(String)}, 'split') OR t.split IN ('', 'total', 'all-placements'))
) AS c
GROUP BY ALL
