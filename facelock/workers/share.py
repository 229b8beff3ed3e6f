"""Who gets the frames of one camera, and how often."""

from __future__ import annotations

import math
from collections.abc import Sequence

from facelock.core.frames import Frame
from facelock.workers.latest import Latest


class Share:
    """Mailboxes that get a frame each `pace` seconds; 0: every frame. Its camera's thread runs it.

    What comes in between is for others, or for nobody: then it is not even decoded.
    """

    def __init__(self, mailboxes: Sequence[Latest[Frame]], pace: float = 0.0) -> None:
        self._mailboxes = tuple(mailboxes)
        self._pace = pace
        self._due = -math.inf  # seconds, monotonic

    def is_due(self, now: float) -> bool:
        """True if the next frame is wanted."""
        return now >= self._due

    def put(self, frame: Frame, now: float) -> None:
        """Hand over a frame, if one is due."""
        if not self.is_due(now):
            return
        # As late as this one was, so much sooner comes the next: the pace holds on the whole.
        late = now - self._due
        self._due = now + self._pace - (late if late < self._pace else 0.0)
        for mailbox in self._mailboxes:
            mailbox.put(frame)

    def forget(self) -> None:
        """No picture outlives its camera; the next one is wanted at once."""
        self._due = -math.inf
        for mailbox in self._mailboxes:
            mailbox.clear()
