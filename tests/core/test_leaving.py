"""After which lock the face opens at once, and after which somebody must have left first."""

from __future__ import annotations

import pytest

from facelock.core.leaving import Arming, Reason, arming_after


def test_who_locks_by_hand_must_leave_before_their_face_opens_again() -> None:
    assert arming_after(Reason.MANUAL) is Arming.AFTER_ABSENCE
    assert arming_after(Reason.IDLE) is Arming.AFTER_ABSENCE


def test_after_a_walk_away_it_opens_when_somebody_is_seen() -> None:
    assert arming_after(Reason.AWAY) is Arming.WHEN_SEEN
    assert arming_after(Reason.STRANGER) is Arming.WHEN_SEEN


@pytest.mark.parametrize("reason", [Reason.SESSION_LOCKED, Reason.SLEEP, Reason.SWITCHED])
def test_the_camera_stays_off_while_the_session_is_elsewhere(reason: Reason) -> None:
    assert arming_after(reason) is Arming.ON_RETURN


def test_every_reason_arms_in_some_way() -> None:
    assert {arming_after(reason) for reason in Reason} <= set(Arming)
