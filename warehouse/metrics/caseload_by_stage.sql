/*
id = "C1a"
kind = "instant"
title_sv = "Öppna ärenden per skede"
title_en = "Open cases by stage"
definition = "Antal öppna ärenden efter skede: aktualisering, förhandsbedömning, utredning, beslut, insats eller uppföljning. Ett ärende är i ett skede åt gången."
unit = "ärenden"
decimals = 0
direction = "none"
measure = "count"
dimensions = ["unit", "stage"]
periods = ["now"]
audience = "public"
owner = "Verksamhetscontroller"
user = "Handläggare och enhetschef"
decision = "Se var i handläggningen ärenden blir stående"
replaces = "Handräkning per skede"
law = "Egen definition C1a"
manual_input = "none"
needs = ["cases"]
max_age_s = 900
min_coverage = 0.99
version = 1
checks = [
    { rule = "not_negative", grade = "stop" },
    { rule = "whole", grade = "stop" },
]

[[publish]]
by = ["stage"]
period = "now"
*/
SELECT i.at AS at,
       if(has({by:Array(String)}, 'unit'), s.unit, '') AS unit,
       if(has({by:Array(String)}, 'stage'), s.stage, '') AS stage,
       count() AS value, count() AS n
FROM case_spells AS s CROSS JOIN (SELECT arrayJoin({at:Array(DateTime64(6, 'UTC'))}) AS at) AS i
WHERE s.municipality = {municipality:String} AND s.`from` <= i.at AND i.at < s.`until`
GROUP BY ALL
