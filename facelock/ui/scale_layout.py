"""Where the parts of the distance scale lie, however wide it is and however large the print.

From the top: the flags of the pair and of the threshold, the curves, the bar, its numbers, and the
names of the curves below their humps.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFont, QFontMetrics

from facelock.ui.density_curves import place
from facelock.ui.theme import SPACE

BAR = 8
"""Height of the bar, logical pixels."""

MARK = 9
"""From the middle of the marker to its corners, logical pixels."""

_PLOT_LINES = 5.0  # height of the curves in lines of text: it grows with the print
NAME_FLAGS = int(Qt.AlignmentFlag.AlignHCenter) | int(Qt.TextFlag.TextWordWrap)


@dataclass(frozen=True)
class ScaleLayout:
    """Rectangles in logical pixels. `names` is empty where there are no curves."""

    flags: tuple[QRectF, ...]
    plot: QRectF  # of no height where there are no curves
    bar: QRectF
    numbers: QRectF
    names: tuple[QRectF, ...]
    height: float

    def x(self, distance: float) -> float:
        """Return where a squared distance lies."""
        return self.bar.left() + self.bar.width() * place(distance)

    def position(self, point: QPointF) -> float:
        """Return which share of the scale, 0-1, lies left of a point."""
        return (point.x() - self.bar.left()) / max(self.bar.width(), 1.0)


def lay_out(
    width: float,
    font: QFont,
    flags: Sequence[tuple[str, float]],
    names: Sequence[tuple[str, float]],
) -> ScaleLayout:
    """Lay out a scale. `flags` and `names`: a text, and where on the scale (0-1) it belongs."""
    metrics = QFontMetrics(font)
    line = metrics.height()
    left, length = float(MARK), width - 2 * MARK
    spots = [(_bold_width(text, font), left + at * length) for text, at in flags]
    placed = _flags(spots, width, line)
    top = max((flag.bottom() for flag in placed), default=0.0) + SPACE / 2
    tall = _PLOT_LINES * line if names else SPACE
    plot = QRectF(left, top, length, tall)
    bar = QRectF(left, plot.bottom(), length, BAR)
    numbers = QRectF(0, bar.bottom() + SPACE / 2, width, line)
    centres = [left + at * length for _, at in names]
    texts = [text for text, _ in names]
    below = _names(texts, centres, width, metrics, numbers.bottom() + SPACE / 2)
    height = max((name.bottom() for name in below), default=numbers.bottom())
    return ScaleLayout(placed, plot, bar, numbers, below, height)


def bold(font: QFont) -> QFont:
    """Return the font of the pair's flag."""
    other = QFont(font)
    other.setWeight(QFont.Weight.DemiBold)
    return other


def _bold_width(text: str, font: QFont) -> float:
    return QFontMetrics(bold(font)).horizontalAdvance(text) + SPACE


def _within(left: float, size: float, width: float) -> float:
    return max(min(left, width - size), 0.0)


def _flags(spots: Sequence[tuple[float, float]], width: float, line: float) -> tuple[QRectF, ...]:
    """Place texts of (width, centre) above their lines: beside each other, or in rows."""
    order = sorted(range(len(spots)), key=lambda index: spots[index][1])
    lefts = {
        index: _within(spots[index][1] - spots[index][0] / 2, spots[index][0], width)
        for index in order
    }
    rows = dict.fromkeys(order, 0)
    for one, other in pairwise(order):
        over = lefts[one] + spots[one][0] - lefts[other]
        if over <= 0:
            continue
        if spots[one][0] + spots[other][0] <= width:  # push both apart, then into the room
            lefts[one] = max(lefts[one] - over / 2, 0.0)
            lefts[other] = _within(lefts[one] + spots[one][0], spots[other][0], width)
            lefts[one] = min(lefts[one], lefts[other] - spots[one][0])
        else:
            rows[other] = rows[one] + 1
    return tuple(
        QRectF(lefts[index], rows[index] * line, spots[index][0], line)
        for index in range(len(spots))
    )


def _names(
    texts: Sequence[str],
    centres: Sequence[float],
    width: float,
    metrics: QFontMetrics,
    top: float,
) -> tuple[QRectF, ...]:
    """Place the names of two curves: each below its own, or below each other if they must."""
    if not texts:
        return ()
    longest = max(metrics.horizontalAdvance(word) for text in texts for word in text.split())
    split = sum(centres) / len(centres)
    if min(split, width - split) >= longest + SPACE:
        rooms = (
            QRectF(0, top, split - SPACE / 2, 0),
            QRectF(split + SPACE / 2, top, width - split - SPACE / 2, 0),
        )
        return tuple(
            _around(text, centre, room, metrics)
            for text, centre, room in zip(texts, centres, rooms, strict=True)
        )
    placed: list[QRectF] = []
    for text in texts:
        room = _around(text, 0.0, QRectF(0, top, width, 0), metrics)
        placed.append(room)
        top = room.bottom() + SPACE / 2
    return tuple(placed)


def _around(text: str, centre: float, room: QRectF, metrics: QFontMetrics) -> QRectF:
    """Return a text's rectangle as near `centre` as the room allows, as high as it must be."""
    whole = QRectF(0, 0, room.width(), 9999).toRect()
    needed = metrics.boundingRect(whole, NAME_FLAGS, text)
    size = min(needed.width() + SPACE, room.width())
    left = room.left() + _within(centre - room.left() - size / 2, size, room.width())
    return QRectF(left, room.top(), size, needed.height())
