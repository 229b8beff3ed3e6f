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


class CaptureWork:
    """Offers frames to an enroller; `first` is done once before, in the same thread.

    The enroller belongs to the recognition thread: what a button asks of it (plain mode, another
    appearance) travels there as the `first` of a new work.
    """

    def __init__(
        self, enroller: Enroller, number: int, first: Callable[[], object] | None = None
    ) -> None:
        self._enroller = enroller
        self._number = number
        self._first = first

    def __call__(self, frame: Frame) -> NumberedView:
        """Offer one frame. Raises SimulatedCameraRefused if it is of the wrong origin."""
        first, self._first = self._first, None
        if first is not None:
            first()
        return NumberedView(self._number, self._enroller.offer(frame))
