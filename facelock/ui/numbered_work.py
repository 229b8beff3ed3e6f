"""Frame work that says which attempt it belongs to, so that late reports can be told apart."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from facelock.core.frames import Frame
    from facelock.services.recognition import Recogniser, Seen


@dataclass(frozen=True, eq=False)
class NumberedSeen:
    """What a frame showed, in which attempt."""

    number: int
    seen: Seen = field(repr=False)


class NumberedWork:
    """Recognises for one attempt. Begins, in the recognition thread, by forgetting the last one.

    What the loop reports reaches the window later; a frame of the old attempt must not count in
    the new one.
    """

    def __init__(self, recogniser: Recogniser, number: int) -> None:
        self._recogniser = recogniser
        self._number = number
        self._begun = False

    def __call__(self, frame: Frame) -> NumberedSeen:
        """Look at one frame. Raises SimulatedCameraRefused if it is of the wrong origin."""
        if not self._begun:
            self._recogniser.restart()
            self._begun = True
        return NumberedSeen(self._number, self._recogniser.observe(frame))
