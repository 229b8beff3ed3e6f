"""Which camera: live thumbnails to choose from."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, QTimer, Slot
from PySide6.QtWidgets import (
    QAbstractButton,
    QButtonGroup,
    QWidget,
)
from typing_extensions import override

from facelock.core.frames import Frame
from facelock.ui.enrolment.camera_tile import CameraTile
from facelock.ui.enrolment.cameras import Cameras
from facelock.ui.enrolment.step_page import StepPage
from facelock.ui.error_text import error_text
from facelock.ui.flow_layout import FlowLayout
from facelock.ui.message_bar import MessageBar
from facelock.ui.push_button import PushButton
from facelock.ui.text_labels import Tone
from facelock.ui.theme import SPACE
from facelock.vision.camera_list import CameraInfo
from facelock.workers.task import run_task
from facelock.workers.thumbnails import Thumbnails

_SEARCH_MILLISECONDS = 3000  # while there is no camera: one that is plugged in is picked up


class CameraStep(StepPage):
    """Complete when a camera is chosen. In the demo there is only the simulated one."""

    def __init__(
        self,
        cameras: Cameras,
        *,
        demo: bool,
        parent: QWidget | None = None,
        thumbnails: Callable[[QWidget], Thumbnails] = Thumbnails,
    ) -> None:
        super().__init__(
            self.tr("Choose a camera"),
            self.tr("The one on which you look at the screen is best."),
            parent,
        )
        self._cameras = cameras
        self._demo = demo
        self._chosen = cameras.chosen
        self._tiles: dict[str, CameraTile] = {}
        self._shown = False
        self._searching = False
        self._waiting = QTimer(self)
        self._waiting.setSingleShot(True)
        self._waiting.setInterval(_SEARCH_MILLISECONDS)
        self._waiting.timeout.connect(self._look_again)
        self._group = QButtonGroup(self)
        self._group.buttonClicked.connect(self._on_clicked)
        self._thumbnails = thumbnails(self)
        self._thumbnails.picture.connect(self._on_picture)
        self._thumbnails.failed.connect(self._on_failed)
        self.message = MessageBar()
        self._row = FlowLayout(gap=2 * SPACE)
        self.again = PushButton(self.tr("&Look for cameras again"))
        self.again.clicked.connect(self._search)
        self.column.addWidget(self.message)
        self.column.addLayout(self._row)
        self.column.addWidget(self.again, 0, Qt.AlignmentFlag.AlignLeft)
        self.column.addStretch(1)

    @property
    def chosen(self) -> str:
        """Id of the chosen camera; "" for none."""
        return self._chosen

    @override
    def enter(self) -> None:
        self._shown = True
        self._search()

    @override
    def leave(self) -> None:
        self._shown = False
        self._waiting.stop()
        self._thumbnails.stop()

    @override
    def first_focus(self) -> QWidget:
        return self._tiles.get(self._chosen, self.again)

    @Slot()
    def _search(self) -> None:
        self.message.say(self.tr("Looking for cameras…"), Tone.NEUTRAL, "camera")
        self._look_again()

    @Slot()
    def _look_again(self) -> None:
        """Search without a word: a message every few seconds would drown the rest."""
        if self._searching or not self._shown:
            return
        self._searching = True
        run_task(self, self._cameras.list, self._on_listed, self._on_list_failed)

    @Slot(object)
    def _on_listed(self, found: Sequence[CameraInfo]) -> None:
        self._searching = False
        if not self._shown:
            return
        # The focus goes where the choice is, unless the person has moved it on. Asked of the
        # window: it may be in the background while somebody plugs the camera in.
        wants_focus = self.window().focusWidget() in (self.again, *self._tiles.values())
        for tile in self._tiles.values():
            self._group.removeButton(tile)
            self._row.removeWidget(tile)
            tile.deleteLater()
        self._tiles = {camera.camera_id: CameraTile(camera) for camera in found}
        for tile in self._tiles.values():
            self._group.addButton(tile)
            self._row.addWidget(tile)
            tile.show()  # at once: the focus would pass by one that is only about to be shown
            tile.setEnabled(self._is_usable(tile.camera))
            if self._demo:
                tile.show_note(self.tr("It plays a portrait that is free to use."))
        usable = [camera.camera_id for camera in found if self._is_usable(camera)]
        if usable:
            self.message.clear()
        else:
            self._say_none(any_found=bool(found))
            self._waiting.start()
        self._choose(self._chosen if self._chosen in usable else next(iter(usable), ""))
        if wants_focus:
            self.first_focus().setFocus()
        if not self._demo:
            self._thumbnails.start(found)

    def _say_none(self, *, any_found: bool) -> None:
        what = (
            self.tr("There is no physical camera here, and only a real one can enrol a face.")
            if any_found
            else self.tr("No camera found.")
        )
        to_do = self.tr(
            "Connect one: it is picked up by itself. If it is connected, allow cameras in your "
            "system's privacy settings. To see Facelock without a camera, cancel and run "
            "“facelock demo” in a terminal."
        )
        self.message.say(f"{what} {to_do}", Tone.WARNING, "camera-off")

    def _is_usable(self, camera: CameraInfo) -> bool:
        return camera.physical or self._demo

    @Slot(object)
    def _on_list_failed(self, error: Exception) -> None:
        self._searching = False
        self.message.say(error_text(error), Tone.DANGER, "camera-off")

    @Slot(QAbstractButton)
    def _on_clicked(self, tile: QAbstractButton) -> None:
        if isinstance(tile, CameraTile):
            self._choose(tile.camera.camera_id)

    def _choose(self, camera_id: str) -> None:
        self._chosen = camera_id
        if (tile := self._tiles.get(camera_id)) is not None:
            tile.setChecked(True)
        self.completed.emit(bool(camera_id))

    @Slot(str, object)
    def _on_picture(self, camera_id: str, frame: Frame) -> None:
        if (tile := self._tiles.get(camera_id)) is not None:
            tile.show_picture(frame)

    @Slot(str, object)
    def _on_failed(self, camera_id: str, error: Exception) -> None:
        if (tile := self._tiles.get(camera_id)) is not None:
            tile.show_trouble(error_text(error))
