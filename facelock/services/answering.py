"""A simulated camera that answers: whoever is before it does what liveness asks.

For demo profiles only, like everything simulated. It plays one stretch of a clip for each prompt,
and shows that a person who turns as asked gets in where a recording that merely plays does not.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import closing
from typing import TYPE_CHECKING

from facelock.core.errors import PictureUnreadable
from facelock.core.frames import Frame, Pixels
from facelock.core.liveness import Prompt

if TYPE_CHECKING:
    from facelock.core.ports import FrameSource

REACTION_SECONDS = 0.4
"""So long after a prompt its answer begins: about what a person takes."""


class AnsweringCamera:
    """A `FrameSource` of stretches, one for each prompt.

    LOOK_STRAIGHT is played, to and fro, while nothing else is asked. The others are played once,
    then their last picture stays.
    """

    def __init__(
        self,
        stretches: Mapping[Prompt, Sequence[Pixels]],
        fps: float,
        *,
        seconds: float = 60.0,
        reaction: float = REACTION_SECONDS,
    ) -> None:
        """`stretches`: (H, W, 3) uint8 BGR pictures. It ends after `seconds` of its own clock.

        Raises ValueError if LOOK_STRAIGHT, or a picture of a stretch, is missing.
        """
        if Prompt.LOOK_STRAIGHT not in stretches or not all(map(len, stretches.values())):
            message = "each stretch needs pictures, and one must look straight"
            raise ValueError(message)
        self._stretches = stretches
        self._fps = fps
        self._frames = int(seconds * fps)
        self._reaction = int(reaction * fps)
        self._begin()

    def _begin(self) -> None:
        self._number = 0  # of the next frame
        self._shown = Prompt.LOOK_STRAIGHT
        self._since = 0  # number of the frame its stretch began with
        self._asked: tuple[Prompt, int] | None = None  # and the number of the frame then

    @property
    def simulated(self) -> bool:
        """Always True."""
        return True

    def open(self) -> None:
        """Begin, looking straight."""
        self._begin()

    def hear(self, prompt: Prompt | None) -> None:
        """Hear what is asked after the frame read last; None: nothing is."""
        wanted = prompt if prompt in self._stretches else Prompt.LOOK_STRAIGHT
        if wanted is None or (self._asked is not None and self._asked[0] is wanted):
            return
        self._asked = (wanted, self._number)

    def read(self) -> Frame:
        """Return the next frame; `captured_at` is seconds since `open`. EOFError at the end."""
        if self._number >= self._frames:
            raise EOFError("answers")
        if self._asked is not None:
            wanted, at = self._asked
            if wanted is not self._shown and self._number - at >= self._reaction:
                self._shown, self._since = wanted, self._number
        pixels = self._picture(self._number - self._since)
        frame = Frame(pixels.copy(order="C"), self._number / self._fps, simulated=True)
        self._number += 1
        return frame

    def skip(self) -> None:
        """Let one frame pass."""
        self.read()

    def _picture(self, index: int) -> Pixels:
        pictures = self._stretches[self._shown]
        last = len(pictures) - 1
        if self._shown is Prompt.LOOK_STRAIGHT and last:
            index = last - abs(index % (2 * last) - last)
        return pictures[min(index, last)]

    def close(self) -> None:
        """Nothing is held."""


def pictures_of(source: FrameSource) -> tuple[list[Pixels], float]:
    """Read a whole clip into memory: its pictures, and frames a second.

    Raises PictureUnreadable if it has fewer than two pictures.
    """
    frames: list[Frame] = []
    source.open()
    with closing(source):
        while True:
            try:
                frames.append(source.read())
            except EOFError:
                break
    if len(frames) < 2:
        raise PictureUnreadable("an answer needs two pictures at least")
    seconds = frames[-1].captured_at - frames[0].captured_at
    return [frame.pixels for frame in frames], (len(frames) - 1) / seconds
