"""What every step of the wizard is: a page that says when it is complete."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from facelock.ui.page import Page


class StepPage(Page):
    """A page of the wizard. Steps override what they need."""

    completed = Signal(bool)

    def enter(self) -> None:
        """Begin: the step is shown from now on."""

    def leave(self) -> None:
        """End: release what the step used."""

    def first_focus(self) -> QWidget | None:
        """Return what has the focus first; None: the Next button, or the page while it waits."""
        return None
