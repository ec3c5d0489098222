from __future__ import annotations

from pathlib import Path

import pytest

from producers.source import built_in, load
from schemas.errors import Misconfigured

BUILT_IN = [
    "boston311", "committee_log", "england_cla", "listan", "mimic_doses", "mimic_stays", "nz_moves",
    "population_scb", "servicedesk", "sffd_visits",
]  # fmt: skip
GOOD = """
from producers.source import Said
from schemas.cases import ReportReceived

def events(row):
    yield Said(ReportReceived(unit="a"), row["id"], row.time("at"))
"""


def source(folder: Path, text: str, name: str = "mine.py") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def test_every_source_that_comes_with_the_hub_can_be_loaded() -> None:
    assert built_in() == BUILT_IN
    assert [load(name).name for name in built_in()] == built_in()


def test_a_file_outside_the_repository_is_a_source_and_its_folder_stays_clean(tmp_path: Path) -> None:
    found = load(str(source(tmp_path, GOOD)))
    assert (found.name, found.zone.key, found.historical, found.identity) == (
        "mine",
        "Europe/Stockholm",
        False,
        True,
    )
    assert [path.name for path in tmp_path.iterdir()] == ["mine.py"]


def test_declarations_are_read(tmp_path: Path) -> None:
    said = 'TIME = "%Y"\nZONE = "UTC"\nMODE = "historical"\nRECORDED = "r"\nGROUP = "g"\nCOLUMNS = ("a",)\n'
    found = load(str(source(tmp_path, said + 'MISSING = ("?",)\n' + GOOD)))
    assert (found.formats, found.zone.key, found.historical) == (("%Y",), "UTC", True)
    assert found.wanted == ("a", "g", "r")
    assert found.missing == {"", "?"}


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("def events(row:\n", "line 1"),
        ("import nothing_of_that_name\n", "ModuleNotFoundError"),
        ("x = 1\ny = 1 / 0\n", "line 2, `y = 1 / 0`: ZeroDivisionError"),
        ("", "`events(row)` is missing"),
        (GOOD + 'ZONE = "Mars/Base"\n', "no time zone"),
        (GOOD + 'MODE = "sometimes"\n', "MODE"),
        (GOOD + 'GROUPE = "x"\n', "GROUPE is no declaration"),
        (GOOD + 'COLUMNS = "a"\n', "COLUMNS must be tuple"),
        ('raise RuntimeError("no")\n', 'line 1, `raise RuntimeError("no")`: RuntimeError: no'),
        ('raise Exception("a\\nb")\n', "Exception: a b"),
        ("import sys\nsys.exit(3)\n", "line 2, `sys.exit(3)`: SystemExit: 3"),
        (GOOD + 'TIME = "%Q"\n', "TIME: '%Q' is no time format"),
        (GOOD + 'TIME = ("%Y-%m-%d", "%Y %Y")\n', "TIME: '%Y %Y' is no time format"),
        (GOOD + 'TIME = "%H:%M %"\n', "TIME: '%H:%M %' is no time format"),
        (GOOD + 'TIME = "%H:%M"\n', "TIME: '%H:%M' has no year"),
        (GOOD + 'TIME = "YYYY-MM-DD"\n', "TIME: 'YYYY-MM-DD' has no year"),
        (GOOD + "TIME = (1,)\n", "TIME must hold texts"),
        (GOOD + "COLUMNS = (1,)\n", "COLUMNS must hold texts"),
        (GOOD + 'TOPIC = "nothing"\n', "TOPIC must be one of"),
        (GOOD + 'SHEET = "*"\n', "need LEDGER"),
        (GOOD + 'COLOURS = {"red": "ended"}\n', "need LEDGER"),
        (GOOD + 'LEDGER = "id"\nCOLOURS = {"pink": "ended"}\n', "COLOURS may name red, orange"),
        (GOOD + 'LEDGER = "id"\nGROUP = "id"\n', "neither GROUP nor MUNICIPALITY_COLUMN"),
        (GOOD + 'ALIASES = {"id": "number"}\n', "ALIASES must hold a tuple"),
    ],
)
def test_a_broken_source_is_one_clear_line(text: str, told: str, tmp_path: Path) -> None:
    with pytest.raises(Misconfigured) as caught:
        load(str(source(tmp_path, text)))
    assert told in str(caught.value)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    "form",
    ["%Y-%m-%d", "%d %b %Y", "%A %d %B %Y", "%y%m%d", "%Y-%m-%dT%H:%M:%S%z", "%d.%m.%y %I:%M %p", "%Y-%j",
     "%G-W%V-%u", "%Y-%m-%d %H:%M:%S.%f", "%c", "%x %X", "%m/%d/%Y %% %H", "%Y W%W %w"],
)  # fmt: skip
def test_formats_that_tell_a_year_are_taken(form: str, tmp_path: Path) -> None:
    assert load(str(source(tmp_path, GOOD + f"TIME = {form!r}\n"))).formats == (form,)


def test_every_fault_is_named_at_once(tmp_path: Path) -> None:
    with pytest.raises(Misconfigured) as caught:
        load(str(source(tmp_path, 'MODE = "x"\nIDENTITY = "no"\n')))
    assert all(word in str(caught.value) for word in ("MODE", "IDENTITY", "events(row)"))


def test_the_authors_own_constants_are_free(tmp_path: Path) -> None:
    assert load(str(source(tmp_path, GOOD + 'CLOSED_CODES = ("a",)\n'))).name == "mine"


@pytest.mark.parametrize("name", ["Min Källa.py", "1.py", "UPPER.py"])
def test_a_file_name_that_cannot_be_a_source_name_is_refused(name: str, tmp_path: Path) -> None:
    with pytest.raises(Misconfigured, match="source's name"):
        load(str(source(tmp_path, GOOD, name)))


def test_an_unknown_name_is_told_with_those_that_exist() -> None:
    with pytest.raises(Misconfigured, match=", ".join(BUILT_IN)):
        load("boston")
    with pytest.raises(Misconfigured, match="is not there"):
        load("/nowhere/mine.py")
