"""Camera loop and recognition loop as one thing the pages can use. Lives in the GUI thread."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from facelock.core.frames import Frame
from facelock.workers.camera import CameraThread
from facelock.workers.camera_watch import CameraWatch
from facelock.workers.latest import Latest
from facelock.workers.recognition import FrameWork, RecognitionThread

if TYPE_CHECKING:
    from facelock.core.head import Head
    from facelock.core.ports import FrameSource
    from facelock.services.recognition import FacePipeline

OpenSource = Callable[[], "FrameSource"]


class Eyes(QObject):
    """Looks through one camera. Camera and models open in parallel, each in its own thread.

    The camera is on only between `look` and `close_eyes`, so that its light says the truth.
    Pages set the work (`recogniser.observe`, `enroller.offer`) and listen to `seen`.
    """

    camera_opened = Signal()
    camera_failed = Signal(object)  # CameraError; the loop goes on trying by itself
    clip_ended = Signal()  # a simulated camera came to its end
    pipeline_ready = Signal(object)  # FacePipeline: loaded, or under another head
    pipeline_failed = Signal(object)  # FacelockError or another exception
    seen = Signal(object)  # what the work returned

    def __init__(
        self, load_pipeline: Callable[[], FacePipeline], parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self.preview: Latest[Frame] = Latest()
        self._frames: Latest[Frame] = Latest()
        self._camera: CameraThread | None = None
        self._pipeline: FacePipeline | None = None
        self._trouble: Exception | None = None
        self._recognition = RecognitionThread(load_pipeline, self._frames, self)
        self._recognition.ready.connect(self._on_ready)
        self._recognition.failed.connect(self._on_failed)
        self._recognition.seen.connect(self.seen)

    @property
    def pipeline(self) -> FacePipeline | None:
        """The loaded pipeline, None until `pipeline_ready`. Only the recognition thread runs it."""
        return self._pipeline

    @property
    def trouble(self) -> Exception | None:
        """Why there will be no pipeline; None while it is loading, and once it is there."""
        return self._trouble

    @property
    def is_looking(self) -> bool:
        """True while the camera is (being) opened or open."""
        return self._camera is not None

    @property
    def camera_is_on(self) -> bool:
        """True while frames come: not yet while it opens, nor while there is none to be had."""
        return self._camera is not None and self._camera.last_frame_at is not None

    def start(self) -> None:
        """Begin to load the models."""
        self._recognition.start()

    def look(self, open_source: OpenSource) -> None:
        """Open a camera, closing the one in use."""
        self.close_eyes()
        camera = CameraThread(open_source, (self.preview, self._frames), self)
        camera.opened.connect(self.camera_opened)
        camera.failed.connect(self.camera_failed)
        camera.ended.connect(self.clip_ended)
        watch = CameraWatch(camera, camera)  # for a driver that hangs and can report nothing
        watch.failed.connect(self.camera_failed)
        watch.recovered.connect(self.camera_opened)
        self._camera = camera
        camera.start()

    def close_eyes(self) -> None:
        """Release the camera; nothing happens if it is not open."""
        camera, self._camera = self._camera, None
        # A hanging driver keeps its thread: then the application deletes it later.
        if camera is not None and camera.stop():
            camera.deleteLater()

    def work(self, work: FrameWork | None) -> None:
        """Set what is done with each frame from now on; None rests."""
        self._recognition.do(work)

    def use_head(self, head: Head | None) -> None:
        """See under another head from the next work on; None: the one the networks came with.

        The camera and what is under way go on: a pipeline keeps its head, so nothing that was begun
        with the old one meets anything of the new one. Nothing happens before the models are there.
        """
        if self._pipeline is not None:
            self._on_ready(self._pipeline.with_head(head))

    def stop(self) -> bool:
        """End both loops; True if they did end in time."""
        self.close_eyes()
        return self._recognition.stop()

    @Slot(object)
    def _on_ready(self, pipeline: FacePipeline) -> None:
        self._pipeline = pipeline
        self.pipeline_ready.emit(pipeline)

    @Slot(object)
    def _on_failed(self, error: Exception) -> None:
        self._trouble = error
        self.pipeline_failed.emit(error)
