"""How every process of the hub writes its log: one JSON object a line, and nothing that looks like a person.

Masked where records are made, so that every logger and handler is covered, a library's too; and where an
error ends the process. Ids, pointers and counts pass: they are what a log is for.
"""

from __future__ import annotations

import json
import logging
import sys
import traceback
from datetime import UTC, datetime
from types import TracebackType
from typing import Any, Final

from schemas.identity import mask

_PLAIN: Final = logging.LogRecord
_FORMATTER: Final = logging.Formatter()


class Lines(logging.Formatter):
    """A record as one line of JSON: at (UTC), level, logger, text, and the traceback of an error."""

    def format(self, record: logging.LogRecord) -> str:
        """The line."""
        told = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname, "logger": record.name, "text": record.getMessage(),
        }  # fmt: skip
        if record.exc_text or record.exc_info:
            told["error"] = record.exc_text or _FORMATTER.formatException(record.exc_info or (None,) * 3)
        return json.dumps(told, ensure_ascii=False)


def begin(level: int = logging.INFO) -> None:
    """Mask whatever this process logs from here on, and write it to stderr in lines of JSON."""
    mask_records()
    handler = logging.StreamHandler()
    handler.setFormatter(Lines())
    logging.basicConfig(level=level, handlers=[handler])


def mask_records() -> None:
    """Mask every record that is made in this process, and the error that ends it; may be repeated."""
    logging.setLogRecordFactory(masked_record)
    sys.excepthook = _last_words


def masked_record(*given: Any, **more: Any) -> logging.LogRecord:
    """A record whose text, and whose error's text, hold no identity."""
    record = _PLAIN(*given, **more)
    try:
        record.msg, record.args = mask(record.getMessage()), ()
    except (TypeError, ValueError):  # a call with the wrong arguments: its own bare format still says where
        record.msg, record.args = mask(str(record.msg)), ()
    if record.exc_info and record.exc_info[0] is not None:
        record.exc_text = mask(_FORMATTER.formatException(record.exc_info))
    return record


def config(level: str = "INFO") -> dict[str, Any]:
    """The same as a dictionary, for a library that sets logging up by itself (Faust)."""
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"lines": {"()": Lines}},
        "handlers": {"lines": {"class": "logging.StreamHandler", "formatter": "lines"}},
        "root": {"level": level, "handlers": ["lines"]},
    }


def _last_words(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    print(mask("".join(traceback.format_exception(kind, error, trace))), end="", file=sys.stderr)
