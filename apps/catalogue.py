"""The metric catalogue: every contract in plain Swedish.

It shows no figures, so no municipality is mixed with another.
"""

from __future__ import annotations

from collections.abc import Iterable
from html import escape
from typing import Final

import streamlit as st

from apps import styles, terms, wording
from apps.terms import term
from apps.wording import say
from warehouse import contracts
from warehouse.contracts import Check, Contract


def page() -> None:
    """The page."""
    st.html(styles.sheets("page.css"))
    st.html(content(contracts.load().values()))


def content(metrics: Iterable[Contract]) -> str:
    """The catalogue as HTML; pure."""
    listed = sorted(metrics, key=lambda metric: metric.title_sv)
    groups = "".join(
        _group(say(word), [metric for metric in listed if metric.audience == audience])
        for audience, word in _GROUPS.items()
    )
    return (
        f'<article class="page" lang="sv"><header><h1>{say("catalogue")}</h1>'
        f'<p class="lead">{say("catalogue_lead", n=len(listed))}</p></header>{groups}'
        f'<footer><a href="/" target="_self">{say("to_start")}</a></footer></article>'
    )


_GROUPS: Final = {
    "public": "public_metrics", "staff": "staff_metrics", "committee": "committee_metrics",
    "engineer": "technical_metrics",
}  # fmt: skip


def _group(title: str, metrics: list[Contract]) -> str:
    return (
        f"<section><h2>{title}</h2>{''.join(_metric(metric) for metric in metrics)}</section>"
        if metrics
        else ""
    )


def _metric(metric: Contract) -> str:
    lines = "".join(f"<dt>{say(key)}</dt><dd>{escape(text)}</dd>" for key, text in _lines(metric) if text)
    return (
        f'<section class="metric"><div><h3>{escape(metric.title_sv)}</h3>'
        f"<p>{escape(metric.definition)}</p></div>"
        f"<dl>{lines}</dl></section>"
    )


def _lines(metric: Contract) -> list[tuple[str, str]]:
    by = [term(terms.DIMENSIONS, dimension) for dimension in metric.dimensions]
    return [
        ("m_unit", metric.unit),
        ("m_shown", ", ".join(_shown(metric)) or say("m_not_shown")),
        ("m_periods", ", ".join(term(terms.PERIODS, period) for period in metric.periods)),
        ("m_dimensions", ", ".join(by)),
        ("m_direction", term(terms.DIRECTIONS, metric.direction)),
        ("m_user", metric.user),
        ("m_decision", metric.decision),
        ("m_replaces", metric.replaces),
        ("m_law", metric.law),
        ("m_owner", metric.owner),
        ("m_checks", "; ".join(_check(check) for check in metric.checks)),
        ("m_limits", say("m_limits_say", age=wording.duration(metric.max_age_s))),
        ("m_version", say("m_version_say", id=metric.id, version=metric.version)),
        ("m_code", metric.name),
    ]


def _shown(metric: Contract) -> list[str]:
    """The periods that are published, each once, in the order of `terms.PERIODS`."""
    days = {publication.period: publication.days for publication in metric.publish}
    return [
        say("m_shown_days", period=word, days=days[code]) if days[code] else word
        for code, word in terms.PERIODS.items()
        if code in days
    ]


def _check(check: Check) -> str:
    rule = term(terms.RULES, check.rule).format(limit=wording.number(check.limit))
    return f"{rule}, {term(terms.GRADES, check.grade)}"
