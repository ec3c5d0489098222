"""How long a login lasts: 8 hours in all, 30 minutes without a person's doing. Counted here, on the server.

What a page asks for by its own timer is no doing. After a restart nothing is known of what was done: a login
that is older than the idle limit is then asked for again.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Final

from apps.access.login import LoggedOut, Login

LONGEST: Final = timedelta(hours=8)
IDLE: Final = timedelta(minutes=30)
SKEW: Final = timedelta(minutes=2)
"""How far a provider's clock may be ahead of ours."""


class Sessions:
    """When each login was last used, and which have ended. Safe for many threads."""

    def __init__(self, clock: Callable[[], datetime] = lambda: datetime.now(UTC)) -> None:
        self._clock = clock
        self._seen: dict[str, datetime] = {}
        self._ended: dict[str, datetime] = {}
        self._purposes: dict[str, str] = {}
        self._lock = threading.Lock()

    def check(self, login: Login) -> None:
        """Raises LoggedOut when the login's time is over or it was ended."""
        now = self._clock()
        with self._lock:
            seen = self._seen.get(login.session, login.began_at)
            over = login.session in self._ended or not -SKEW <= now - login.began_at < LONGEST
        if over or now - seen >= IDLE:
            raise LoggedOut("the session has ended")

    def is_new(self, login: Login) -> bool:
        """Whether the login has not been used before."""
        with self._lock:
            return login.session not in self._seen

    def touch(self, login: Login) -> None:
        """A person has done something."""
        now = self._clock()
        with self._lock:
            self._seen[login.session] = now
            self._forget(now)

    def end(self, login: Login) -> None:
        """Logged out: the login is not accepted again, wherever its cookie lies."""
        with self._lock:
            self._ended[login.session] = self._clock()

    def choose(self, login: Login, purpose: str) -> None:
        """Why the login reads from now on."""
        with self._lock:
            self._purposes[login.session] = purpose

    def purpose(self, login: Login) -> str:
        """What was chosen, "" for nothing."""
        with self._lock:
            return self._purposes.get(login.session, "")

    def _forget(self, now: datetime) -> None:
        """What is older than any login can be is not needed; done when there is much of it."""
        if len(self._seen) + len(self._ended) > 1000:
            oldest = now - LONGEST - SKEW
            self._seen = {name: at for name, at in self._seen.items() if at > oldest}
            self._ended = {name: at for name, at in self._ended.items() if at > oldest}
            self._purposes = {name: why for name, why in self._purposes.items() if name in self._seen}
