"""Camera loop and recognition loop as one thing the pages can use. Lives in the GUI thread."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from facelock.core.errors import CameraError
from facelock.core.frames import Frame
from facelock.workers.held_camera import HeldCamera, OpenSource
from facelock.workers.latest import Latest
from facelock.workers.recognition import FrameWork, RecognitionThread
from facelock.workers.share import Share

if TYPE_CHECKING:
    from facelock.core.head import Head
    from facelock.services.recognition import FacePipeline

__all__ = ["WATCH_PACE", "Eyes", "OpenSource"]

WATCH_PACE = 0.5
"""Seconds from one frame of a watch to the next."""


@dataclass(frozen=True)
class _Watch:
    open_source: OpenSource
    work: FrameWork
    share: Share


class Eyes(QObject):
    """Looks through one camera. Camera and models open in parallel, each in its own thread.

    Two may want the camera. A look (`look` to `close_eyes`) sees every frame and fills the preview.
    A watch (`watch` to `stop_watching`) sees a frame now and then; what comes in between is not
    even decoded. Both share one camera if they mean the same; else the watch rests meanwhile.
    While nobody wants it, or something holds it off, it is off: its light says the truth.

    Pages set the work (`recogniser.observe`, `enroller.offer`) and listen to `seen`. A watch brings
    its work along; it listens to `watched` and compares the work, as another may have come since.
    """

    camera_opened = Signal()  # to a look; so are the next two
    camera_failed = Signal(object)  # CameraError; the loop goes on trying by itself
    clip_ended = Signal()  # a simulated camera came to its end
    camera_on_changed = Signal(bool)
    pipeline_ready = Signal(object)  # FacePipeline: loaded, or under another head
    pipeline_failed = Signal(object)  # FacelockError or another exception
    seen = Signal(object)  # what the work returned
    watched = Signal(object, object)  # the work of the watch, and what it returned
    watch_failed = Signal(object, object)  # and an exception: CameraError, or the watch is over

    def __init__(
        self, load_pipeline: Callable[[], FacePipeline], parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self.preview: Latest[Frame] = Latest()
        self._frames: Latest[Frame] = Latest()
        self._watched_frames: Latest[Frame] = Latest()
        self._looked: tuple[OpenSource, Share] | None = None  # the look that is wanted
        self._is_told = False  # the look knows that the camera is open
        self._watch: _Watch | None = None  # and the watch
        self._work: FrameWork | None = None  # of a look
        self._held_off: set[Hashable] = set()
        self._camera = HeldCamera(self)
        self._camera.opened.connect(self._on_opened)
        self._camera.failed.connect(self._on_camera_failed)
        self._camera.ended.connect(self._on_ended)
        self._camera.on_changed.connect(self.camera_on_changed)
        self._pipeline: FacePipeline | None = None
        self._trouble: Exception | None = None
        self._recognition = RecognitionThread(
            load_pipeline, self._frames, self, watched_frames=self._watched_frames
        )
        self._recognition.ready.connect(self._on_ready)
        self._recognition.failed.connect(self._on_failed)
        self._recognition.seen.connect(self._on_seen)
        self._recognition.watched.connect(self._on_watched)
        self._recognition.watch_failed.connect(self._on_watch_failed)

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
        """True from `look` to `close_eyes`."""
        return self._looked is not None

    @property
    def is_watching(self) -> bool:
        """True from `watch` to `stop_watching`, even while the watch rests."""
        return self._watch is not None

    @property
    def camera_is_on(self) -> bool:
        """True from when it was opened until it is released: its light is on."""
        return self._camera.is_on

    def start(self) -> None:
        """Begin to load the models."""
        self._recognition.start()

    def look(self, open_source: OpenSource) -> None:
        """See every frame. A look under way ends, and its camera is opened anew."""
        if self._looked is not None or self._camera.has_trouble:
            # Who begins to look is to hear of the trouble, and not to wait for the next try.
            self._camera.release()
        self._looked = (open_source, Share((self.preview, self._frames)))
        self._is_told = False
        self._settle()

    def close_eyes(self) -> None:
        """End the look; nothing happens if there is none. A watch goes on."""
        self._looked = None
        self._settle()

    def work(self, work: FrameWork | None) -> None:
        """Set what a look does with each frame from now on; None rests."""
        self._work = work
        self._recognition.do(work)

    def watch(self, open_source: OpenSource, work: FrameWork, pace: float = WATCH_PACE) -> None:
        """Do this work on a frame each `pace` seconds, instead of that of a watch under way."""
        if self._looked is None and self._camera.has_trouble:
            self._camera.release()  # as for a look: the new one hears of it
        self._watch = _Watch(open_source, work, Share((self._watched_frames,), pace))
        self._recognition.watch(work)
        self._settle()

    def stop_watching(self, work: FrameWork) -> None:
        """End the watch if this is its work; nothing happens if it is another's by now."""
        if self._watch is not None and self._watch.work is work:
            self._end_watch()

    def hold_off(self, why: Hashable) -> None:
        """Release the camera and leave it alone until `go_on`, whoever wants it meanwhile."""
        self._held_off.add(why)
        self._is_told = False
        self._settle()

    def go_on(self, why: Hashable) -> None:
        """Take back one `hold_off`; after the last one, what is wanted begins again."""
        self._held_off.discard(why)
        self._settle()

    @Slot()
    def reopen(self) -> None:
        """Open the camera of what is wanted anew: another one was chosen."""
        self._camera.release()
        self._is_told = False
        self._settle()

    def use_head(self, head: Head | None) -> None:
        """See under another head from the next work on; None: the one the networks came with.

        The camera and what is under way go on: a pipeline keeps its head, so nothing that was begun
        with the old one meets anything of the new one. Nothing happens before the models are there.
        """
        if self._pipeline is not None:
            self._on_ready(self._pipeline.with_head(head))

    def stop(self) -> bool:
        """End both loops; True if they did end in time."""
        self._looked = self._watch = None
        self._camera.release()
        return self._recognition.stop()

    def _settle(self) -> None:
        """Have the camera that is wanted now, and no other; keep it open if it is the same."""
        wanted = self._wanted()
        if wanted is None:
            self._camera.release()
            return
        shares = []
        if self._looked is not None:
            shares.append(self._looked[1])
        if self._watch is not None and self._watch.open_source == wanted:
            shares.append(self._watch.share)
        self._camera.have(wanted, shares)

    def _wanted(self) -> OpenSource | None:
        if self._held_off:
            return None
        if self._looked is not None:
            return self._looked[0]
        return None if self._watch is None else self._watch.open_source

    def _end_watch(self) -> None:
        self._watch = None
        self._recognition.watch(None)
        self._watched_frames.clear()
        self._settle()

    def _watch_before_camera(self) -> _Watch | None:
        """Return the watch, if it has the camera that is open: alone, or with a look."""
        watch = self._watch
        return watch if watch is not None and self._camera.is_of(watch.open_source) else None

    @Slot()
    def _on_opened(self) -> None:
        """Tell the look, once: a watch that joins it is no news to it."""
        if self._looked is not None and not self._is_told:
            self._is_told = True
            self.camera_opened.emit()

    @Slot(object)
    def _on_camera_failed(self, error: Exception) -> None:
        watch = self._watch_before_camera()
        self._is_told = False
        if self._looked is not None:
            self.camera_failed.emit(error)
        if watch is not None and watch is self._watch:
            if not isinstance(error, CameraError):
                self._end_watch()
            self.watch_failed.emit(watch.work, error)

    @Slot()
    def _on_ended(self) -> None:
        watch = self._watch_before_camera()
        if self._looked is not None:
            self.clip_ended.emit()
        if watch is not None and watch is self._watch:
            self._end_watch()
            self.watch_failed.emit(watch.work, EOFError("the clip is over"))

    @Slot(object, object)
    def _on_seen(self, work: FrameWork, result: object) -> None:
        """Pass on what the work of now saw: what came before may be of somebody else."""
        if work is self._work:
            self.seen.emit(result)

    @Slot(object, object)
    def _on_watched(self, work: FrameWork, result: object) -> None:
        if self._watch is not None and self._watch.work is work:
            self.watched.emit(work, result)

    @Slot(object, object)
    def _on_watch_failed(self, work: FrameWork, error: Exception) -> None:
        if self._watch is not None and self._watch.work is work:
            self._end_watch()
            self.watch_failed.emit(work, error)

    @Slot(object)
    def _on_ready(self, pipeline: FacePipeline) -> None:
        self._pipeline = pipeline
        self.pipeline_ready.emit(pipeline)

    @Slot(object)
    def _on_failed(self, error: Exception) -> None:
        if self._pipeline is None:  # else a work has failed, and the next one may do better
            self._trouble = error
        self.pipeline_failed.emit(error)
