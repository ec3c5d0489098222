"""The login page as HTML: the provider's way, or on loopback a choice of role and place. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from urllib.parse import urlencode

from starlette.responses import HTMLResponse

from apps import terms
from apps.access.login import ROLES, Role
from apps.wording import say
from schemas.municipality import Municipality, configured


def page(onward: str, *, development: bool) -> HTMLResponse:
    """The page. onward: where to go afterwards, an address of ours."""
    body = _choice(onward) if development else _provider(onward)
    text = (
        '<!doctype html><html lang="sv"><head><meta charset="utf-8">'
        f"<title>{say('login')} · Kommunpuls</title>"
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        '<link rel="icon" href="/kiosk/icon.svg"><link rel="stylesheet" href="/kiosk/tokens.css">'
        '<link rel="stylesheet" href="/kiosk/entrance.css"></head>'
        f'<body><main><p class="brand">Kommunpuls</p><h1>{say("login")}</h1>'
        f'<p class="lead">{say("login_lead")}</p>{body}</main></body></html>'
    )
    return HTMLResponse(text, headers={"Cache-Control": "no-store"})


def _provider(onward: str) -> str:
    address = f"/inloggning/vidare?{urlencode({'till': onward})}"
    return f'<p><a class="button" href="{escape(address)}">{say("login_provider")}</a></p>'


def _choice(onward: str) -> str:
    roles = "".join(
        f'<label><input type="radio" name="roll" value="{role}" required><span><b>{terms.ROLES[role]}</b>'
        f"<small>{say('role_' + role)}</small></span></label>"
        for role in ROLES
    )
    places = "".join(_places(town) for town in sorted(configured(), key=_invented_first))
    return (
        f'<form method="post" action="/inloggning"><fieldset><legend>{say("login_role")}</legend>{roles}'
        f'</fieldset><label class="place"><span>{say("login_place")}</span>'
        f'<select name="plats">{places}</select></label>'
        f'<input type="hidden" name="till" value="{escape(onward)}">'
        f'<button>{say("login")}</button><p class="note">{say("login_development")}</p></form>'
    )


def _invented_first(town: Municipality) -> tuple[bool, str]:
    return town.kind != "invented", town.name


def _places(town: Municipality) -> str:
    units = {"": say("login_every_unit"), **town.every_unit}
    options = "".join(
        f'<option value="{town.code}/{escape(code)}">{escape(f"{town.name}, {name}")}</option>'
        for code, name in units.items()
    )
    return f'<optgroup label="{escape(town.name)}">{options}</optgroup>'


def chosen(form: Mapping[str, str]) -> tuple[Role, str, str] | None:
    """Role, municipality and unit ("" for every one) of a form; None for what the form does not offer."""
    role, (code, _, unit) = form.get("roll", ""), form.get("plats", "").partition("/")
    towns = {town.code: town for town in configured()}
    if role not in ROLES or code not in towns or (unit and unit not in towns[code].every_unit):
        return None
    return role, code, unit
