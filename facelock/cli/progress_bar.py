"""A progress bar on standard error; lines now and then where that is no terminal."""

from __future__ import annotations

import sys
import time
from typing import TextIO

_WIDTH = 28  # characters of the bar
_REDRAW = 0.1  # seconds
_LINE_EVERY = 15.0  # seconds between two lines, where nothing can be drawn over


class ProgressBar:
    """Shows which share of something is done, and how long the rest will take."""

    def __init__(self, stream: TextIO | None = None) -> None:
        self._stream = sys.stderr if stream is None else stream
        self._drawn = False
        self._what = ""
        self._began = self._told = 0.0

    def tell(self, what: str, share: float) -> None:
        """Show that a `share` of `what` is done, 0 to 1."""
        now = time.monotonic()
        if what != self._what:
            self.clear()
            self._what, self._began, self._told = what, now, now - _LINE_EVERY
        if self._stream.isatty():
            if now - self._told >= _REDRAW or share >= 1:
                self._draw(share, now)
        elif now - self._told >= _LINE_EVERY:
            self._told = now
            print(f"{what}: {share:.0%}{self._left(share, now)}", file=self._stream, flush=True)

    def clear(self) -> None:
        """Take the bar away."""
        if self._drawn:
            print("\r\x1b[K", end="", file=self._stream, flush=True)
            self._drawn = False

    def _draw(self, share: float, now: float) -> None:
        self._told, self._drawn = now, True
        full = round(_WIDTH * share)
        bar = "#" * full + "-" * (_WIDTH - full)
        text = f"\r\x1b[K{self._what:10} [{bar}] {share:4.0%}{self._left(share, now)}"
        print(text, end="", file=self._stream, flush=True)

    def _left(self, share: float, now: float) -> str:
        took = now - self._began
        if share <= 0 or share >= 1 or took < 1:
            return ""
        seconds = round(took * (1 - share) / share)
        return f", about {seconds // 60}:{seconds % 60:02} left"
