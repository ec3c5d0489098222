"""What one hub consists of: each process's command, environment, place in the order and grace at the end.

Pure: settings and ports in, programs and the supervisor's configuration out.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any, Final

from schemas.settings import PREFIX, Settings

MARK: Final = "KOMMUNPULS_HUB"  # in the environment of every process of a hub: the home it belongs to
OVERSEER: Final = "apps.hub.overseer"
PREPARED: Final = "prepared"  # flag files in <home>/run that a program may wait for
FILLED: Final = "filled"
USERS: Final = ("hub", "worker", "publisher", "work", "screens")


@dataclass(frozen=True)
class Program:
    """One supervised process: `python -P -m <module> <arguments>`.

    user: whose warehouse token it gets, none if empty; after: the flag file it waits for before it
    becomes its module; grace_s: how long it may take to end before it is killed.
    """

    name: str
    module: str
    arguments: tuple[str, ...] = ()
    user: str = ""
    after: str = ""
    grace_s: int = 10
    environment: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Ports:
    """Ports on loopback of the parts that take free ones."""

    broker: int
    controller: int
    warehouse: int


def programs(settings: Settings, ports: Ports) -> list[Program]:
    """All processes in the order of starting; they stop in the opposite order, each waited for.

    A part whose address was given is left out.
    """
    data, tokens = settings.home / "warehouse", token_folder(settings.home)
    broker = Program(
        "broker", "apps.hub.broker", ("run", str(ports.broker), str(ports.controller)), grace_s=20
    )
    store = ("--port", str(ports.warehouse), "--data", str(data), "--tokens", str(tokens))
    warehouse = Program("warehouse", "warehouse.embedded", store, grace_s=20)
    rest = [
        Program("worker", "streams.app", ("worker",), "worker", PREPARED, 20),
        Program("publisher", "warehouse.publish", (), "publisher", PREPARED),
        Program("live", "producers.synthetic.live", (), "", FILLED, 5),
        Program("push", "producers.gateway", (), "", PREPARED),
        Program("public", "apps.server", ("public",), "screens", "", 5),
        Program("work", "apps.server", ("work",), "work", "", 5),
    ]
    own = ([] if settings.kafka else [broker]) + ([] if settings.warehouse else [warehouse])
    return own + rest


def addressed(settings: Settings, ports: Ports) -> dict[str, Any]:
    """Addresses of broker and warehouse, as fields of `Settings`: the given ones, else those of our own."""
    return {
        "kafka": settings.kafka or f"127.0.0.1:{ports.broker}",
        "warehouse": settings.warehouse or f"http://127.0.0.1:{ports.warehouse}",
    }


def listeners(settings: Settings) -> dict[str, tuple[str, int]]:
    """Host and port that each kind of screens listens on, and HTTP push."""
    return {
        "public": (settings.host, settings.public_port),
        "work": (settings.work_host, settings.work_port),
        "push": (settings.push_host, settings.push_port),
    }


def token_folder(home: Path) -> Path:
    """One file per warehouse user with its token, mode 0600."""
    return home / "secrets" / "tokens"


def login(settings: Settings, user: str) -> dict[str, str]:
    """What a process needs to speak to the warehouse as this user.

    On a given warehouse the users' tokens may lie beside the given one, as files with the users' names;
    a user without one logs in as the given user.
    """
    given = settings.warehouse_password_file
    if settings.warehouse and not (given and given.with_name(user).exists()):
        return {}
    folder = given.parent.absolute() if settings.warehouse and given else token_folder(settings.home)
    return {PREFIX + "WAREHOUSE_USER": user, PREFIX + "WAREHOUSE_PASSWORD_FILE": str(folder / user)}


def variables(settings: Settings) -> dict[str, str]:
    """Every setting that differs from its default as a `PULS_…` variable, paths absolute, for a child."""
    given = {
        f.name: getattr(settings, f.name) for f in fields(settings) if getattr(settings, f.name) != f.default
    }
    return {
        PREFIX + name.upper(): str(value.absolute() if isinstance(value, Path) else value)
        for name, value in given.items()
    }


def launch_list(chosen: list[Program], given: Settings, addressed: Settings) -> str:
    """`programs.json`, which `launch.py` reads: module, arguments, environment, flag to wait for, by name.

    given: the settings of the person, with no address of ours; addressed: the same with all addresses.
    """
    shared = variables(addressed)
    return json.dumps(
        {
            program.name: {
                "module": program.module,
                "arguments": program.arguments,
                "environment": shared
                | (login(given, program.user) if program.user else {})
                | program.environment,
                "after": program.after,
            }
            for program in chosen
        },
        indent=1,
    )


_HEAD: Final = """[supervisord]
nodaemon=true
silent=true
logfile=../logs/supervisord.log
logfile_maxbytes=5MB
logfile_backups=2
pidfile=supervisord.pid
"""

# A few seconds of life are no success: who dies within 10 s is started again after 1, 2, 3 … s, for ever.
_PROGRAM: Final = """
[program:{name}]
command=%(ENV_KOMMUNPULS_PYTHON)s -P -m apps.hub.launch {name}
priority={priority}
startsecs=10
startretries=1000000
autorestart=true
stopwaitsecs={grace_s}
killasgroup=true
redirect_stderr=true
stdout_logfile=../logs/{name}.log
stdout_logfile_maxbytes=5MB
stdout_logfile_backups=2
"""


def supervisor_configuration(chosen: list[Program]) -> str:
    """Text of `supervisord.conf`. It holds no path of the machine, so that no odd one can break it."""
    sections = (
        _PROGRAM.format(name=program.name, priority=priority, grace_s=program.grace_s)
        for priority, program in enumerate(chosen, start=1)
    )
    return _HEAD + "".join(sections)
