"""L1 in a real browser, over a real published layer."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from schemas.settings import Settings
from tests.apps import samples
from tests.browser.entering import let_in
from tests.browser.stage import Screens, publish, serving
from tests.browser.watching import framed, opened, quicker, shown, until
from warehouse.client import Warehouse
from warehouse.health import read
from warehouse.indicators import indicators

pytestmark = pytest.mark.browser
SCREENS = indicators()["screen_intervals"]


@pytest.fixture(scope="module")
def told_at() -> list[datetime]:
    """When the stage's figures were last told."""
    return [datetime.now(UTC)]


@pytest.fixture(autouse=True)
def fresh(stage: tuple[Settings, Warehouse], told_at: list[datetime]) -> None:
    """On a slow machine the module takes longer than figures are fresh: they are told again in between."""
    now = datetime.now(UTC)
    if now - told_at[0] > timedelta(seconds=45):
        publish(stage[1], "9999", samples.moved(samples.figures(), now), now)
        told_at[0] = now


def test_l1_shows_what_is_published(public: Screens, wall: BrowserContext) -> None:
    page = opened(wall, public.address + "/9999/lobby/barn-unga")
    text = shown(page)
    for words in (
        "Barn och unga Mittköping · påhittade uppgifter", "Öppna ärenden just nu 412 ärenden",
        "7 fler än för en vecka sedan, inom det vanliga för en", "Nya i dag 23 ärenden",
        "Avslutade i dag 31 ärenden",
        "Utan handläggare 9 ärenden", "Flyttade hit i dag färre än 5", "över 120",
        "Kontrollräknad på två sätt, avvikelse 0", "Barn och unga · 1 av 5",
    ):  # fmt: skip
        assert words in text
    assert re.search(r"Uppgifter till (i går )?kl\. \d{1,2}\.\d\d", text)
    assert page.locator("#notice").is_hidden()


def test_everything_is_in_swedish_whatever_the_browser_says(public: Screens, wall: BrowserContext) -> None:
    page = opened(wall, public.address + "/9999/lobby")
    for frame in page.frames:
        assert frame.evaluate("document.documentElement.lang") == "sv"
        assert frame.evaluate("document.title").startswith(("Hela kommunen", "Kommunpuls"))
    now = datetime.now(samples.page().municipality.zone)
    assert re.search(rf"{now.day} [a-zåäö]+, kl\. {now.hour}\.\d\d", shown(page))
    assert "1 832" in shown(page)


ENGLISH = re.compile(
    r"\b(the|and|not|found|page|connection|error|running|deploy|settings|loading|open|closed|case|cases|value|none|null|"
    r"undefined|nan|true|false|week|day|today|screen|unit|missing|late|please|wait|rerun|stop|manage|app|made|with|skip|main|content)\b",
    re.IGNORECASE,
)


@pytest.mark.parametrize("path", ["/", "/katalog", "/9999/lobby", "/9999/lobby/finns-inte"])
def test_no_english_word_is_visible_to_the_public(public: Screens, wall: BrowserContext, path: str) -> None:
    page = wall.new_page()
    page.goto(public.address + path)
    wall_page = page.frame_locator("#frame").locator(".wall").first
    expect(wall_page if path.endswith("lobby") else page.locator("h1")).to_be_visible(
        timeout=15_000
    )  # fmt: skip
    page.wait_for_timeout(500)
    text = "\n".join(frame.evaluate("document.body.innerText") for frame in page.frames)
    assert ENGLISH.findall(text) == []


def test_nothing_is_fetched_from_elsewhere_and_the_policy_is_not_broken(
    public: Screens, wall: BrowserContext
) -> None:
    fetched, said = list[str](), list[str]()
    wall.on("request", lambda request: fetched.append(request.url))
    wall.on("console", lambda message: said.append(message.text))
    for path in ("/9999/lobby", "/", "/katalog"):
        page = wall.new_page()
        page.goto(public.address + path)
    page.wait_for_timeout(2500)
    outside = [url for url in fetched if not url.startswith((public.address, "data:", "blob:"))]
    assert outside == []
    assert [text for text in said if re.search("Content Security Policy|Refused|violat", text)] == []


@pytest.mark.parametrize("path", ["/9999/lobby", "/9999/lobby/vuxen?tema=mork", "/", "/katalog", "/nej"])
def test_an_ordinary_load_asks_for_nothing_that_is_not_there(
    public: Screens, wall: BrowserContext, path: str
) -> None:
    assert _asked_in_vain(wall, public.address, path) == []


@pytest.fixture(scope="module")
def work(stage: tuple[Settings, Warehouse]) -> Iterator[Screens]:
    """The work views over the same figures."""
    with serving("work", stage[0]) as screens:
        yield screens


@pytest.mark.parametrize("path", ["/", "/teknik", "/inloggning", "/nej"])
def test_the_work_views_ask_for_nothing_that_is_not_there(
    work: Screens, wall: BrowserContext, path: str
) -> None:
    let_in(wall, work, "engineer")
    assert _asked_in_vain(wall, work.address, path) == []


