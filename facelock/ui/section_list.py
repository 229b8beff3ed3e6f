"""Which section of a page is shown: a list beside it, or a single field where there is no room."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QButtonGroup, QComboBox, QSizePolicy, QVBoxLayout, QWidget
from typing_extensions import override

from facelock.ui.icon_button import NavigationButton
from facelock.ui.icons import icon
from facelock.ui.theme import SPACE, colours

_EDGE = int(1.5 * SPACE)
_ANY_WIDTH = 16_777_215  # Qt's own "no limit"


class SectionList(QWidget):
    """`entries`: key, icon name and name of each. The arrow keys go from one to the next."""

    chosen = Signal(str)  # key

    def __init__(
        self, name: str, entries: Sequence[tuple[str, str, str]], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._keys = [key for key, _, _ in entries]
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(_EDGE, 2 * SPACE, _EDGE, 2 * SPACE)
        self._column.setSpacing(SPACE // 4)
        self.setAccessibleName(name)
        self._group = QButtonGroup(self)
        self.buttons: dict[str, NavigationButton] = {}
        self.field = QComboBox()
        self.field.setAccessibleName(name)
        self.field.setObjectName("section")
        self.field.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.field.hide()
        now = colours(self.palette())
        for number, (key, icon_name, words) in enumerate(entries):
            button = NavigationButton(icon_name, words)
            button.setObjectName(f"section-{key}")
            self._group.addButton(button, number)
            self.buttons[key] = button
            self._column.addWidget(button)
            self.field.addItem(icon(icon_name, now.text), words)
        self._column.addWidget(self.field)
        self._column.addStretch(1)
        self._full_width = self._column.sizeHint().width()
        self._group.idClicked.connect(self._on_chosen)
        self.field.activated.connect(self._on_chosen)
        self.setFixedWidth(self._full_width)

    @property
    def full_width(self) -> int:
        """How wide the list is with all its words, logical pixels."""
        return self._full_width

    @property
    def is_narrow(self) -> bool:
        """True while it is a field above the page."""
        return not self.field.isHidden()

    def choose(self, key: str) -> None:
        """Show a section as chosen."""
        self.buttons[key].setChecked(True)
        self.field.setCurrentIndex(self._keys.index(key))

    def be_narrow(self, narrow: bool, /) -> None:  # noqa: FBT001 - a setter
        """Be a field above the page, or the list beside it again; the focus stays within."""
        if narrow == self.is_narrow:
            return
        focused: QWidget | None = self.window().focusWidget()  # the stubs forget the None
        had_focus = focused is not None and self.isAncestorOf(focused)
        for button in self.buttons.values():
            button.setVisible(not narrow)
        self.field.setVisible(narrow)
        edge = 4 * SPACE if narrow else _EDGE
        self._column.setContentsMargins(edge, 2 * SPACE, edge, 0 if narrow else 2 * SPACE)
        self.setMinimumWidth(0 if narrow else self._full_width)
        self.setMaximumWidth(_ANY_WIDTH if narrow else self._full_width)
        if had_focus:
            self.focus_current()

    @property
    def focusable(self) -> QWidget:
        """What has the focus when this list has it."""
        checked = self._group.checkedButton()
        return self.field if self.is_narrow or checked is None else checked

    def focus_current(self) -> None:
        """Put the focus on what is chosen."""
        self.focusable.setFocus()

    @override
    def paintEvent(self, event: QPaintEvent, /) -> None:
        if not self.is_narrow:
            painter = QPainter(self)
            line = colours(self.palette()).outline
            painter.fillRect(self.width() - 1, 2 * SPACE, 1, self.height() - 4 * SPACE, line)

    @Slot(int)
    def _on_chosen(self, number: int) -> None:
        self.chosen.emit(self._keys[number])
