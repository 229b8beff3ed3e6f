"""Plays on Qt's loop, with a clock that a test moves."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from fakes import FakeClock
from pytestqt.qtbot import QtBot

from facelock.ui.player import Play, Player, Throughout, Until


@dataclass
class Stage:
    """What a play waits for, and what came of it."""

    clock: FakeClock
    is_open: bool = False
    passed: float = -1.0

    def opens(self) -> Play:
        self.passed = yield Until("it opens", lambda: self.is_open, 5.0)

    def stays_shut(self) -> Play:
        self.passed = yield Throughout("shut", lambda: not self.is_open, 3.0)


@pytest.fixture
def stage() -> Stage:
    return Stage(FakeClock())


@pytest.fixture
def player(qtbot: QtBot, stage: Stage) -> Player:
    del qtbot
    return Player(now=stage.clock.monotonic)


def ends_of(player: Player) -> list[str]:
    ends: list[str] = []
    player.ended.connect(ends.append)
    return ends


def test_a_play_is_told_how_long_it_waited(player: Player, stage: Stage) -> None:
    ends = ends_of(player)
    player.begin(stage.opens())
    player.look()
    stage.clock.advance(2.5)
    stage.is_open = True
    assert ends == []
    player.look()
    assert (ends, stage.passed) == ([""], 2.5)


def test_what_does_not_happen_in_time_ends_it_and_is_named(player: Player, stage: Stage) -> None:
    ends = ends_of(player)
    player.begin(stage.opens())
    stage.clock.advance(5.1)
    player.look()
    assert ends == ["it opens: not within 5 s"]
    assert stage.passed == -1.0


def test_what_must_last_may_not_end_early(player: Player, stage: Stage) -> None:
    ends = ends_of(player)
    player.begin(stage.stays_shut())
    stage.clock.advance(1.0)
    player.look()
    assert ends == []
    stage.is_open = True
    player.look()
    assert ends == ["shut: not after 1.00 s"]


def test_what_lasts_is_over_after_its_seconds(player: Player, stage: Stage) -> None:
    ends = ends_of(player)
    player.begin(stage.stays_shut())
    stage.clock.advance(3.0)
    player.look()
    assert (ends, stage.passed) == ([""], 3.0)


def test_the_next_may_begin_at_the_end_of_one(player: Player, stage: Stage) -> None:
    player.ended.connect(lambda _failure: player.begin(stage.stays_shut()))
    player.begin(stage.opens())
    stage.is_open = True
    player.look()
    stage.is_open = False
    stage.clock.advance(3.0)
    ends = ends_of(player)
    player.ended.disconnect()
    player.ended.connect(ends.append)
    player.look()
    assert ends == [""]


def test_a_stopped_player_says_nothing_more(player: Player, stage: Stage) -> None:
    ends = ends_of(player)
    player.begin(stage.opens())
    player.stop()
    stage.is_open = True
    player.look()
    assert ends == []
