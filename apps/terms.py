"""Swedish for the hub's closed codes: dimensions, periods, checks, flaws, reasons. One table each."""

from __future__ import annotations

from typing import Final

from schemas import reasons

DIMENSIONS: Final = {
    "unit": "enhet",
    "stage": "skede",
    "law": "lagrum",
    "case_type": "ärendetyp",
    "sex": "kön",
    "age_band": "åldersgrupp",
    "age_days": "dagar öppet",
    "handler_known": "om handläggare är utsedd",
    "day": "dag",
    "week": "vecka",
    "month": "månad",
    "variant": "variant",
    "statistic": "statistiskt mått",
    "duration": "varaktighet",
    "clock_change": "om klockan ställdes om",
    "from_unit": "från enhet",
    "to_unit": "till enhet",
    "flaw": "slag av brist",
    "group": "grupp",
    "kind": "slag",
    "outcome": "utfall",
    "past": "om måltiden passerat",
    "source": "källa",
    "reason": "skäl",
    "role": "roll",
    "main_cause": "huvudorsak",
    "target_group": "målgrupp",
    "care_form": "vårdform",
    "tender_area": "anbudsområde",
    "provider": "utförare",
    "provider_municipality": "utförarens kommun",
    "framework": "inom eller utanför ramavtal",
    "day_rule": "dygnsregel",
    "basis": "räknat på",
    "cause": "orsak till flytt",
    "planned": "om flytten var planerad",
    "from_provider": "från utförare",
    "to_provider": "till utförare",
    "service_type": "insatstyp",
    "verdict": "granskningens utfall",
    "contract_type": "avtalstyp",
    "over_days": "väntat fler dagar än",
    "within_days": "löper ut inom dagar",
    "deviation": "avvikelse i",
    "table": "tabell",
    "year": "år",
    "area": "område",
    "dimension": "indelning",
    "characteristic": "del av indelningen",
    "split": "delgrupp",
    "device_type": "slag av utrustning",
    "regi": "egen eller extern regi",
    "payer": "vem som betalar",
    "spell": "sjukfallets längd",
    "above": "om kostnaden ryms under taket",
    "raised": "om förhöjt timbelopp redan ges",
    "about": "vad larmet gäller",
    "state": "läge",
    "channel": "sätt",
    "service": "insats",
    "within_minutes": "inom minuter",
    "over_minutes": "väntat fler minuter än",
    "measured_in": "antal, andel eller dagar",
    "status": "varför talet inte visas",
    "grown": "vuxna eller barn och unga",
    "purpose": "vad besöket gällde",
    "used_for": "vad tiden gick till",
    "parameter": "omdöme om",
    "part": "del av indexet",
    "clock": "lagstadgad tid",
    "within": "går ut",
    "waiting": "vad som väntar",
    "young": "ålder",
    "ending": "hur det avslutades",
    "investigations": "antal utredningar samtidigt",
}
AUDIENCES: Final = {"public": "alla", "staff": "personal", "committee": "nämnden", "engineer": "ingenjör"}
PERIODS: Final = {
    "now": "just nu",
    "day": "dag",
    "week": "vecka",
    "month": "månad",
    "quarter": "kvartal",
    "year": "år",
    "any": "valfri period",
}
DIRECTIONS: Final = {
    "up": "högre är bättre",
    "down": "lägre är bättre",
    "none": "varken högt eller lågt är bättre",
}
RULES: Final = {
    "not_negative": "aldrig under noll",
    "whole": "alltid hela tal",
    "is_zero": "alltid noll",
    "at_most": "högst {limit}",
    "at_least": "minst {limit}",
    "drop": "faller inte med mer än andelen {limit} på en vecka",
    "never_zero": "summan är aldrig noll",
}
GRADES: Final = {"stop": "annars visas siffran inte", "warn": "annars larmar navet"}
FLAWS: Final = {
    "closed_before_opened": "Avslutat innan det öppnades",
    "opened_implicitly": "Händelse utan att ärendet öppnats",
    "opened_twice": "Öppnat igen medan det var öppet",
    "event_after_close": "Händelse efter avslut",
    "clock_extended_late": "Tid förlängd sedan den gått ut",
    "clock_stopped_before_start": "Tid stoppad innan den börjat",
    "reopened_while_open": "Återöppnat medan det var öppet",
    "ambiguous_time": "Lokal tid som inträffar två gånger",
    "conflicting_versions": "Två innehåll för samma version",
    "retracted_unknown": "Tillbakatagande av något som inte är känt",
    "transfer_from_other_unit": "Överfört från en enhet det inte låg på",
    "never_started": "Händelse utan att placeringen inletts",
    "started_twice": "Inlett två gånger",
    "moved_before_start": "Flytt före inskrivningen",
    "moved_from_other_provider": "Flytt från en utförare där personen inte bodde",
    "event_after_end": "Händelse efter utskrivningen",
    "ended_before_started": "Utskrivning före inskrivningen",
    "extended_backwards": "Förlängning till en tidigare dag",
    "day_not_of_time": "Dagen stämmer inte med tidpunkten",
    "cause_changed_without_reason": "Huvudorsaken ändrad utan skäl",
    "price_missing": "Pris saknas från första dygnet",
    "price_zero": "Priset är noll kronor",
    "price_unlikely": "Orimligt dygnspris: tusental eller månadspris",
    "price_set_backwards": "Pris satt bakåt i tiden",
    "overlapping_placements": "Placeringar som överlappar varandra",
    "unknown_placement": "Placeringen finns inte i navet",
    "never_created": "Händelse utan att avtalet skapats",
    "never_sent": "Svar eller underskrift utan att något skickats",
    "signed_before_sent": "Undertecknat innan det skickades",
    "signed_by_other": "Undertecknat av en part som inte ska underteckna",
    "ended_before_start_day": "Upphörde före sin första dag",
    "contract_outside_placement": "Avtal för dagar utanför placeringen",
    "day_outside_contract": "Placeringsdag som inget avtal omfattar",
    "answered_before_sent": "Svar före förfrågan",
    "never_received": "Granskad eller bokförd faktura som aldrig kommit",
    "last_before_first": "Sista dagen före den första",
    "amount_differs": "Beloppet är inte dygn gånger pris",
    "invoice_outside_placement": "Fakturerade dagar utanför placeringen",
    "never_noted": "Åtgärdad brist som aldrig noterats",
    "mended_before_noted": "Brist åtgärdad innan den noterades",
    "hours_over_24_a_day": "Fler timmar än dygnet har",
    "stop_missing": "Sluttid saknas",
    "visit_over_24_hours": "Besök längre än ett dygn",
    "visit_without_length": "Besök som slutade när det började",
    "stopped_before_started": "Sluttid före starttid",
    "plan_impossible": "Planerad tid som inte går ihop",
    "performed_far_from_plan": "Utfört mer än 30 dagar från planerad tid",
    "performed_twice": "Besöket utfört två gånger",
    "net_over_gross": "Nettotid längre än besöket",
    "double_staffed_outside": "Dubbelbemanning utanför besöket",
    "performed_after_cancelled": "Utfört fast det ställts in",
    "never_performed_or_planned": "Händelse utan att besöket planerats eller utförts",
    "never_granted": "Händelse utan att timmar beviljats",
    "period_over_six_months": "Assistansperiod längre än sex månader",
    "overlapping_periods": "Assistansperioder som överlappar varandra",
    "never_decided": "Händelse utan beslut om assistans",
    "schedule_before_decision": "Schemat ändrat före beslutet",
    "double_over_hours": "Fler dubbla timmar än timmar",
    "sick_over_scheduled": "Mer sjukfrånvaro än schemalagd tid",
    "not_first_of_month": "Månaden anges inte med sin första dag",
    "told_twice": "Samma uppgift lämnad två gånger",
    "overlapping_visits": "Samma medarbetare i två besök samtidigt",
    "hours_after_death": "Timmar efter att personen avlidit",
    "reported_twice": "Timmar rapporterade två gånger för samma dagar",
    "reported_and_visited": "Timmar både rapporterade och redovisade som besök",
    "unknown_assistance": "Timmar i ett assistansärende utan beslut",
    "performed_over_granted": "Fler utförda timmar än beviljade",
    "never_installed": "Händelse på utrustning som aldrig installerats",
    "installed_twice": "Installerad fast den redan var installerad",
    "removed_before_installed": "Avinstallerad före installationen",
    "removed_twice": "Avinstallerad två gånger",
    "refilled_after_removal": "Påfylld efter avinstallationen",
    "alive_after_removal": "Livstecken efter avinstallationen",
    "several_in_one": "Uppgifter om flera saker i en och samma post",
    "percent_as_hundred": "Målet är skrivet i hundradelar: 92 i stället för 0,92",
    "dimension_without_code": "Indelning utan del, eller del utan indelning",
    "never_due": "Utfall för en dos som ingen sagt skulle tas",
    "due_twice": "Dosen förfaller två gånger",
    "taken_before_due": "Dos tagen innan den förföll",
    "taken_twice": "Samma dos tagen två gånger",
    "taken_and_missed": "Dos både tagen och missad",
    "never_raised": "Larmet kvitterat eller åtgärdat utan att ha gått",
    "raised_twice": "Samma larm har gått två gånger",
    "acknowledged_before_raised": "Larmet kvitterat innan det gick",
    "handled_before_raised": "Larmet åtgärdat innan det gick",
    "unknown_device": "Utrustningen finns inte i navet",
}
ROLES: Final = {
    "coordinator": "Placeringssamordnare",
    "unit_head": "Enhetschef",
    "nurse": "Sjuksköterska",
    "quality_lead": "Kvalitetsansvarig",
    "staffing_unit": "Bemanningsenhet",
    "economist": "Ekonom",
    "politician": "Förtroendevald",
    "engineer": "Dataingenjör",
    "data_protection": "Dataskydd",
    "command": "Kommando på navets dator",
}
ALARM_CONTACTS: Final = {"phone": "per telefon", "home_visit": "genom hembesök", "other": "på annat sätt"}
ACTS: Final = {
    "read": "läste",
    "export": "tog ut till fil",
    "refused": "nekades",
    "login": "loggade in",
    "logout": "loggade ut",
    "opened": "öppnade loggen",
    "retried": "prövade en nekad händelse igen",
    "dismissed": "avfärdade en nekad händelse",
    "resumed": "lät en partition gå vidare",
    "acknowledged": "kvitterade ett larm",
}
PURPOSES: Final = {
    "placement_follow_up": "Uppföljning av placering",
    "invoice_review": "Granskning av faktura",
    "assistance_follow_up": "Uppföljning av assistans",
    "staffing": "Bemanning",
    "device_alarms": "Larm från utrustning",
    "statutory_report": "Lagstadgad rapport",
    "planning": "Ledning och planering",
    "operations": "Drift och felsökning",
    "access_control": "Kontroll av åtkomst",
    "complaint": "Klagomål eller begäran",
}
REASONS: Final = {code: swedish for code, (swedish, _) in reasons.WORDS.items()}


