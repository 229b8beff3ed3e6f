"""Distances between pictures of one person, and of different people, as two humps; live or after.

The scale is the one of `density_curves`: the farther apart the humps, the better faces are told
apart. A second pair, dashed, shows how it was before.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QWidget

from facelock.core.threshold import ScoreDensities
from facelock.ui.density_curves import curve, place
from facelock.ui.low_plot import LowPlot
from facelock.ui.plot_style import Ink
from facelock.ui.retraining_text import decimal

translate = QCoreApplication.translate
_NUMBERS = (0.0, 0.5, 1.0, 2.0, 3.0, 4.0)  # squared distances that are written below
_HAIR = 0.003  # of a curve's highest: less lies on the axis
_DASHED = Qt.PenStyle.DashLine


class DensityPlot(LowPlot):
    """Empty until `show_densities`.

    `compared`: with how it was before, dashed. `limited`: with the line up to which a picture
    counts as the same person.
    """

    def __init__(
        self,
        name: str,
        *,
        compared: bool = False,
        limited: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(
            name,
            translate("DensityPlot", "distance between two pictures"),
            translate("DensityPlot", "how often"),
            parent,
        )
        self._now = (
            self.line("mated", translate("DensityPlot", "same person"), filled=True),
            self.line("non_mated", translate("DensityPlot", "different people"), filled=True),
        )
        self._before: tuple[Ink, Ink] | None = None
        if compared:
            words = translate("DensityPlot", "dashed: before")
            self._before = (
                self.line("mated", words, style=_DASHED),
                self.line("non_mated", style=_DASHED),
            )
        words = translate("DensityPlot", "counts as the same up to here")
        self._line = self.mark("text", words) if limited else None
        self._highest = 0.0
        self.span(x=(0.0, 1.0), y=(0.0, 1.0))
        self.ticks(x=[(place(one), decimal(one, 1)) for one in _NUMBERS], y=[])

    def show_densities(
        self,
        now: ScoreDensities | None,
        before: ScoreDensities | None = None,
        *,
        threshold: float | None = None,
        highest: float | None = None,
    ) -> None:
        """Draw these curves instead of the former ones.

        `threshold`: squared distance. `highest`: what reaches the top, so that two plots can be
        compared; if not given, the highest that was shown so far: the picture does not jump.
        """
        tops = [self._draw(self._now, now)]
        if self._before is not None:
            tops.append(self._draw(self._before, before))
        self._highest = max(self._highest, *tops) if highest is None else highest
        self.span(y=(0.0, max(self._highest, 1e-9) * 1.05))
        if self._line is not None:
            self._line.move(None if threshold is None else place(threshold))
        if now is not None:
            self.describe(self._words(now, before))

    def _draw(self, pair: tuple[Ink, Ink], found: ScoreDensities | None) -> float:
        if found is None:
            for ink in pair:
                ink.show([], [])
            return 0.0
        top = 0.0
        for ink, shares in zip(pair, (found.mated, found.non_mated), strict=True):
            heights = curve(found.edges, shares)
            places = (np.arange(heights.size) + 0.5) / heights.size
            seen = np.flatnonzero(heights > _HAIR * heights.max())
            part = slice(seen[0], seen[-1] + 1)
            ink.show(places[part], heights[part])
            top = max(top, float(heights.max()))
        return top

    def _words(self, now: ScoreDensities, before: ScoreDensities | None) -> str:
        text = translate(
            "DensityPlot",
            "Pictures of the same person lie around a distance of {mated}, of different people "
            "around {non_mated}.",
        )
        words = text.format(**_middles(now))
        if before is not None:
            text = translate("DensityPlot", "Before, it was {mated} and {non_mated}.")
            words = f"{words} {text.format(**_middles(before))}"
        return words


def highest_of(*shown: ScoreDensities) -> float:
    """Return how high the highest curve of several plots is."""
    pairs = [(one.edges, shares) for one in shown for shares in (one.mated, one.non_mated)]
    return max((float(curve(*pair).max()) for pair in pairs), default=0.0)


def _middles(found: ScoreDensities) -> dict[str, str]:
    return {
        "mated": decimal(_median(found.edges, found.mated)),
        "non_mated": decimal(_median(found.edges, found.non_mated)),
    }


def _median(edges: NDArray[np.float64], shares: NDArray[np.float64]) -> float:
    below = np.concatenate([[0.0], np.cumsum(shares)])
    return float(np.interp(0.5, below, edges))
