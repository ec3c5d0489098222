"""Signs of life of the hub's parts, as `up` asks for them: who answers, and what the warehouse holds.

By plain HTTP: `up` stays as long as its hub, and clickhouse-connect would cost it 100 MB for three questions.
"""

from __future__ import annotations

import ssl
import urllib.request
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Final
from urllib.parse import urlencode

import certifi

from apps.hub import programs
from schemas.errors import Unavailable
from schemas.settings import Settings

ANSWER_S: Final = 5

# Microseconds since 1970, 0 for never; `folded` is a sum of offsets.
_ASKED: Final = {
    "worker": "SELECT toUnixTimestamp64Micro(max(updated_at)) FROM positions",
    "publisher": "SELECT toUnixTimestamp64Micro(max(seen_at)) FROM leases",
    "figures": "SELECT toUnixTimestamp64Micro(max(known_at)) FROM publications",
    "folded": "SELECT sum(next_offset) FROM positions FINAL",
}


def healthy(address: str) -> bool:
    """Whether this health address answers with 200."""
    try:
        with urllib.request.urlopen(address, timeout=2) as answer:
            return bool(answer.status == 200)
    except OSError:
        return False


class Signs:
    """What the warehouse knows of the hub. addressed: settings with its address; given: the person's own.

    Every question raises Unavailable when the warehouse does not answer it.
    """

    def __init__(self, addressed: Settings, given: Settings) -> None:
        login = programs.login(given, "hub")
        self._address = f"{addressed.warehouse}/?{urlencode({'database': addressed.database})}"
        self._user = login.get("PULS_WAREHOUSE_USER", addressed.warehouse_user)
        file = login.get("PULS_WAREHOUSE_PASSWORD_FILE") or addressed.warehouse_password_file
        self._token_file = Path(file) if file else None

    def wrote(self, who: str, since: datetime) -> bool:
        """Whether `worker` or `publisher` wrote at or after this instant."""
        return self._number(who) >= since.timestamp() * 1e6

    def has_figures(self) -> bool:
        """Whether anything was ever published."""
        return self._number("figures") > 0

    def folded(self) -> int:
        """A number that grows while the worker gets on."""
        return self._number("folded")

    def _number(self, what: str) -> int:
        try:
            token = self._token_file.read_text().strip() if self._token_file else ""
            headers = {"X-ClickHouse-User": self._user, "X-ClickHouse-Key": token}
            request = urllib.request.Request(self._address, _ASKED[what].encode(), headers)
            with urllib.request.urlopen(request, timeout=ANSWER_S, context=_authorities()) as answer:
                return int(answer.read())
        except (OSError, ValueError) as error:
            raise Unavailable(f"the warehouse does not answer ({error})") from error


@cache
def _authorities() -> ssl.SSLContext:
    """Those that clickhouse-connect trusts."""
    return ssl.create_default_context(cafile=certifi.where())
