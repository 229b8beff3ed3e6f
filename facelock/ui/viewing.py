"""Which camera the program looks through: the chosen one, or a demo's stage."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from facelock.core.errors import SettingsError
from facelock.ui.camera_permission import CameraPermission
from facelock.ui.demo_stage import DemoStage, simulated_camera

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from facelock.core.ports import FrameSource
    from facelock.core.settings import Settings
    from facelock.ui.enrolment.cameras import Cameras
    from facelock.ui.outside import Outside
    from facelock.ui.preferences import Preferences


class Viewing(QObject):
    """Makes frame sources for the pages. Nothing is opened here: that is the camera thread's."""

    changed = Signal()  # another camera is looked through from now on

    def __init__(self, outside: Outside, preferences: Preferences) -> None:
        super().__init__()
        self._outside = outside
        self._preferences = preferences
        self._chosen = preferences.current.camera_id
        preferences.changed.connect(self._on_preferences)
        self._permission: CameraPermission | None = None
        self.stage = self._make_stage()

    def settle(self, window: QWidget) -> None:
        """Ask for the permission in front of this window, where the system wants it asked for."""
        self._permission = CameraPermission(window)

    def ask(self) -> None:
        """Ask the person for the permission to use a camera, if that was not done."""
        if self._permission is not None:
            self._permission.ask()

    def look_through_camera(self) -> FrameSource:
        """Make the source of the frames; called in the camera's thread."""
        if self.stage is not None:
            return self.stage.film()
        return self._open_permitted(self._preferences.current.camera_id)

    def cameras(self) -> Cameras:
        """Return the cameras that the wizard offers."""
        from facelock.ui.enrolment.cameras import Cameras

        cast = self._outside.cast
        if cast is not None:
            return Cameras(
                list=simulated_camera,
                open=lambda _: cast.owner_enrolment(),
                open_try_out=lambda _: cast.owner_glance(0),
            )
        return Cameras(
            list=self._outside.list_cameras,
            open=self._open_permitted,
            chosen=self._preferences.current.camera_id,
        )

    @Slot(str)
    def choose(self, camera_id: str) -> None:
        """Look through this one from now on."""
        if self._outside.cast is not None:
            return
        with suppress(SettingsError):  # it holds until the program ends
            self._preferences.replace(replace(self._preferences.current, camera_id=camera_id))

    @Slot(object)
    def _on_preferences(self, now: Settings) -> None:
        if now.camera_id != self._chosen:
            self._chosen = now.camera_id
            if self.stage is None:
                self.changed.emit()

    def _open_permitted(self, camera_id: str) -> FrameSource:
        if self._permission is not None:
            self._permission.check()
        return self._outside.open_camera(camera_id)

    def _make_stage(self) -> DemoStage | None:
        cast = self._outside.cast
        if cast is None:
            return None
        return DemoStage(cast.owner_name, cast.stranger_name, cast.on_stage)
