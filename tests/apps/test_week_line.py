"""Lines over weeks: of which weeks they are, and what stands where only bounds are known."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from apps.choice import Period
from apps.committee import after
from apps.committee_chart import lines
from apps.sections import trend
from apps.sections.registry import sections
from schemas.errors import Misconfigured
from tests.apps.boards import THIRD, figure
from tests.apps.test_section_forms import made, plain, viewed, words
from warehouse.published import Figure

WEEKS = [Period(date(2026, 11, 2) + timedelta(weeks=number), "week") for number in range(3)]
OVER_WEEKS = 'over = "week"\nzero = false\ncoverage = true'


def adherence(period: Period, value: float | None, coverage: float, **bounds: float) -> Figure:
    told = figure("adherence", period, value, "value" if value else "preliminary", **bounds)
    return replace(told, coverage=coverage)


def test_a_line_over_weeks_shows_them_all_whatever_period_is_chosen_but_not_the_one_that_goes_on() -> None:
    figures = [adherence(WEEKS[0], 0.992, 1.0), adherence(WEEKS[1], 0.994, 0.998),
               adherence(WEEKS[2], 0.91, 1.0), figure("adherence", THIRD, 0.5)]  # fmt: skip
    found = made("trend", ("adherence",), *figures, own=OVER_WEEKS)
    assert found.sheets[0].headings == ("Period", "Följsamhet", "Täckning")
    assert {plain(name): cells for name, cells in words(found).items()} == {
        "v. 45, 2026": ["99,2 %", "100,0 %"], "v. 46, 2026": ["99,4 %", "99,8 %"],
    }  # fmt: skip
    assert plain(found.answer) == (
        "Från 99,2 % vecka 45 2026 till 99,4 % vecka 46 2026. Högst var det vecka 46 2026: 99,4 %."
    )


def test_a_week_of_which_too_little_is_known_has_its_bounds_alone_in_words_table_and_chart() -> None:
    figures = (
        adherence(WEEKS[0], 0.992, 1.0),
        adherence(WEEKS[1], None, 0.97, lower=0.965, upper=0.995),
    )
    view = viewed("trend", ("adherence",), *figures, own=OVER_WEEKS)
    (found,) = sections(view)
    assert plain(found.answer).endswith("Vecka 46 2026: mellan 96,5 % och 99,5 %.")
    assert [plain(cell.words) for _, cells in found.sheets[0].rows for cell in cells] == [
        "99,2 %", "100,0 %", "mellan 96,5 % och 99,5 %", "97,0 %",
    ]  # fmt: skip
    under = plain(after(view, found))
    assert "Lodrätt streck i diagrammet, från minst till mest: mindre än 99 % av underlaget" in under
    assert "Diagrammets axel börjar inte på noll." in under
    told = trend.lines(view.of(found.section), found.section)
    spec = lines({"Följsamhet": told[0]}, None, is_share=True, zero=False).to_dict()
    stroke = spec["layer"][-1]
    assert (stroke["mark"]["type"], stroke["encoding"]["y2"]["field"]) == ("rule", "upper")
    assert stroke["encoding"]["y"]["scale"] == {"zero": False}
    (rows,) = spec["datasets"].values()
    assert [(row["value"], row["lower"], row["upper"]) for row in rows] == [
        (0.992, None, None), (None, 0.965, 0.995),
    ]  # fmt: skip


def test_nothing_but_a_line_is_shown_over_weeks() -> None:
    with pytest.raises(Misconfigured, match="only a trend is shown over weeks"):
        made("facts", ("adherence",), own='over = "week"')
