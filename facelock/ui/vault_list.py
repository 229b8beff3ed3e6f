"""The table of items: chosen by mouse or keys, one or many; says what a key asks for."""

from __future__ import annotations

import time
from collections.abc import Sequence

from PySide6.QtCore import (
    QEvent,
    QItemSelection,
    QItemSelectionModel,
    QItemSelectionRange,
    QSize,
    Qt,
    Signal,
    Slot,
)
from PySide6.QtGui import QKeyEvent, QKeySequence, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHeaderView,
    QSizePolicy,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)
from typing_extensions import override

from facelock.ui.theme import SPACE
from facelock.ui.vault_frames import FlatHeader
from facelock.ui.vault_model import Column, Index, VaultModel
from facelock.ui.vault_text import size_text, when_text
from facelock.ui.wrapping_text import letters_width
from facelock.vault.items import Item

_ROWS = 4  # at least so many are seen
_NAME = 18  # letters of a name that must have room before another column is shown


class _RowDelegate(QStyledItemDelegate):
    """Rows without the ring around one of their cells: the whole row is chosen."""

    @override
    def initStyleOption(self, option: QStyleOptionViewItem, index: Index, /) -> None:
        super().initStyleOption(option, index)
        option.state &= ~QStyle.StateFlag.State_HasFocus


class VaultList(QTableView):
    """Shows a `VaultModel`. The keys of the page (F2, Del ...) are the page's."""

    picked = Signal()  # another choice of items
    opened = Signal()  # Enter or a double click: into the preview
    drag_wanted = Signal()

    def __init__(self, model: VaultModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self._quiet = False
        self.setModel(model)
        self.rename_wanted = model.rename_wanted
        self.setItemDelegate(_RowDelegate(self))
        self.setAccessibleName(self.tr("Files and notes"))
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setDragEnabled(True)
        self.setIconSize(QSize(20, 20))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.verticalHeader().hide()
        self.setHorizontalHeader(FlatHeader(self))
        self._head()
        self.setSortingEnabled(True)
        self._measure()
        self.doubleClicked.connect(self.opened)
        self.selectionModel().selectionChanged.connect(self._on_selection)

    @property
    def chosen(self) -> tuple[Item, ...]:
        """The items that are chosen, top to bottom."""
        rows: set[int] = set()
        selection = self.selectionModel().selection()  # asking for each row takes a second
        for part in (selection.at(index) for index in range(selection.count())):
            rows.update(range(part.top(), part.bottom() + 1))
        return tuple(self._model.items[row] for row in sorted(rows))

    def show_items(self, items: Sequence[Item]) -> None:
        """Show these. What was chosen stays chosen, if it is still there, and nobody is told."""
        kept = [item.item_id for item in self.chosen]
        place = self.verticalScrollBar().value()
        self._quiet = True
        self._model.show(items)
        self._select(kept)
        self.verticalScrollBar().setValue(place)
        self._quiet = False

    def choose(self, item_ids: Sequence[str]) -> None:
        """Choose these and scroll to the first."""
        self._select(item_ids)
        self.scrollTo(self.currentIndex())

    def choose_quietly(self, item_ids: Sequence[str]) -> None:
        """Choose these, and tell nobody."""
        self._quiet = True
        self.choose(item_ids)
        self._quiet = False

    def choose_row(self, row: int) -> None:
        """Choose what stands in a row now, or in the last one."""
        if items := self._model.items:
            self.choose([items[min(row, len(items) - 1)].item_id])

    def row_of(self, item_id: str) -> int:
        """Return where an item stands; -1 if it is not shown."""
        return self._model.row_of(item_id)

    def edit_name(self) -> None:
        """Turn the name of the one that is chosen into a field."""
        if len(chosen := self.chosen) == 1:
            row = self._model.row_of(chosen[0].item_id)
            self.edit(self._model.index(row, Column.NAME))

    @override
    def sizeHint(self) -> QSize:
        return self.minimumSizeHint()  # it grows where there is room

    @override
    def minimumSizeHint(self) -> QSize:
        height = self.horizontalHeader().sizeHint().height()
        return QSize(160, height + _ROWS * self.verticalHeader().defaultSectionSize())

    @override
    def keyPressEvent(self, event: QKeyEvent, /) -> None:
        enter = event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}
        if enter and self.state() is not QAbstractItemView.State.EditingState:
            self.opened.emit()
        elif event.matches(QKeySequence.StandardKey.Copy):
            event.ignore()  # Qt would put the name on the clipboard
        else:
            super().keyPressEvent(event)

    @override
    def startDrag(self, actions: Qt.DropAction, /) -> None:
        self.drag_wanted.emit()

    @override
    def changeEvent(self, event: QEvent, /) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.PaletteChange:
            self._model.draw_icons(self.palette())
        elif event.type() is QEvent.Type.FontChange:
            self._measure()

    @override
    def resizeEvent(self, event: QResizeEvent, /) -> None:
        super().resizeEvent(event)
        self._fit()

    def _head(self) -> None:
        head = self.horizontalHeader()
        head.setHighlightSections(False)
        head.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        head.setSectionResizeMode(Column.NAME, QHeaderView.ResizeMode.Stretch)
        head.setSortIndicator(Column.CHANGED, Qt.SortOrder.DescendingOrder)

    def _measure(self) -> None:
        """Make rows and columns as large as this type needs."""
        metrics = self.fontMetrics()
        self.verticalHeader().setDefaultSectionSize(max(metrics.height(), 20) + 2 * SPACE)
        size = metrics.horizontalAdvance(size_text(999_900_000)) + 3 * SPACE
        dates = (when_text(1_700_000_000), when_text(time.time()))
        changed = max(metrics.horizontalAdvance(text) for text in dates) + 4 * SPACE
        self._widths = {Column.SIZE: size, Column.CHANGED: changed}
        for column, width in self._widths.items():
            self.setColumnWidth(column, width)
        self._fit()

    def _fit(self) -> None:
        """Show a column where names still have room beside it; the preview tells the same."""
        room = self.viewport().width() - letters_width(self.fontMetrics(), _NAME)
        for column in (Column.CHANGED, Column.SIZE):
            room -= self._widths[column]
            self.setColumnHidden(column, room < 0)

    def _select(self, item_ids: Sequence[str]) -> None:
        rows = {item.item_id: row for row, item in enumerate(self._model.items)}
        last = len(Column) - 1
        there = [row for item_id in item_ids if (row := rows.get(item_id)) is not None]
        selection = QItemSelection()
        for top, bottom in _runs(sorted(there)):
            part = QItemSelectionRange(self._model.index(top, 0), self._model.index(bottom, last))
            selection.append(part)
        flags = QItemSelectionModel.SelectionFlag
        if there:
            here = self._model.index(there[0], Column.NAME)
            self.selectionModel().setCurrentIndex(here, flags.NoUpdate)
        self.selectionModel().select(selection, flags.ClearAndSelect)

    @Slot()
    def _on_selection(self) -> None:
        if not self._quiet:
            self.picked.emit()


def _runs(rows: Sequence[int]) -> list[tuple[int, int]]:
    """Return first and last of each run of rows that follow each other."""
    runs: list[tuple[int, int]] = []
    for row in rows:
        if runs and runs[-1][1] == row - 1:
            runs[-1] = (runs[-1][0], row)
        else:
            runs.append((row, row))
    return runs
