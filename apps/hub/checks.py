"""What `up` looks at before it starts anything: the home, the screens' ports, what a crash left."""

from __future__ import annotations

from collections.abc import Callable

from apps.hub import home, ports, processes
from schemas.errors import Misconfigured
from schemas.settings import Settings


def check_ports(settings: Settings) -> None:
    """Raises Misconfigured that names a taken screen port and how to choose another."""
    wanted = {"PULS_PUBLIC_PORT": settings.public_port, "PULS_WORK_PORT": settings.work_port}
    if settings.public_port == settings.work_port:
        raise Misconfigured(f"PULS_PUBLIC_PORT and PULS_WORK_PORT are both {settings.work_port}")
    for variable, port in wanted.items():
        if not ports.is_free(settings.host, port) or ports.answers(settings.host, port):
            remedy = f"start with {variable}={ports.free(1)[0]}"
            raise Misconfigured(f"port {port} on {settings.host} is taken by another program: {remedy}")


def refuse_second(settings: Settings) -> None:
    """Raises AlreadyRunning, with what to do instead, when this home's supervisor lives."""
    running = processes.supervisor(settings.home)
    if running:
        hub = home.read_hub(settings)
        text = (
            f"a hub runs in {settings.home} already (pid {running.pid}, screens at {hub.get('public', '?')})"
        )
        raise home.AlreadyRunning(f"{text}: `./puls down` stops it, PULS_HOME=… starts another beside it")


def clear_earlier(settings: Settings, say: Callable[[str], None]) -> None:
    """Take away what a crash or a reboot left: processes without their supervisor, addresses, flags."""
    if count := processes.sweep(settings.home):
        say(f"{count} processes of an earlier run, which had lost their supervisor, were ended")
    home.forget_run(settings.home)
