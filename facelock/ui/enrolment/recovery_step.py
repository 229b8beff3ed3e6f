"""The recovery key of the person just enrolled: shown once, kept by them alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget
from typing_extensions import override

from facelock.ui.enrolment.step_page import StepPage
from facelock.ui.recovery_sheet import RecoverySheet

if TYPE_CHECKING:
    from facelock.vault.recovery import RecoveryKey


class RecoveryStep(StepPage):
    """Complete when the person says that they kept it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(
            self.tr("Your recovery key"),
            self.tr("You are enrolled. This is the way back in if you forget your passphrase."),
            parent,
        )
        self.sheet = RecoverySheet()
        self.sheet.kept.connect(self.completed)
        self.column.addWidget(self.sheet)
        self.column.addStretch(1)

    def show_key(self, recovery: RecoveryKey) -> None:
        """Show this key."""
        self.sheet.show_key(recovery)

    def forget(self) -> None:
        """Show it no more."""
        self.sheet.forget()

    @override
    def first_focus(self) -> QWidget:
        return self.sheet.copy
