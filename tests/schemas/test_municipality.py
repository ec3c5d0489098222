from __future__ import annotations

from pathlib import Path

import pytest

from schemas import municipality as municipalities
from schemas.errors import Misconfigured
from schemas.municipality import configured, exists, municipality, official


def test_there_are_290_municipalities_and_codes_keep_their_zero() -> None:
    assert len(official()) == 290
    assert official()["0780"] == "Växjö" and all(len(code) == 4 for code in official())


def test_every_settings_file_is_read_without_fault() -> None:
    assert {found.code for found in configured()} >= {"9901", "9902", "9999"}


def test_the_case_sets_are_foreign_and_mittkoping_is_invented() -> None:
    assert [municipality(code).kind for code in ("9901", "9902", "9999", "0780")] == [
        "foreign",
        "foreign",
        "invented",
        "real",
    ]
    assert municipality("9901").zone.key == "America/New_York"


def test_a_code_without_a_file_has_the_defaults() -> None:
    assert (municipality("0780").name, municipality("0780").time_zone) == ("Växjö", "Europe/Stockholm")
    assert municipality("9950").kind == "invented"


@pytest.mark.parametrize("code", ["780", "07800", "abcd", "", "０７８０"])
def test_what_is_no_code_is_refused_with_an_example(code: str) -> None:
    with pytest.raises(Misconfigured, match="four digits"):
        municipality(code)


def test_a_code_that_no_municipality_has_is_refused() -> None:
    assert not exists("0001") and exists("0780") and exists("9900")
    with pytest.raises(Misconfigured, match="0001"):
        municipality("0001")


def test_a_unit_without_a_name_is_called_by_its_code() -> None:
    assert (municipality("9999").unit_name("lss"), municipality("9999").unit_name("x")) == (
        "Funktionsstöd",
        "x",
    )


def test_figures_of_hours_and_devices_are_told_by_units_of_care_and_all_others_by_the_other_units() -> None:
    town = municipality("9999")
    assert "vuxen" in town.units_of(["cases", "reference"]) and "vuxen" not in town.units_of(["hours"])
    assert town.units_of(["devices"]) == town.units_of(["hours", "reference"]) == town.care_units
    assert town.units.keys().isdisjoint(town.care_units)


def test_units_of_care_have_names_on_screens_too() -> None:
    town = municipality("9999")
    assert town.unit_name("hemsjukvard") == town.name_of("unit", "hemsjukvard") == "Hemsjukvård"
    assert list(town.names("unit")) == [*town.units, *town.care_units]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("name = ", "9998.toml"),
        ("", "name is missing"),
        ('name = "x"\ncolour = 1', "colour"),
        ('name = "x"\nsmall = "5"', "small must be int"),
        ('name = "x"\nsmall = 3\nkind = "invented"', "at least 5"),
        ('name = "x"\nkind = "real"', "kind must be"),
        ('name = "x"\ntime_zone = "Europe/Stokholm"', "'Europe/Stokholm' is no time zone"),
        ('name = "x"\n[units]\nvuxen = "Vuxen"\nsmall = 5', "units: small must be a name"),
        ('name = "x"\n[care_units]\nnorr = 5', "care_units: norr must be a name"),
        ('name = "x"\ngap_days = -1', "gap_days must be 0 to 366"),
    ],
)
def test_a_fault_in_a_file_is_named(
    text: str, told: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "9998.toml").write_text(text)
    monkeypatch.setattr(municipalities, "FOLDER", tmp_path)
    with pytest.raises(Misconfigured) as caught:
        municipality.__wrapped__("9998")
    assert told in str(caught.value)


def test_every_fault_of_a_file_is_named_at_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "9998.toml").write_text('small = 1\nx = 2\nkind = "real"')
    monkeypatch.setattr(municipalities, "FOLDER", tmp_path)
    with pytest.raises(Misconfigured) as caught:
        municipality.__wrapped__("9998")
    assert str(caught.value).count(";") == 3


def test_the_foreign_sets_count_days_where_they_happened() -> None:
    zones = {code: municipality(code).zone.key for code in ("9903", "9904", "9905", "9906")}
    assert zones == {
        "9903": "UTC", "9904": "Pacific/Auckland", "9905": "Europe/London", "9906": "America/Los_Angeles"
    }  # fmt: skip
    assert {municipality(code).kind for code in zones} == {"foreign"}


def test_clocks_are_called_by_the_law_and_by_the_municipality_and_none_of_the_law_runs_abroad() -> None:
    assert municipality("9950").name_of("clock", "LC3") == "Barnutredning"
    assert municipality("9901").names("clock") == {"TARGET": "Stadens mål för ärendet"}


def test_a_gap_between_services_is_more_than_a_fortnight_where_nothing_else_is_decided() -> None:
    assert (municipality("9999").gap_days, municipality("0780").gap_days) == (14, 14)
