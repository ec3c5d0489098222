"""Reads a request of the ClickHouse HTTP interface into a `Call`: statement, bound values, settings, data."""

from __future__ import annotations

import base64
import binascii
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass
from functools import partial

from aiohttp import web

from warehouse.embedded import access, coding, failures, statement
from warehouse.embedded.engine import Call, Engine
from warehouse.embedded.threads import Threads

PIECE = 4 << 20  # bytes of a body that are worth a call of the engine


@dataclass(frozen=True)
class Asked:
    """A request, read as far as its statement. text: the statement, perhaps with first data behind it.

    fields: parameters of url and form; rest: the body's data that follows, already decompressed.
    """

    user: str
    text: bytes
    fields: Mapping[str, str]
    rest: AsyncIterator[bytes]
    has_more: bool = False


def credentials(request: web.Request) -> tuple[str, str]:
    """User and token, from the url, ClickHouse's headers or Basic authorisation."""
    if "user" in request.query:
        return request.query["user"], request.query.get("password", "")
    if "X-ClickHouse-User" in request.headers:
        return request.headers["X-ClickHouse-User"], request.headers.get("X-ClickHouse-Key", "")
    scheme, _, coded = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() != "basic":
        return "default", ""
    try:
        user, _, token = base64.b64decode(coded).decode().partition(":")
    except (binascii.Error, UnicodeDecodeError):
        return "", ""
    return user, token


async def read(request: web.Request, user: str, threads: Threads) -> Asked:
    """Read as much of the body as the statement needs; the data behind an INSERT stays to be streamed."""
    text = request.query.get("query", "").encode()
    rest = _pieces(request, threads)
    if request.content_type == "multipart/form-data":
        return await _read_form(request, user, rest)
    if request.body_exists and text and statement.read_insert(text, has_more=True):
        return Asked(user, text, request.query, rest, has_more=True)
    body = b""
    async for piece in rest:
        body += piece
        if not text and statement.read_insert(body[: statement.HEAD_BYTES], has_more=False):
            return Asked(user, body, request.query, rest)
    return Asked(user, text + b"\n" + body if text and body else text or body, request.query, rest)


async def _read_form(request: web.Request, user: str, rest: AsyncIterator[bytes]) -> Asked:
    """Clients send long bound values as a form."""
    form = await request.post()
    fields = dict(request.query)
    for name, value in form.items():
        if isinstance(value, web.FileField):
            raise failures.refusal(failures.NOT_IMPLEMENTED, "External data is not supported here.")
        fields[name] = value if isinstance(value, str) else bytes(value).decode()
    return Asked(user, fields.get("query", "").encode(), fields, rest)


async def _pieces(request: web.Request, threads: Threads) -> AsyncIterator[bytes]:
    """The body, decompressed, in pieces of about PIECE bytes as sent."""
    decoder = _decoder(request.headers.get("Content-Encoding", ""))
    waiting: list[bytes] = []
    size = 0
    async for data in request.content.iter_any():
        waiting.append(data)
        size += len(data)
        if size >= PIECE:
            yield await _plain(decoder, waiting, threads)
            waiting, size = [], 0
    if waiting:
        yield await _plain(decoder, waiting, threads)


def _decoder(name: str) -> coding.Decoder | None:
    try:
        return coding.Decoder(name) if name not in {"", "identity"} else None
    except ValueError as error:
        raise failures.refusal(failures.BAD_ARGUMENTS, str(error)) from error


async def _plain(decoder: coding.Decoder | None, sent: list[bytes], threads: Threads) -> bytes:
    data = b"".join(sent)
    if decoder is None:
        return data
    try:
        return await threads.apart(partial(decoder.feed, data))
    except ValueError as error:
        raise failures.refusal(failures.CANNOT_DECOMPRESS, str(error)) from error


def to_call(
    asked: Asked, request: web.Request, engine: Engine, query_id: str
) -> tuple[Call, statement.Insert | None]:
    """The call, and the insert's parts when data belongs to it. Raises Refused for what the user may not."""
    insert = statement.read_insert(asked.text, has_more=asked.has_more)
    sql = insert.sql if insert else _decoded(asked.text)
    class_, count = ("MUTATING", 1) if insert else engine.kind(sql)
    if count > 1:
        raise failures.refusal(failures.SYNTAX_ERROR, "Syntax error: Multi-statements are not allowed.")
    if statement.uses_kafka_engine(sql):
        raise failures.refusal(failures.NOT_IMPLEMENTED, "The Kafka engine is not supported here.")
    if "1" in {asked.fields.get("compress"), asked.fields.get("decompress")}:
        raise failures.refusal(failures.NOT_IMPLEMENTED, "Use Accept-Encoding and Content-Encoding instead.")
    readonly = access.check_statement(asked.user, sql, class_)
    readonly = readonly or (2 if request.method == "GET" else 0)
    session = asked.fields.get("session_id", "")
    asked_format = asked.fields.get("default_format") or request.headers.get("X-ClickHouse-Format")
    call = Call(
        sql=sql,
        query_id=query_id,
        class_=class_,
        format=insert.format if insert else asked_format or statement.DEFAULT_FORMAT,
        database=asked.fields.get("database") or request.headers.get("X-ClickHouse-Database") or "",
        params={k.removeprefix("param_"): v for k, v in asked.fields.items() if k.startswith("param_")},
        settings=access.check_settings(asked.user, _settings(asked.fields)),
        readonly=readonly,
        session=(asked.user, session) if session and not readonly else None,
    )
    return call, insert


def _settings(fields: Mapping[str, str]) -> dict[str, str]:
    return {k: v for k, v in fields.items() if k not in access.TRANSPORT and not k.startswith("param_")}


def _decoded(text: bytes) -> str:
    try:
        return text.decode()
    except UnicodeDecodeError as error:
        raise failures.refusal(failures.SYNTAX_ERROR, "Syntax error: the statement is not UTF-8.") from error
