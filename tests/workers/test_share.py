"""Who gets a frame when: all of them, or one now and then."""

from __future__ import annotations

from itertools import pairwise

import pytest
from fakes_ui import frame

from facelock.core.frames import Frame
from facelock.workers.latest import Latest
from facelock.workers.share import Share


def delivered(pace: float, times: list[float]) -> list[float]:
    """Return when a share of this pace takes a frame, of a camera that has one at these times."""
    mailbox: Latest[Frame] = Latest()
    share = Share((mailbox,), pace)
    got = []
    for at in times:
        share.put(frame(at), at)
        if mailbox.take() is not None:
            got.append(at)
    return got


def test_without_a_pace_every_frame_is_handed_over() -> None:
    times = [100 + number / 30 for number in range(90)]
    assert delivered(0.0, times) == times


def test_the_pace_holds_on_the_whole_whatever_the_camera_has() -> None:
    times = [100 + number / 7 for number in range(7 * 60)]  # never a frame just when it is due
    got = delivered(0.5, times)
    assert len(got) == pytest.approx(120, abs=1)
    assert max(later - at for at, later in pairwise(got)) < 0.5 + 1 / 7


def test_what_was_missed_is_not_made_up_for() -> None:
    got = delivered(0.5, [100.0, 103.0, 103.1, 103.2, 103.3, 103.4, 103.6])
    assert got == [100.0, 103.0, 103.6]


def test_all_its_mailboxes_get_the_same_frame() -> None:
    boxes: tuple[Latest[Frame], Latest[Frame]] = (Latest(), Latest())
    one = frame(1.0)
    Share(boxes).put(one, 1.0)
    assert [box.take() for box in boxes] == [one, one]


def test_what_it_forgets_is_gone_and_the_next_frame_is_wanted_at_once() -> None:
    mailbox: Latest[Frame] = Latest()
    share = Share((mailbox,), 0.5)
    share.put(frame(1.0), 1.0)
    share.forget()
    assert mailbox.take() is None
    assert share.is_due(1.01)
