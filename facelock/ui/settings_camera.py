"""Settings: which camera looks, whether it sees well enough, and whom it opens for."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from facelock.core.errors import SettingsError
from facelock.ui.camera_choice import CameraChoice, LivePictures
from facelock.ui.card import Card
from facelock.ui.light_meter import LightMeter
from facelock.ui.numbers import locale
from facelock.ui.settings_section import SectionBody
from facelock.ui.text_labels import IconLine, Tone

if TYPE_CHECKING:
    from facelock.services.access import Access
    from facelock.ui.preferences import Preferences
    from facelock.vision.camera_list import CameraInfo
    from facelock.workers.eyes import Eyes, OpenSource

_LIVE_PICTURES = "live pictures"  # what holds a watch off meanwhile


@dataclass(frozen=True)
class Sight:
    """How this computer's cameras are found and looked through."""

    list_cameras: Callable[[], Sequence[CameraInfo]]  # slow: called in tasks
    live_pictures: Callable[[], LivePictures]
    eyes: Eyes
    look_through_camera: OpenSource  # the chosen one; called in the camera's thread


class CameraBody(SectionBody):
    """A camera that is chosen is used at once. Only one of the two ways to look is on at a time."""

    def __init__(
        self,
        access: Access,
        preferences: Preferences,
        sight: Sight,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._access, self._preferences, self._eyes = access, preferences, sight.eyes
        self.meter = LightMeter(sight.eyes, sight.look_through_camera)
        card = Card()
        if access.demo:
            words = self.tr("The demo looks through a simulated camera, which opens nothing real.")
            card.column.addWidget(IconLine("camera", words))
        else:
            self._add_choice(card, sight)
        self.column.addWidget(card)
        meter = Card()
        meter.column.addWidget(self.meter)
        self.add_section(self.tr("Light and sharpness"), meter)
        if not access.demo:
            self.bound = IconLine("face", "")
            bound = Card()
            bound.column.addWidget(self.bound)
            self.add_section(self.tr("Which cameras your face opens with"), bound)
            self._show_bound()

    def _add_choice(self, card: Card, sight: Sight) -> None:
        chosen = self._preferences.current.camera_id
        self.cameras = CameraChoice(chosen, sight.list_cameras, sight.live_pictures())
        self.cameras.chosen.connect(self._on_camera)
        self.cameras.listed.connect(self._show_bound)
        self.cameras.shown.connect(self._on_shown)
        self.meter.begun.connect(self._on_measuring)
        card.column.addWidget(self.cameras)

    @Slot(str)
    def _on_camera(self, camera_id: str) -> None:
        try:
            self._preferences.replace(replace(self._preferences.current, camera_id=camera_id))
        except SettingsError:
            words = self.tr("That holds until Facelock is closed: it could not be saved.")
            self.tell(words, Tone.WARNING)

    @Slot(bool)
    def _on_shown(self, on: bool) -> None:  # noqa: FBT001 - the signal's shape
        if not on:
            self._eyes.go_on(_LIVE_PICTURES)
            return
        self.meter.stop()
        self._eyes.hold_off(_LIVE_PICTURES)  # each of the cameras is needed for itself

    @Slot()
    def _on_measuring(self) -> None:
        self.cameras.darken()

    @Slot()
    def _show_bound(self) -> None:
        inside = self._access.unlocked_for
        known = () if inside is None else self._access.cameras_of(inside.profile_id)
        names = [name for one in known if (name := self.cameras.name_of(one))]
        absent = len(known) - len(names)
        if absent == 1:
            names.append(self.tr("one that is not connected now"))
        elif absent:
            words = self.tr("{count} that are not connected now")
            names.append(words.format(count=locale().toString(absent)))
        if not names:
            words = self.tr("None yet. The first time at a camera your passphrase is needed too.")
            self.bound.say("face", words, Tone.NEUTRAL)
            return
        words = self.tr("{cameras}. At another camera your passphrase is needed once.")
        listed = locale().createSeparatedList(names)
        self.bound.say("face", words.format(cameras=listed), Tone.NEUTRAL)
