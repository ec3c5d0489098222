"""A small OIDC provider on loopback, in a thread: discovery, authorize, signed id tokens, keys, logout.

It is the counterpart that a municipality has, not a double of ours: whoever is asked for logs in at once.
"""

from __future__ import annotations

import base64
import secrets
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any
from urllib.parse import parse_qs, urlencode

import uvicorn
from joserfc import jwt
from joserfc.jwk import RSAKey
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from apps.hub import ports

CLIENT, SECRET = "puls-work", "a secret of the client"


@dataclass
class Provider:
    """claims: of the next login, over those of the protocol. signs_with: another key, where one is set."""

    address: str
    claims: dict[str, Any] = field(default_factory=dict)
    key: RSAKey = field(default_factory=lambda: RSAKey.generate_key(2048, {"kid": "one"}))
    signs_with: RSAKey | None = None
    asked: list[dict[str, str]] = field(default_factory=list)
    left: list[dict[str, str]] = field(default_factory=list)
    _codes: dict[str, dict[str, str]] = field(default_factory=dict)

    @property
    def metadata(self) -> str:
        """Address of the discovery document."""
        return self.address + "/.well-known/openid-configuration"

    def routes(self) -> list[Route]:
        return [
            Route("/.well-known/openid-configuration", self._discovery),
            Route("/authorize", self._authorize),
            Route("/token", self._token, methods=["POST"]),
            Route("/keys", self._keys),
            Route("/logout", self._logout),
        ]

    async def _discovery(self, _: Request) -> Response:
        return JSONResponse({
            "issuer": self.address, "authorization_endpoint": self.address + "/authorize",
            "token_endpoint": self.address + "/token", "jwks_uri": self.address + "/keys",
            "end_session_endpoint": self.address + "/logout",
            "response_types_supported": ["code"], "subject_types_supported": ["public"],
            "id_token_signing_alg_values_supported": ["RS256"], "code_challenge_methods_supported": ["S256"],
        })  # fmt: skip

    async def _authorize(self, request: Request) -> Response:
        asked = dict(request.query_params)
        self.asked.append(asked)
        if asked.get("client_id") != CLIENT or asked.get("response_type") != "code":
            return Response(status_code=400)
        code = secrets.token_urlsafe(16)
        self._codes[code] = asked
        return RedirectResponse(
            asked["redirect_uri"] + "?" + urlencode({"code": code, "state": asked["state"]})
        )

    async def _token(self, request: Request) -> Response:
        told = {name: values[0] for name, values in parse_qs((await request.body()).decode()).items()}
        basic = base64.b64encode(f"{CLIENT}:{SECRET}".replace(" ", "%20").encode()).decode()
        plain = base64.b64encode(f"{CLIENT}:{SECRET}".encode()).decode()
        asked = self._codes.pop(told.get("code", ""), None)
        if request.headers.get("authorization") not in (f"Basic {basic}", f"Basic {plain}") or asked is None:
            return JSONResponse({"error": "invalid_client"}, 401)
        digest = sha256(told.get("code_verifier", "").encode()).digest()
        if asked.get("code_challenge") != base64.urlsafe_b64encode(digest).decode().rstrip("="):
            return JSONResponse({"error": "invalid_grant"}, 400)
        now = int(time.time())
        claims = {
            "iss": self.address, "aud": CLIENT, "sub": "somebody", "iat": now, "exp": now + 600,
            "nonce": asked.get("nonce"), **self.claims,
        }  # fmt: skip
        token = jwt.encode({"alg": "RS256", "kid": "one"}, claims, self.signs_with or self.key)
        return JSONResponse(
            {"access_token": "a", "token_type": "Bearer", "expires_in": 600, "id_token": token}
        )

    async def _keys(self, _: Request) -> Response:
        return JSONResponse({"keys": [self.key.as_dict(private=False)]})

    async def _logout(self, request: Request) -> Response:
        self.left.append(dict(request.query_params))
        return RedirectResponse(request.query_params["post_logout_redirect_uri"])


@contextmanager
def providing() -> Iterator[Provider]:
    """A provider that answers, ended afterwards."""
    port = ports.free(1)[0]
    provider = Provider(f"http://127.0.0.1:{port}")
    server = uvicorn.Server(
        uvicorn.Config(Starlette(routes=provider.routes()), host="127.0.0.1", port=port, log_level="warning")
    )
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    until = time.monotonic() + 10
    while not server.started and time.monotonic() < until:
        time.sleep(0.05)
    try:
        yield provider
    finally:
        server.should_exit = True
        thread.join(10)
