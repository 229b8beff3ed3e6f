"""Eyes that watch on cue, for what happens while it is open."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from PySide6.QtCore import QObject, Signal

from facelock.core.presence import Sighting, Who
from facelock.workers.eyes import Eyes

if TYPE_CHECKING:
    from facelock.services.recognition import FacePipeline

NOBODY, OWNER, UNPROVEN, STRANGER = (Sighting(who) for who in Who)
LOOKED_ON = Sighting(Who.OWNER, onlookers=1)


class WatchingEyes(QObject):
    """Watches when asked and sees what the test says."""

    pipeline_ready = Signal(object)
    watched = Signal(object, object)
    watch_failed = Signal(object, object)

    def __init__(self, pipeline: object) -> None:
        super().__init__()
        self.pipeline = cast("FacePipeline | None", pipeline)
        self.work: Any = None
        self.paces: list[float] = []
        self.stopped = 0

    def watch(self, _open_source: object, work: object, pace: float = 0.5) -> None:
        self.work = work
        self.paces.append(pace)

    def stop_watching(self, work: object) -> None:
        if work is self.work:
            self.work = None
            self.stopped += 1

    def see(self, sighting: Sighting | None) -> None:
        """Report what the watch under way has seen, if there is one."""
        if self.work is not None:
            self.watched.emit(self.work, sighting)

    def fail(self, error: Exception) -> None:
        self.watch_failed.emit(self.work, error)

    def as_eyes(self) -> Eyes:
        return cast("Eyes", self)
