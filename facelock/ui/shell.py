"""The open program: navigation on the left, a header, and one page at a time."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Protocol, runtime_checkable

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeySequence, QPalette, QResizeEvent, QShortcut, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget
from typing_extensions import override

from facelock.ui.announce import announce
from facelock.ui.demo_badge import DemoBadge
from facelock.ui.navigation_rail import NavigationRail
from facelock.ui.text_labels import IconLine, Rank, Tone
from facelock.ui.theme import SPACE


@dataclass(frozen=True)
class Entry:
    """One entry of the navigation. The page is built when it is first shown."""

    icon_name: str
    name: str
    build: Callable[[], QWidget]


@runtime_checkable
class Careful(Protocol):
    """A page that cannot be made anew at any moment."""

    def may_be_made_anew(self) -> bool:
        """False while that would cut off work, or lose something that was typed."""
        ...


@runtime_checkable
class Sectioned(Protocol):
    """A page that shows one of its sections at a time."""

    @property
    def section(self) -> str:
        """The key of the section that is shown."""
        ...

    def show_section(self, key: str) -> None:
        """Show another section."""
        ...


Greet = Callable[["Shell"], object]
"""Makes a banner for a shell and adds it."""


class Shell(QWidget):
    """Exists only while Facelock is open. Ctrl+1, 2 ... change the page, Ctrl+L locks."""

    lock_wanted = Signal()

    def __init__(
        self, name: str, entries: Sequence[Entry], *, demo: bool, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._entries = tuple(entries)
        self._pages: dict[int, QWidget] = {}
        self._greets: dict[QWidget, Greet] = {}  # how to make a banner in another language
        self.stack = QStackedWidget()
        self.rail = NavigationRail([(entry.icon_name, entry.name) for entry in entries])
        self.rail.chosen.connect(self._on_chosen)
        self.rail.lock_button.clicked.connect(self.lock_wanted)
        QShortcut(QKeySequence("Ctrl+L"), self).activated.connect(self.lock_wanted)
        rest = QVBoxLayout()
        rest.setContentsMargins(0, 0, 0, 0)
        rest.setSpacing(0)
        rest.addLayout(self._header(name, demo=demo))
        self._banners = QVBoxLayout()
        self._banners.setContentsMargins(4 * SPACE, SPACE, 3 * SPACE, 0)
        self._banners.setSpacing(SPACE)
        rest.addLayout(self._banners)
        rest.addWidget(self.stack, 1)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.rail)
        row.addLayout(rest, 1)
        self.show_page(0)

    @property
    def page(self) -> QWidget | None:
        """The page that is shown."""
        return self.stack.currentWidget()

    @property
    def entry(self) -> str:
        """The icon name of the entry whose page is shown."""
        shown = self.page
        return next(
            self._entries[index].icon_name for index, page in self._pages.items() if page is shown
        )

    @property
    def entry_names(self) -> tuple[str, ...]:
        """The icon names of the entries, top to bottom."""
        return tuple(entry.icon_name for entry in self._entries)

    def show_page(self, index: int) -> None:
        """Show a page, building it first if need be."""
        if index not in self._pages:
            self._pages[index] = self._entries[index].build()
            self.stack.addWidget(self._pages[index])
        self.stack.setCurrentWidget(self._pages[index])
        self.rail.choose(index)

    def show_entry(self, icon_name: str) -> None:
        """Show the page of the entry with this icon."""
        names = [entry.icon_name for entry in self._entries]
        self._on_chosen(names.index(icon_name))

    def add_banner(self, banner: QWidget, again: Greet | None = None) -> None:
        """Show something above every page, until it is deleted: a notice, an offer.

        `again` makes it once more when the pages are made anew. What has none moves on as it is.
        """
        self._banners.addWidget(banner)
        if again is not None:
            self._greets[banner] = again

    def may_be_made_anew(self) -> bool:
        """False while a page has work that must not be cut off."""
        pages = [page for page in self._pages.values() if isinstance(page, Careful)]
        return all(page.may_be_made_anew() for page in pages)

    def take_banners(self) -> list[Greet]:
        """Give up the banners that are shown; each is a way to show it in another shell."""
        taken: list[Greet] = []
        while (item := self._banners.takeAt(0)) is not None:
            if (banner := item.widget()) is None:
                continue
            if banner in self._greets:
                taken.append(self._greets[banner])
            else:
                banner.setParent(None)
                taken.append(partial(Shell.add_banner, banner=banner))
        return taken

    @override
    def showEvent(self, event: QShowEvent, /) -> None:
        super().showEvent(event)
        # What had the focus before is gone; without this it falls on whatever comes next.
        self.rail.current.setFocus()

    @override
    def resizeEvent(self, event: QResizeEvent, /) -> None:
        super().resizeEvent(event)
        self.rail.fit(self.width())

    def name_person(self, name: str) -> None:
        """Show who is inside."""
        self.who.label.setText(
            self.tr("Open for {name}").format(name=name) if name else self.tr("Open")
        )

    def add_sign(self, sign: QWidget) -> None:
        """Show something small in the header, beside who is inside."""
        self._head.insertWidget(1, sign)

    def _header(self, name: str, *, demo: bool) -> QHBoxLayout:
        self.who = IconLine("unlock", "", Tone.GOOD, Rank.BODY)
        self.who.label.setForegroundRole(QPalette.ColorRole.WindowText)
        self.name_person(name)
        row = self._head = QHBoxLayout()
        row.setSpacing(2 * SPACE)
        row.setContentsMargins(4 * SPACE, int(1.5 * SPACE), 3 * SPACE, 0)
        row.addWidget(self.who, 1)
        row.addWidget(DemoBadge(shown=demo), 0, Qt.AlignmentFlag.AlignRight)
        return row

    @Slot(int)
    def _on_chosen(self, index: int) -> None:
        self.show_page(index)
        self.rail.current.setFocus()  # a shortcut leaves it on the page before
        announce(self, self._entries[index].name)
