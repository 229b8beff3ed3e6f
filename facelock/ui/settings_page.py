"""The settings: a list of sections, and one of them at a time, built when it is first shown."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QStackedWidget, QWidget
from typing_extensions import override

from facelock.ui.page import Page
from facelock.ui.section_list import SectionList
from facelock.ui.shell import Careful
from facelock.ui.wrapping_text import letters_width

if TYPE_CHECKING:
    from facelock.ui.settings_section import Section

_CHARACTERS = 52  # a section that has room for fewer takes the whole width


class SettingsPage(QWidget):
    """Up and Down in the list change the section, Tab goes into it (a `shell.Sectioned`)."""

    def __init__(self, sections: Sequence[Section], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._sections = {section.key: section for section in sections}
        self._pages: dict[str, Page] = {}
        self._bodies: dict[str, QWidget] = {}
        self._section = sections[0].key
        self.setAccessibleName(self.tr("Settings"))
        self.list = SectionList(
            self.tr("Sections of the settings"),
            [(section.key, section.icon_name, section.name) for section in sections],
        )
        self.list.chosen.connect(self.show_section)
        self.stack = QStackedWidget()
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(0)
        self._row.addWidget(self.list)
        self._row.addWidget(self.stack, 1)
        self.show_section(self._section)

    @property
    def keys(self) -> tuple[str, ...]:
        """The keys of the sections, top to bottom."""
        return tuple(self._sections)

    @property
    def section(self) -> str:
        """The key of the section that is shown."""
        return self._section

    @Slot(str)
    def show_section(self, key: str) -> None:
        """Show a section, building it first if need be; one that there is not changes nothing."""
        if key not in self._sections:
            return
        if key not in self._pages:
            self._build(self._sections[key])
        self._section = key
        self.stack.setCurrentWidget(self._pages[key])
        self.list.choose(key)

    def may_be_made_anew(self) -> bool:
        """False while a section has work that must not be cut off."""
        bodies = [body for body in self._bodies.values() if isinstance(body, Careful)]
        return all(body.may_be_made_anew() for body in bodies)

    def body(self, key: str) -> QWidget:
        """Show a section and return its content."""
        self.show_section(key)
        return self._bodies[key]

    def page(self, key: str) -> Page:
        """Show a section and return what it scrolls in."""
        self.show_section(key)
        return self._pages[key]

    @override
    def resizeEvent(self, event: QResizeEvent, /) -> None:
        super().resizeEvent(event)
        needed = self.list.full_width + letters_width(self.fontMetrics(), _CHARACTERS)
        narrow = self.width() < needed
        self.list.be_narrow(narrow)
        self._row.setDirection(
            QBoxLayout.Direction.TopToBottom if narrow else QBoxLayout.Direction.LeftToRight
        )

    def _build(self, section: Section) -> None:
        page = Page(section.name, section.sentence)
        body = section.build()
        page.column.addWidget(body)
        page.column.addStretch(1)
        self._pages[section.key], self._bodies[section.key] = page, body
        self.stack.addWidget(page)
