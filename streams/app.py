"""The worker: one Faust app with its services, timers and agents. `python -m streams.app worker`.

Faust carries the process (start, stop, timers, low-rate agents); the bulk way is `streams/consume.py`, a
Faust service, because that was measured many times faster and commits only what is written (see
DECISIONS.md).
"""

from __future__ import annotations

import asyncio
import gc
import logging
import os
import sys
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from typing import Any

import faust
import msgspec
from faust.auth import SASLCredentials, SSLCredentials

from schemas import logs, municipality, reasons, settings
from schemas.errors import HubError, Misconfigured, Unavailable
from schemas.registry import TOPICS, dead_letters
from schemas.settings import Settings
from streams.batch import Batch, give_back_memory
from streams.consume import Intake
from streams.lanes import few_collections
from streams.memory import Memory
from streams.security import security
from streams.sweep import Sweeper
from warehouse import alarms, archive
from warehouse.client import Warehouse, connect

log = logging.getLogger("kommunpuls.worker")

SWEEP_S = 60.0
REPORT_S = 2.0
FIRST_REPORT_S = 0.1
TIDY_S = 10.0
RECONCILE_S = 60.0


def make_app(config: Settings) -> faust.App:
    """The Faust app of one worker."""
    warehouse = connect(config)
    pool = ThreadPoolExecutor(2, "archive")
    app = faust.App(
        "kommunpuls-worker", broker=f"kafka://{config.kafka}", datadir=config.home / "run" / "faust",
        web_enabled=False, topic_disable_leader=True, broker_session_timeout=10.0, value_serializer="raw",
        stream_wait_empty=False, broker_commit_interval=1.0, broker_credentials=_credentials(config),
        logging_config=logs.config(),
    )  # fmt: skip
    intake = Intake(config, warehouse)
    _add_intake(app, intake)
    _add_timers(app, intake, warehouse, pool)
    _add_dead_letter_agent(app, warehouse)
    return app


def _credentials(config: Settings) -> SASLCredentials | SSLCredentials | None:
    """How Faust's own clients are let in: by the same options as those of the bulk way.

    Raises Misconfigured for a password or certificate that cannot be read.
    """
    try:
        options = security(config)
    except OSError as error:  # ssl.SSLError too
        files = f"{config.kafka_ca_file or 'no CA file'}, {config.kafka_password_file or 'no password file'}"
        raise Misconfigured(f"Kafka's certificate or password cannot be read ({files}): {error}") from error
    context = options.get("ssl_context")
    if "sasl_mechanism" not in options:
        return SSLCredentials(context) if context else None
    return SASLCredentials(
        username=options["sasl_plain_username"], password=options["sasl_plain_password"],
        mechanism=options["sasl_mechanism"], ssl_context=context,
    )  # fmt: skip


def _add_intake(app: faust.App, intake: Intake) -> None:
    class Bulk(faust.Service):
        """The bulk way as a Faust service: it starts, stops and crashes with the worker."""

        async def on_start(self) -> None:
            await intake.start()

        @faust.Service.task
        async def _read(self) -> None:
            try:
                await intake.run(lambda: self.should_stop)
            except asyncio.CancelledError:
                raise
            except Exception as error:  # entry point: a worker that cannot go on must die and be restarted
                log.exception("the intake stopped")
                await self.crash(error)

        @faust.Service.task
        async def _tell_at_once(self) -> None:
            """`up` waits for the first positions; the beat of the timer would cost it seconds."""
            while not self.should_stop and not intake.positions(datetime.now(UTC)):
                await _report(intake)
                await self.sleep(FIRST_REPORT_S)

        async def on_stop(self) -> None:
            await intake.stop()

    app.service(Bulk)


def _add_timers(app: faust.App, intake: Intake, warehouse: Warehouse, pool: ThreadPoolExecutor) -> None:
    sweeper = Sweeper(warehouse, Batch(warehouse, Memory(1), pool))

    @app.timer(SWEEP_S)  # type: ignore[untyped-decorator]
    async def heal() -> None:
        try:
            healed = await asyncio.to_thread(lambda: sweeper.sweep(archive.clock(warehouse)))
        except Unavailable as error:
            log.warning("not swept: %s", error)
            return
        if healed:
            log.warning("sweeper folded %d entities again", healed)

    @app.timer(REPORT_S)  # type: ignore[untyped-decorator]
    async def report() -> None:
        await _report(intake)

    @app.timer(RECONCILE_S)  # type: ignore[untyped-decorator]
    async def reconcile() -> None:
        try:
            await intake.reconcile()
        except Unavailable as error:
            log.warning("not reconciled: %s", error)

    @app.timer(TIDY_S)  # type: ignore[untyped-decorator]
    async def tidy() -> None:
        """Clients leave rings behind that hold what was fetched: few, but a megabyte a second of load."""
        gc.collect()
        give_back_memory()


async def _report(intake: Intake) -> None:
    try:
        await intake.report()
    except Unavailable as error:
        log.warning("positions not written: %s", error)


def _add_dead_letter_agent(app: faust.App, warehouse: Warehouse) -> None:
    refused = app.topic(*map(dead_letters, TOPICS), value_serializer="raw", internal=False)

    @app.agent(refused)
    async def raise_alarms(stream: Any) -> None:
        async for letters in stream.take(500, within=1.0):
            kinds = Counter(
                (letter["topic"], letter["reason"]) for letter in map(msgspec.json.decode, letters)
            )
            await asyncio.to_thread(_raise, warehouse, kinds, datetime.now(UTC))


def _raise(warehouse: Warehouse, kinds: Counter[tuple[str, str]], now: datetime) -> None:
    """Raise or renew the alarm of each topic and reason; it counts from the first since it was last over."""
    for (topic, reason), count in kinds.items():
        name = f"{alarms.REFUSED}{topic}.{reason}"
        told, since = alarms.refused_since(warehouse, name, topic, reason)
        many, (sv, en) = max(told, count), reasons.words(reason)
        text = (
            f"{many} {'händelse' if many == 1 else 'händelser'} i {topic} har nekats: {sv}",
            f"{many} {'event' if many == 1 else 'events'} of {topic} refused: {en}",
        )
        alarms.raise_alarm(warehouse, name, alarms.since(text, since if told else now), now)


def main() -> None:
    """Run the worker. A fault in the settings is one line and exit code 2."""
    logs.begin()
    try:
        config = settings.load(os.environ)
        municipality.configured()
        (config.home / "run").mkdir(parents=True, exist_ok=True)
        app = make_app(config)
    except HubError as error:
        sys.exit(f"worker: {error}")
    few_collections()
    sys.argv = [sys.argv[0], "worker", "--without-web", "--loglevel", "info"]
    app.main()


if __name__ == "__main__":
    main()
