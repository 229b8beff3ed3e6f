"""Settings: starting at login, staying in the tray, and notices while it is locked."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import Slot
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from facelock.core.errors import SettingsError
from facelock.ui.card import Card, Rule
from facelock.ui.message_bar import MessageBar
from facelock.ui.text_labels import Rank, TextLabel, Tone
from facelock.ui.wrapping_text import CheckBox

if TYPE_CHECKING:
    from facelock.desktop.autostart import Autostart
    from facelock.ui.preferences import Preferences


class StartCard(Card):
    """Nothing here weakens the lock, so nothing asks for the passphrase.

    `autostart`: None where a start at login is not offered.
    """

    def __init__(
        self,
        preferences: Preferences,
        autostart: Autostart | None,
        parent: QWidget | None = None,
        *,
        has_tray: bool,
    ) -> None:
        super().__init__(parent)
        self._preferences, self._autostart = preferences, autostart
        self.message = MessageBar()
        self.at_login = CheckBox(self.tr("Start Facelock when I log in"), self)
        self.at_login.setVisible(autostart is not None)
        self.in_tray = CheckBox(self.tr("Keep Facelock in the tray when I close the window"))
        self.notices = CheckBox(self.tr("Tell me about failed attempts while it is locked"))
        if autostart is not None:
            words = self.tr("It starts locked and out of the way, with the camera off.")
            self._add(self.at_login, "start-at-login", words)
            self.column.addWidget(Rule())
        words = self.tr("Closed, it is locked. Its icon shows it again, and Quit ends it.")
        self._add(self.in_tray, "keep-in-tray", words)
        self.column.addWidget(Rule())
        words = self.tr(
            "A notice of your desktop says how many attempts failed, at most once a minute. "
            "Anybody who sees the screen can read it; it names nobody."
        )
        self._add(self.notices, "notices", words)
        if not has_tray:
            self.column.addWidget(Rule())
            words = self.tr(
                "Your desktop shows no icons of programs. Until it does, the window ends when it "
                "is closed, and no notices are shown."
            )
            self.column.addWidget(TextLabel(words, Rank.NOTE))
        self.column.addWidget(self.message)
        self.at_login.clicked.connect(self._on_login)
        self.in_tray.clicked.connect(self._on_preference)
        self.notices.clicked.connect(self._on_preference)
        self._show_state()

    @override
    def showEvent(self, event: QShowEvent, /) -> None:
        self._show_state()
        super().showEvent(event)

    def _add(self, box: CheckBox, name: str, words: str) -> None:
        box.setObjectName(name)
        box.setAccessibleDescription(words)
        self.column.addWidget(box)
        self.column.addWidget(TextLabel(words, Rank.NOTE))

    @Slot()
    def _on_login(self) -> None:
        if self._autostart is None:
            return
        try:
            if self.at_login.isChecked():
                self._autostart.on()
            else:
                self._autostart.off()
        except SettingsError:
            words = self.tr("That could not be changed. Look at this place: {place}")
            self.message.say(words.format(place=self._autostart.place), Tone.DANGER)
        else:
            self.message.clear()
        self._show_state()

    @Slot()
    def _on_preference(self) -> None:
        wanted = replace(
            self._preferences.current,
            keep_in_tray=self.in_tray.isChecked(),
            notices=self.notices.isChecked(),
        )
        try:
            self._preferences.replace(wanted)
        except SettingsError:
            words = self.tr("That holds until Facelock is closed: it could not be saved.")
            self.message.say(words, Tone.WARNING)
        else:
            self.message.clear()

    @Slot()
    def _show_state(self) -> None:
        now = self._preferences.current
        self.in_tray.setChecked(now.keep_in_tray)
        self.notices.setChecked(now.notices)
        if self._autostart is not None:
            self.at_login.setChecked(self._autostart.is_on)
