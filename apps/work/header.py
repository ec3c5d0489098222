"""The head of a work view: what it is, whose data, how new. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from apps import wall
from apps.wording import say
from schemas.municipality import Municipality, municipality


def header(title: str, town: Municipality, told: str, towns: Sequence[str]) -> str:
    """towns: codes that the login may choose among; named when there is more than one."""
    others = "".join(_town(code, town) for code in towns) if len(towns) > 1 else ""
    ways = f'<nav aria-label="{say("work_towns")}">{others}</nav>' if others else ""
    return (
        f'<header class="desk top"><h1>{say(title)}</h1><p>{escape(wall.about(town))}</p>{ways}'
        f'<p class="told">{escape(told)} · {say("read_logged")}</p></header>'
    )


def _town(code: str, here: Municipality) -> str:
    current = ' aria-current="page"' if code == here.code else ""
    return f'<a target="_self" href="?kommun={code}"{current}>{escape(municipality(code).name)}</a> '
