"""The switch for the curtain, what it is worth, and the system's own lock beside it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from facelock.core.errors import SettingsError
from facelock.ui.card import Card, Rule
from facelock.ui.icon_button import IconButton
from facelock.ui.message_bar import MessageBar
from facelock.ui.screens import is_placeless
from facelock.ui.text_labels import IconLine, Rank, TextLabel, Tone
from facelock.ui.wrapping_text import CheckBox

if TYPE_CHECKING:
    from facelock.ui.preferences import Preferences

LockSession = Callable[[], bool]
"""Has the system lock the whole session, and Facelock with it; False if the system did not."""


class CurtainCard(Card):
    """A harmless preference, both ways: the curtain opens nothing and locks nothing.

    `lock_session`: None where no system can be asked.
    """

    def __init__(
        self,
        preferences: Preferences,
        lock_session: LockSession | None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._preferences, self._lock_session = preferences, lock_session
        self.box = CheckBox(self.tr("Cover every screen while Facelock is locked"))
        self.box.setObjectName("curtain")
        words = self.tr(
            "A plain curtain hides your screens from glances until Facelock opens. It is no lock: "
            "the desktop's own keys, another program or a second console get past it."
        )
        self.box.setAccessibleDescription(words)
        self.box.clicked.connect(self._on_clicked)
        self.message = MessageBar()
        self.column.addWidget(self.box)
        self.column.addWidget(TextLabel(words, Rank.NOTE))
        if is_placeless():
            self.column.addWidget(IconLine("warning", self._wayland_words(), Tone.WARNING))
        self.column.addWidget(self.message)
        self.column.addWidget(Rule())
        self._add_real_lock()
        self._show_state()

    def _wayland_words(self) -> str:
        return self.tr(
            "On this desktop (Wayland) no program may choose its place or stay on top: the curtain "
            "can miss a screen, and other windows can come before it."
        )

    def _add_real_lock(self) -> None:
        self.session_button: IconButton | None = None
        if self._lock_session is None:
            words = self.tr(
                "To lock the computer, use your system's own lock: Facelock cannot reach it here."
            )
            self.column.addWidget(TextLabel(words, Rank.NOTE))
            return
        words = self.tr(
            "This is the real lock: it asks for your system password and locks Facelock too."
        )
        self.session_button = IconButton("lock", self.tr("Lock the whole session"))
        self.session_button.setAccessibleDescription(words)
        self.session_button.clicked.connect(self._on_session_lock)
        self.column.addWidget(self.session_button, 0, Qt.AlignmentFlag.AlignLeft)
        self.column.addWidget(TextLabel(words, Rank.NOTE))

    @override
    def showEvent(self, event: QShowEvent, /) -> None:
        self._show_state()
        super().showEvent(event)

    @Slot()
    def _on_clicked(self) -> None:
        wanted = replace(self._preferences.current, curtain=self.box.isChecked())
        try:
            self._preferences.replace(wanted)
        except SettingsError:
            words = self.tr("That holds until Facelock is closed: it could not be saved.")
            self.message.say(words, Tone.WARNING)
        else:
            self.message.clear()

    @Slot()
    def _on_session_lock(self) -> None:
        if self._lock_session is None or self._lock_session():
            return
        words = self.tr("The system did not lock. Use its own key or menu for that.")
        self.message.say(words, Tone.DANGER)

    def _show_state(self) -> None:
        self.box.setChecked(self._preferences.current.curtain)
