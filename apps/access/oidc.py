"""Login by an OIDC provider, through Streamlit's own routes and Authlib. Claims of the id token make it.

Streamlit keeps the claims in a signed cookie for 30 days; what it is worth, `sessions.py` decides: it counts
from the token's own `iat`. Its settings go into Streamlit's secrets in memory, never into a file.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any, Final

from streamlit.auth_util import get_cookie_with_chunks
from streamlit.web.server.starlette.starlette_app_utils import decode_signed_value
from streamlit.web.server.starlette.starlette_server_config import USER_COOKIE_NAME

from apps.access.login import ROLES, Login, pseudonym
from schemas.errors import Misconfigured
from schemas.municipality import exists
from schemas.settings import Settings

CALLBACK: Final = "/oauth2callback"
ROUTES: Final = ("/auth/login", "/auth/logout", CALLBACK)
"""Streamlit's own; the door lets them through where a provider logs people in."""


class Oidc:
    """Reads Streamlit's identity cookie."""

    def __init__(self, settings: Settings, cookie_secret: str, actor_key: str) -> None:
        """Raises Misconfigured for a role that is none."""
        self._settings = settings
        self._cookie_secret = cookie_secret
        self._actor_key = actor_key.encode()
        self._roles = _role_names(settings.oidc_roles)

    def streamlit_secrets(self) -> dict[str, Any]:
        """What `st.App(secrets=…)` wants. Raises Misconfigured when the client's secret cannot be read."""
        file = self._settings.oidc_secret_file
        try:
            secret = file.read_text().strip() if file else ""
        except OSError as error:
            raise Misconfigured(f"PULS_OIDC_SECRET_FILE={file} cannot be read: {error.strerror}") from error
        provider = {
            "client_id": self._settings.oidc_client, "client_secret": secret,
            "server_metadata_url": self._settings.oidc_metadata,
            "client_kwargs": {"scope": "openid", "prompt": "select_account"},
        }  # fmt: skip
        own = {"redirect_uri": self._settings.work_address + CALLBACK, "cookie_secret": self._cookie_secret}
        return {"auth": own | provider}

    def login(self, cookies: Mapping[str, str]) -> Login | None:
        """Who the cookie says is there, None when it is missing, not signed by us or from elsewhere."""
        found = get_cookie_with_chunks(lambda name: self._opened(cookies, name), USER_COOKIE_NAME)
        claims = json.loads(found) if found else {}
        right = claims.get("is_logged_in") and claims.get("origin") == self._settings.work_address
        if not found or not right or not isinstance(claims.get("iat"), int | float) or not claims.get("sub"):
            return None
        return self._login(claims, sha256(found).hexdigest())

    def _opened(self, cookies: Mapping[str, str], name: str) -> bytes | None:
        raw = cookies.get(name)
        return decode_signed_value(self._cookie_secret, name, raw.encode("latin-1")) if raw else None

    def _login(self, claims: Mapping[str, Any], session: str) -> Login:
        told = self._settings
        named = [self._roles.get(value, value) for value in _values(claims, told.oidc_roles_claim)]
        towns = [code for code in _values(claims, told.oidc_municipalities_claim) if _is_town(code)]
        return Login(
            session,
            tuple(role for role in dict.fromkeys(named) if role in ROLES),
            pseudonym(self._actor_key, f"{claims.get('iss', '')}\x1f{claims['sub']}"),
            tuple(dict.fromkeys(towns)),
            tuple(_units(_values(claims, told.oidc_units_claim), towns)),
            datetime.fromtimestamp(claims["iat"], UTC),
        )


def _is_town(code: str) -> bool:
    return len(code) == 4 and code.isdigit() and exists(code)


def _role_names(text: str) -> dict[str, str]:
    pairs = (pair.rpartition("=") for pair in text.split(",") if pair.strip())
    names = {name.strip(): role.strip() for name, _, role in pairs}
    if unknown := sorted(set(names.values()) - set(ROLES)):
        raise Misconfigured(f"PULS_OIDC_ROLES: {', '.join(unknown)} is none of {', '.join(ROLES)}")
    return names


def _values(claims: Mapping[str, Any], path: str) -> list[str]:
    """A claim as a list: providers send one text, a text with spaces or commas, or a list."""
    found: Any = claims
    for name in [path] if path in claims else path.split("."):
        found = found.get(name) if isinstance(found, Mapping) else None
    texts = [found] if isinstance(found, str) else found if isinstance(found, list) else []
    if isinstance(found, str) and " " not in found:
        return [part for part in found.split(",") if part]
    return [str(text) for text in texts]


def _units(values: list[str], towns: list[str]) -> Iterator[str]:
    """`0780/vuxen` as it stands where the municipality is the login's; `vuxen` and `*` in each of them."""
    for value in values:
        if "/" not in value:
            yield from (f"{town}/{value}" for town in towns)
        elif value.partition("/")[0] in towns:
            yield value
