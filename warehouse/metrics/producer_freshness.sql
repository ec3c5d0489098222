/*
id = "H1"
kind = "instant"
title_sv = "Sekunder sedan källan hördes av"
title_en = "Seconds since the producer was heard"
definition = "Sekunder från källans senaste livstecken till tidpunkten. Över källans egen gräns larmar navet. Avslutade importer räknas inte, de åldras inte."
unit = "sekunder"
decimals = 0
direction = "down"
measure = "mean"
dimensions = ["source"]
periods = ["now"]
audience = "engineer"
owner = "Verksamhetscontroller"
user = "Dataingenjör"
decision = "Ring den som äger källan"
replaces = "Ingen märkte att källan tystnat"
law = "Egen definition H1"
manual_input = "none"
needs = ["reference"]
max_age_s = 900
min_coverage = 0.99
version = 2
clock = "wall"
beat_s = 10
checks = []

[[publish]]
by = ["source"]
period = "now"
*/
SELECT i.at AS at, if(has({by:Array(String)}, 'source'), b.source, '') AS source,
       dateDiff('second', max(b.told_at), i.at) AS value, count() AS n
FROM producer_beats AS b CROSS JOIN (SELECT arrayJoin({at:Array(DateTime64(6, 'UTC'))}) AS at) AS i
WHERE b.municipality = {municipality:String} AND b.told_at <= i.at AND NOT b.historical
GROUP BY ALL
