"""The mark of a committee page as it was shown on an earlier day: on screen, on paper, in files. Pure.

A figure that was published stays as it was. Its words are today's: what a metric means may have been mended
since, so the page names those that were counted in another version then.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from html import escape

from apps import wording
from apps.choice import Choice
from apps.committee_view import View
from apps.sheet import Sheet, as_html
from apps.wording import say


def title(view: View) -> str:
    """`Så visades det då – 12 mars 2026.`, "" for what is shown now."""
    on = view.choice.shown_on
    return say("shown_then", on=wording.day(on)) + "." if on else ""


def mark(view: View) -> str:
    """The mark on top of the page, with the way back to today; "" for what is shown now."""
    on = view.choice.shown_on
    if on is None:
        return ""
    back = replace(view.choice, shown_on=None).query(view.place.code, view.board.name)
    told = [say("shown_then_say", on=wording.day(on)), *others(view)] if view.figures else [
        say("shown_then_nothing", on=wording.day(on))
    ]  # fmt: skip
    return (
        f'<aside class="page board then-mark" lang="sv" role="note"><strong>{escape(title(view).rstrip("."))}'
        f"</strong><p>{escape(' '.join(told))}</p>"
        f'<a class="screen" href="{escape(back)}" target="_self">{say("shown_now")}</a></aside>'
    )


def not_a_day(asked: str, choice: Choice) -> str:
    """What says that the address names no day before today, so that nobody takes today's figures for those
    of then; "" where it names one, or none is asked for.
    """
    if choice.shown_on or not asked.strip():
        return ""
    return (
        f'<aside class="page board then-mark" lang="sv" role="alert"><strong>{say("no_such_day")}</strong>'
        f"<p>{escape(say('no_such_day_say', asked=asked.strip()[:20]))}</p></aside>"
    )


def paper(view: View) -> str:
    """The mark in the margin of every printed page."""
    on = view.choice.shown_on
    if on is None:
        return ""
    words = say("shown_then", on=wording.day(on))
    foot = f"@bottom-left {{ content: '{words}'; font: 9pt sans-serif; }}"
    return f"<style>@media print {{ @page {{ {foot} }} }}</style>"


def since(sheet: Sheet | None) -> str:
    """What is told otherwise today, and why; None where nothing is."""
    key = "since_shown_say" if sheet else "since_shown_same"
    table = as_html(sheet) if sheet else ""
    return (
        f'<section class="page board" lang="sv"><h2>{say("since_shown")}</h2><p class="answer">{say(key)}</p>'
        f"{table}</section>"
    )


def others(view: View) -> list[str]:
    """A sentence that names the metrics which were counted in another version then."""
    versions = {f.metric: f.metric_version for f in view.figures}
    names = sorted({
        view.contracts[metric].title_sv for metric, version in versions.items()
        if metric in view.contracts and view.contracts[metric].version != version
    })  # fmt: skip
    return [say("shown_then_version", names=", ".join(names))] if names else []


def marked(view: View, sheets: Iterable[Sheet]) -> list[Sheet]:
    """The tables as the files carry them: each says in its title of which day it is."""
    found = list(sheets)
    on = view.choice.shown_on
    if on is None:
        return found
    words = say("shown_then", on=wording.day(on))
    return [replace(sheet, title=f"{sheet.title} ({words})") for sheet in found]


def stem(view: View) -> str:
    """The name of the page's files, without its ending."""
    on = view.choice.shown_on
    name = f"{view.place.code}-{view.board.name}-{view.choice.period.code}"
    return f"{name}-visat-{on.isoformat()}" if on else name
