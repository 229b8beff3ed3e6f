"""A row that becomes a column where there is no room beside each other."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QRect, QSize
from PySide6.QtWidgets import QBoxLayout, QLayoutItem, QWidget
from typing_extensions import override

_BESIDE = QBoxLayout.Direction.LeftToRight
_BELOW = QBoxLayout.Direction.TopToBottom


class TurningRow(QBoxLayout):
    """Asks `needed` for the width, logical pixels, from which its items stand in a row.

    The widths that items ask for cannot decide it: a text that wraps has none of its own.
    """

    def __init__(self, needed: Callable[[], int], parent: QWidget | None = None) -> None:
        super().__init__(_BESIDE, parent)
        self._needed = needed

    @property
    def is_row(self) -> bool:
        """True while the items stand beside each other."""
        return self.direction() is _BESIDE

    @override
    def hasHeightForWidth(self) -> bool:
        return True

    @override
    def heightForWidth(self, width: int, /) -> int:
        if self._way(width) is not self.direction():
            return self._height_turned(width)
        return super().heightForWidth(width) if super().hasHeightForWidth() else self._height()

    @override
    def minimumHeightForWidth(self, width: int, /) -> int:
        if self._way(width) is not self.direction():
            return self._height_turned(width)
        if super().hasHeightForWidth():
            return super().minimumHeightForWidth(width)
        return super().minimumSize().height()

    @override
    def minimumSize(self) -> QSize:
        """As narrow as the column can be: nobody shall keep the width that a row needs."""
        margins = self.contentsMargins()
        width = max(self._narrowest(), default=0) + margins.left() + margins.right()
        return QSize(width, super().minimumSize().height())

    @override
    def setGeometry(self, area: QRect, /) -> None:
        way = self._way(area.width())
        if self.direction() is not way:
            self.setDirection(way)
        super().setGeometry(area)

    def _height_turned(self, width: int) -> int:
        """Return about how high it is once it has turned for a width.

        Turning to find out would ask for a new layout, which asks again: without end.
        """
        margins = self.contentsMargins()
        inside = width - margins.left() - margins.right()
        shown = self._shown()
        gaps = self.spacing() * max(len(shown) - 1, 0)
        if self._way(width) is _BELOW:
            height = sum(_height_of(item, inside) for _, item in shown) + gaps
        else:
            fixed = sum(item.sizeHint().width() for stretch, item in shown if not stretch)
            parts = max(sum(stretch for stretch, _ in shown), 1)
            left = max(inside - gaps - fixed, 0)
            height = max(
                (
                    _height_of(
                        item, left * stretch // parts if stretch else item.sizeHint().width()
                    )
                    for stretch, item in shown
                ),
                default=0,
            )
        return height + margins.top() + margins.bottom()

    def _shown(self) -> list[tuple[int, QLayoutItem]]:
        """Return stretch and item of each that is shown."""
        return [
            (self.stretch(index), item)
            for index in range(self.count())
            if (item := self.itemAt(index)) is not None and not item.isEmpty()
        ]

    def _height(self) -> int:
        return super().sizeHint().height()

    def _narrowest(self) -> list[int]:
        """Return the least width of each item that is shown."""
        return [item.minimumSize().width() for _, item in self._shown()]

    def _way(self, width: int) -> QBoxLayout.Direction:
        margins = self.contentsMargins()
        least = self._narrowest()
        gaps = self.spacing() * max(len(least) - 1, 0)
        row = sum(least) + gaps + margins.left() + margins.right()
        return _BESIDE if width >= max(self._needed(), row) else _BELOW


def _height_of(item: QLayoutItem, width: int) -> int:
    return item.heightForWidth(width) if item.hasHeightForWidth() else item.sizeHint().height()
