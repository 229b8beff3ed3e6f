"""Where a person is in the open program, to bring them back there when its pages are made anew."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QScrollArea, QWidget

from facelock.ui.shell import Sectioned, Shell


@dataclass(frozen=True)
class Place:
    """Which page, which of its sections, and the name of the control that had the focus."""

    entry: str
    section: str = ""
    control: str = ""

    @classmethod
    def of(cls, shell: Shell) -> Place:
        """Return where the person is now."""
        focused = shell.window().focusWidget()
        controls = shell.stack.findChildren(QWidget)
        control = next((one.objectName() for one in controls if one is focused), "")
        return cls(shell.entry, _section_of(shell.page), control)

    def return_to(self, shell: Shell) -> None:
        """Show the same page and section again, with the focus where it was."""
        shell.show_page(shell.entry_names.index(self.entry))
        page = shell.page
        if isinstance(page, Sectioned) and self.section:
            page.show_section(self.section)
        control = page.findChild(QWidget, self.control) if page and self.control else None
        if control is None:
            shell.rail.current.setFocus()
            return
        control.setFocus()
        area = control.parentWidget()
        while area is not None and not isinstance(area, QScrollArea):
            area = area.parentWidget()
        if area is not None:  # once the layout has given everything its place
            QTimer.singleShot(0, control, lambda: area.ensureWidgetVisible(control))


def _section_of(page: object) -> str:
    return page.section if isinstance(page, Sectioned) else ""
