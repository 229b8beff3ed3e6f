"""The items of the vault as a table: name, size, changed; sorted here, in one go."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from enum import IntEnum
from typing import TypeAlias

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QPersistentModelIndex,
    Qt,
    Signal,
)
from PySide6.QtGui import QIcon, QPalette
from typing_extensions import override

from facelock.ui.icons import icon
from facelock.ui.theme import colours
from facelock.ui.vault_picture import PICTURE_SUFFIXES
from facelock.ui.vault_text import kind_text, size_text, when_text
from facelock.vault.items import Item, ItemKind

Index: TypeAlias = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()


class Column(IntEnum):
    """The columns, left to right."""

    NAME = 0
    SIZE = 1
    CHANGED = 2


_ORDER: dict[int, Callable[[Item], object]] = {
    Column.NAME: lambda item: item.name.casefold(),
    Column.SIZE: lambda item: item.size,
    Column.CHANGED: lambda item: item.changed_at,
}


class VaultModel(QAbstractTableModel):
    """Shows items; renaming one is only asked for, by `rename_wanted`."""

    rename_wanted = Signal(str, str)  # item id, new name

    def __init__(self, palette: QPalette) -> None:
        super().__init__()
        self.items: tuple[Item, ...] = ()
        self._column, self._order = int(Column.CHANGED), Qt.SortOrder.DescendingOrder
        self._icons: dict[str, QIcon] = {}
        self.draw_icons(palette)

    def show(self, items: Sequence[Item]) -> None:
        """Show these, in the order that was chosen last."""
        self.beginResetModel()
        self.items = self._sorted(items)
        self.endResetModel()

    def draw_icons(self, palette: QPalette) -> None:
        """Draw the icons anew, when the palette changed."""
        now = colours(palette)
        self._icons = {
            name: icon(name, now.muted, selected=now.accent_text)
            for name in ("note", "picture", "file")
        }

    def row_of(self, item_id: str) -> int:
        """Return where an item stands; -1 if it is not shown."""
        rows = (row for row, item in enumerate(self.items) if item.item_id == item_id)
        return next(rows, -1)

    @override
    def rowCount(self, parent: Index = _NOWHERE, /) -> int:
        return 0 if parent.isValid() else len(self.items)

    @override
    def columnCount(self, parent: Index = _NOWHERE, /) -> int:
        return 0 if parent.isValid() else len(Column)

    @override
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole, /) -> object:
        if not index.isValid() or index.row() >= len(self.items):
            return None
        item = self.items[index.row()]
        column = index.column()
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return self._words(item, column)
            case Qt.ItemDataRole.EditRole if column == Column.NAME:
                return item.name
            case Qt.ItemDataRole.ToolTipRole:
                hint = self.tr("Dragging it to another program writes it out decrypted.")
                return f"{item.name}\n{hint}"
            case Qt.ItemDataRole.DecorationRole if column == Column.NAME:
                return self._icons[_icon_name(item)]
            case Qt.ItemDataRole.AccessibleTextRole if column == Column.NAME:
                kind = kind_text(item.name, note=item.kind is ItemKind.NOTE)
                return f"{item.name}, {kind}"
            case Qt.ItemDataRole.TextAlignmentRole if column == Column.SIZE:
                return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
            case _:
                return None

    @override
    def headerData(
        self,
        section: int,
        orientation: Qt.Orientation,
        role: int = Qt.ItemDataRole.DisplayRole,
        /,
    ) -> object:
        if orientation is not Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return (self.tr("Name"), self.tr("Size"), self.tr("Changed"))[section]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignRight if section == 1 else Qt.AlignmentFlag.AlignLeft
            return side | Qt.AlignmentFlag.AlignVCenter
        return None

    @override
    def flags(self, index: Index, /) -> Qt.ItemFlag:
        flags = super().flags(index)
        if index.isValid():
            flags |= Qt.ItemFlag.ItemIsDragEnabled
            if index.column() == Column.NAME:
                flags |= Qt.ItemFlag.ItemIsEditable
        return flags

    @override
    def setData(self, index: Index, value: object, role: int = Qt.ItemDataRole.EditRole, /) -> bool:
        """Ask for the new name. The table changes when, and if, the vault did."""
        item = self.items[index.row()]
        name = str(value).strip()
        if role == Qt.ItemDataRole.EditRole and name != item.name:
            self.rename_wanted.emit(item.item_id, name)
        return False

    @override
    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder, /) -> None:
        self._column, self._order = column, order
        self.layoutAboutToBeChanged.emit()
        before = [self.items[index.row()].item_id for index in self.persistentIndexList()]
        self.items = self._sorted(self.items)
        rows = {item.item_id: row for row, item in enumerate(self.items)}
        for index, item_id in zip(self.persistentIndexList(), before, strict=True):
            self.changePersistentIndex(index, self.index(rows[item_id], index.column()))
        self.layoutChanged.emit()

    def _sorted(self, items: Sequence[Item]) -> tuple[Item, ...]:
        backwards = self._order is Qt.SortOrder.DescendingOrder
        key: Callable[[Item], object] = _ORDER[self._column]
        return tuple(sorted(items, key=key, reverse=backwards))  # type: ignore[arg-type]

    def _words(self, item: Item, column: int) -> str:
        match column:
            case Column.NAME:
                return item.name
            case Column.SIZE:
                return size_text(item.size)
            case _:
                return when_text(item.changed_at)


def _icon_name(item: Item) -> str:
    if item.kind is ItemKind.NOTE:
        return "note"
    return "picture" if item.name.lower().endswith(PICTURE_SUFFIXES) else "file"
