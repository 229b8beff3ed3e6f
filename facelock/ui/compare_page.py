"""Two pictures side by side: one person or two? What the network is about, for everyone to see."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QTimer, Slot
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QVBoxLayout, QWidget
from typing_extensions import override

from facelock.core.errors import CameraError, FacelockError
from facelock.core.frames import Frame
from facelock.services.picture_file import SUFFIXES
from facelock.services.pictures import Found, PictureComparison, PictureFace, Unusable
from facelock.ui.comparison_card import ComparisonCard
from facelock.ui.error_text import error_text
from facelock.ui.icon_button import IconButton, IconToolButton
from facelock.ui.message_bar import MessageBar
from facelock.ui.page import Page
from facelock.ui.picture_pane import PicturePane
from facelock.ui.picture_text import why_unusable
from facelock.ui.text_labels import Tone
from facelock.ui.theme import SPACE
from facelock.ui.turning_row import TurningRow
from facelock.ui.wrapping_text import letters_width
from facelock.workers.task import run_task

if TYPE_CHECKING:
    from facelock.services.access import Access
    from facelock.services.picture_desk import PictureDesk
    from facelock.workers.eyes import Eyes, OpenSource

_LIVE_MILLISECONDS = 33
_CHARACTERS = 12  # a side narrower than so many goes below the other


class PictureSide(QWidget):
    """A pane, the ways to fill it, and what was found in it."""

    def __init__(self, name: str, desk: PictureDesk, page: ComparePage) -> None:
        super().__init__(page)
        self._desk = desk
        self._page = page
        self._wanted = 0  # number of the picture asked for last; answers to older ones are late
        self.found: Found | None = None
        self.pane = PicturePane(name)
        self.open_button = IconButton("picture", self.tr("Open…"))
        self.paste_button = IconToolButton("clipboard", self.tr("Paste a picture"))
        self.camera_button = IconToolButton("camera", self.tr("Take a picture with the camera"))
        self.message = MessageBar()
        self.pane.given.connect(self.take)
        self.pane.refused.connect(self._on_refused)
        self.pane.asked.connect(self._choose)
        self.open_button.clicked.connect(self._choose)
        self.paste_button.clicked.connect(self.pane.paste)
        self.camera_button.clicked.connect(self._on_camera)
        row = QHBoxLayout()
        row.setSpacing(SPACE)
        row.addWidget(self.open_button, 1)
        row.addWidget(self.paste_button)
        row.addWidget(self.camera_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE)
        column.addWidget(self.pane, 1)
        column.addWidget(self.message)
        column.addLayout(row)

    @Slot(object)
    def take(self, given: Path | Frame) -> None:
        """Look for the face of a picture, in the background."""
        self._page.close_camera()
        self._wanted += 1
        self.found = None
        self.message.clear()
        if isinstance(given, Frame):
            self.pane.show_frame(given)
        else:
            self.pane.clear(self.tr("Looking for a face…"))
        self._page.refresh()
        work = partial(_find, self._desk, self._wanted, given)
        run_task(self, work, self._on_found, self._on_failed)

    @Slot(object)
    def _on_found(self, answer: tuple[int, Found | FacelockError]) -> None:
        number, found = answer
        if number != self._wanted:
            return
        if isinstance(found, FacelockError):
            self.pane.clear(self.tr("Drop a picture here, paste one, or open a file."))
            self.message.say(error_text(found), Tone.DANGER)
            return
        self.found = found
        if isinstance(found, Unusable):
            words = why_unusable(found)
            self.message.say(words, Tone.WARNING)
        else:
            words = self.tr("A picture with one face, outlined")
        self.pane.show_found(found, words)
        self._page.refresh()

    @Slot(object)
    def _on_failed(self, error: Exception) -> None:
        self.pane.clear(self.tr("Drop a picture here, paste one, or open a file."))
        self.message.say(error_text(error), Tone.DANGER)

    @Slot()
    def _on_refused(self) -> None:
        self.message.say(
            self.tr("There is no picture in what was dropped or pasted."), Tone.WARNING
        )

    @Slot()
    def _choose(self) -> None:
        dialog = QFileDialog(self, self.tr("Open a picture"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        kinds = " ".join(f"*{suffix}" for suffix in SUFFIXES)
        pictures = self.tr("Pictures ({kinds})").format(kinds=kinds)
        dialog.setNameFilters([pictures, self.tr("All files (*)")])
        dialog.fileSelected.connect(self._on_chosen)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    @Slot(str)
    def _on_chosen(self, name: str) -> None:
        self.take(Path(name))

    @Slot()
    def _on_camera(self) -> None:
        self._page.use_camera(self)


def _find(desk: PictureDesk, number: int, given: Path | Frame) -> tuple[int, Found | FacelockError]:
    """In a task: the expected failures come back with the number of their picture."""
    try:
        return number, desk.find(given)
    except FacelockError as error:
        return number, error


class ComparePage(Page):
    """Pictures given here are looked at in memory and kept nowhere."""

    def __init__(
        self,
        access: Access,
        eyes: Eyes,
        open_camera: OpenSource,
        desk: PictureDesk,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(
            self.tr("Compare"),
            self.tr("Are these two pictures of the same person? Nothing you show here is kept."),
            parent,
        )
        self._access, self._eyes, self._desk = access, eyes, desk
        self._open_camera = open_camera
        self._live: PictureSide | None = None
        self._live_frame: Frame | None = None
        self._timer = QTimer(self)
        self._timer.setInterval(_LIVE_MILLISECONDS)
        self._timer.timeout.connect(self._show_live)
        self.left = PictureSide(self.tr("First picture"), desk, self)
        self.right = PictureSide(self.tr("Second picture"), desk, self)
        self.card = ComparisonCard()
        self.card.hide()
        row = TurningRow(self._sides_width)
        row.setSpacing(2 * SPACE)
        row.addWidget(self.left, 1)
        row.addWidget(self.right, 1)
        self.column.addLayout(row, 1)
        self.column.addWidget(self.card)
        eyes.camera_failed.connect(self._on_camera_failed)

    @property
    def sides(self) -> tuple[PictureSide, PictureSide]:
        """Both sides, left first."""
        return self.left, self.right

    def _sides_width(self) -> int:
        narrowest = max(side.minimumSizeHint().width() for side in self.sides)
        return 2 * max(narrowest, letters_width(self.fontMetrics(), _CHARACTERS)) + 2 * SPACE

    def refresh(self) -> None:
        """Compare if both sides have a face; else show no answer."""
        a, b = self.left.found, self.right.found
        self.card.hide()
        for side in self.sides:
            side.pane.judge("accent")
        if isinstance(a, PictureFace) and isinstance(b, PictureFace):
            work = partial(self._desk.compare, a, b, self._access.level)
            run_task(self, work, self._on_compared, self._on_failed)

    def use_camera(self, side: PictureSide) -> None:
        """Show the camera in a side; the second call takes the picture."""
        if self._live is side:
            frame = self._live_frame
            self.close_camera()
            if frame is not None:
                side.take(frame)
            return
        self.close_camera()
        self._live = side
        side.found = None
        self.refresh()
        side.message.say(self.tr("Press the camera button once more to take the picture."))
        side.pane.clear(self.tr("The camera is starting…"))
        self._eyes.work(None)
        self._eyes.look(self._open_camera)
        self._timer.start()

    def close_camera(self) -> None:
        """Release the camera if this page holds it."""
        if self._live is None:
            return
        self._timer.stop()
        self._eyes.close_eyes()
        side, self._live, self._live_frame = self._live, None, None
        side.message.clear()
        side.pane.clear(self.tr("Drop a picture here, paste one, or open a file."))

    @override
    def hideEvent(self, event: QHideEvent, /) -> None:
        self.close_camera()
        super().hideEvent(event)

    @Slot()
    def _show_live(self) -> None:
        frame = self._eyes.preview.take()
        if frame is not None and self._live is not None:
            self._live_frame = frame
            self._live.pane.show_frame(frame, mirrored=True)

    @Slot(object)
    def _on_camera_failed(self, error: CameraError) -> None:
        if self._live is not None:
            self._live.message.say(error_text(error), Tone.WARNING)

    @Slot(object)
    def _on_compared(self, result: PictureComparison) -> None:
        if result.a is not self.left.found or result.b is not self.right.found:
            return  # another picture was given meanwhile
        for side in self.sides:
            side.pane.judge("good" if result.mated else "danger")
        self.card.show_result(result)
        self.card.show()
        QTimer.singleShot(0, self._show_card)

    @Slot()
    def _show_card(self) -> None:
        """Scroll to the answer, once the layout has made room for it; its top counts most."""
        bar = self.verticalScrollBar()
        top = bar.value() + self.card.mapTo(self.viewport(), QPoint(0, 0)).y() - SPACE
        bottom = top + self.card.height() + 2 * SPACE
        bar.setValue(min(top, max(bar.value(), bottom - self.viewport().height())))

    @Slot(object)
    def _on_failed(self, error: Exception) -> None:
        self.right.message.say(error_text(error), Tone.DANGER)
