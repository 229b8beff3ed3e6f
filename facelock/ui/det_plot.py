"""The DET plot of one person: how often strangers match against how often they themselves do not.

Both axes are normal deviates (Martin et al. 1997; ISO/IEC 19795-1): curves of normal scores become
straight lines, and the small rates that matter have room. A rate of nought has no place on such an
axis; it is drawn at the edge, and the edge is labelled 0.
"""

from __future__ import annotations

from collections.abc import Iterable
from statistics import NormalDist
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QWidget

from facelock.ui.numbers import locale
from facelock.ui.plot_style import Plot, Ticks

if TYPE_CHECKING:
    from facelock.services.own_scores import DetCurve, OwnScores

_NORMAL = NormalDist()
_FMR_TICKS = (0.0001, 0.001, 0.01, 0.1, 0.4)
_FNMR_TICKS = (0.01, 0.05, 0.2, 0.4)
_FMR_EDGE, _FNMR_EDGE = 0.00002, 0.003  # where nought is drawn
_MOST = 0.6  # the worse half of either rate says nothing more


class DetPlot(Plot):
    """Draws scores once; what they say in words comes from whoever shows it."""

    def __init__(self, scores: OwnScores, parent: QWidget | None = None) -> None:
        translate = QCoreApplication.translate
        super().__init__(
            translate("DetPlot", "How well you are told apart"),
            translate("DetPlot", "strangers let in"),
            translate("DetPlot", "you refused"),
            parent,
        )
        everybody = self.line(
            "muted",
            translate("DetPlot", "people of our test data, one picture each"),
            style=Qt.PenStyle.DashLine,
        )
        own = self.line("mated", translate("DetPlot", "your own pictures"))
        here = self.dot("danger", translate("DetPlot", "where your line is"))
        everybody.show(*_places(scores.everybody))
        own.show(*_places(scores.curve))
        if scores.refused.trials and scores.let_in.trials:
            here.show(
                [_place(scores.let_in.value, _FMR_EDGE)], [_place(scores.refused.value, _FNMR_EDGE)]
            )
        # A little beyond the edge, so that a curve along it can be seen.
        self.span(
            x=(_NORMAL.inv_cdf(_FMR_EDGE) - 0.1, _NORMAL.inv_cdf(_MOST)),
            y=(_NORMAL.inv_cdf(_FNMR_EDGE) - 0.1, _NORMAL.inv_cdf(_MOST)),
        )
        self.ticks(x=_ticks(_FMR_TICKS, _FMR_EDGE), y=_ticks(_FNMR_TICKS, _FNMR_EDGE))


def _places(curve: DetCurve) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    return (
        np.array([_place(rate, _FMR_EDGE) for rate in curve.fmr]),
        np.array([_place(rate, _FNMR_EDGE) for rate in curve.fnmr]),
    )


def _place(rate: float, edge: float) -> float:
    """Return where a rate lies on its axis."""
    return _NORMAL.inv_cdf(min(max(rate, edge), 1 - 1e-6))


def _ticks(rates: Iterable[float], edge: float) -> Ticks:
    return [
        (_NORMAL.inv_cdf(edge), "0"),
        *((_NORMAL.inv_cdf(rate), percent_text(rate)) for rate in rates),
    ]


def percent_text(rate: float) -> str:
    """Return a rate in percent, with no more digits than it takes."""
    translate = QCoreApplication.translate
    digits = 0 if rate >= 0.01 else 1 if rate >= 0.001 else 2
    number = locale().toString(100 * rate, "f", digits)
    return translate("DetPlot", "{number} %").format(number=number)
