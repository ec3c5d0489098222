"""What `up` looks at before it starts anything: the home, the screens' ports, what a crash left."""

from __future__ import annotations

from collections.abc import Callable

from apps.hub import home, ports, processes
from apps.hub.programs import listeners
from schemas.errors import Misconfigured
from schemas.settings import Settings


def check_ports(settings: Settings) -> None:
    """Raises Misconfigured that names a taken screen port and how to choose another."""
    if settings.public_port == settings.work_port:
        raise Misconfigured(f"PULS_PUBLIC_PORT and PULS_WORK_PORT are both {settings.work_port}")
    for name, (host, port) in listeners(settings).items():
        if not ports.is_free(host, port) or ports.answers(host, port):
            remedy = f"start with PULS_{name.upper()}_PORT={ports.free(1)[0]}"
            raise Misconfigured(f"port {port} on {host} is taken by another program: {remedy}")


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
