"""Keeps a picture of whoever is refused, for those who asked: after the verdict, in a task."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QObject, Qt, Slot
from PySide6.QtGui import QImage, QImageWriter

from facelock.services.snapshots import RefusedPictures
from facelock.ui.lock_page import LockPage
from facelock.ui.ring_state import RingMood
from facelock.ui.scan_view import ScanView
from facelock.workers.task import run_task

WIDTH = 320  # pixels; a wider picture is made smaller
_QUALITY = 80


def jpeg_of(picture: QImage) -> bytes:
    """Return a picture as JPEG, `WIDTH` pixels wide at most. For a task."""
    if picture.width() > WIDTH:
        picture = picture.scaledToWidth(WIDTH, Qt.TransformationMode.SmoothTransformation)
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QImageWriter(buffer, QByteArray(b"jpeg"))
    writer.setQuality(_QUALITY)
    writer.write(picture)
    return bytes(buffer.data().data())


class RefusalWatch(QObject):
    """Listens to a lock page. Outlives it, so that what was kept is also written down."""

    def __init__(self, pictures: RefusedPictures, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pictures = pictures
        self._page: LockPage | None = None

    def watch(self, page: LockPage) -> None:
        """Take the pictures from this page from now on."""
        self._page = page
        page.destroyed.connect(self._on_gone)
        page.scan.changed.connect(self._on_view)

    @Slot(object)
    def _on_view(self, view: ScanView) -> None:
        picture = self._page.ring.picture if self._page is not None else None
        if view.mood is not RingMood.REFUSED or picture is None:
            return
        if whom := self._pictures.whom_for():
            work = partial(self._pictures.keep, whom, partial(jpeg_of, picture))
            run_task(self, work, self._on_kept, self._on_failed)

    @Slot(object)
    def _on_kept(self, profile_ids: tuple[str, ...]) -> None:
        self._pictures.note_kept(profile_ids)

    @Slot(object)
    def _on_failed(self, _error: Exception) -> None:
        """The hook has told; the lock owes nobody a picture."""

    @Slot()
    def _on_gone(self) -> None:
        self._page = None