def _asked_in_vain(wall: BrowserContext, address: str, path: str) -> list[str]:
    """What the page asked for besides itself and was refused, and every fault in its console."""
    refused, said = list[str](), list[str]()
    wall.on("response", lambda answer: refused.append(answer.url) if answer.status >= 400 else None)
    wall.on("console", lambda message: said.append(message.text) if message.type == "error" else None)
    page = wall.new_page()
    page.goto(address + path)
    inside = page.frame_locator("#frame").locator(".wall").first if "lobby" in path else page.locator("h1")
    expect(inside).to_be_visible(timeout=15_000)
    page.wait_for_timeout(1000)
    if path == "/nej":
        said = [text for text in said if "404" not in text]
    return [url for url in refused if url != address + "/nej"] + said


def test_a_newer_run_shows_without_loading_again_and_without_blinking(
    public: Screens, wall: BrowserContext, stage: tuple[Settings, Warehouse]
) -> None:
    now = datetime.now(UTC)
    publish(stage[1], "9993", samples.moved(samples.figures(), now), now)
    page = opened(wall, public.address + "/9993/lobby/barn-unga")
    assert "412 ärenden" in shown(page)
    for frame in page.frames:
        frame.evaluate("window.here = true")
    framed(page).evaluate(_WATCH)
    now = datetime.now(UTC)
    newer = tuple(
        replace(f, value=413.0)
        for f in samples.figures()
        if f.metric == "caseload_balance" and f.dimensions == {"unit": "barn-unga"} and f.period == "now"
    )
    publish(stage[1], "9993", samples.moved(newer, now), now)
    assert until(lambda: "413 ärenden" in shown(page), 25) < 25
    assert all(frame.evaluate("window.here") for frame in page.frames)
    page.wait_for_timeout(11_000)
    assert framed(page).evaluate("window.blinks") == 0


_WATCH = """
window.blinks = 0;
const look = () => {
  const wall = document.querySelector('.wall');
  let faded = !wall || wall.querySelectorAll('.tile').length < 6;
  for (let e = wall; e; e = e.parentElement) faded ||= Number(getComputedStyle(e).opacity) < 1;
  if (faded) window.blinks += 1;
  requestAnimationFrame(look);
};
look();
"""


def test_the_wall_goes_through_the_units_without_loading_again(public: Screens, wall: BrowserContext) -> None:
    wall.route("**/9999/lobby", quicker({"rotate_s": 2}))
    page = opened(wall, public.address + "/9999/lobby")
    for frame in page.frames:
        frame.evaluate("window.here = true")
    seen = [_name(page)]

    def four() -> bool:
        if _name(page) != seen[-1]:
            seen.append(_name(page))
        return len(seen) == 4

    until(four, 20)
    start = _NAMES.index(seen[0])
    assert seen == [_NAMES[(start + step) % len(_NAMES)] for step in range(4)]
    assert all(frame.evaluate("window.here") for frame in page.frames)


def _name(page: Page) -> str:
    """The name on the page that is shown, which is the window's too."""
    return next(name for name in _NAMES if shown(page).startswith(name))


_NAMES = ("Hela kommunen", *samples.page().municipality.units.values())


def test_a_reader_at_a_desk_can_pause_the_rotation(public: Screens, wall: BrowserContext) -> None:
    wall.route("**/9999/lobby", quicker({"rotate_s": 1}))
    page = opened(wall, public.address + "/9999/lobby")
    page.mouse.move(200, 200)
    page.get_by_role("button", name="Pausa växlingen").click()
    page.wait_for_timeout(1000)  # a change of page that was under way ends
    stays = shown(page).split(" ")[0]
    page.wait_for_timeout(3000)
    assert shown(page).startswith(stays)
    assert page.locator("#notice").is_hidden()
    page.get_by_role("button", name="Fortsätt växla").click()
    until(lambda: not shown(page).startswith(stays), 6)


def test_a_unit_page_stays_on_its_unit(public: Screens, wall: BrowserContext) -> None:
    wall.route("**/9999/lobby/vuxen", quicker({"rotate_s": 1}))
    page = opened(wall, public.address + "/9999/lobby/vuxen")
    page.wait_for_timeout(4000)
    assert shown(page).startswith("Vuxen")
    assert page.locator("#notice").is_hidden()


def test_a_rotation_that_stops_says_so(public: Screens, wall: BrowserContext) -> None:
    wall.route("**/9999/lobby", quicker({"rotate_s": 2}))
    page = opened(wall, public.address + "/9999/lobby")
    page.evaluate(
        "setInterval(() => document.body.classList.add('turning'), 50)"
    )  # a change of page that never ends
    expect(page.locator("#notice")).to_have_text("Växlingen mellan enheterna har stannat", timeout=8000)