CODES: Final = {
    "framework": {"inside": "inom ramavtal", "outside": "utanför ramavtal"},
    "basis": {
        "care_days": "vårddygn",
        "new_placements": "nya placeringar",
        "kr": "kronor",
        "direct_awards": "direktupphandlade placeringar",
    },
    "statistic": {
        "weighted": "per vårddygn",
        "mean": "medelvärde",
        "median": "median",
        "p10": "p10 (en av tio)",
        "p90": "p90 (nio av tio)",
        "min": "lägsta",
        "max": "högsta",
    },
    "planned": {"yes": "planerad", "no": "oplanerad"},
    "day_rule": {
        "start_in_end_out": "inskrivningsdagen men inte utskrivningsdagen",
        "both_in": "både inskrivningsdagen och utskrivningsdagen",
        "start_out_end_in": "utskrivningsdagen men inte inskrivningsdagen",
    },
    "sex": {"woman": "kvinnor och flickor", "man": "män och pojkar", "unknown": "okänt"},
    "grown": {"adults": "vuxna", "children_and_youth": "barn och unga"},
    "law": {
        "SoL": "SoL",
        "LSS": "LSS",
        "LVU": "LVU",
        "LVM": "LVM",
        "HSL": "HSL",
        "SFB": "SFB",
        "FL": "FL",
        "2024:79": "lag 2024:79 (barn i skyddat boende)",
        "other": "annat",
    },
    "reason": {
        "full": "fullt",
        "care_needs": "för omfattande vårdbehov",
        "no_capacity": "ingen ledig plats eller utförare",
        "offer_declined": "tackat nej till erbjudande",
        "own_wish": "på egen begäran",
        "unknown_whereabouts": "har inte kunnat nås",
        "other": "annat skäl",
    },
    "parameter": {
        "plan_followed": "vårdplanen har följts",
        "difference_made": "skillnad för den enskilde",
        "reporting": "rapporterar som avtalat",
    },
    "contract_type": {
        "new_admission": "nyinskrivning",
        "extension": "förlängning",
        "relocation": "omflyttning",
    },
    "over_days": {"7": "fler än 7 dagar", "14": "fler än 14 dagar", "30": "fler än 30 dagar"},
    "within_days": {"30": "inom 30 dagar", "60": "inom 60 dagar", "90": "inom 90 dagar"},
    "deviation": {
        "days": "dygn",
        "daily_kr": "kronor per dygn",
        "kr": "kronor",
        "lines": "antal rader",
    },
    "verdict": {
        "open": "ogranskad",
        "accepted": "godkänd",
        "disputed": "bestridd",
        "credited": "krediterad",
    },
    "part": {"index": "index", "quality": "kvalitet", "price": "pris"},
    "regi": {"in_house": "egen regi", "contracted": "extern regi"},
    "payer": {"social_insurance": "Försäkringskassan", "municipality": "kommunen"},
    "spell": {"short": "kort, högst 14 dagar", "long": "lång, över 14 dagar"},
    "above": {"within_most": "ryms under taket", "over_most": "över taket"},
    "raised": {"yes": "förhöjt timbelopp ges", "no": "förhöjt timbelopp ges inte"},
    "age_band": {
        "0-6": "0–6 år",
        "7-12": "7–12 år",
        "13-17": "13–17 år",
        "18-20": "18–20 år",
        "21-29": "21–29 år",
        "30-64": "30–64 år",
        "65-79": "65–79 år",
        "80+": "80 år och äldre",
    },
    "used_for": {
        "indirect": "indirekt tid",
        "transport": "resor",
        "documentation": "dokumentation",
        "staff": "tid för personalen",
    },
    "outcome": {
        "taken": "tagna inom tidsfönstret",
        "in_time": "i tid",
        "in_time_extended": "i tid efter laglig förlängning",
        "late": "för sent",
        "overdue": "inte gjort",
        "missed": "missade",
    },
    "stage": {
        "intake": "aktualisering",
        "preliminary_assessment": "förhandsbedömning",
        "investigation": "utredning",
        "decision": "beslut",
        "service": "insats",
        "follow_up": "uppföljning",
    },
    "within": {"today": "i dag", "7_days": "inom 7 dagar"},
    "waiting": {"never_started": "aldrig verkställt", "interrupted": "avbrutet"},
    "investigations": {"2": "två", "3": "tre", "4_or_more": "fyra eller fler"},
    "young": {"13_20": "13–20 år", "others": "andra åldrar"},
    "ending": {"stayed": "kvar i kommunen", "moved": "flyttade", "deceased": "avled"},
    "channel": {"on_site": "på plats", "phone": "telefon", "video": "video", "camera": "kamera"},
}
"""What closed codes are called, in the order of tables and charts."""
UNKNOWN: Final = {"outcome": "okänt utfall", "used_for": "inget angivet"}
"""What not known is called where "saknas" would say that the dose or the time itself was missing."""
ORDERS: Final = {dimension: tuple(codes) for dimension, codes in CODES.items()}


