"""Settings: the card of the appearance, and what cannot be kept of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from facelock.ui.settings_appearance import AppearanceCard
from facelock.ui.settings_section import SectionBody
from facelock.ui.text_labels import Tone

if TYPE_CHECKING:
    from facelock.ui.preferences import Preferences


class LookBody(SectionBody):
    """Says it where a choice holds for this run alone."""

    def __init__(self, preferences: Preferences, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.card = AppearanceCard(preferences)
        self.card.failed_to_keep.connect(self._on_failed_to_keep)
        self.column.addWidget(self.card)
        if not preferences.is_kept:  # another language or size makes the pages anew
            self._on_failed_to_keep()

    @Slot()
    def _on_failed_to_keep(self) -> None:
        words = self.tr("That holds until Facelock is closed: it could not be saved.")
        self.tell(words, Tone.WARNING)
