"""What the lock page does until a face is compared: it watches, rests, or begins at once.

Watching, two frames a second tell whether somebody is there. Nobody is compared with anybody
before that, and after a lock by hand not before whoever is there has left.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal, Slot

from facelock.core.errors import CameraError, FacelockError
from facelock.core.leaving import Arming
from facelock.core.policy import Locked, Scanning
from facelock.ui.error_text import error_text
from facelock.ui.ring_state import RingMood
from facelock.ui.scan_view import ScanView

if TYPE_CHECKING:
    from facelock.services.access import Access
    from facelock.services.face_watch import FaceThere, FaceWatch
    from facelock.ui.lock_scan import LockScan
    from facelock.workers.eyes import Eyes, OpenSource

ABSENT_SECONDS = 2.0
"""Nobody in the picture for so long, without a break, and whoever was there has left."""
UNSEEN_SECONDS = 1.5
"""A longer gap between two frames is a break: nobody knows who was there meanwhile."""
WATCH_SECONDS = 3600.0
"""So long the camera watches; then it is off until it is asked for."""
_WATCHES = frozenset({Arming.WHEN_SEEN, Arming.AFTER_ABSENCE})


class ComingBack(QObject):
    """Begins the scan of the lock page when it is time. A key or a click always is (`ask`)."""

    changed = Signal(object)  # ScanView

    def __init__(
        self,
        access: Access,
        eyes: Eyes,
        open_camera: OpenSource,
        scan: LockScan,
        *,
        now: Callable[[], float] = time.monotonic,
    ) -> None:
        super().__init__(scan)
        self._access = access
        self._eyes = eyes
        self._open_camera = open_camera
        self._scan = scan
        self._now = now
        self._arming = Arming.AT_ONCE
        self._in_view = False  # nobody is looked for behind a page that nobody sees
        self._waits = False  # it watches, or will as soon as the networks are there
        self._work: FaceWatch | None = None
        self._until = 0.0  # when watching ends for good
        self._absent_since: float | None = None
        self._heard_at = 0.0
        scan.left_alone.connect(self._on_left_alone)
        scan.cooled_down.connect(self._on_cooled_down)
        # Later, not within: what is in the way may be there again at once.
        scan.unblocked.connect(self._on_unblocked, Qt.ConnectionType.QueuedConnection)
        eyes.clip_ended.connect(self._on_clip_ended)
        eyes.watched.connect(self._on_watched)
        eyes.watch_failed.connect(self._on_watch_failed)
        eyes.pipeline_ready.connect(self._on_pipeline)
        eyes.pipeline_failed.connect(self._on_pipeline)

    @property
    def arming(self) -> Arming:
        """What a page that takes this one's place begins with: it never looks where this did not.

        What looks already may rest instead; what rests stays at rest.
        """
        return self._arming if self._arming in _WATCHES else Arming.ON_RETURN

    def begin_as(self, arming: Arming) -> None:
        """Begin like this the next time that the page is seen."""
        self._arming = arming

    def appear(self) -> None:
        """The page is seen: begin, or go on as it was."""
        self._in_view = True
        self._until = self._now() + WATCH_SECONDS
        if self._access.leaving.asks_first or self._arming is Arming.ON_RETURN:
            self.sleep()
        elif self._arming is Arming.AT_ONCE:
            self._scan.begin()
        else:
            self._watch()

    def vanish(self) -> None:
        """The page is not seen any more."""
        self._in_view = False
        self.rest()

    def rest(self) -> None:
        """Look for nobody, without a word: the camera is released."""
        self._stop_watching()
        self._scan.end()

    @Slot()
    def ask(self) -> None:
        """Somebody wants to use their face: begin to scan at once."""
        self._until = self._now() + WATCH_SECONDS
        self._begin()

    def returned(self) -> None:
        """The session came back, and who came with it has proved themselves to the system."""
        self._arming = Arming.AT_ONCE
        if self._in_view and not self._access.leaving.asks_first:
            self._begin()

    @Slot()
    def sleep(self) -> None:
        """Leave the camera off and say how to switch it on."""
        self.rest()
        words = self.tr("The camera is off. Press Esc or click the ring to use your face.")
        self.changed.emit(ScanView(RingMood.ASLEEP, words))

    def _sleep_for_good(self) -> None:
        self._arming = Arming.ON_RETURN
        self.sleep()

    def _begin(self) -> None:
        self._scan.begin()  # first: the camera stays open when it goes from the one to the other
        self._stop_watching()

    def _say_what_is_in_the_way(self) -> None:
        """Let the scan say it. Once it is gone nobody is compared who has not been away."""
        self._scan.begin(armed=self._arming is not Arming.AFTER_ABSENCE)
        self._stop_watching()

    def _watch(self) -> None:
        """Watch for a face, or for nobody, if a face may open anything at all."""
        self._waits = True
        self._absent_since = None
        if not self._may_watch():
            self._say_what_is_in_the_way()
            return
        pipeline = self._eyes.pipeline
        if pipeline is not None:
            from facelock.services.face_watch import FaceWatch  # OpenCV: after first paint

            self._work = FaceWatch(pipeline)
            self._eyes.watch(self._open_camera, self._work)
        self._scan.end()  # only now: the camera stays open
        self._say()

    def _stop_watching(self) -> None:
        self._waits = False
        work, self._work = self._work, None
        if work is not None:
            self._eyes.stop_watching(work)

    def _may_watch(self) -> bool:
        """False while a face opens nothing: in a cool-down, or where only the passphrase does."""
        if self._eyes.trouble is not None or self._scan.finds_nobody:
            return False
        try:
            return isinstance(self._access.tick(), Locked | Scanning)
        except FacelockError:  # it cannot be written; the scan finds the same, and says so
            return False

    @Slot(object, object)
    def _on_watched(self, work: object, there: FaceThere) -> None:
        if work is not self._work or not self._waits:
            return
        if not self._may_watch():
            self._say_what_is_in_the_way()
        elif self._now() >= self._until:
            self._sleep_for_good()
        elif self._arming is Arming.AFTER_ABSENCE:
            self._note_absence(there)
        elif there.present:
            self._begin()
        else:
            self._say(too_dark=there.too_dark)

    def _note_absence(self, there: FaceThere) -> None:
        """Count how long nobody was there. In the dark nobody can tell, and so nobody left."""
        now = self._now()
        gap, self._heard_at = now - self._heard_at, now
        if there.present or there.too_dark:
            self._absent_since = None
        elif self._absent_since is None or gap > UNSEEN_SECONDS:
            self._absent_since = now
        elif now - self._absent_since >= ABSENT_SECONDS:
            self._arming = Arming.WHEN_SEEN
        self._say()

    @Slot(object, object)
    def _on_watch_failed(self, work: object, error: Exception) -> None:
        if work is not self._work or not self._waits:
            return
        self._absent_since = None
        if isinstance(error, CameraError) and self._now() < self._until:
            self.changed.emit(ScanView(RingMood.NO_CAMERA, error_text(error)))
        else:  # a film that is over, or what will not do better the next time
            self._sleep_for_good()

    @Slot()
    def _on_clip_ended(self) -> None:
        if self._scan.is_active:
            self.sleep()

    @Slot()
    def _on_left_alone(self) -> None:
        """The scan saw nobody for a while. Whoever it waited for is away now."""
        if self._arming in _WATCHES and not self._access.leaving.asks_first:
            self._arming = Arming.WHEN_SEEN
            self._watch()
        else:
            self.sleep()

    @Slot()
    def _on_cooled_down(self) -> None:
        if self._access.leaving.asks_first:
            self.sleep()
        else:
            self._scan.begin(armed=self._scan.is_armed)

    @Slot()
    def _on_unblocked(self) -> None:
        if self._in_view and not self._waits and not self._scan.is_active:
            self._watch()

    @Slot()
    def _on_pipeline(self) -> None:
        if self._waits:
            self._watch()  # with the networks that hold now

    def _say(self, *, too_dark: bool = False) -> None:
        if self._arming is Arming.AFTER_ABSENCE:
            words = self.tr(
                "Locked. It looks for you again once you have been away, or when you press Esc."
            )
        elif too_dark:
            words = self.tr("It is too dark to look out for you. Press Esc to use your face.")
        else:
            words = self.tr("Looking out for you.")
        self.changed.emit(ScanView(RingMood.WATCHING, words))
