"""Why a push was not taken: problem details for HTTP (RFC 9457), in English and Swedish. Never what was sent.

Every text says what was expected; refused events are listed one by one in `errors`.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from http import HTTPStatus
from typing import Any, Final

import msgspec
from msgspec import Struct

MEDIA_TYPE: Final = "application/problem+json"
TITLES: Final[dict[str, tuple[int, str, str]]] = {
    "bad-header": (400, "A header cannot be read", "Ett huvudfält går inte att läsa"),
    "not-json": (400, "The body is not JSON", "Innehållet är inte JSON"),
    "no-token": (401, "A token is needed", "En nyckel behövs"),
    "unknown-token": (401, "The token is not valid", "Nyckeln gäller inte"),
    "not-found": (404, "There is nothing here", "Här finns ingenting"),
    "method": (405, "The method is not allowed", "Metoden är inte tillåten"),
    "too-slow": (408, "The request took too long", "Anropet tog för lång tid"),
    "too-large": (413, "The request is too large", "Anropet är för stort"),
    "media-type": (415, "The content type is not supported", "Innehållstypen stöds inte"),
    "refused-events": (422, "Events were refused", "Händelser refuserades"),
    "rate": (429, "Too much at once", "För mycket på en gång"),
    "internal": (500, "Something went wrong here", "Något gick fel här"),
    "unavailable": (503, "Events cannot be taken now", "Händelser kan inte tas emot nu"),
}


class Refusal(Struct, frozen=True, omit_defaults=True):
    """One refused event. index: its place in the push, from 0; field: JSON path; expected: what may be there.

    id: the event's own where it has the form of one, else left out.
    """

    index: int
    status: int
    reason: str
    title: str
    title_sv: str
    field: str
    expected: str
    detail: str
    detail_sv: str
    id: str = ""


class Problem(Exception):
    """The push as a whole is refused; `kind` is one of TITLES."""

    def __init__(
        self, kind: str, detail: str, detail_sv: str, headers: Mapping[str, str] | None = None, **more: Any
    ) -> None:
        super().__init__(kind)
        status, title, title_sv = TITLES[kind]
        self.status: int = more.get("status", status)
        self.headers = {"Content-Type": MEDIA_TYPE, **(headers or {})}
        said = {
            "type": f"urn:kommunpuls:problem:{kind}", "title": title, "title_sv": title_sv,
            "status": self.status, "detail": detail, "detail_sv": detail_sv,
        }  # fmt: skip
        self.body = msgspec.json.encode(said | more)


def refused(refusals: Sequence[Refusal], accepted: int) -> Problem:
    """Some events are refused; the others are taken. 422, unless all are refused with one other status."""
    statuses = {refusal.status for refusal in refusals}
    status = statuses.pop() if not accepted and len(statuses) == 1 else HTTPStatus.UNPROCESSABLE_ENTITY.value
    return Problem(
        "refused-events",
        f"Refused: {len(refusals)}, see errors. Acknowledged: {accepted}; sent again, they add nothing.",
        f"Refuserade: {len(refusals)}, se errors. Kvitterade: {accepted}; skickas de igen ändras inget.",
        status=status, accepted=accepted, refused=len(refusals), errors=refusals,
    )  # fmt: skip


def too_much(what: str, what_sv: str, per_minute: int, wait_s: float) -> Problem:
    """The token's minute is full; nothing of this push is taken."""
    seconds = max(1, math.ceil(wait_s))
    return Problem(
        "rate",
        f"At most {per_minute} {what} a minute for this token. Nothing is taken; send again in {seconds} s.",
        f"Högst {per_minute} {what_sv} i minuten för nyckeln. Inget är mottaget; skicka igen om {seconds} s.",
        {"Retry-After": str(seconds)},
    )


def too_large(most: str, most_sv: str) -> Problem:
    """More bytes or events than one push may have."""
    return Problem(
        "too-large", f"At most {most} in one push. Nothing is taken; send it in several.",
        f"Högst {most_sv} i ett anrop. Inget är mottaget; skicka i flera.",
    )  # fmt: skip


def unavailable(retry_after_s: int) -> Problem:
    """The broker did not acknowledge, or too much waits for it already."""
    return Problem(
        "unavailable",
        "Not all events are acknowledged. Send the same again: what had arrived is not there twice.",
        "Alla händelser är inte kvitterade. Skicka samma igen: det som hann fram blir inte dubbelt.",
        {"Retry-After": str(retry_after_s)},
    )
