"""The catalogue's part for the assistance view: every Swedish text that it says itself, by key."""

from __future__ import annotations

from typing import Final

ASSISTANCE: Final[dict[str, str]] = {
    "assistance": "Assistans",
    # the history of a case
    "history_lead_case": "{unit}, {hours} timmar {span}",
    "t_decided": "Beslut om {hours} timmar {span}",
    "t_schedule": "Schemat ändrat från {day}",
    "t_rate": "Förhöjt timbelopp {kr} från {day}",
    "t_assistance_ended": "Assistansen upphör {day}",
    "t_claimed": "Begärt för {month}: {hours} timmar, {kr}",
    "t_paid": "Utbetalt för {month}: {kr}",
    "t_cost": "{what} för {month}: {kr}",
    "t_revenue": "Intäkt bokförd för {month}: {kr}",
    "t_reported": "Utförda timmar rapporterade {span}: {hours}",
    "f_through": "till och med",
    "f_hours": "timmar",
    "f_double_hours": "timmar med två assistenter",
    "f_month": "månad",
    "f_payer": "betalas av",
    "f_regi": "regi",
    "f_kind": "slag",
    "f_rate_kr": "timbelopp",
    "f_decided_on": "beslutsdag",
    "f_service": "insats",
}
