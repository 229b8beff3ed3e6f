"""The entries as rows, newest day first, fetched as they come into view: 20,000 cost no wait."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QFont, QIcon, QPalette
from typing_extensions import override

from facelock.core.activity import Activity
from facelock.ui.activity_text import activity_icon, activity_sentence, day_of, time_of
from facelock.ui.icons import icon
from facelock.ui.theme import colours, heading_font

_FETCH = 200  # rows at a time
_Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True)
class Row:
    """The heading of a day (`activity` is None), or an entry."""

    activity: Activity | None
    day: str


def rows_of(activities: Sequence[Activity]) -> list[Row]:
    """Return entries, given oldest first, as rows: newest first, under the heading of their day."""
    rows: list[Row] = []
    day, shown = None, ""
    for one in reversed(activities):
        number = int(one.at // 900)  # the day is asked for once a quarter of an hour, not a row
        if number != day:
            day = number
            if (name := day_of(one.at)) != shown:
                shown = name
                rows.append(Row(None, name))
        rows.append(Row(one, shown))
    return rows


class ActivityModel(QAbstractListModel):
    """Shows rows; `names` by profile id."""

    def __init__(self, palette: QPalette, font: QFont) -> None:
        super().__init__()
        self._rows: list[Row] = []
        self._fetched = 0
        self._names: Mapping[str, str] = {}
        self._icons: dict[str, QIcon] = {}
        self._heading = heading_font(font)
        self._palette = palette

    def show(self, activities: Sequence[Activity], names: Mapping[str, str]) -> None:
        """Show these entries, given oldest first."""
        self.beginResetModel()
        self._rows, self._names = rows_of(activities), names
        self._fetched = min(_FETCH, len(self._rows))
        self.endResetModel()

    def wear(self, palette: QPalette) -> None:
        """Draw the icons anew."""
        self._palette = palette
        self._icons.clear()
        if self._fetched:
            role = Qt.ItemDataRole.DecorationRole
            self.dataChanged.emit(self.index(0), self.index(self._fetched - 1), [role])

    @override
    def rowCount(self, parent: _Index = QModelIndex(), /) -> int:  # noqa: B008 - Qt's own default
        return 0 if parent.isValid() else self._fetched

    @override
    def canFetchMore(self, parent: _Index, /) -> bool:
        return not parent.isValid() and self._fetched < len(self._rows)

    @override
    def fetchMore(self, parent: _Index, /) -> None:
        until = min(self._fetched + _FETCH, len(self._rows))
        self.beginInsertRows(QModelIndex(), self._fetched, until - 1)
        self._fetched = until
        self.endInsertRows()

    @override
    def flags(self, index: _Index, /) -> Qt.ItemFlag:
        if index.isValid() and self._rows[index.row()].activity is None:
            return Qt.ItemFlag.ItemIsEnabled
        return super().flags(index)

    @override
    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole, /) -> object:
        row = self._rows[index.row()]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return self._text(row)
            case Qt.ItemDataRole.FontRole if row.activity is None:
                return self._heading
            case Qt.ItemDataRole.DecorationRole if row.activity is not None:
                return self._icon(activity_icon(row.activity.what))
            case _:
                return None

    def _text(self, row: Row) -> str:
        if row.activity is None:
            return row.day
        sentence = activity_sentence(row.activity, self._names)
        return f"{time_of(row.activity.at)}\N{EN SPACE}{sentence}"

    def _icon(self, name: str) -> QIcon:
        if name not in self._icons:
            now = colours(self._palette)
            self._icons[name] = icon(name, now.warning if name == "warning" else now.muted)
        return self._icons[name]