@pytest.mark.parametrize(
    ("code", "minutes", "look", "words"),
    [
        ("9990", 5, "late", "Uppgifterna är 5 minuter gamla"),
        ("9991", 40, "stale", "Inte aktuella uppgifter, senast "),
    ],
)
def test_old_figures_are_told_in_words_and_greyed_when_stale(
    public: Screens,
    wall: BrowserContext,
    stage: tuple[Settings, Warehouse],
    code: str,
    minutes: int,
    look: str,
    words: str,
) -> None:
    now = datetime.now(UTC)
    told_until = now - timedelta(minutes=minutes, seconds=2)
    fresh = samples.moved(samples.figures(), now)
    publish(stage[1], code, (replace(f, as_of=told_until, told_until=told_until) for f in fresh), now)
    page = opened(wall, f"{public.address}/{code}/lobby/vuxen")
    expect(page.locator("#notice")).to_contain_text(words, timeout=10_000)
    expect(page.locator("body")).to_have_class(re.compile(rf"\b{look}\b"))
    filtered = page.locator("#picture").evaluate("e => getComputedStyle(e).filter")
    assert ("grayscale" in filtered) == (look == "stale")


def test_a_closed_import_never_grows_stale(
    public: Screens, wall: BrowserContext, stage: tuple[Settings, Warehouse]
) -> None:
    publish(stage[1], "9992", samples.in_state("historical"), datetime.now(UTC))
    page = opened(wall, public.address + "/9992/lobby/vuxen")
    page.wait_for_timeout(2500)
    assert "Historiska uppgifter till 31 december 2015" in shown(page)
    assert page.locator("#notice").is_hidden()


def test_a_screen_tells_that_it_lives(
    public: Screens, wall: BrowserContext, stage: tuple[Settings, Warehouse]
) -> None:
    published = stage[1]
    opened(wall, public.address + "/9999/lobby?skarm=reception-1")
    asked = "SELECT * FROM screens FINAL WHERE screen = 'reception-1'"
    until(lambda: bool(published.rows(asked)), 15)
    row = published.rows(asked)[0]
    assert row["page"] == "/9999/lobby"
    assert row["data_at"] is not None
    assert row["rotated_at"] is not None
    assert (row["refresh_s"], row["rotate_s"]) == (10, 30)
    now = datetime.now(UTC)
    assert now - timedelta(seconds=20) < row["refreshed_at"] <= row["seen_at"]
    (lives,) = [one for one in read(published, SCREENS, now) if one.part == "reception-1"]
    assert lives.state == "within"
    (stopped,) = [
        one for one in read(published, SCREENS, now + timedelta(minutes=2)) if one.part == lives.part
    ]
    assert stopped.state == "beyond", "silent for two of its intervals"


def test_the_start_page_leads_to_every_screen(public: Screens, wall: BrowserContext) -> None:
    page = wall.new_page()
    page.goto(public.address)
    page.get_by_role("link", name="Försörjningsstöd").click()
    expect(page.frame_locator("#frame").locator("h1")).to_contain_text("Försörjningsstöd", timeout=15_000)
    page.goto(public.address)
    page.get_by_role("link", name="Så räknas siffrorna").click()
    expect(page.get_by_role("heading", name="Ärendebalans", exact=True)).to_be_visible(timeout=15_000)


def test_dark_can_be_chosen_in_the_address(public: Screens, wall: BrowserContext) -> None:
    page = opened(wall, public.address + "/9999/lobby/vuxen?tema=mork")
    grounds = {frame.evaluate("getComputedStyle(document.body).backgroundColor") for frame in page.frames}
    assert grounds == {"rgb(14, 22, 32)"}


def test_the_wall_is_dimmed_at_night_by_the_municipalitys_clock(
    public: Screens, wall: BrowserContext
) -> None:
    nights = {(0, 1440): True, (0, 0): False, (1439, 1439): False}
    pages = [wall.new_page() for _ in nights]
    for page, (from_minute, until_minute) in zip(pages, nights, strict=True):
        limits = {"dim_from": from_minute, "dim_until": until_minute}
        page.route("**/9999/lobby/vuxen", quicker(limits))
        page.goto(public.address + "/9999/lobby/vuxen")
    for page in pages:
        expect(page.locator("body")).not_to_have_class(re.compile("waiting"), timeout=15_000)
    page.wait_for_timeout(6000)
    filters = [page.locator("#picture").evaluate("e => getComputedStyle(e).filter") for page in pages]
    assert ["brightness" in filtered for filtered in filters] == list(nights.values())


def test_the_picture_wanders_so_that_nothing_burns_in(public: Screens, wall: BrowserContext) -> None:
    page = wall.new_page()
    page.clock.install()
    page.goto(public.address + "/9999/lobby/vuxen")
    before = page.locator("#picture").evaluate("e => e.style.transform")
    page.clock.run_for(121_000)
    after = page.locator("#picture").evaluate("e => e.style.transform")
    assert before != after
    assert all(abs(int(pixels)) <= 8 for pixels in re.findall(r"(-?\d+)px", after))
