"""The HTTP side of the gateway: `POST /events`, `GET /health`. Neither bodies nor tokens are ever logged.

aiohttp, as for the embedded warehouse: it gives headers as they came (repeated ones too) and the body piece
by piece, so that one that is too large is never held.
"""

from __future__ import annotations

import asyncio
import logging
import time
import traceback
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Final

import msgspec
from aiohttp import web
from aiohttp.typedefs import Handler

from producers.gateway import modes, tokens
from producers.gateway.judging import Judged, judge, refusal
from producers.gateway.limits import Rate
from producers.gateway.problems import Problem, refused, too_large, too_much, unavailable
from producers.publish import Deliverer
from schemas.codec import MAX_BYTES
from schemas.errors import BadEvent, Misconfigured, Unavailable
from schemas.settings import Settings

EVENTS: Final = "/events"
HEALTH: Final = "/health"
RETRY_AFTER_S: Final = 5
DELIVERIES: Final = 16  # that wait for the broker at once
WAITING: Final = 32  # pushes that are under way at once; further ones are asked to come again
OF_ONE: Final = 8  # of them by one token, so that a slow sender holds up nobody else
LOG: Final = logging.getLogger("kommunpuls.gateway")


def check(settings: Settings) -> None:
    """Misconfigured when the limits contradict each other."""
    if settings.push_event_bytes > MAX_BYTES:
        raise Misconfigured(f"PULS_PUSH_EVENT_BYTES is at most {MAX_BYTES}, as for every event")
    if settings.push_batch_events > settings.push_events_per_minute:
        raise Misconfigured("PULS_PUSH_BATCH_EVENTS is above PULS_PUSH_EVENTS_PER_MINUTE")
    tokens.kept(tokens.folder(settings.home))


class Gateway:
    """Routes, and the way of one push."""

    def __init__(self, settings: Settings, deliverer: Deliverer) -> None:
        self._settings = settings
        self._tokens = tokens.folder(settings.home)
        self._deliverer = deliverer
        self._requests = Rate(settings.push_requests_per_minute)
        self._events = Rate(settings.push_events_per_minute)
        self._pool = ThreadPoolExecutor(DELIVERIES, "deliver")
        self._under_way: Counter[str] = Counter()

    def app(self) -> web.Application:
        """The application; its clean-up waits for deliveries."""
        app = web.Application(middlewares=[_problems])
        app.router.add_post(EVENTS, self.push)
        app.router.add_get(HEALTH, _health)
        app.on_response_prepare.append(_nameless)
        app.on_cleanup.append(self._close)
        return app

    async def _close(self, _app: web.Application) -> None:
        await asyncio.to_thread(self._pool.shutdown)
        await asyncio.to_thread(self._deliverer.close)

    async def push(self, request: web.Request) -> web.Response:
        """Judge what was sent, pass on what is good, answer when the broker has it."""
        headers = modes.singles(request.raw_headers)
        sender = self._sender(headers)
        self._take(self._requests, sender, 1, "requests", "anrop")
        kind = modes.mode(headers)
        with self._room(sender.digest):
            judged = self._judge(kind, headers, await self._body(request), sender)
            await self._deliver(judged)
        return _answer(judged, sender)

    @contextmanager
    def _room(self, who: str) -> Iterator[None]:
        if self._under_way[who] >= OF_ONE or self._under_way.total() >= WAITING:
            raise unavailable(RETRY_AFTER_S)
        self._under_way[who] += 1
        try:
            yield
        finally:
            self._under_way[who] -= 1

    def _sender(self, headers: dict[str, str]) -> tokens.Kept:
        scheme, _, token = headers.get("authorization", "").partition(" ")
        if scheme.lower() != "bearer":
            raise Problem(
                "no-token",
                "Send Authorization: Bearer TOKEN. The hub's engineer makes one with ./puls token create.",
                "Skicka Authorization: Bearer NYCKEL. Hubbens tekniker gör en med ./puls token create.",
                {"WWW-Authenticate": 'Bearer realm="kommunpuls"'},
            )
        try:
            return tokens.find(self._tokens, token.strip())
        except LookupError:
            raise Problem(
                "unknown-token",
                "The token is unknown here, or revoked. ./puls token list shows those that hold.",
                "Nyckeln är okänd här, eller återkallad. ./puls token list visar dem som gäller.",
                {"WWW-Authenticate": 'Bearer realm="kommunpuls", error="invalid_token"'},
            ) from None

    def _take(self, rate: Rate, sender: tokens.Kept, count: int, what: str, what_sv: str) -> None:
        if wait_s := rate.take(sender.digest, count, time.monotonic()):
            raise too_much(what, what_sv, rate.per_minute, wait_s)

    async def _body(self, request: web.Request) -> bytes:
        most, patience_s, body = self._settings.push_body_bytes, self._settings.push_patience_s, bytearray()
        if (request.content_length or 0) > most:
            raise too_large(f"{most} bytes", f"{most} byte")
        try:
            async with asyncio.timeout(patience_s):
                async for piece in request.content.iter_any():
                    body += piece
                    if len(body) > most:
                        raise too_large(f"{most} bytes", f"{most} byte")
        except TimeoutError:
            raise Problem("too-slow", f"The body did not come within {patience_s} s.",
                          f"Innehållet kom inte inom {patience_s} s.") from None  # fmt: skip
        return bytes(body)

    def _judge(self, kind: str, headers: dict[str, str], body: bytes, sender: tokens.Kept) -> Judged:
        try:
            documents = modes.documents(kind, headers, body, self._settings.push_batch_events)
        except BadEvent as error:
            self._take(self._events, sender, 1, "events", "händelser")
            return Judged([], [refusal(0, error, b"")])
        self._take(self._events, sender, len(documents), "events", "händelser")
        return judge(documents, sender.grant, datetime.now(UTC), self._settings.push_event_bytes)

    async def _deliver(self, judged: Judged) -> None:
        if not judged.passed:
            return
        work = asyncio.get_running_loop().run_in_executor(self._pool, self._deliverer.deliver, judged.passed)
        try:
            await work
        except Unavailable as error:
            LOG.warning("%s", error)
            raise unavailable(RETRY_AFTER_S) from error


