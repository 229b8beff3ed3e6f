"""The navigation at the left edge: icons and words, or icons alone where words leave no room."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeySequence, QPainter, QPaintEvent, QShortcut
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QVBoxLayout, QWidget
from typing_extensions import override

from facelock.ui.app_mark import AppMark
from facelock.ui.icon_button import IconButton, NavigationButton
from facelock.ui.text_labels import Rank, TextLabel
from facelock.ui.theme import SPACE, colours

_EDGE = int(1.5 * SPACE)
_NARROWEST = 184  # logical pixels, with words
_LARGEST_SHARE = 1 / 3  # of the window


class NavigationRail(QWidget):
    """Entries with Ctrl+1, 2 ..., and a button to lock. `entries`: icon name and name of each."""

    chosen = Signal(int)

    def __init__(self, entries: Sequence[tuple[str, str]], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._title = TextLabel(self.tr("Facelock"), Rank.HEADING)
        self._title.setWordWrap(False)
        self.lock_button = IconButton("lock", self.tr("Lock"))
        self.lock_button.setAccessibleName(self.lock_button.text())
        self.lock_button.setToolTip(self.tr("Lock now (Ctrl+L)"))
        self._group = QButtonGroup(self)
        brand = QHBoxLayout()
        brand.setSpacing(SPACE)
        brand.addWidget(AppMark(32))
        brand.addWidget(self._title, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(_EDGE, 2 * SPACE, _EDGE, 2 * SPACE)
        column.setSpacing(SPACE // 2)
        column.addLayout(brand)
        column.addSpacing(2 * SPACE)
        self._buttons = [NavigationButton(icon_name, name) for icon_name, name in entries]
        for index, button in enumerate(self._buttons):
            button.setToolTip(f"{button.text()} (Ctrl+{index + 1})")
            self._group.addButton(button, index)
            column.addWidget(button)
            shortcut = QShortcut(QKeySequence(f"Ctrl+{index + 1}"), self)
            shortcut.activated.connect(button.click)
        column.addStretch(1)
        column.addWidget(self.lock_button)
        self._group.idClicked.connect(self.chosen)
        self._full_width = max(_NARROWEST, column.sizeHint().width())
        self.setFixedWidth(self._full_width)

    @property
    def is_narrow(self) -> bool:
        """True while it shows icons alone."""
        return self._title.isHidden()

    @property
    def current(self) -> NavigationButton:
        """The entry that is shown as chosen."""
        return self._buttons[max(self._group.checkedId(), 0)]

    def choose(self, index: int) -> None:
        """Show an entry as chosen."""
        self._buttons[index].setChecked(True)

    def fit(self, window_width: int) -> None:
        """Give up the words if they would take too much of a window this wide."""
        narrow = self._full_width > window_width * _LARGEST_SHARE
        if narrow == self.is_narrow:
            return
        self._title.setVisible(not narrow)
        for button in self._buttons:
            button.show_icon_alone(narrow)
        self.lock_button.setText("" if narrow else self.tr("Lock"))
        width = self.current.sizeHint().width() + 2 * _EDGE
        self.setFixedWidth(width if narrow else self._full_width)

    @override
    def paintEvent(self, event: QPaintEvent, /) -> None:
        now = colours(self.palette())
        painter = QPainter(self)
        painter.fillRect(self.rect(), now.surface)
        painter.fillRect(self.width() - 1, 0, 1, self.height(), now.outline)
