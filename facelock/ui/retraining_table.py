"""Before and after as a table: whose, what, and the two figures. Read cell by cell by keyboard."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHeaderView,
    QSizePolicy,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableWidget,
    QTableWidgetItem,
    QWidget,
)
from typing_extensions import override

from facelock.ui.retraining_figures import Row, columns, in_words
from facelock.ui.theme import SPACE, colours, small_font

_HEADING_FLAGS = (
    int(Qt.AlignmentFlag.AlignLeft)
    | int(Qt.AlignmentFlag.AlignVCenter)
    | int(Qt.TextFlag.TextWordWrap)
)
_MOST_ROWS = 16  # more are scrolled to


class _Heading(QHeaderView):
    """Names of columns, quiet, above a line."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.setFont(small_font(self.font()))

    @override
    def paintSection(self, painter: QPainter, rect: QRect, logicalIndex: int, /) -> None:
        now = colours(self.palette())
        painter.save()
        painter.setPen(now.control)
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        painter.setPen(now.muted)
        painter.setFont(self.font())
        model = self.model()
        words = model.headerData(logicalIndex, Qt.Orientation.Horizontal)
        room = rect.adjusted(SPACE // 2, 0, 0, 0)
        painter.drawText(room, _HEADING_FLAGS, str(words))
        painter.restore()

    @override
    def sizeHint(self) -> QSize:
        """As high as the names become in columns of this width."""
        words = [
            str(self.model().headerData(one, Qt.Orientation.Horizontal))
            for one in range(self.count())
        ]
        heights = [
            self.fontMetrics()
            .boundingRect(0, 0, self.sectionSize(one) - SPACE // 2, 9999, _HEADING_FLAGS, text)
            .height()
            for one, text in enumerate(words)
        ]
        return QSize(super().sizeHint().width(), max(heights, default=0) + 2 * SPACE)


class _Cell(QStyledItemDelegate):
    """Text with some room around it, and a hairline below."""

    @override
    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
        /,
    ) -> None:
        area = QRect(option.rect)
        option.rect = area.adjusted(0, SPACE // 2, 0, -SPACE // 2)
        super().paint(painter, option, index)
        painter.save()
        painter.setPen(colours(option.palette).outline)
        painter.drawLine(area.bottomLeft(), area.bottomRight())
        painter.restore()

    @override
    def sizeHint(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex, /
    ) -> QSize:
        wanted = super().sizeHint(option, index) + QSize(0, SPACE)
        # A name has the height of all rows of its person, not of one.
        return QSize(wanted.width(), 0) if index.column() == 0 else wanted


class FiguresTable(QTableWidget):
    """As high as its rows. Shows nothing until `show_rows`."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(0, 4, parent)
        self.setHorizontalHeaderLabels(list(columns()))
        self.setAccessibleName(self.tr("Before and after"))
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setTabKeyNavigation(False)  # Tab leaves the table, arrows read it
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWordWrap(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.verticalHeader().hide()
        self.setShowGrid(False)  # a hairline below each cell divides enough
        self.setItemDelegate(_Cell(self))
        header = _Heading(self)
        self.setHorizontalHeader(header)
        header.setSectionsClickable(False)
        header.setHighlightSections(False)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)

    def show_rows(self, rows: Sequence[Row]) -> None:
        """Show these instead of the former ones."""
        self.clearSpans()
        self.setRowCount(len(rows))
        for index, row in enumerate(rows):
            for column, text in enumerate((row.who, row.what, row.before, row.after)):
                item = QTableWidgetItem(text)
                item.setTextAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
                self.setItem(index, column, item)
        first = 0
        for _, group in groupby(rows, key=lambda row: row.who):
            count = len(list(group))
            if count > 1:
                self.setSpan(first, 0, count, 1)
            first += count
        self.setAccessibleDescription(in_words(rows))
        if self.isVisible():  # else its first size does it
            self._fit()

    @override
    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), self._wanted_height())

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(self.fontMetrics().averageCharWidth() * 20, self._wanted_height())

    @override
    def resizeEvent(self, event: QResizeEvent, /) -> None:
        super().resizeEvent(event)
        if event.oldSize().width() != event.size().width():
            self._fit()

    @override
    def changeEvent(self, event: QEvent, /) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.FontChange:
            self._fit()

    def _fit(self) -> None:
        """Share the width out, and give each row the height that makes of it."""
        width = self.viewport().width()
        for column, share in enumerate((0.18, 0.42, 0.2)):
            self.setColumnWidth(column, int(width * share))
        self.setColumnWidth(3, width - sum(self.columnWidth(one) for one in range(3)))
        self.updateGeometries()  # of the heading
        self.resizeRowsToContents()
        self.updateGeometry()

    def _wanted_height(self) -> int:
        rows = sum(self.rowHeight(row) for row in range(min(self.rowCount(), _MOST_ROWS)))
        return self.horizontalHeader().sizeHint().height() + rows + 2 * self.frameWidth() + 2
