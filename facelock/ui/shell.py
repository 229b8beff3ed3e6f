"""The open program: navigation on the left, a header, and one page at a time."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeySequence, QPainter, QPaintEvent, QPalette, QShortcut, QShowEvent
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget
from typing_extensions import override

from facelock.ui.announce import announce
from facelock.ui.app_mark import AppMark
from facelock.ui.demo_badge import DemoBadge
from facelock.ui.icon_button import IconButton, NavigationButton
from facelock.ui.text_labels import IconLine, Rank, TextLabel, Tone
from facelock.ui.theme import SPACE, colours


@dataclass(frozen=True)
class Entry:
    """One entry of the navigation. The page is built when it is first shown."""

    icon_name: str
    name: str
    build: Callable[[], QWidget]


class _Rail(QWidget):
    """The surface behind the navigation."""

    @override
    def paintEvent(self, event: QPaintEvent, /) -> None:
        now = colours(self.palette())
        painter = QPainter(self)
        painter.fillRect(self.rect(), now.surface)
        painter.fillRect(self.width() - 1, 0, 1, self.height(), now.outline)


class Shell(QWidget):
    """Exists only while Facelock is open. Ctrl+1, 2 ... change the page, Ctrl+L locks."""

    lock_wanted = Signal()

    def __init__(
        self, name: str, entries: Sequence[Entry], *, demo: bool, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._entries = tuple(entries)
        self._pages: dict[int, QWidget] = {}
        self.stack = QStackedWidget()
        self.lock_button = IconButton("lock", self.tr("Lock"))
        self.lock_button.setToolTip(self.tr("Lock now (Ctrl+L)"))
        self.lock_button.clicked.connect(self.lock_wanted)
        QShortcut(QKeySequence("Ctrl+L"), self).activated.connect(self.lock_wanted)
        rail = self._navigation()
        rest = QVBoxLayout()
        rest.setContentsMargins(0, 0, 0, 0)
        rest.setSpacing(0)
        rest.addLayout(self._header(name, demo=demo))
        rest.addWidget(self.stack, 1)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(rail)
        row.addLayout(rest, 1)
        self.show_page(0)

    @property
    def page(self) -> QWidget | None:
        """The page that is shown."""
        return self.stack.currentWidget()

    def show_page(self, index: int) -> None:
        """Show a page, building it first if need be."""
        if index not in self._pages:
            self._pages[index] = self._entries[index].build()
            self.stack.addWidget(self._pages[index])
        self.stack.setCurrentWidget(self._pages[index])
        self._group.button(index).setChecked(True)

    @override
    def showEvent(self, event: QShowEvent, /) -> None:
        super().showEvent(event)
        # What had the focus before is gone; without this it falls on whatever comes next.
        if (button := self._group.checkedButton()) is not None:
            button.setFocus()

    def name_person(self, name: str) -> None:
        """Show who is inside."""
        self.who.label.setText(
            self.tr("Open for {name}").format(name=name) if name else self.tr("Open")
        )

    def _navigation(self) -> QWidget:
        rail = _Rail()
        column = QVBoxLayout(rail)
        column.setContentsMargins(int(1.5 * SPACE), 2 * SPACE, int(1.5 * SPACE), 2 * SPACE)
        column.setSpacing(SPACE // 2)
        brand = QHBoxLayout()
        brand.setSpacing(SPACE)
        brand.addWidget(AppMark(32))
        title = TextLabel(self.tr("Facelock"), Rank.HEADING)
        title.setWordWrap(False)
        brand.addWidget(title, 1)
        column.addLayout(brand)
        column.addSpacing(2 * SPACE)
        self._group = QButtonGroup(self)
        for index, entry in enumerate(self._entries):
            button = NavigationButton(entry.icon_name, entry.name)
            button.setToolTip(f"{entry.name} (Ctrl+{index + 1})")
            self._group.addButton(button, index)
            column.addWidget(button)
            shortcut = QShortcut(QKeySequence(f"Ctrl+{index + 1}"), self)
            shortcut.activated.connect(button.click)
        self._group.idClicked.connect(self._on_clicked)
        column.addStretch(1)
        column.addWidget(self.lock_button)
        rail.setFixedWidth(max(184, column.sizeHint().width()))
        return rail

    def _header(self, name: str, *, demo: bool) -> QHBoxLayout:
        self.who = IconLine("unlock", "", Tone.GOOD, Rank.BODY)
        self.who.label.setWordWrap(False)
        self.who.label.setForegroundRole(QPalette.ColorRole.WindowText)
        self.name_person(name)
        row = QHBoxLayout()
        row.setContentsMargins(4 * SPACE, int(1.5 * SPACE), 3 * SPACE, 0)
        row.addWidget(self.who, 1)
        row.addWidget(DemoBadge(shown=demo), 0, Qt.AlignmentFlag.AlignRight)
        return row

    @Slot(int)
    def _on_clicked(self, index: int) -> None:
        self.show_page(index)
        self._group.button(index).setFocus()  # a shortcut leaves it on the page before
        announce(self, self._entries[index].name)
