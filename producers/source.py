"""What a source is: a Python file with one pure function `events` and a few declarations, ours or anybody's.

TIME = "%Y-%m-%d %H:%M"              # how times are written (one or several); left out: ISO 8601
ZONE = "Europe/Stockholm"            # zone of times that name none
RECORDED = "export"                  # "export": the file's time; or the column that says when a row changed
MODE = "live"                        # "historical" for a closed import, which may lie in any year
IDENTITY = True                      # False: two equal rows are two facts; ids then carry time and occurrence
GROUP = ""                           # a column: `events(rows)` gets all rows of one subject, in file order
MUNICIPALITY_COLUMN = ""             # the row's own municipality code, where the option does not say
COLUMNS = ()                         # columns that must be there; they also find the heading row
MISSING = ()                         # texts that mean an empty cell, e.g. "?"
ALIASES = {}                         # column: other headings for it; slips are forgiven
SHEET = ""                           # Excel sheet; left out: the first; "*" all of them (needs LEDGER)
LEDGER = ""                          # a list that is told whole each time: the column with a row's number
COLOURS = {}                         # with LEDGER: what a row's colour says, e.g. {"red": "ended"}
CODED = ()                           # fields of facts that hold a code (B112); a name becomes one
DOMAIN = "cases"                     # pseudonym keys are one per municipality and source domain
TOPIC = "cases"                      # what its sign of life speaks for
MAX_AGE_S = 900                      # silence longer than this is an alarm; a daily file says 90_000

def events(row):
    yield Said(ApplicationReceived(unit=row.unit("Enhet")), key=row["Ärende"], at=row.time("Inkom"))

A row that tells nothing that the hub counts is no silence either: `yield Passed("prescription")`.
"""

from __future__ import annotations

import importlib.util
import linecache
import os
import re
import sys
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import ModuleType
from typing import Any, Final
from zoneinfo import ZoneInfo

from producers.fills import HUES
from producers.said import Passed, Said
from producers.times import form_fault
from schemas.calendar import zone
from schemas.errors import Misconfigured
from schemas.registry import TOPICS

__all__ = ["Passed", "Said", "Source", "built_in", "load", "place_in"]

FOLDER: Final = Path(__file__).parent / "sources"
NAME: Final = re.compile(r"[a-z][a-z0-9_-]{0,39}")
_KNOWN: Final[dict[str, tuple[type, ...]]] = {
    "TIME": (str, tuple), "ZONE": (str,), "RECORDED": (str,), "MODE": (str,), "IDENTITY": (bool,),
    "GROUP": (str,), "MUNICIPALITY_COLUMN": (str,), "COLUMNS": (tuple,), "MISSING": (tuple,), "SHEET": (str,),
    "ALIASES": (dict,), "LEDGER": (str,), "COLOURS": (dict,), "CODED": (tuple,),
    "DOMAIN": (str,), "TOPIC": (str,), "MAX_AGE_S": (int,),
}  # fmt: skip


@dataclass(frozen=True)
class Source:
    """A source's declarations, judged."""

    name: str
    events: Callable[[Any], Iterable[Said | Passed]]
    file: Path
    zone: ZoneInfo
    formats: tuple[str, ...] = ()
    recorded: str = "export"
    historical: bool = False
    identity: bool = True
    group: str = ""
    municipality_column: str = ""
    columns: tuple[str, ...] = ()
    missing: frozenset[str] = frozenset({""})
    sheet: str = ""
    aliases: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    ledger: str = ""
    colours: Mapping[str, str] = field(default_factory=dict)
    coded: tuple[str, ...] = ()
    domain: str = "cases"
    topic: str = "cases"
    max_age_s: int = 900

    @property
    def wanted(self) -> tuple[str, ...]:
        """Every column that the declarations name."""
        own = (
            self.ledger,
            self.group,
            self.municipality_column,
            "" if self.recorded == "export" else self.recorded,
        )
        return tuple(dict.fromkeys([*self.columns, *(column for column in own if column)]))


def built_in() -> list[str]:
    """Names of the sources that come with the hub."""
    return sorted(path.stem for path in FOLDER.glob("[a-z]*.py"))


def load(name_or_path: str) -> Source:
    """A built-in source by name, or a Python file by its path.

    Misconfigured in one line for a file that is not there, cannot be run or declares what makes no sense.
    """
    path = Path(name_or_path)
    if path.suffix != ".py":
        path = FOLDER / f"{name_or_path}.py"
        if name_or_path not in built_in():
            raise Misconfigured(
                f"No source {name_or_path!r}. Built in: {', '.join(built_in())}; or a path to a .py file"
            )
    if not path.is_file():
        raise Misconfigured(f"{path} is not there")
    return declared(_run(path), path)


