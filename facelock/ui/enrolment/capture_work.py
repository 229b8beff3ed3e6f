"""Frame work of an enrolment: what the recognition thread does with each frame."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from facelock.core.frames import Frame
    from facelock.services.enrolling import Enroller, EnrolmentView


@dataclass(frozen=True, eq=False)
class NumberedView:
    """What a frame did to the enrolment, in which run of the capture."""

    number: int
    view: EnrolmentView = field(repr=False)


class Once:
    """Something a button asked of the enroller: done by the first work that sees a frame."""

    def __init__(self, what: Callable[[], object]) -> None:
        self._what: Callable[[], object] | None = what

    def __call__(self) -> None:
        """Do it, unless it is done. In the recognition thread."""
        what, self._what = self._what, None
        if what is not None:
            what()


class CaptureWork:
    """Offers frames to an enroller; `wishes` are done before, in the same thread.

    The enroller belongs to the recognition thread: what a button asks of it (plain mode, another
    appearance) travels there with a new work. A work may be replaced before it saw a frame, so
    each carries all wishes that are not known to be done.
    """

    def __init__(self, enroller: Enroller, number: int, wishes: tuple[Once, ...] = ()) -> None:
        self._enroller = enroller
        self._number = number
        self._wishes = wishes

    def __call__(self, frame: Frame) -> NumberedView:
        """Offer one frame. Raises SimulatedCameraRefused if it is of the wrong origin."""
        for wish in self._wishes:
            wish()
        return NumberedView(self._number, self._enroller.offer(frame))
