"""Row 22: somebody comes to a lock that is open, and its owner has gone or is asleep."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import cast

import pytest
from fakes import FakeClock, PaintedFace, fake_pipeline, made_up_profile, shown, synthetic_frame
from fakes_leaving import WatchingEyes
from fakes_ui import FakeAccess
from pytestqt.qtbot import QtBot

from facelock.core.frames import Frame
from facelock.core.leaving import Reason
from facelock.core.policy import Unlocked
from facelock.core.ports import FrameSource
from facelock.services.access import Access
from facelock.services.leaving_rules import LeavingRules
from facelock.services.presence import LOOK_AGAIN, STRANGER_LOOKS
from facelock.ui.presence_watch import PACE, PresenceWatch

OWNER, STRANGER, HOUSEMATE = 1, 2, 3


@dataclass
class Rules:
    away: float | None = 20.0
    shield: bool = True


@dataclass
class Desk:
    """An open lock, a camera that films whoever is there, and hands that type."""

    rules: Rules = field(default_factory=Rules)
    clock: FakeClock = field(default_factory=FakeClock)

    def __post_init__(self) -> None:
        people = (made_up_profile(OWNER), made_up_profile(HOUSEMATE, "Bea"))
        access = FakeAccess(people, demo=False, state=Unlocked(people[0].profile_id))
        access.leaving = cast("LeavingRules", self.rules)  # type: ignore[assignment]
        self.eyes = WatchingEyes(fake_pipeline())
        self.watch = PresenceWatch(
            cast("Access", access), self.eyes.as_eyes(), _no_source, self.clock
        )
        self.locked: list[Reason] = []
        self.watch.lock_wanted.connect(self.locked.append)
        self.watch.settle()
        self.at = 0.0

    def film(self, frames: Sequence[Frame], *, typing: bool = False) -> float:
        """Show these, two a second, until it locks; return for how long that took."""
        began = self.at
        for one in frames:
            if self.locked:
                break
            self.at += PACE
            self.clock.advance(PACE)
            frame = Frame(one.pixels.copy(), self.at, simulated=False)
            self.eyes.see(self.eyes.work(frame))
            if typing and not self.locked:
                self.watch.use()
                self.watch.wave_off()
        return self.at - began


def _no_source() -> FrameSource:
    raise AssertionError


@pytest.fixture
def desk(qtbot: QtBot) -> Iterator[Desk]:
    del qtbot
    made = Desk()
    made.film(shown(OWNER, 4, rate=2.0))
    yield made
    made.watch.stop()


@pytest.mark.parametrize("person", [STRANGER, HOUSEMATE])
def test_who_sits_down_at_an_open_lock_is_out_after_four_looks_whatever_they_type(
    desk: Desk, person: int
) -> None:
    desk.film(shown(None, 6, rate=2.0))
    took = desk.film(shown(person, 60, rate=2.0), typing=True)
    assert desk.locked == [Reason.STRANGER]
    assert took <= STRANGER_LOOKS * PACE


def test_who_slips_into_the_seat_without_a_gap_is_out_within_ten_seconds_and_the_looks(
    desk: Desk,
) -> None:
    took = desk.film(shown(STRANGER, 60, rate=2.0), typing=True)
    assert desk.locked == [Reason.STRANGER]
    assert took <= LOOK_AGAIN + (STRANGER_LOOKS + 1) * PACE


def test_who_hides_their_face_from_the_comparison_is_out_after_the_time_away(desk: Desk) -> None:
    desk.film(shown(None, 6, rate=2.0))
    blurred = synthetic_frame(STRANGER, blurred=True)
    took = desk.film([blurred] * 100, typing=True)
    assert desk.locked == [Reason.AWAY]
    assert took <= 20.0


def test_who_walks_past_far_behind_is_not_taken_for_the_owner(desk: Desk) -> None:
    took = desk.film([synthetic_frame(STRANGER, width=32)] * 100)
    assert desk.locked == [Reason.AWAY]
    assert took <= 20.0


def test_keys_do_not_lower_the_shield_before_the_owner_is_seen(desk: Desk) -> None:
    beside = [PaintedFace(STRANGER, left=8, top=60, width=80)]
    desk.film(shown(None, 6, rate=2.0))
    both = synthetic_frame(STRANGER, blurred=True, others=beside)
    desk.film([both] * 6, typing=True)
    assert desk.watch.standing.shield
    desk.film([synthetic_frame(OWNER, others=beside)] * 3)
    assert desk.watch.standing.shield
    desk.watch.wave_off()
    assert not desk.watch.standing.shield


def test_a_photograph_of_the_owner_keeps_open_what_is_open_as_the_documents_say(desk: Desk) -> None:
    still = synthetic_frame(OWNER)
    desk.film([still] * 200)
    assert desk.locked == []
