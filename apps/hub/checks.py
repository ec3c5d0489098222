"""What `up` looks at before it starts anything: the home, the ports, what a crash left."""

from __future__ import annotations

from collections.abc import Callable

from apps.hub import home, ports, processes
from apps.hub.programs import listeners
from schemas.errors import Misconfigured
from schemas.settings import Settings


def check_ports(settings: Settings) -> None:
    """Raises Misconfigured that names a taken port and how to choose another."""
    variables: dict[int, str] = {}
    for name, (_, port) in listeners(settings).items():
        if first := variables.get(port):
            raise Misconfigured(f"{first} and {_variable(name)} are both {port}")
        variables[port] = _variable(name)
    for name, (host, port) in listeners(settings).items():
        if not ports.is_free(host, port) or ports.answers(host, port):
            remedy = f"start with {_variable(name)}={ports.free(1)[0]}"
            raise Misconfigured(f"port {port} on {host} is taken by another program: {remedy}")


def _variable(name: str) -> str:
    return f"PULS_{name.upper()}_PORT"


def refuse_second(settings: Settings) -> None:
    """Raises AlreadyRunning when this home's supervisor lives."""
    if running := processes.supervisor(settings.home):
        at = home.read_hub(settings).get("public", "?")
        raise home.AlreadyRunning(
            f"a hub runs in {settings.home} already (pid {running.pid}, screens at {at})"
        )


def clear_earlier(settings: Settings, say: Callable[[str], None]) -> None:
    """Take away what a crash or a reboot left: processes without their supervisor, addresses, flags."""
    if count := processes.sweep(settings.home):
        say(f"{count} processes of an earlier run, which had lost their supervisor, were ended")
    home.forget_run(settings.home)
