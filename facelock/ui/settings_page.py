"""Security level, camera, appearance, where things lie, and what this lock cannot do."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Slot
from PySide6.QtWidgets import QButtonGroup, QWidget

from facelock.core.errors import FacelockError, SettingsError
from facelock.core.levels import Level
from facelock.core.settings import Appearance
from facelock.ui.camera_choice import CameraChoice, LivePictures
from facelock.ui.capture_shield import capture_words
from facelock.ui.card import Card
from facelock.ui.confirm_passphrase import ConfirmPassphrase
from facelock.ui.error_text import error_text
from facelock.ui.flow_layout import FlowLayout
from facelock.ui.level_cards import LevelCards
from facelock.ui.liveness_text import liveness_sentence
from facelock.ui.message_bar import MessageBar
from facelock.ui.page import Page
from facelock.ui.settings_erase import EraseCard
from facelock.ui.settings_liveness import LivenessCard
from facelock.ui.text_labels import IconLine, Rank, TextLabel, Tone
from facelock.ui.theme import SPACE
from facelock.ui.threshold_text import level_name, level_note, same_line_note
from facelock.ui.turning_row import TurningRow
from facelock.ui.wrapping_text import RadioButton, letters_width

if TYPE_CHECKING:
    from facelock.services.access import Access
    from facelock.ui.preferences import Preferences
    from facelock.vision.camera_list import CameraInfo

_CHARACTERS = 60  # a folder stands beside its name where there is room for so many


@dataclass(frozen=True)
class Machine:
    """What the settings page tells about this computer, and how it finds cameras."""

    list_cameras: Callable[[], Sequence[CameraInfo]]
    live_pictures: Callable[[], LivePictures]
    folders: tuple[tuple[str, Path], ...]  # what lies there, where
    has_keyring: bool
    erase: Callable[[], None] | None = None  # everything; None in a demo


class SettingsPage(Page):
    """Changes at once; what changes the lock asks for the passphrase first."""

    def __init__(
        self,
        access: Access,
        preferences: Preferences,
        machine: Machine,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(self.tr("Settings"), "", parent)
        self._access, self._preferences, self._machine = access, preferences, machine
        self._wanted_level = access.level
        self.message = MessageBar()
        self.column.addWidget(self.message)
        self._add_level()
        self._heading(self.tr("Is it really you"))
        self.liveness = LivenessCard(access)
        self.column.addWidget(self.liveness)
        self._add_camera()
        self._sections = self.column.count()  # where further ones go
        self._add_appearance()
        self._add_limits()
        self._add_folders()
        if machine.erase is not None:
            self._heading(self.tr("Erase"))
            self.erase = EraseCard(access, machine.erase)
            self.column.addWidget(self.erase)
        self.column.addStretch(1)

    def add_section(self, title: str, content: QWidget) -> None:
        """Add a section of somebody else's, after the camera, before the appearance."""
        for widget in (TextLabel(title, Rank.HEADING), content):
            self.column.insertWidget(self._sections, widget)
            self._sections += 1

    def _heading(self, text: str) -> None:
        self.column.addSpacing(SPACE)
        self.column.addWidget(TextLabel(text, Rank.HEADING))

    def _add_level(self) -> None:
        self._heading(self.tr("How strict the lock is"))
        inside = self._access.unlocked_profile
        thresholds = None if inside is None else inside.thresholds
        self.levels = LevelCards(self._access.level, thresholds)
        self.levels.wanted.connect(self._on_level_wanted)
        self.column.addWidget(self.levels)
        if thresholds is None:
            return
        for level in Level:
            if note := level_note(thresholds[level], level):
                self.column.addWidget(IconLine("info", note, Tone.NEUTRAL, Rank.NOTE))
        if note := same_line_note(thresholds):
            self.column.addWidget(IconLine("info", note, Tone.NEUTRAL, Rank.NOTE))

    def _add_camera(self) -> None:
        self._heading(self.tr("Camera"))
        card = Card()
        if self._access.demo:
            words = self.tr("The demo looks through a simulated camera, which opens nothing real.")
            card.column.addWidget(IconLine("camera", words))
        else:
            live = self._machine.live_pictures()
            chosen = self._preferences.current.camera_id
            self.cameras = CameraChoice(chosen, self._machine.list_cameras, live)
            self.cameras.chosen.connect(self._on_camera)
            card.column.addWidget(self.cameras)
        self.column.addWidget(card)

    def _add_appearance(self) -> None:
        self._heading(self.tr("Appearance"))
        card = Card()
        row = FlowLayout(gap=3 * SPACE, row_gap=SPACE)
        self._appearances = QButtonGroup(self)
        self.appearance_buttons: dict[Appearance, RadioButton] = {}
        for appearance, words in (
            (Appearance.SYSTEM, self.tr("As the system")),
            (Appearance.LIGHT, self.tr("Light")),
            (Appearance.DARK, self.tr("Dark")),
        ):
            button = RadioButton(words)
            button.setChecked(self._preferences.current.appearance is appearance)
            self._appearances.addButton(button)
            self.appearance_buttons[appearance] = button
            row.addWidget(button)
        self._appearances.buttonClicked.connect(self._on_appearance)
        card.column.addLayout(row)
        self.column.addWidget(card)

    def _add_limits(self) -> None:
        self._heading(self.tr("Good to know"))
        card = Card()
        is_active = bool(self._access.layers)
        words = liveness_sentence(is_active=is_active)
        card.column.addWidget(IconLine("check" if is_active else "warning", words))
        if self._access.demo:
            words = self.tr("The demo's key is in memory alone, and gone when the demo is closed.")
            card.column.addWidget(IconLine("key", words))
        elif self._machine.has_keyring:
            words = self.tr("The key to your face data is kept in this computer's keyring.")
            card.column.addWidget(IconLine("key", words))
        else:
            words = self.tr(
                "This computer has no keyring that Facelock can use. Your face works from the "
                "first passphrase until Facelock is closed; then the passphrase is needed again."
            )
            card.column.addWidget(IconLine("key", words, Tone.WARNING))
        card.column.addWidget(IconLine("screen", capture_words()))
        self.column.addWidget(card)

    def _add_folders(self) -> None:
        self._heading(self.tr("Where your data lies"))
        card = Card()
        for words, folder in self._machine.folders:
            place = TextLabel(str(folder))
            place.setTextInteractionFlags(
                Qt.TextInteractionFlag.TextSelectableByMouse
                | Qt.TextInteractionFlag.TextSelectableByKeyboard
            )
            row = TurningRow(self._folder_width)
            row.setSpacing(SPACE // 2)
            row.addWidget(TextLabel(words, Rank.MUTED), 1)
            row.addWidget(place, 2)
            card.column.addLayout(row)
        card.column.addWidget(
            TextLabel(self.tr("Nothing leaves this computer. There is no account."), Rank.NOTE)
        )
        self.column.addWidget(card)

    def _folder_width(self) -> int:
        return letters_width(self.fontMetrics(), _CHARACTERS)

    @Slot(object)
    def _on_level_wanted(self, level: Level) -> None:
        self._wanted_level = level
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
            self._access.set_level(self._wanted_level)
        except FacelockError as error:
            self.message.say(error_text(error), Tone.DANGER)
        else:
            words = self.tr("The lock is {level} now.")
            self.message.say(words.format(level=level_name(self._wanted_level)), Tone.GOOD)
        self.levels.show_level(self._access.level)
        QTimer.singleShot(0, self._show_message)

    @Slot()
    def _show_message(self) -> None:
        """Scroll to what was said, once the layout has made room for it."""
        self.ensureWidgetVisible(self.message)

    @Slot(str)
    def _on_camera(self, camera_id: str) -> None:
        self._keep(camera_id=camera_id)

    @Slot()
    def _on_appearance(self) -> None:
        for appearance, button in self.appearance_buttons.items():
            if button.isChecked():
                self._keep(appearance=appearance)

    def _keep(self, *, camera_id: str | None = None, appearance: Appearance | None = None) -> None:
        now = self._preferences.current
        wanted = replace(
            now,
            camera_id=now.camera_id if camera_id is None else camera_id,
            appearance=appearance or now.appearance,
        )
        try:
            self._preferences.replace(wanted)
        except SettingsError:
            words = self.tr("That holds until Facelock is closed: it could not be saved.")
            self.message.say(words, Tone.WARNING)
