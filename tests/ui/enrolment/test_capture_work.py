"""What a button asks of the enroller reaches it once, however often the work is replaced."""

from __future__ import annotations

from fakes import MODEL, fake_pipeline, made_up_calibration, synthetic_frame

from facelock.core.enrolment import Mode
from facelock.core.levels import Level
from facelock.core.template import make_gallery
from facelock.services.enrolling import Enroller
from facelock.ui.enrolment.capture_work import CaptureWork, Once


def enroller() -> Enroller:
    gallery = make_gallery((), Level.BALANCED, demo=False, model_sha256=MODEL)
    return Enroller(fake_pipeline(), gallery, made_up_calibration(), demo=False)


def test_a_wish_survives_a_work_that_never_saw_a_frame() -> None:
    """Plain mode chosen before the first frame, then the page left and come back to."""
    at_work = enroller()
    wishes = (Once(at_work.use_plain_mode),)
    CaptureWork(at_work, 1, wishes)  # replaced before any frame came
    CaptureWork(at_work, 2, wishes)(synthetic_frame(1))
    assert at_work.flow.mode is Mode.PLAIN


def test_a_wish_is_done_once_though_two_works_carry_it() -> None:
    done: list[int] = []
    wish = Once(lambda: done.append(1))
    at_work = enroller()
    CaptureWork(at_work, 1, (wish,))(synthetic_frame(1))
    CaptureWork(at_work, 2, (wish,))(synthetic_frame(1))
    assert done == [1]
