/*
id = "H7"
kind = "instant"
title_sv = "Assistansärenden som tappat mer än halva sina timmar"
title_en = "Assistance cases that lost more than half of their hours"
definition = "Antal assistansärenden vars beviljade timmar per dag är mindre än hälften av vad de var, utan att ärendet har avslutats: efter ett beslut de senaste 30 dagarna jämfört med perioden före, eller efter en rättelse av samma beslut de senaste 30 dagarna. Ett felaktigt avslag hos Försäkringskassan syns här. Dagar som inget beslut gäller för räknas inte."
unit = "ärenden"
decimals = 0
direction = "down"
measure = "count"
dimensions = ["unit", "regi"]
periods = ["now", "month"]
audience = "engineer"
owner = "Verksamhetschef LSS"
user = "Enhetschef LSS, dataingenjör"
decision = "Kontakta Försäkringskassan innan ersättningen uteblir"
replaces = "Ingen tidigare uppgift"
law = "Egen definition H7"
manual_input = "none"
needs = ["hours"]
tells_of = ["assistance"]
max_age_s = 90000
min_coverage = 0.99
version = 1
beat_s = 60
checks = [
    { rule = "not_negative", grade = "stop" },
    { rule = "whole", grade = "stop" },
    { rule = "is_zero", grade = "warn" },
]
publish = [
    { by = [], period = "now" },
    { by = ["unit"], period = "now" },
]
*/
SELECT p.at AS at,
       if(has({by:Array(String)}, 'unit'), p.unit, '') AS unit,
       if(has({by:Array(String)}, 'regi'), p.regi, '') AS regi,
       count() AS value, value AS n
FROM assistance_halved(municipality = {municipality:String}, zone = {zone:String}, at = {at:Array(DateTime64(6, 'UTC'))}) AS p
GROUP BY ALL
