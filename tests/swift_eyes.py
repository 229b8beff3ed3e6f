"""Eyes whose camera and recognition go by Qt's timers alone: for hours that pass in seconds.

What they see is painted (`fakes.synthetic_frame`), and the pipeline is the real one on fake
networks. Nothing else of the program knows the difference.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import dataclass, replace

from fakes import PaintedFace, synthetic_frame
from PySide6.QtCore import QObject, QTimer, Signal, Slot

from facelock.core.frames import Frame
from facelock.core.head import Head
from facelock.core.ports import FrameSource
from facelock.core.scene import Scene
from facelock.services.recognition import FacePipeline
from facelock.ui.timers import make_timer
from facelock.workers.eyes import OpenSource
from facelock.workers.latest import Latest
from facelock.workers.recognition import FrameWork

OWNER, STRANGER = 1, 2
LOOK_MILLISECONDS = 100  # between two frames of a look: ten a second are enough to be let in


def _painted() -> dict[Scene, Frame]:
    beside = PaintedFace(STRANGER, left=8, top=60, width=80)
    return {
        Scene.EMPTY: synthetic_frame(None, simulated=True),
        Scene.OWNER: synthetic_frame(OWNER, simulated=True),
        Scene.STRANGER: synthetic_frame(STRANGER, simulated=True),
        Scene.BOTH: synthetic_frame(OWNER, others=[beside], simulated=True),
        Scene.DARK: synthetic_frame(None, light=0.05, simulated=True),
    }


@dataclass
class PaintedStage:
    """Implements `ui.visits.Stage`, and counts the cameras that are open before it."""

    now: Callable[[], float]
    scene: Scene = Scene.EMPTY
    cameras_open: int = 0
    opened: int = 0

    def __post_init__(self) -> None:
        self._frames = _painted()

    def camera(self, _camera_id: str) -> FrameSource:
        return PaintedCamera(self)

    def frame(self) -> Frame:
        return replace(self._frames[self.scene], captured_at=self.now())


class PaintedCamera:
    """Implements `core.ports.FrameSource` before the painted stage."""

    def __init__(self, stage: PaintedStage) -> None:
        self._stage = stage
        self._open = False

    @property
    def simulated(self) -> bool:
        return True

    def open(self) -> None:
        assert not self._open
        self._open = True
        self._stage.cameras_open += 1
        self._stage.opened += 1

    def read(self) -> Frame:
        assert self._open
        return self._stage.frame()

    def skip(self) -> None:
        assert self._open

    def close(self) -> None:
        self._stage.cameras_open -= self._open
        self._open = False


class SwiftEyes(QObject):
    """Implements what the program uses of `workers.eyes.Eyes`."""

    camera_opened = Signal()
    camera_failed = Signal(object)
    clip_ended = Signal()
    camera_on_changed = Signal(bool)
    pipeline_ready = Signal(object)
    pipeline_failed = Signal(object)
    seen = Signal(object)
    watched = Signal(object, object)
    watch_failed = Signal(object, object)

    def __init__(self, load_pipeline: Callable[[], FacePipeline]) -> None:
        super().__init__()
        self.preview: Latest[Frame] = Latest()
        self.pipeline: FacePipeline | None = None
        self.trouble: Exception | None = None
        self._load = load_pipeline
        self._source: FrameSource | None = None
        self._looked: OpenSource | None = None
        self._work: FrameWork | None = None
        self._watched: tuple[OpenSource, FrameWork] | None = None
        self._held_off: set[Hashable] = set()
        self._look_timer: QTimer = make_timer(self, LOOK_MILLISECONDS, self._look, once=False)
        self._watch_timer: QTimer = make_timer(self, 500, self._watch, once=False)

    @property
    def is_looking(self) -> bool:
        return self._looked is not None

    @property
    def is_watching(self) -> bool:
        return self._watched is not None

    @property
    def camera_is_on(self) -> bool:
        return self._source is not None

    def start(self) -> None:
        self.pipeline = self._load()
        self.pipeline_ready.emit(self.pipeline)

    def look(self, open_source: OpenSource) -> None:
        self._looked = open_source
        self._settle()

    def close_eyes(self) -> None:
        self._looked = None
        self._settle()

    def work(self, work: FrameWork | None) -> None:
        self._work = work

    def watch(self, open_source: OpenSource, work: FrameWork, pace: float = 0.5) -> None:
        self._watched = open_source, work
        self._watch_timer.setInterval(round(pace * 1000))
        self._settle()

    def stop_watching(self, work: FrameWork) -> None:
        if self._watched is not None and self._watched[1] is work:
            self._watched = None
            self._settle()

    def hold_off(self, why: Hashable) -> None:
        self._held_off.add(why)
        self._settle()

    def go_on(self, why: Hashable) -> None:
        self._held_off.discard(why)
        self._settle()

    def reopen(self) -> None:
        self._release()
        self._settle()

    def use_head(self, head: Head | None) -> None:
        if self.pipeline is not None:
            self.pipeline = self.pipeline.with_head(head)
            self.pipeline_ready.emit(self.pipeline)

    def stop(self) -> bool:
        self._looked = self._watched = None
        self._settle()
        return True

    def _settle(self) -> None:
        wanted = self._looked or (self._watched[0] if self._watched else None)
        if wanted is None or self._held_off:
            self._release()
        elif self._source is None:
            self._source = wanted()
            self._source.open()
            self.camera_on_changed.emit(True)
            if self._looked is not None:
                self.camera_opened.emit()
        on = self._source is not None
        _run(self._look_timer, wanted=on and self._looked is not None)
        _run(self._watch_timer, wanted=on and self._watched is not None)

    def _release(self) -> None:
        source, self._source = self._source, None
        if source is not None:
            source.close()
            self.camera_on_changed.emit(False)

    @Slot()
    def _look(self) -> None:
        if self._source is None:
            return
        frame = self._source.read()
        self.preview.put(frame)
        if self._work is not None:
            self.seen.emit(self._work(frame))

    @Slot()
    def _watch(self) -> None:
        if self._source is not None and self._watched is not None:
            work = self._watched[1]
            self.watched.emit(work, work(self._source.read()))


def _run(timer: QTimer, *, wanted: bool) -> None:
    if wanted and not timer.isActive():
        timer.start()
    elif not wanted:
        timer.stop()
