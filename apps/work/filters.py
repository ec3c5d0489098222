"""The filters of a work view: a form whose answer is an address, so that no state lives elsewhere. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape
from typing import Final

from apps.wording import say
from apps.work.address import PARAMETERS, Address

LONGEST: Final = 14


@dataclass(frozen=True)
class Choice:
    """One list to choose from. options: value in the address to its name; none: that of no choice."""

    parameter: str
    word: str
    options: Mapping[str, str]
    none: str = ""


@dataclass(frozen=True)
class Search:
    """The field that finds a row by its short number. word: its label; hint: what may be written."""

    word: str
    hint: str
    example: str


CASES: Final = Search("search_key", "search_hint", "P-7F3A2C")


def form(
    address: Address, choices: Sequence[Choice], kept: Sequence[str], search: Search | None = CASES
) -> str:
    """The form. kept: parameters that a new choice leaves as they are."""
    lists = "".join(_list(choice, address[choice.parameter]) for choice in choices)
    hidden = "".join(
        f'<input type="hidden" name="{name}" value="{escape(address[name])}">'
        for name in kept
        if address[name]
    )
    field = _search(address, search) if search else ""
    chosen = [c.parameter for c in choices if address[c.parameter]] + [
        n for n in ("sok", "ort") if address[n]
    ]
    clear = escape(address.link(**dict.fromkeys(chosen, ""))) if chosen else ""
    away = f'<a target="_self" href="{clear}">{say("clear")}</a>' if clear else ""
    return (
        f'<form class="desk filters" method="get" aria-label="{say("filters")}">{hidden}{lists}{field}'
        f'<button type="submit">{say("show")}</button>{away}</form>{_refused(address, search)}'
    )


def _list(choice: Choice, chosen: str) -> str:
    options = dict(choice.options)
    if chosen and chosen not in options:
        options[chosen] = chosen
    listed = "".join(
        f'<option value="{escape(value)}"{" selected" if value == chosen else ""}>{escape(name)}</option>'
        for value, name in options.items()
    )
    label = say(choice.word)
    return (
        f'<label><span>{label}</span><select name="{choice.parameter}"{" class=on" if chosen else ""}>'
        f'<option value="">{escape(choice.none or say("f_all"))}</option>{listed}</select></label>'
    )


def _search(address: Address, search: Search) -> str:
    given = escape(address["sok"])
    return (
        f'<label><span>{say(search.word)}</span><input type="search" name="sok" value="{given}" '
        f'maxlength="{LONGEST}" pattern="{escape(PARAMETERS["sok"])}" title="{say(search.hint)}" '
        f'placeholder="{search.example}" autocomplete="off" spellcheck="false"></label>'
    )


def _refused(address: Address, search: Search | None) -> str:
    if search is None or "sok" not in address.refused:
        return ""
    return f'<p class="desk refused" role="status">{say("bad_search", hint=say(search.hint))}.</p>'