def _answer(judged: Judged, sender: tokens.Kept) -> web.Response:
    if judged.refusals:
        told = ", ".join(f"{reason} {n}" for reason, n in Counter(r.reason for r in judged.refusals).items())
        whole = len(judged.passed) + len(judged.refusals)
        LOG.warning(
            "refused %d of %d events of %s (%s, token %s): %s",
            len(judged.refusals), whole, sender.grant.source, sender.grant.municipality, sender.name, told,
        )  # fmt: skip
        raise refused(judged.refusals, len(judged.passed))
    return _json({"accepted": len(judged.passed)}, 202)


def _json(said: object, status: int) -> web.Response:
    return web.Response(body=msgspec.json.encode(said), status=status, content_type="application/json")


async def _health(_request: web.Request) -> web.Response:
    """The process lives. Whether the broker does is told by each push."""
    return _json({"status": "ok"}, 200)


async def _nameless(_request: web.Request, response: web.StreamResponse) -> None:
    """Say nothing of versions, and let nobody keep an answer."""
    response.headers.popall("Server", None)
    response.headers["Cache-Control"] = "no-store"


@web.middleware
async def _problems(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Whatever goes wrong is told as a problem; of our own faults the log has the place, never the values."""
    try:
        return await handler(request)
    except Problem as problem:
        return _told(problem)
    except web.HTTPMethodNotAllowed as error:
        allowed = ", ".join(sorted(error.allowed_methods))
        told = f"Allowed here: {allowed}.", f"Tillåtet här: {allowed}."
        return _told(Problem("method", *told, {"Allow": allowed}))
    except web.HTTPNotFound:
        return _told(
            Problem("not-found", f"Events go to POST {EVENTS}.", f"Händelser skickas till POST {EVENTS}.")
        )
    except (web.HTTPException, ConnectionError):
        raise
    except Exception as error:
        place = traceback.extract_tb(error.__traceback__)[-1]
        LOG.error("%s in %s, line %s", type(error).__name__, place.name, place.lineno)
        told = "Nothing is acknowledged; send it again.", "Inget är kvitterat; skicka det igen."
        return _told(Problem("internal", *told))


def _told(problem: Problem) -> web.Response:
    return web.Response(body=problem.body, status=problem.status, headers=problem.headers)
