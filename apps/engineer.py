"""The engineer view on the work port: asks every part of the hub, and shows what answered.

One part that does not answer leaves the others standing, and is named.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from typing import Any, Final, cast

import streamlit as st

from apps import health, proofs, reading
from apps.engineer_view import Health, Rows, content, fault, moved
from apps.figures import movement
from apps.hub.status import parts
from apps.terms import REASONS, term
from apps.wording import say
from schemas.errors import HubError
from schemas.municipality import configured
from schemas.registry import TOPICS
from warehouse.client import Warehouse
from warehouse.contracts import load

REFRESH_S: Final = 10


def page() -> None:
    """The page, refreshed by the browser's timer until it is paused; below it, what is asked for once."""
    paused = st.toggle(say("pause_refresh"), key="paused")
    left, right = st.columns(2)
    with left:
        topic = _chosen("filter_topic", "amne", sorted(TOPICS))
    with right:
        reason = _chosen("filter_reason", "skal", REASONS)

    @st.fragment(run_every=None if paused else REFRESH_S)
    def live() -> None:
        st.html(content(gather(datetime.now(UTC), topic, reason)))

    live()
    _movement()


def _chosen(label: str, name: str, codes: Iterable[str]) -> str:
    """A filter of refused events; it stands in the address, so that the view can be sent. '' for all."""
    options = ["", *codes]
    asked = st.query_params.get(name, "")
    at = options.index(asked) if asked in options else 0
    chosen = st.selectbox(say(label), options, at, key=name, format_func=_of_filter)
    if chosen:
        st.query_params[name] = chosen
    else:
        st.query_params.pop(name, None)
    return str(chosen or "")


def _of_filter(code: str) -> str:
    return term(REASONS, code) if code else say("filter_all")


def _movement() -> None:
    """How far figures of a metric moved: asked once, and not again at each refresh."""
    st.subheader(say("e_moved"))
    names = {
        each.name: each.title_sv
        for each in load().values()
        if any(one.period != "now" for one in each.publish)
    }
    metric = st.selectbox(say("moved_metric"), sorted(names, key=names.__getitem__), None,
                          format_func=lambda name: names[name], placeholder=say("choose_one"))  # fmt: skip
    places = {each.code: each.name for each in configured()}
    code = st.selectbox(say("moved_place"), places, None, placeholder=say("choose_one"),
                        format_func=lambda code: f"{code} {places[code]}")  # fmt: skip
    if metric and code:
        failed = list[str]()
        rows = _tried(lambda: movement(cast(Warehouse, reading.source().store), metric, code), failed)
        st.html(fault(failed[0]) if failed else moved(rows, datetime.now(UTC)))


def gather(now: datetime, topic: str = "", reason: str = "") -> Health:
    """Ask every part; one that does not answer leaves the others standing. topic, reason: which refused
    events are wanted.
    """
    settings, failed = reading.settings(), list[str]()
    store = _tried(lambda: cast(Warehouse, reading.source().store), failed)
    if store is None:
        return Health(now, failed=tuple(failed), processes=_tried(lambda: parts(settings), failed))
    asked: dict[str, Callable[[Warehouse], Rows]] = {
        "health": health.readings, "alarms": health.alarms, "ended": health.ended,
        "producers": health.producers,
        "refused": lambda warehouse: health.refused(warehouse, topic, reason),
        "dealt": lambda warehouse: health.handled(warehouse, topic, reason),
        "flaws": health.flaws, "conflicts": health.conflicts,
        "figures": health.figures, "screens": health.screens, "proofs": proofs.proofs,
        "partitions": lambda warehouse: health.partitions(warehouse, settings),
        "processes": lambda _: parts(settings), "reconciled": health.reconciled,
    }  # fmt: skip
    found = {name: _tried(lambda ask=ask: ask(store), failed) for name, ask in asked.items()}  # type: ignore[misc]
    return Health(now, **found, failed=tuple(failed))


def _tried(ask: Callable[[], Any], failed: list[str]) -> Any:
    try:
        return ask()
    except HubError as error:
        failed.append(str(error)[:200])
        return None
