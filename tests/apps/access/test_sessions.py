from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from apps.access.login import LoggedOut
from apps.access.sessions import Sessions
from tests.apps.access.people import BEGAN, login

MINUTE = timedelta(minutes=1)


class Clock:
    """Stands where it is put."""

    def __init__(self) -> None:
        self.now = BEGAN

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


SOMEBODY = login("coordinator", at=BEGAN)


def test_a_login_that_is_used_lasts_eight_hours(clock: Clock) -> None:
    sessions = Sessions(clock)
    for minute in range(0, 480, 20):
        clock.now = BEGAN + minute * MINUTE
        sessions.check(SOMEBODY)
        sessions.touch(SOMEBODY)
    clock.now = BEGAN + 480 * MINUTE - MINUTE / 60
    sessions.check(SOMEBODY)
    clock.now = BEGAN + 480 * MINUTE
    with pytest.raises(LoggedOut):
        sessions.check(SOMEBODY)


def test_a_login_that_lies_idle_ends_after_thirty_minutes(clock: Clock) -> None:
    sessions = Sessions(clock)
    sessions.touch(SOMEBODY)
    clock.now = BEGAN + 29 * MINUTE
    sessions.check(SOMEBODY)
    clock.now = BEGAN + 30 * MINUTE
    with pytest.raises(LoggedOut):
        sessions.check(SOMEBODY)


def test_asking_whether_it_lasts_is_no_use_of_it(clock: Clock) -> None:
    sessions = Sessions(clock)
    sessions.touch(SOMEBODY)
    for minute in range(30):
        clock.now = BEGAN + minute * MINUTE
        sessions.check(SOMEBODY)
        sessions.is_new(SOMEBODY)
    clock.now = BEGAN + 30 * MINUTE
    with pytest.raises(LoggedOut):
        sessions.check(SOMEBODY)


def test_after_a_restart_an_old_login_is_asked_for_again(clock: Clock) -> None:
    clock.now = BEGAN + 31 * MINUTE
    with pytest.raises(LoggedOut):
        Sessions(clock).check(SOMEBODY)


def test_a_login_that_was_ended_stays_ended_and_others_go_on(clock: Clock) -> None:
    sessions = Sessions(clock)
    sessions.end(SOMEBODY)
    sessions.touch(SOMEBODY)
    with pytest.raises(LoggedOut):
        sessions.check(SOMEBODY)
    sessions.check(login("economist", at=BEGAN))


def test_a_login_from_the_future_is_none(clock: Clock) -> None:
    Sessions(clock).check(login("economist", at=BEGAN + MINUTE))
    with pytest.raises(LoggedOut):
        Sessions(clock).check(login("economist", at=BEGAN + 10 * MINUTE))


def test_a_login_is_new_until_it_is_used(clock: Clock) -> None:
    sessions = Sessions(clock)
    assert sessions.is_new(SOMEBODY)
    sessions.touch(SOMEBODY)
    assert not sessions.is_new(SOMEBODY)
