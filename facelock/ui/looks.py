"""What the whole program wears: its colours, the size of its text, its stillness, its language."""

from __future__ import annotations

from PySide6.QtWidgets import QApplication

from facelock.core.settings import Settings
from facelock.ui.language import speak
from facelock.ui.stillness import keep_still
from facelock.ui.theme import apply_appearance, apply_text_size


def wear(app: QApplication, settings: Settings) -> bool:
    """Look as the preferences say; True if pages that are shown must be made anew for it."""
    apply_appearance(app, settings.appearance)
    keep_still(app, wanted=settings.reduced_motion)
    is_resized = apply_text_size(app, settings.text_size)
    return speak(app, settings.language) or is_resized
