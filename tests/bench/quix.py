"""Peer: quixstreams with state (RocksDB and changelog topic), rows written by a sink at checkpoints."""

from __future__ import annotations

import sys

from quixstreams import Application, State  # type: ignore[import-not-found]
from quixstreams.sinks import BatchingSink, SinkBatch  # type: ignore[import-not-found]

from tests.bench.work import TOPIC, Rows, entity_of, read_settings

EVERY = 10_000


class CaseSink(BatchingSink):  # type: ignore[misc]
    """Writes the cases that a checkpoint touched, once each."""

    def __init__(self, rows: Rows) -> None:
        super().__init__()
        self._rows = rows

    def write(self, batch: SinkBatch) -> None:
        """The last state of each case in the batch."""
        self._rows.write({item.value[0]: item.value[1].splitlines() for item in batch})


def main(expected: int) -> None:
    """Run until so many events are seen and committed."""
    settings = read_settings()
    rows = Rows(settings, expected)
    app = Application(
        settings.kafka, consumer_group=settings.database, auto_offset_reset="earliest", loglevel="WARNING",
        state_dir=settings.home / "quix", commit_every=EVERY,
    )  # fmt: skip
    frame = app.dataframe(app.topic(TOPIC, value_deserializer="bytes", key_deserializer="bytes"))

    def keep(raw: bytes, state: State) -> tuple[str, bytes]:
        rows.see()
        entity = entity_of(raw)
        told: bytes = state.get_bytes("told", b"") + raw + b"\n"
        state.set_bytes("told", told)
        return entity, told

    frame.apply(keep, stateful=True).sink(CaseSink(rows))
    app.run(count=expected, collect=False)
    rows.tell()


if __name__ == "__main__":
    main(int(sys.argv[1]))
