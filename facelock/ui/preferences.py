"""The preferences in use: one frozen value, replaced whole, announced by one signal."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from facelock.core.settings import Settings


class Preferences(QObject):
    """Lives in the GUI thread. `save` writes a value or raises SettingsError."""

    changed = Signal(object)  # Settings

    def __init__(
        self, current: Settings, save: Callable[[Settings], None], parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._current = current
        self._save = save
        self._is_kept = True

    @property
    def current(self) -> Settings:
        """The preferences now."""
        return self._current

    @property
    def is_kept(self) -> bool:
        """False if what is in force could not be saved: it holds until the program ends."""
        return self._is_kept

    def replace(self, settings: Settings) -> None:
        """Use these from now on, then keep them. Raises SettingsError if they cannot be kept."""
        if settings == self._current:
            return
        self._current, self._is_kept = settings, False
        self.changed.emit(settings)
        self._save(settings)
        self._is_kept = True
