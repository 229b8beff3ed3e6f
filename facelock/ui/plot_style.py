"""Diagrams drawn with pyqtgraph, in the colours and the type of everything else.

Importing pyqtgraph takes half a second: `load_plots` belongs into a Task, and its result brings the
first `Plot`. A plot is a picture and nothing more: it takes neither focus nor mouse nor wheel, has
no menus, and whatever it shows is said in words beside it (`describe` tells screen readers).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, QPointF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget
from typing_extensions import override

from facelock.ui.flow_layout import FlowLayout
from facelock.ui.text_labels import OneLine, Rank
from facelock.ui.theme import SPACE, colours, small_font

_LINE_WIDTH = 2.0  # logical pixels
_FILL_ALPHA = 45  # of 255
_GRID_ALPHA = 45  # of 255
_ROWS = 17  # lines of text that the diagram is high
_DOT = 9  # logical pixels
_SWATCH = 28  # logical pixels

_Numbers = Sequence[float] | NDArray[np.floating]
Ticks = Sequence[tuple[float, str]]
"""Where on an axis something stands, and what."""


def load_plots() -> None:
    """Import pyqtgraph. For a Task: half a second, during which the window is used."""
    import pyqtgraph

    pyqtgraph.setConfigOption("exitCleanup", False)  # Qt's own order of deletion is the right one


@dataclass(frozen=True, eq=False)
class Ink:
    """A curve or a mark of a plot. `colour` is the name of a field of `theme.Colours`."""

    item: Any  # pyqtgraph publishes no types
    colour: str
    style: Qt.PenStyle
    filled: bool
    is_dot: bool = False

    def show(self, x: _Numbers, y: _Numbers) -> None:
        """Draw a curve through these points, instead of the former ones; none are fine."""
        self.item.setData(np.asarray(x, np.float64), np.asarray(y, np.float64))

    def move(self, place: float | None) -> None:
        """Put a mark there; None takes it away."""
        self.item.setVisible(place is not None)
        if place is not None:
            self.item.setValue(place)

    def pen(self, colour: QColor) -> QPen:
        """Return what it is drawn with."""
        pen = QPen(colour, _LINE_WIDTH, self.style)
        pen.setCosmetic(True)  # its width is that of the screen, not of the axes
        return pen

    def dress(self, colour: QColor) -> None:
        """Draw it in this colour from now on."""
        if self.is_dot:
            self.item.setSymbolPen(self.pen(colour))
            self.item.setSymbolBrush(colour)
            return
        self.item.setPen(self.pen(colour))
        if self.filled:
            paler = QColor(colour)
            paler.setAlpha(_FILL_ALPHA)
            self.item.setFillBrush(paler)


class Plot(QWidget):
    """One diagram with two labelled axes, and below it what each curve is."""

    def __init__(
        self, name: str, x_label: str, y_label: str, parent: QWidget | None = None
    ) -> None:
        import pyqtgraph

        super().__init__(parent)
        self._labels = {"bottom": x_label, "left": y_label}
        self._ink: list[Ink] = []
        # Not a PlotWidget: that makes windows and menus of its own, which nobody here ever opens.
        self._view = pyqtgraph.GraphicsView(background=None)
        self._view.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._view.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._view.viewport().setAutoFillBackground(False)  # what lies behind shows through
        self._view.setCacheMode(self._view.CacheModeFlag.CacheNone)  # in its colours of today
        inside = pyqtgraph.GraphicsLayout()
        inside.setSpacing(0)
        inside.setContentsMargins(0, 0, SPACE, 0)
        self._view.setCentralItem(inside)
        self._box = inside.addViewBox(row=0, col=1, enableMenu=False, enableMouse=False)
        self._axes = {side: pyqtgraph.AxisItem(side) for side in self._labels}
        for side, place in (("left", (0, 0)), ("bottom", (1, 1))):
            inside.addItem(self._axes[side], *place)
            self._axes[side].linkToView(self._box)
            self._axes[side].setGrid(_GRID_ALPHA)
        self.legend = FlowLayout(gap=2 * SPACE, row_gap=SPACE // 2)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE)
        column.addWidget(self._view)
        column.addLayout(self.legend)
        self.setAccessibleName(name)
        self._view.setAccessibleName(name)
        self._dress()

    def line(
        self,
        colour: str,
        name: str = "",
        *,
        style: Qt.PenStyle = Qt.PenStyle.SolidLine,
        filled: bool = False,
    ) -> Ink:
        """Add a curve, empty at first. With a name it is explained below the diagram.

        Curves differ in `style` too: colour is never the only thing that tells them apart.
        """
        import pyqtgraph

        item = pyqtgraph.PlotDataItem(antialias=True, fillLevel=0.0 if filled else None)
        return self._add(Ink(item, colour, style, filled), name)

    def mark(
        self,
        colour: str,
        name: str = "",
        *,
        upright: bool = True,
        style: Qt.PenStyle = Qt.PenStyle.DotLine,
    ) -> Ink:
        """Add a straight line across the diagram, such as a threshold; hidden until `move`."""
        import pyqtgraph

        item = pyqtgraph.InfiniteLine(angle=90 if upright else 0, movable=False)
        item.setVisible(False)
        return self._add(Ink(item, colour, style, filled=False), name)

    def dot(self, colour: str, name: str = "") -> Ink:
        """Add single points, none at first."""
        import pyqtgraph

        item = pyqtgraph.PlotDataItem(pen=None, symbol="o", symbolSize=_DOT)
        return self._add(Ink(item, colour, Qt.PenStyle.SolidLine, filled=False, is_dot=True), name)

    def span(
        self, x: tuple[float, float] | None = None, y: tuple[float, float] | None = None
    ) -> None:
        """Show this part of an axis, from now on; None leaves one as it is."""
        if x is not None:
            self._box.setXRange(*x, padding=0)
        if y is not None:
            self._box.setYRange(*y, padding=0)

    def ticks(self, x: Ticks | None = None, y: Ticks | None = None) -> None:
        """Write these numbers at an axis, and no others; None leaves one as it is."""
        for side, chosen in (("bottom", x), ("left", y)):
            if chosen is not None:
                self._axes[side].setTicks([list(chosen)])

    def describe(self, words: str) -> None:
        """Tell screen readers in words what the diagram shows now."""
        self.setAccessibleDescription(words)
        self._view.setAccessibleDescription(words)

    @override
    def changeEvent(self, event: QEvent, /) -> None:
        super().changeEvent(event)
        if event.type() in {QEvent.Type.PaletteChange, QEvent.Type.FontChange}:
            self._dress()

    def _add(self, ink: Ink, name: str) -> Ink:
        self._box.addItem(ink.item)
        self._ink.append(ink)
        if name:
            self.legend.addWidget(_Explained(ink, name))
        ink.dress(getattr(colours(self.palette()), ink.colour))
        return ink

    def _dress(self) -> None:
        now, font = colours(self.palette()), small_font(self.font())
        self._view.setFixedHeight(_ROWS * self.fontMetrics().lineSpacing())
        size = f"{font.pointSizeF()}pt" if font.pointSizeF() > 0 else f"{font.pixelSize()}px"
        for side, label in self._labels.items():
            axis = self._axes[side]
            axis.enableAutoSIPrefix(False)
            axis.setPen(QPen(now.control, 1.0))
            axis.setTextPen(now.muted)
            axis.setStyle(tickFont=font)
            axis.setLabel(label, **{"color": now.muted.name(), "font-size": size})
        for ink in self._ink:
            ink.dress(getattr(now, ink.colour))


class _Explained(QWidget):
    """A piece of a line as it is in the diagram, and what it means."""

    def __init__(self, ink: Ink, name: str) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(SPACE)
        row.addWidget(_Swatch(ink, name))
        row.addWidget(OneLine(name, Rank.NOTE), 1)


class _Swatch(QWidget):
    def __init__(self, ink: Ink, name: str) -> None:
        super().__init__()
        self._ink = ink
        self.setAccessibleName(name)
        self.setFixedWidth(_SWATCH)

    @override
    def sizeHint(self) -> QSize:
        return QSize(_SWATCH, SPACE)

    @override
    def paintEvent(self, event: QPaintEvent, /) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(self._ink.pen(getattr(colours(self.palette()), self._ink.colour)))
        middle = self.height() / 2
        if self._ink.is_dot:
            painter.setBrush(painter.pen().color())
            painter.drawEllipse(QPointF(self.width() / 2, middle), _DOT / 2 - 1, _DOT / 2 - 1)
            return
        painter.drawLine(QPointF(0, middle), QPointF(self.width(), middle))