def code_of(dimension: str, code: str) -> str:
    """What a closed code of a dimension is called; the code itself where it is nobody's but its source's."""
    return CODES.get(dimension, {}).get(code, code)


def term(table: dict[str, str], code: str) -> str:
    """The Swedish word, the code itself where a new one has no word yet (a test looks for those)."""
    return table.get(code, code)


AWARD_REASONS: Final = {
    "full": "fullt",
    "care_needs": "för omfattande vårdbehov",
    "other": "annat skäl",
    "missing": "skäl saknas",
}
DECISIONS: Final = {"granted": "bifall", "partly_granted": "delvis bifall", "refused": "avslag"}
ASSESSMENTS: Final = {
    "investigate": "utredning inleds",
    "no_investigation": "utredning inleds inte",
    "joined": "hör till en pågående utredning",
}
DELAYS: Final = {
    "no_capacity": "ingen ledig plats eller resurs",
    "offer_declined": "har tackat nej till erbjudande",
    "own_wish": "den enskildes egen önskan",
    "unknown_whereabouts": "går inte att nå",
    "other": "annat skäl",
}
SERVICE_REASONS: Final = {
    "goal_reached": "målet är nått",
    "own_wish": "egen önskan",
    "moved": "har flyttat",
    "deceased": "avliden",
    "provider": "utföraren",
    "other": "annat skäl",
}
CLOSINGS: Final = {
    "no_service": "utan insats",
    "service_done": "insatsen är klar",
    "handed_over": "överlämnat",
    "no_investigation": "utan utredning",
    "joined": "hör till ett annat ärende",
    "withdrawn": "återkallat",
    "moved": "har flyttat",
    "deceased": "avliden",
    "other": "annat skäl",
}
PLANS: Final = {"care_plan": "vårdplan", "implementation_plan": "genomförandeplan", "other": "annan plan"}
SEXES: Final = {"woman": "kvinna", "man": "man", "unknown": "saknas"}
COMMITTEE_ROLES: Final = {
    "committee": "nämnden",
    "committee_secretary": "nämndsekreterare",
    "director": "socialchef",
    "head_of_department": "avdelningschef",
    "unit_head": "enhetschef",
    "coordinator": "placeringssamordnare",
    "economist": "ekonom",
    "quality_developer": "kvalitetsutvecklare",
}
"""Who owns a target or wrote a note."""
ACTORS: Final = {
    "caseworker": "handläggare",
    "coordinator": "placeringssamordnare",
    "unit_head": "enhetschef",
    "economist": "ekonom",
    "system": "systemet",
    "engineer": "ingenjör",
}
CORRECTIONS: Final = {
    "wrong_time": "fel tid",
    "wrong_unit": "fel enhet",
    "wrong_person": "fel person",
    "wrong_code": "fel kod",
    "registered_twice": "registrerat två gånger",
    "registered_by_mistake": "registrerat av misstag",
    "changed_at_source": "ändrat i källan",
    "erased": "raderat",
}
CONTRACT_TYPES: Final = {
    "new_admission": "nyinskrivning",
    "extension": "förlängning",
    "relocation": "omflyttning",
}
DAY_RULES: Final = {
    "start_in_end_out": "första dagen räknas, sista inte",
    "both_in": "första och sista dagen räknas",
    "start_out_end_in": "sista dagen räknas, första inte",
}
PARTIES: Final = {
    "municipality": "kommunen",
    "provider": "utföraren",
    "guardian": "vårdnadshavaren",
    "client": "den enskilde",
}
SIGNING: Final = {"digital": "digitalt", "paper": "på papper", "unknown": "sättet saknas"}
ANSWERS: Final = {"offered": "plats erbjuden", "full": "fullt", "declined": "avböjt", "other": "annat svar"}
VERDICTS: Final = {
    "open": "öppen",
    "accepted": "godkänd",
    "disputed": "ifrågasatt",
    "credited": "krediterad",
}
PAYERS: Final = {"social_insurance": "Försäkringskassan", "municipality": "kommunen", "unknown": "saknas"}
REGI: Final = {"in_house": "egen regi", "contracted": "extern regi", "unknown": "saknas"}
COST_KINDS: Final = {"influenceable": "påverkbar kostnad", "overhead": "overhead"}
DEFICIENCIES: Final = {
    "staffing": "bemanning",
    "competence": "kompetens",
    "premises": "lokaler",
    "documentation": "dokumentation",
    "safety": "säkerhet",
    "reporting": "rapportering",
    "care_plan": "genomförandeplan",
    "permit": "tillstånd",
    "other": "annat",
}
