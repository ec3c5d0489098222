"""Providers with deficiencies that are to be mended before a new placement (domain 4.2, row 1.28). Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from html import escape
from typing import Any, Final

from apps import terms, wording
from apps.terms import term
from apps.wording import say
from apps.work.address import Address
from apps.work.row import days
from warehouse.shown import HIDDEN_FORM

MOST: Final = 6


@dataclass(frozen=True)
class Provider:
    """lacking: what is still to be mended, and since when, the oldest first."""

    code: str
    lacking: tuple[tuple[str, date], ...]
    is_hidden: bool = False


def read(rows: Sequence[Mapping[str, Any]]) -> tuple[Provider, ...]:
    """Providers as the query gives them."""
    return tuple(
        Provider(row["provider"], tuple((about, on) for about, on, _ in row["lacking"]),
                 row["care_form"] == HIDDEN_FORM)
        for row in rows
    )  # fmt: skip


def panel(providers: Sequence[Provider], address: Address, today: date) -> str:
    """The chosen provider's deficiencies, else the providers that have any."""
    chosen = address["utforare"]
    body = _one(chosen, providers, today, address) if chosen else _all(providers, address, today)
    return f'<div class="before"><h2>{say("before_new")}</h2>{body}</div>'


def _one(code: str, providers: Sequence[Provider], today: date, address: Address) -> str:
    provider = next((one for one in providers if one.code == code), None)
    if provider is None:
        told = f"<p>{escape(say('not_registered', provider=code))}.</p>"
    elif not provider.lacking:
        told = f'<p><span class="flag good">{escape(say("lacks_nothing", provider=code))}</span></p>'
    else:
        told = _listed(provider, today)
    everyone = escape(address.link(utforare=""))
    return f'{told}<p><a target="_self" href="{everyone}">{say("see_all_providers")}</a></p>'


def _all(providers: Sequence[Provider], address: Address, today: date) -> str:
    lacking = [one for one in providers if one.lacking]
    if not lacking:
        return f'<p><span class="flag good">{say("none_lacking")}</span></p>'
    listed = "".join(
        f'<li><a target="_self" href="{escape(address.link(utforare=one.code))}">{escape(one.code)}</a> '
        f"<small>{escape(_oldest(one, today))}</small></li>"
        for one in lacking[:MOST]
    )
    rest = len(lacking) - MOST
    more = f"<p>{say('more_providers', n=wording.number(rest))}</p>" if rest > 0 else ""
    return f"<p>{say('before_new_say')}</p><ul>{listed}</ul>{more}"


def _listed(provider: Provider, today: date) -> str:
    items = "".join(f"<li>{escape(wording.capital(_noted(one, today)))}</li>" for one in provider.lacking)
    told = escape(f"{provider.code}: {counted(len(provider.lacking))}")
    return f'<p><span class="flag attention">{told}</span></p><ul>{items}</ul>'


def counted(deficiencies: int) -> str:
    """`1 öppen brist`, `2 öppna brister`."""
    return say("lacking_one") if deficiencies == 1 else say("lacking", n=wording.number(deficiencies))


def _oldest(provider: Provider, today: date) -> str:
    about, on = provider.lacking[0]
    return say("oldest", count=counted(len(provider.lacking)), days=days((today - on).days),
               about=term(terms.DEFICIENCIES, about))  # fmt: skip


def _noted(deficiency: tuple[str, date], today: date) -> str:
    about, on = deficiency
    return say("noted_on", about=term(terms.DEFICIENCIES, about), day=wording.day(on),
               days=days((today - on).days))  # fmt: skip
