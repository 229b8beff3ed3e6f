"""Two looks a second while it is open: when they lock, when they rest, and what keys do."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import cast

import pytest
from fakes import MODEL, FakeClock
from fakes_leaving import LOOKED_ON, NOBODY, OWNER, STRANGER, UNPROVEN, WatchingEyes
from fakes_ui import FakeAccess, ScriptedPipeline, profile
from pytestqt.qtbot import QtBot

from facelock.core.errors import CameraLost, FacelockError
from facelock.core.leaving import Reason
from facelock.core.policy import Locked, Unlocked
from facelock.core.ports import FrameSource
from facelock.core.presence import Sighting, Standing
from facelock.services.access import Access
from facelock.services.leaving_rules import LeavingRules
from facelock.ui.presence_watch import AGAIN_SECONDS, CALM, PACE, SILENCE, PresenceWatch

MIRA, ANA = profile("Mira", 1), profile("Ana", 2)


@dataclass
class Rules:
    """What is chosen about leaving."""

    away: float | None = 20.0
    shield: bool = False


@dataclass
class Room:
    """A watch, the seat before its camera, and a clock on the wall."""

    rules: Rules = field(default_factory=Rules)
    clock: FakeClock = field(default_factory=FakeClock)

    def __post_init__(self) -> None:
        self.access = FakeAccess((MIRA, ANA), state=Unlocked(MIRA.profile_id))
        self.access.leaving = cast("LeavingRules", self.rules)  # type: ignore[assignment]
        self.eyes = WatchingEyes(ScriptedPipeline())
        self.idle: float | None = None  # seconds since the computer was used, as the system says
        self.asked = 0
        self.watch = PresenceWatch(
            cast("Access", self.access),
            self.eyes.as_eyes(),
            _no_source,
            self.clock,
            idle_seconds=self.since_use,
        )
        self.wanted: list[Reason] = []
        self.told: list[Standing] = []
        self.watch.lock_wanted.connect(self.wanted.append)
        self.watch.changed.connect(self.told.append)

    def since_use(self) -> float | None:
        self.asked += 1
        return self.idle

    def sit(self, sighting: Sighting | None, seconds: float) -> None:
        """Let this be before the camera for a while, two frames a second."""
        for _ in range(round(seconds / PACE)):
            self.clock.advance(PACE)
            self.eyes.see(sighting)

    def pass_time(self, seconds: float) -> None:
        """Nothing is heard of the camera for a while; the timer ticks."""
        for _ in range(round(seconds * 4)):
            self.clock.advance(0.25)
            self.watch.tick()


def _no_source() -> FrameSource:
    raise AssertionError


@pytest.fixture
def room(qtbot: QtBot) -> Iterator[Room]:
    del qtbot
    made = Room()
    made.watch.settle()
    made.eyes.see(OWNER)
    made.told.clear()
    yield made
    made.watch.stop()


def test_it_looks_twice_a_second_while_it_is_open(room: Room) -> None:
    assert room.eyes.paces == [0.5]
    room.sit(OWNER, 600)
    assert room.wanted == []
    assert room.told == []


def test_until_the_camera_is_open_nobody_is_missed(room: Room) -> None:
    room.access.state = Unlocked(ANA.profile_id)
    room.rules.away = 5.0
    room.watch.settle()
    room.pass_time(30)
    assert room.watch.standing.seconds_left is None
    assert room.wanted == []
    room.eyes.see(NOBODY)
    room.sit(NOBODY, 5)
    assert room.wanted == [Reason.AWAY]


@pytest.mark.parametrize("away", [20.0, 5.0], ids=["balanced", "strict"])
def test_it_locks_when_the_time_away_is_over_and_not_before(room: Room, away: float) -> None:
    room.rules.away = away
    room.sit(OWNER, 3)
    room.sit(NOBODY, away - PACE)
    assert room.wanted == []
    assert room.watch.standing.seconds_left == PACE
    room.sit(NOBODY, PACE)
    assert room.wanted == [Reason.AWAY]


def test_the_countdown_is_told_and_a_key_ends_it_at_once(room: Room) -> None:
    room.sit(NOBODY, 9.5)
    assert room.told == []
    room.sit(NOBODY, 2)
    assert [one.seconds_left for one in room.told] == [10.0, 9.5, 9.0, 8.5]
    room.watch.use()
    assert room.watch.standing == CALM
    room.sit(NOBODY, 19.5)
    assert room.wanted == []


def test_who_uses_another_program_out_of_sight_is_there_still(room: Room) -> None:
    room.idle = 0.2
    room.sit(NOBODY, 600)
    assert room.wanted == []
    assert room.told == []
    room.idle = 12.0  # since the last key: from there the twenty seconds count
    room.sit(NOBODY, 10)
    room.idle = None
    assert room.watch.standing.seconds_left is not None
    room.sit(NOBODY, 10)
    assert room.wanted == [Reason.AWAY]


def test_the_system_is_asked_only_while_it_counts_down(room: Room) -> None:
    room.sit(OWNER, 60)
    room.sit(NOBODY, 9.5)
    assert room.asked == 0
    room.sit(NOBODY, 0.5)
    assert room.asked == 1


def test_another_program_in_the_hands_of_an_unproven_face_proves_nothing(room: Room) -> None:
    room.idle = 0.0
    room.sit(UNPROVEN, 20)
    assert room.wanted == [Reason.AWAY]


def test_a_key_counts_for_nothing_before_a_face_that_may_be_anybodys(room: Room) -> None:
    room.sit(UNPROVEN, 19.5)
    room.watch.use()
    assert room.watch.standing.unsure
    room.sit(UNPROVEN, PACE)
    assert room.wanted == [Reason.AWAY]


def test_a_stranger_in_the_owners_place_locks_at_once(room: Room) -> None:
    room.sit(OWNER, 5)
    room.sit(STRANGER, PACE)
    assert room.wanted == [Reason.STRANGER]


@pytest.mark.parametrize("away", [20.0, None])
def test_an_onlooker_raises_the_shield_and_a_key_lowers_it(room: Room, away: float | None) -> None:
    room.rules.away, room.rules.shield = away, True
    room.watch.settle()
    room.sit(LOOKED_ON, 1.5)
    assert not room.watch.standing.shield
    room.sit(LOOKED_ON, PACE)
    assert room.watch.standing.shield
    room.watch.use()  # the mouse, which may have been pushed by accident
    room.watch.tick()
    assert room.watch.standing.shield
    room.watch.wave_off()
    assert not room.watch.standing.shield


def test_a_lost_camera_puts_the_lock_off_and_the_absence_begins_anew(room: Room) -> None:
    room.sit(NOBODY, 15)
    room.eyes.fail(CameraLost("gone"))
    assert room.watch.standing.paused
    room.pass_time(300)
    assert room.wanted == []
    room.sit(NOBODY, 20)
    assert room.wanted == []
    room.sit(NOBODY, PACE)
    assert room.wanted == [Reason.AWAY]


def test_a_camera_of_which_nothing_is_heard_never_locks(room: Room) -> None:
    room.rules.away = 5.0
    room.pass_time(SILENCE)
    assert not room.watch.standing.paused
    room.pass_time(60)
    assert room.watch.standing.paused
    assert room.wanted == []


def test_a_window_that_could_do_nothing_for_a_while_does_not_lock_for_it(room: Room) -> None:
    room.clock.advance(60)
    room.watch.tick()  # the timer comes before the sightings that wait
    room.sit(OWNER, PACE)
    assert room.wanted == []
    assert room.watch.standing == CALM


def test_before_a_camera_that_can_prove_nobody_only_idleness_locks(room: Room) -> None:
    room.sit(None, 120)
    assert room.watch.standing.paused
    assert room.wanted == []


def test_work_that_fails_locks_nobody_and_soon_begins_anew(
    room: Room, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("INFO")
    room.eyes.fail(FacelockError("secret words"))
    failed = room.eyes.work
    room.pass_time(AGAIN_SECONDS - 1)
    assert room.eyes.work is failed
    room.pass_time(1)
    assert room.eyes.work is not failed
    assert room.eyes.paces == [PACE, PACE]
    room.pass_time(60)
    assert room.wanted == []
    assert "secret" not in caplog.text
    room.sit(NOBODY, 21)
    assert room.wanted[0] is Reason.AWAY


def test_a_film_that_is_over_is_not_begun_anew(room: Room) -> None:
    room.eyes.fail(EOFError())
    room.pass_time(3 * AGAIN_SECONDS)
    assert room.eyes.paces == [PACE]


def test_a_watch_that_failed_before_the_lock_does_not_begin_anew_behind_it(room: Room) -> None:
    room.eyes.fail(FacelockError("any"))
    room.access.state = Locked()
    room.watch.settle()
    room.pass_time(2 * AGAIN_SECONDS)
    assert room.eyes.paces == [PACE]
    assert not room.watch.is_on


def test_with_nothing_to_watch_for_the_camera_stays_off(room: Room) -> None:
    room.rules.away = None
    room.watch.settle()
    assert not room.watch.is_on
    assert room.eyes.work is None
    assert room.eyes.stopped == 1
    room.rules.shield = True
    room.watch.settle()
    assert room.eyes.work is not None


def test_the_camera_is_let_go_with_the_lock_and_what_was_known_is_forgotten(room: Room) -> None:
    room.sit(NOBODY, 12)
    room.access.state = Locked()
    room.watch.settle()
    assert room.eyes.work is None
    assert room.told[-1] == CALM
    room.watch.tick()
    room.watch.use()
    assert room.wanted == []
    room.access.state = Unlocked(MIRA.profile_id)
    room.watch.settle()
    room.sit(NOBODY, 9)
    assert room.watch.standing == CALM


def test_a_watch_that_is_the_lock_pages_by_now_is_left_alone(room: Room) -> None:
    room.eyes.watch(_no_source, "the lock page's")
    room.access.state = Locked()
    room.watch.settle()
    assert room.eyes.work == "the lock page's"
    room.eyes.see(STRANGER)
    assert room.wanted == []


def test_while_another_person_is_enrolled_nobody_is_watched_for(room: Room) -> None:
    room.watch.expect_others(True)
    assert room.eyes.work is None
    room.pass_time(60)
    assert room.wanted == []
    room.watch.expect_others(False)
    room.eyes.see(NOBODY)
    room.sit(NOBODY, 19.5)
    assert room.wanted == []
    room.sit(NOBODY, PACE)
    assert room.wanted == [Reason.AWAY]


def test_a_lock_ends_an_enrolment_too(room: Room) -> None:
    room.watch.expect_others(True)
    room.access.state = Locked()
    room.watch.settle()
    room.access.state = Unlocked(MIRA.profile_id)
    room.watch.settle()
    assert room.watch.is_on


def test_the_first_enrolment_begins_before_anything_is_open_and_is_left_in_peace_to_its_end(
    room: Room,
) -> None:
    room.access.state = Locked()
    room.watch.settle()
    room.watch.expect_others(True)
    room.access.state = Unlocked(MIRA.profile_id)  # the recovery key is still to be saved
    room.watch.settle()
    assert not room.watch.is_on
    room.watch.expect_others(False)
    assert room.watch.is_on


def test_another_head_or_another_look_makes_the_work_anew_and_nothing_is_forgotten(
    room: Room,
) -> None:
    room.sit(NOBODY, 15)
    first = room.eyes.work
    room.watch.settle()
    assert room.eyes.work is first
    room.access.profiles = (profile("Mira", 1), ANA)
    room.watch.settle()
    second = room.eyes.work
    assert second is not first
    room.eyes.pipeline = ScriptedPipeline()  # type: ignore[assignment]  # sees nothing here
    room.eyes.pipeline_ready.emit(room.eyes.pipeline)
    assert room.eyes.work is not second
    room.sit(NOBODY, 5)
    assert room.wanted == [Reason.AWAY]


def test_for_somebody_else_it_begins_anew(room: Room) -> None:
    room.sit(NOBODY, 15)
    room.access.state = Unlocked(ANA.profile_id)
    room.watch.settle()
    room.sit(NOBODY, 15)
    assert room.wanted == []


def test_with_nothing_to_compare_with_it_is_not_begun(room: Room) -> None:
    pipeline = ScriptedPipeline()
    pipeline.model_sha256 = "0" * len(MODEL)
    room.eyes.pipeline = pipeline  # type: ignore[assignment]  # sees nothing here
    room.watch.settle()
    assert not room.watch.is_on
    assert room.eyes.work is None


def test_before_the_networks_are_there_nothing_begins(room: Room) -> None:
    pipeline, room.eyes.pipeline = room.eyes.pipeline, None
    room.watch.settle()
    assert not room.watch.is_on
    room.eyes.pipeline = pipeline
    room.eyes.pipeline_ready.emit(pipeline)
    assert room.watch.is_on


@pytest.mark.allow_logs
def test_a_system_that_fails_to_answer_puts_no_lock_off(
    room: Room, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def no_answer() -> float:
        raise OSError

    monkeypatch.setattr(room.watch, "_idle_seconds", no_answer)
    room.sit(NOBODY, 21)
    assert room.wanted[0] is Reason.AWAY
    assert "OSError" in caplog.text