def _run(path: Path) -> ModuleType:
    """Run the source's file. Whatever it raises is the author's and becomes one line with the place."""
    spec = importlib.util.spec_from_file_location(f"kommunpuls_source_{path.stem}", path)
    if spec is None or spec.loader is None:
        raise Misconfigured(f"{path} is no Python file")
    module = importlib.util.module_from_spec(spec)
    written, sys.dont_write_bytecode = sys.dont_write_bytecode, True  # their folder is not ours to write to
    try:
        spec.loader.exec_module(module)
    except SyntaxError as error:
        raise Misconfigured(f"{path} line {error.lineno}: {error.msg}") from error
    except (Exception, SystemExit) as error:  # entry to foreign code: whatever it raises is its author's
        said = " ".join(str(error).split())
        raise Misconfigured(
            f"{path}{place_in(error, path, 'line')}: {type(error).__name__}: {said}"
        ) from error
    finally:
        sys.dont_write_bytecode = written
    return module


def place_in(error: BaseException, path: Path, word: str) -> str:
    """` line 12, `code``: the last line of that file that the error passed, "" when it passed none."""
    trace, line, file = error.__traceback__, 0, os.path.abspath(path)
    while trace is not None:
        if os.path.abspath(trace.tb_frame.f_code.co_filename) == file:
            line = trace.tb_lineno
        trace = trace.tb_next
    if not line:
        return ""
    linecache.checkcache(file)
    return f" {word} {line}, `{linecache.getline(file, line).strip()[:80]}`"


def declared(module: ModuleType, path: Path) -> Source:
    """The module's declarations as a Source. Misconfigured that names every fault."""
    said = {name: getattr(module, name) for name in _KNOWN if hasattr(module, name)}
    faults = list(_faults(module, path, said))
    if faults:
        raise Misconfigured(f"{path}: " + "; ".join(faults))
    form = said.get("TIME", ())
    return Source(
        name=path.stem, events=module.events, file=path, zone=zone(said.get("ZONE", "Europe/Stockholm")),
        formats=(form,) if isinstance(form, str) else form, recorded=said.get("RECORDED", "export"),
        historical=said.get("MODE", "live") == "historical", identity=said.get("IDENTITY", True),
        group=said.get("GROUP", ""), municipality_column=said.get("MUNICIPALITY_COLUMN", ""),
        columns=said.get("COLUMNS", ()), missing=frozenset(["", *said.get("MISSING", ())]),
        sheet=said.get("SHEET", ""), domain=said.get("DOMAIN", "cases"), topic=said.get("TOPIC", "cases"),
        max_age_s=said.get("MAX_AGE_S", 900), aliases=said.get("ALIASES", {}), ledger=said.get("LEDGER", ""),
        colours=said.get("COLOURS", {}), coded=said.get("CODED", ()),
    )  # fmt: skip


def _faults(module: ModuleType, path: Path, said: dict[str, Any]) -> Iterable[str]:
    if not NAME.fullmatch(path.stem):
        yield "the file's name becomes the source's name: lower-case letters, digits, _ and -, at most 40"
    if not callable(getattr(module, "events", None)):
        yield "a function `events(row)` is missing"
    for name in sorted(vars(module)):
        if name.isupper() and name not in _KNOWN and _resembles(name):
            yield f"{name} is no declaration; those are {', '.join(_KNOWN)}"
    for name, value in said.items():
        if not isinstance(value, _KNOWN[name]):
            yield f"{name} must be {' or '.join(kind.__name__ for kind in _KNOWN[name])}"
    if said.get("MODE", "live") not in ("live", "historical"):
        yield 'MODE must be "live" or "historical"'
    if said.get("TOPIC", "cases") not in TOPICS:
        yield f"TOPIC must be one of {', '.join(TOPICS)}"
    yield from _text_faults(said)
    yield from _list_faults(said)
    try:
        zone(str(said.get("ZONE", "Europe/Stockholm")))
    except Misconfigured as error:
        yield f"ZONE: {error}"


def _list_faults(said: dict[str, Any]) -> Iterable[str]:
    """What a list that is told whole needs, and what needs such a list."""
    listed = bool(said.get("LEDGER"))
    if not listed and (said.get("SHEET") == "*" or said.get("COLOURS")):
        yield 'SHEET = "*" and COLOURS need LEDGER, the column with a row\'s number'
    if listed and any(said.get(name) for name in ("GROUP", "MUNICIPALITY_COLUMN")):
        yield "LEDGER goes with neither GROUP nor MUNICIPALITY_COLUMN"
    colours = said.get("COLOURS", {})
    if isinstance(colours, dict) and not set(colours) <= set(HUES):
        yield f"COLOURS may name {', '.join(HUES)}"
    aliases = said.get("ALIASES", {})
    if isinstance(aliases, dict) and not all(isinstance(others, tuple) for others in aliases.values()):
        yield "ALIASES must hold a tuple of headings per column"


def _text_faults(said: dict[str, Any]) -> Iterable[str]:
    for name, value in said.items():
        if isinstance(value, tuple) and not all(isinstance(part, str) for part in value):
            yield f"{name} must hold texts"
    forms = said.get("TIME", ())
    for form in (forms,) if isinstance(forms, str) else forms if isinstance(forms, tuple) else ():
        if isinstance(form, str) and (fault := form_fault(form)):
            yield f"TIME: {form!r} {fault}"


def _resembles(name: str) -> bool:
    """Whether a constant is likely a misspelt declaration (the author's own constants are free)."""
    import difflib

    return bool(difflib.get_close_matches(name, _KNOWN, cutoff=0.8))
