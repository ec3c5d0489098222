"""The results as one Swedish page that needs nothing from any other host. Pure: results in, text out."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from html import escape
from itertools import groupby
from typing import Final

from expectations.judgement import Judgement
from schemas.municipality import Municipality, municipality

_GRADES: Final = {"critical": "Måste hålla", "warning": "Bör hålla"}
_STYLE: Final = """
body { font: 1.1rem/1.5 system-ui, sans-serif; color: #1b1b1b; background: #fff;
       margin: 2rem auto; max-width: 60rem; padding: 0 1rem }
table { border-collapse: collapse; width: 100%; margin: 1rem 0 2rem }
caption { text-align: left; font-weight: bold; padding: .5rem 0 }
th, td { text-align: left; padding: .5rem .75rem; border-bottom: 1px solid #767676; vertical-align: top }
.number { text-align: right; font-variant-numeric: tabular-nums }
.fails { color: #a00000; font-weight: bold }
.warns { color: #7a4b00; font-weight: bold }
"""


def page(judged: Sequence[Judgement], now: datetime) -> str:
    """The whole page: the finding as heading, one table per municipality."""
    tables = "".join(
        _table(municipality(code), list(of_place), now)
        for code, of_place in groupby(judged, key=lambda one: one.municipality)
    )
    finding = escape(_finding(judged))
    return (
        f'<!doctype html>\n<html lang="sv"><head><meta charset="utf-8"><title>{finding}</title>'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<style>{_STYLE}</style></head>\n<body><main><h1>{finding}</h1>\n{tables}"
        "<p>Sidan visar bara antal. Inga uppgifter ur något ärende finns här.</p></main></body></html>\n"
    )


def _finding(judged: Sequence[Judgement]) -> str:
    broken = sum(not one.holds for one in judged)
    if not judged:
        return "Inga ärenden att kontrollera"
    if not broken:
        return f"Alla {len(judged)} kontroller håller"
    return f"{broken} av {len(judged)} kontroller håller inte"


def _table(place: Municipality, judged: list[Judgement], now: datetime) -> str:
    invented = ", påhittade uppgifter" if place.kind == "invented" else ""
    caption = f"{place.name} ({place.code}){invented}, {now.astimezone(place.zone):%Y-%m-%d kl. %H.%M}"
    heads = "".join(f'<th scope="col"{kind}>{text}</th>' for text, kind in _HEADS)
    rows = "".join(_row(one) for one in judged)
    head = f"<caption>{escape(caption)}</caption><thead><tr>{heads}</tr></thead>"
    return f"<table>{head}<tbody>{rows}</tbody></table>\n"


_NUMBER: Final = ' class="number"'
_HEADS: Final = (("Kontroll", ""), ("Grad", ""), ("Utfall", ""), ("Granskade", _NUMBER), ("Avviker", _NUMBER))


def _row(one: Judgement) -> str:
    kind = "" if one.holds else ' class="fails"' if one.severity == "critical" else ' class="warns"'
    return (
        f'<tr><th scope="row">{escape(one.sentence)}</th><td>{_GRADES[one.severity]}</td>'
        f"<td{kind}>{'Håller' if one.holds else 'Håller inte'}</td>"
        f"<td{_NUMBER}>{_number(one.checked)}</td><td{_NUMBER}>{_number(one.broken)}</td></tr>\n"
    )


def _number(count: int) -> str:
    return f"{count:,}".replace(",", "\N{NO-BREAK SPACE}")
