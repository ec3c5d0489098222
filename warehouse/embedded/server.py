"""The ClickHouse HTTP interface, as far as ClickHouse's own clients use it, over the engine.

aiohttp, because it takes a 33 MB insert in 7 ms of its own time, where uvicorn with h11 takes 58 (measured).
"""

from __future__ import annotations

import json
import secrets
import sys
import traceback
import uuid
from functools import partial

from aiohttp import web

from warehouse.embedded import access, asking, coding, failures, statement
from warehouse.embedded.engine import Call, Engine
from warehouse.embedded.run import Reading, Statement, Writing
from warehouse.embedded.sessions import Sessions
from warehouse.embedded.threads import Threads

HELD = 64 << 10  # bytes of an answer made before it is sent: errors have their status, small ones go at once
HELD_LONG = 16 << 20  # the same on wait_end_of_query
FORM_LIMIT = 1 << 30
_CONTENT_TYPES = {"JSON": "application/json", "CSV": "text/csv", "T": "text/tab-separated-values"}


class Server:
    """Routes, and the way of one request."""

    def __init__(self, engine: Engine, door: access.Access) -> None:
        self._engine = engine
        self._door = door
        self._threads = Threads(engine)
        self._sessions = Sessions(engine)

    def app(self) -> web.Application:
        """The application; its clean-up waits for what still runs."""
        app = web.Application(client_max_size=FORM_LIMIT)
        app.router.add_get("/ping", _ok)
        app.router.add_get("/replicas_status", _ok)
        app.router.add_get("/", self.answer)
        app.router.add_post("/", self.answer)
        app.on_cleanup.append(self._close)
        return app

    async def _close(self, _app: web.Application) -> None:
        self._threads.close()
        self._sessions.close()

    async def answer(self, request: web.Request) -> web.StreamResponse:
        """One statement."""
        query_id = request.query.get("query_id") or str(uuid.uuid4())
        try:
            return await self._answer(request, query_id)
        except failures.Refused as error:
            return self._refused(error, query_id)
        except (ConnectionError, web.HTTPException):
            raise
        except Exception as error:
            traceback.print_exc(file=sys.stderr)
            return self._refused(failures.from_engine(error), query_id)

    async def _answer(self, request: web.Request, query_id: str) -> web.StreamResponse:
        if "Origin" in request.headers:
            raise failures.refusal(failures.ACCESS_DENIED, "Web pages may not talk to this server.")
        user = self._door.enter(*asking.credentials(request))
        if request.method == "GET" and "query" not in request.query:
            return await _ok(request)
        asked = await asking.read(request, user, self._threads)
        call, insert = asking.to_call(asked, request, self._engine, query_id)
        if insert is None:
            return await self._read(request, call, asked)
        return await self._write(call, insert, asked)

    async def _read(self, request: web.Request, call: Call, asked: asking.Asked) -> web.StreamResponse:
        hold = HELD_LONG if asked.fields.get("wait_end_of_query") == "1" else HELD
        async with self._threads.opened(call.mark, lambda: Reading(self._sessions, call, hold)) as reading:
            wanted = asked.fields.get("enable_http_compression") == "1"
            coded = coding.choose(request.headers.get("Accept-Encoding", "")) if wanted else ""
            headers = _headers(call, reading) | _result_headers(reading, coded)
            encoder = coding.Encoder(coded)
            if not reading.ended:
                return await self._stream(request, reading, headers, encoder)
            body = reading.take_held()
            if coded:
                body = await self._threads.apart(lambda: encoder.feed(body) + encoder.end())
        return web.Response(body=body, headers=headers)

    async def _stream(
        self, request: web.Request, reading: Reading, headers: dict[str, str], encoder: coding.Encoder
    ) -> web.StreamResponse:
        tag = secrets.token_hex(8)
        mark = reading.call.mark
        response = web.StreamResponse(headers=headers | {"X-ClickHouse-Exception-Tag": tag})
        await response.prepare(request)
        chunk: bytes | None = reading.take_held()
        while chunk is not None:
            await response.write(await self._threads.apart(partial(encoder.feed, chunk)))
            try:
                chunk = await self._threads.step(mark, reading.fetch)
            except failures.Refused as error:
                await response.write(encoder.feed(_late_error(str(error), tag)))
                break
        await self._threads.apart(reading.close)
        await response.write_eof(encoder.end())
        return response

    async def _write(self, call: Call, insert: statement.Insert, asked: asking.Asked) -> web.StreamResponse:
        step = partial(self._threads.step, call.mark)
        async with self._threads.opened(call.mark, lambda: Writing(self._sessions, call, insert)) as writing:
            if insert.data:
                await step(partial(writing.append, insert.data))
            async for piece in asked.rest:
                await step(partial(writing.append, piece))
            await step(writing.finish)
        return web.Response(headers=_headers(call, writing))

    def _refused(self, error: failures.Refused, query_id: str) -> web.Response:
        return web.Response(
            text=f"{error} (version {self._engine.version})\n",
            status=error.status,
            headers={"X-ClickHouse-Exception-Code": str(error.code), "X-ClickHouse-Query-Id": query_id},
        )


async def _ok(_request: web.Request) -> web.Response:
    return web.Response(text="Ok.\n")


def _headers(call: Call, done: Statement) -> dict[str, str]:
    summary = {
        "read_rows": done.read_rows, "read_bytes": done.read_bytes, "written_rows": done.written_rows,
        "written_bytes": done.written_bytes, "total_rows_to_read": 0, "result_rows": done.read_rows,
        "result_bytes": done.read_bytes, "elapsed_ns": done.elapsed_ns,
    }  # fmt: skip
    return {
        "X-ClickHouse-Query-Id": call.query_id,
        "X-ClickHouse-Timezone": call.settings.get("session_timezone") or "UTC",
        "X-ClickHouse-Summary": json.dumps({name: str(value) for name, value in summary.items()}),
    }


def _result_headers(reading: Reading, coded: str) -> dict[str, str]:
    """Clients tell a statement without a result from an empty result by X-ClickHouse-Format."""
    kinds = (kind for start, kind in _CONTENT_TYPES.items() if reading.format.startswith(start))
    headers = {"Content-Type": next(kinds, "application/octet-stream")}
    if reading.has_result:
        headers["X-ClickHouse-Format"] = reading.format
    if coded:
        headers["Content-Encoding"] = coded
    return headers


def _late_error(text: str, tag: str) -> bytes:
    """An error after the status was sent, in the frame that ClickHouse 25.11 and later use."""
    message, mark = text.encode(), tag.encode()
    return b"\r\n__exception__\r\n%b\r\n%b\n%d %b\r\n__exception__\r\n" % (mark, message, len(message), mark)
