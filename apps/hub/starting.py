"""Starting one hub: the supervisor, the steps between, and waiting until everything answers.

What needs other rooms (topics, tables, the model municipality) comes in as `Steps` from the composition root.
"""

from __future__ import annotations

import os
import shlex
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any, Final

from apps.hub import home, ports, programs, stopping
from apps.hub.journal import Journal, told
from apps.hub.signs import Signs, healthy
from schemas.errors import Unavailable
from schemas.settings import Settings

CODE: Final = Path(__file__).resolve().parents[2]
_READY_S: Final = 120
_TRIES: Final = 3

Say = Callable[[str], None]
Listed = Callable[[Settings, programs.Ports], list[programs.Program]]


@dataclass(frozen=True)
class Steps:
    """Commands that `up` runs in processes of their own, so that their memory ends with them.

    prepare: makes topics and tables; fill: fills an empty hub and exits 0 when the model municipality is
    in it, 3 when the hub holds something else. Each is an argument list for `python -P -m`.
    """

    prepare: Sequence[str]
    fill: Sequence[str] | None


class Interrupted(Exception):
    """Ctrl-C, SIGTERM, or the terminal was closed."""


class Hub:
    """One hub that this process starts: its settings with addresses, its programs and its journal."""

    def __init__(
        self,
        settings: Settings,
        say: Say,
        chosen: Listed = programs.programs,
        stop_wanted: Callable[[], bool] = lambda: False,
        patience_s: float = _READY_S,
    ) -> None:
        self.chosen = programs.Ports(*ports.free(3))
        self.given = settings
        self.settings = replace(settings, **programs.addressed(settings, self.chosen))
        self.programs = chosen(settings, self.chosen)
        self.journal = Journal(settings.home / "logs" / "supervisord.log")
        self.say = say
        self._stop_wanted = stop_wanted
        self._patience_s = patience_s
        self._exits: dict[str, int] = {}
        self._down: set[str] = set()
        self._supervisor: subprocess.Popen[bytes] | None = None

    @property
    def home(self) -> Path:
        """The hub's folder."""
        return self.settings.home

    def start(self, steps: Steps) -> None:
        """Start everything and return when screens answer, worker and publisher have shown life since now,
        and the first figures of a filled hub are published.

        Raises HubError with one line when a part gives up; the caller then calls `stop`.
        """
        began = datetime.now(UTC)
        if not steps.fill:
            self.programs = [program for program in self.programs if program.after != programs.FILLED]
        self._write_run()
        self._spawn_supervisor()
        preparing = self._step(steps.prepare)
        self._publish_addresses()
        self._await_own_parts()
        self._finish(preparing, "making topics and tables")
        home.raise_flag(self.home, programs.PREPARED)
        filled = (
            steps.fill is not None and self._finish(self._step(steps.fill), "filling the hub", (0, 3)) == 0
        )
        for name in ("public", "work"):
            self._await(f"{name} screens", name, partial(healthy, self._health(name)))
        if self._has("push"):
            self._await("HTTP push", "push", partial(healthy, self.address("push") + "/health"))
        self._await_signs(began, filled)
        if filled:  # last, for what waits for it would cost the others seconds of their start
            home.raise_flag(self.home, programs.FILLED)
        for name in sorted(self._down):
            self._await(name, name, lambda: not self._down)

    def _write_run(self) -> None:
        run = self.home / "run"
        listed = programs.launch_list(self.programs, self.given, self.settings)
        (run / "programs.json").write_text(listed)
        (run / "supervisord.conf").write_text(programs.supervisor_configuration(self.programs))
        log = self.home / "logs" / "supervisord.log"
        if log.exists():
            log.replace(log.with_suffix(".before.log"))

    def _environment(self) -> dict[str, str]:
        inherited = {k: v for k, v in os.environ.items() if not k.startswith("PULS_")}
        own = {
            programs.MARK: str(self.home),
            "KOMMUNPULS_CODE": str(CODE),
            "KOMMUNPULS_PYTHON": shlex.quote(sys.executable),
            "PYTHONPATH": str(CODE),
            "PYTHONUNBUFFERED": "1",
            "MALLOC_ARENA_MAX": "2",  # glibc keeps up to 8 heaps per core otherwise
        }
        return inherited | programs.variables(self.settings) | {"PULS_HOME": str(self.home)} | own

    def _spawn_supervisor(self) -> None:
        """In a session of its own: Ctrl-C in the terminal reaches `up` alone, which stops all in order."""
        with (self.home / "logs" / "supervisor-output.log").open("wb") as output:
            self._supervisor = subprocess.Popen(
                [sys.executable, "-P", "-m", programs.OVERSEER],
                cwd=self.home / "run",
                env=self._environment(),
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
                start_new_session=True,
            )

    def _step(self, arguments: Sequence[str]) -> subprocess.Popen[bytes]:
        own = programs.login(self.given, "hub")
        command = [sys.executable, "-P", "-m", *arguments]
        return subprocess.Popen(command, env=self._environment() | own, cwd=CODE, start_new_session=True)

    def _finish(self, step: subprocess.Popen[bytes], doing: str, good: Sequence[int] = (0,)) -> int:
        """Wait for a step and return its exit code; it is ended when this process is interrupted."""
        try:
            while step.poll() is None:
                self._watch_start()
                time.sleep(0.1)
        finally:
            if step.poll() is None:
                step.terminate()
                step.wait()
        if step.returncode not in good:
            raise Unavailable(f"{doing} failed (exit {step.returncode}); the lines above say why")
        return step.returncode

    def _publish_addresses(self) -> None:
        hub: dict[str, Any] = {
            "kafka": self.settings.kafka,
            "warehouse": self.settings.warehouse,
            "public": self.address("public"),
            "work": self.address("work"),
            "push": self.address("push"),
            "pid": self._supervisor.pid if self._supervisor else None,
        }
        token = programs.token_folder(self.home) / "hub"
        password = self.given.warehouse_password_file if self.given.warehouse else token
        home.write_hub(self.settings, hub | ({"warehouse_password_file": str(password)} if password else {}))

    def _await_own_parts(self) -> None:
        if not self.given.kafka:
            self._await("Kafka", "broker", lambda: ports.answers("127.0.0.1", self.chosen.broker))
        if not self.given.warehouse:
            self._await("warehouse", "warehouse", lambda: healthy(self.settings.warehouse + "/ping"))

    def _await_signs(self, began: datetime, filled: bool) -> None:
        """What a process says by living is not enough: it must have done its work."""
        signs = Signs(self.settings, self.given)
        for name in ("worker", "publisher"):
            if self._has(name):
                self._await(name, name, partial(signs.wrote, name, began))
        if filled:
            self._await("first figures", "publisher", signs.has_figures, signs.folded)

    def _has(self, name: str) -> bool:
        return any(program.name == name for program in self.programs)

    def _await(
        self, what: str, program: str, ready: Callable[[], bool], moved: Callable[[], int] = lambda: 0
    ) -> None:
        """moved: a number that grows while the hub gets on; patience counts from when it last did."""
        deadline, reached, why = time.monotonic() + self._patience_s, 0, ""
        while True:
            self._watch_start()
            try:
                if ready():
                    break
                now, why = moved(), ""
            except Unavailable as error:
                now, why = reached, f" ({error})"
            if now > reached:
                deadline, reached = time.monotonic() + self._patience_s, now
            if time.monotonic() > deadline:
                raise Unavailable(self._missed(what, program, why))
            time.sleep(0.1)
        self.say(f"{what}: ready")

    def _missed(self, what: str, program: str, why: str) -> str:
        way_out = f"`./puls logs {program}` shows more; mend it, then ./puls up again"
        missed = f"{what}: no sign of life in {self._patience_s:.0f} s{why}; {way_out}"
        return f"{missed}. {self._last_words(program)}"

    def _watch_start(self) -> None:
        """Watch; while we start, a program that ended three times is given up."""
        self.watch()
        for program, count in self._exits.items():
            if count >= _TRIES:
                raise Unavailable(f"{program} ended {count} times. {self._last_words(program)}")

    def _last_words(self, program: str) -> str:
        lines = home.last_lines(self.home, program)
        file = self.home / "logs" / f"{program}.log"
        return f"The end of {file}:\n" + "\n".join(f"  {line}" for line in lines)

    def watch(self) -> None:
        """Say what changed since the last call. Raises Interrupted; Unavailable when the supervisor ended."""
        if self._stop_wanted():
            raise Interrupted
        for event in self.journal.news():
            if event.kind == "stopped":
                self._exits[event.program] = self._exits.get(event.program, 0) + 1
                self._down.add(event.program)
            elif event.kind == "started":
                self._down.discard(event.program)
            if text := told(event, self._exits):
                self.say(text)
        if self._supervisor and self._supervisor.poll() is not None:
            output = (self.home / "logs" / "supervisor-output.log").read_text(errors="replace").splitlines()
            raise Unavailable(
                f"the supervisor ended (exit {self._supervisor.returncode}). " + " ".join(output[-1:])
            )

    def stay(self) -> None:
        """Watch until this process is interrupted or the supervisor ends."""
        while True:
            self.watch()
            time.sleep(0.3)

    def stop(self) -> None:
        """Stop all, in order, saying which part ended."""
        stopping.stop(self.home, self.say, self.journal)
        if self._supervisor:
            self._supervisor.wait()

    def address(self, name: str) -> str:
        """Where a person finds these screens, or a producer HTTP push."""
        host, port = programs.listeners(self.settings)[name]
        return f"http://{'127.0.0.1' if host in ('0.0.0.0', '::') else host}:{port}"

    def _health(self, name: str) -> str:
        return self.address(name) + "/_stcore/health"
