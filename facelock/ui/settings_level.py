"""Settings: how strict the lock is, and how it tells a face from a picture of one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from facelock.core.errors import FacelockError
from facelock.core.levels import Level
from facelock.ui.confirm_passphrase import ConfirmPassphrase
from facelock.ui.error_text import error_text
from facelock.ui.level_cards import LevelCards, minutes_text
from facelock.ui.settings_liveness import LivenessCard
from facelock.ui.settings_section import SectionBody
from facelock.ui.text_labels import IconLine, Rank, Tone
from facelock.ui.threshold_text import level_name, level_note, same_line_note

if TYPE_CHECKING:
    from facelock.services.access import Access


class LevelBody(SectionBody):
    """A level changes at once, with the passphrase."""

    idle_changed = Signal()  # with the level's time without use

    def __init__(self, access: Access, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._access = access
        self._wanted = access.level
        inside = access.unlocked_profile
        thresholds = None if inside is None else inside.thresholds
        self.levels = LevelCards(access.level, thresholds)
        self.levels.wanted.connect(self._on_wanted)
        self.column.addWidget(self.levels)
        self._idle = IconLine("lock", "", Tone.NEUTRAL, Rank.NOTE)
        self.column.addWidget(self._idle)
        if thresholds is not None:
            notes = [level_note(thresholds[level], level) for level in Level]
            for note in (*notes, same_line_note(thresholds)):
                if note:
                    self.column.addWidget(IconLine("info", note, Tone.NEUTRAL, Rank.NOTE))
        self.liveness = LivenessCard(access)
        self.add_section(self.tr("Is it really you"), self.liveness)
        self._show_idle()

    @override
    def showEvent(self, event: QShowEvent, /) -> None:
        self._show_idle()  # it is chosen in another section
        super().showEvent(event)

    def _show_idle(self) -> None:
        chosen = self._access.chosen_idle
        self._idle.setVisible(chosen is not None)
        if chosen is not None:
            words = self.tr("Under Locking you chose that it locks after {time} without use.")
            self._idle.say("lock", words.format(time=minutes_text(chosen)), Tone.NEUTRAL)

    @Slot(object)
    def _on_wanted(self, level: Level) -> None:
        self._wanted = level
        self.levels.show_level(self._access.level)  # until the passphrase was given
        if self._access.is_confirmed:
            self._set_level()
            return
        action = self.tr("The lock will be {level} from now on.").format(level=level_name(level))
        dialog = ConfirmPassphrase(self._access, action, self.tr("Change the level"), self)
        dialog.confirmed.connect(self._set_level)
        dialog.open()

    @Slot()
    def _set_level(self) -> None:
        try:
            self._access.set_level(self._wanted)
        except FacelockError as error:
            self.tell(error_text(error), Tone.DANGER)
        else:
            words = self.tr("The lock is {level} now.")
            self.tell(words.format(level=level_name(self._wanted)), Tone.GOOD)
            self.idle_changed.emit()
        self.levels.show_level(self._access.level)
        self._show_idle()
