"""The face side of the lock page: camera and attempts in, mood and sentence out."""

from __future__ import annotations

import math
import time
from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from facelock.core.attempt import Accepted, Inconclusive, Rejected, Verdict
from facelock.core.errors import CameraError, FacelockError
from facelock.core.observation import NoFace
from facelock.core.policy import CoolingDown, Locked, PassphraseOnly, Scanning, Unlocked
from facelock.services.gallery import LockGallery, Mode
from facelock.ui.camera_binding import CameraBinding
from facelock.ui.error_text import error_text
from facelock.ui.guidance_text import (
    passphrase_only_sentence,
    prompt_sentence,
    verdict_sentence,
)
from facelock.ui.lamp import lock_sentence
from facelock.ui.numbered_work import NumberedSeen, NumberedWork
from facelock.ui.renewal_text import being_renewed, looking_sentence, nobody_sentence
from facelock.ui.ring_state import RingMood
from facelock.ui.scan_view import ScanView
from facelock.ui.timers import make_timer

if TYPE_CHECKING:
    from facelock.core.look import Look
    from facelock.services.access import Access
    from facelock.services.recognition import Seen
    from facelock.ui.identifying import Identifying
    from facelock.ui.renewing import Renewing
    from facelock.workers.eyes import Eyes, OpenSource

_REFUSED_MILLISECONDS = 1600  # long enough to read why
_COUNTDOWN_MILLISECONDS = 200
NOBODY_SECONDS = 60.0
"""Without a face for so long it says that it was left alone."""


class LockScan(QObject):
    """Runs attempts while the lock page is up. All decisions are `Access`'s."""

    changed = Signal(object)  # ScanView
    observed = Signal(object)  # Seen, of each frame of the attempt under way
    left_alone = Signal()  # nobody was there for a while; it goes on until it is ended
    cooled_down = Signal()  # a cool-down is over; nothing begins by itself
    unblocked = Signal()  # it could look now, and was not to before somebody was away
    accepted = Signal(str)  # profile id; the state is Unlocked

    def __init__(
        self,
        access: Access,
        eyes: Eyes,
        open_camera: OpenSource,
        renewing: Renewing,
        identifying: Identifying,
        parent: QObject | None = None,
        *,
        now: Callable[[], float] = time.monotonic,
    ) -> None:
        super().__init__(parent)
        self._access = access
        self._eyes = eyes
        self._open_camera = open_camera
        self._renewing = renewing
        self._identifying = identifying
        self._now = now
        self._active = False
        self.is_armed = True  # False: begun only to say what is in the way
        self._number = 0  # of the attempt under way
        self.cameras = CameraBinding(access)
        self._seen_at = 0.0  # when a face, or the start, was last seen
        self._cooldown = 0.0  # whole length, seconds
        self._trouble = ""  # why the camera does not deliver; "" while it does
        self._face_off = ""  # why the face is not used at all; "" while it is
        self._pause = make_timer(self, _REFUSED_MILLISECONDS, self.resume, once=True)
        self._countdown = make_timer(self, _COUNTDOWN_MILLISECONDS, self._count_down, once=False)
        eyes.camera_opened.connect(self._on_camera_opened)
        eyes.camera_failed.connect(self._on_camera_failed)
        eyes.pipeline_ready.connect(self._on_pipeline)
        eyes.pipeline_failed.connect(self._on_pipeline_failed)
        eyes.seen.connect(self._on_seen)
        identifying.changed.connect(self.resume)
        renewing.finished.connect(self.resume)
        renewing.failed.connect(self._on_pipeline_failed)

    @property
    def is_active(self) -> bool:
        """True between `begin` and `end`."""
        return self._active

    @property
    def finds_nobody(self) -> bool:
        """True if it would compare nobody, whoever came; a scan that begins says why.

        The face cannot be used, nobody is there to compare with, or a name has to be chosen first.
        """
        nameless = not self._identifying.finds_anybody and self._identifying.chosen is None
        return bool(self._face_off) or not self._access.profiles or nameless

    @Slot()
    def begin(self, *, armed: bool = True) -> None:
        """Look for a face, if the lock allows it. Not `armed`: only say what is in the way."""
        self._active, self.is_armed = True, armed
        self.cameras.forget()
        self._seen_at = self._now()
        self.resume()

    @Slot()
    def end(self) -> None:
        """Stop looking and release the camera."""
        if not self._active:
            return
        self._active = False
        self._rest()
        self._eyes.close_eyes()

    @Slot()
    def resume(self) -> None:
        """Do what the lock state asks for; only the passphrase is left if that cannot be kept."""
        if not self._active:
            return
        self._rest()
        try:
            self._do_as_the_state_asks()
        except FacelockError as error:  # a full disk, a keyring that is gone
            self._give_up(error)

    def _do_as_the_state_asks(self) -> None:
        match self._access.tick():
            case PassphraseOnly(why):
                self._eyes.close_eyes()
                self._show(RingMood.FACE_GONE, passphrase_only_sentence(why))
            case CoolingDown(_, until):
                self._eyes.close_eyes()
                self._cooldown = max(until - self._now(), 0.1)
                self._countdown.start()
                self._count_down()
            case Locked() | Scanning() if self._face_off:
                self._eyes.close_eyes()
                self._show(RingMood.FACE_GONE, self._face_off)
            case Locked() | Scanning():
                self._look()
            case Unlocked():
                pass

    def _give_up(self, error: FacelockError) -> None:
        self._rest()
        self._eyes.close_eyes()
        self._face_off = error_text(error)
        self._show(RingMood.FACE_GONE, self._face_off)

    def _rest(self) -> None:
        self._pause.stop()
        self._countdown.stop()
        self._number += 1  # what is still on its way belongs to nobody
        self._eyes.work(None)

    def _look(self) -> None:
        pipeline = self._eyes.pipeline
        if pipeline is not None and self._renewing.is_needed:
            self._renewing.start()
            self._show(RingMood.WAITING, being_renewed())
            return
        found = None if pipeline is None else self._identifying.gallery(pipeline.model_sha256)
        if not self._may_look(found):
            self._eyes.close_eyes()
            return
        if not self.is_armed:
            self.end()
            self.unblocked.emit()
            return
        if not self._eyes.is_looking:
            self._trouble = ""
            self._eyes.look(self._open_camera)
        if pipeline is None or found is None:
            self._show(RingMood.WAITING, self.tr("Waking up. Your passphrase works already."))
            return
        if not isinstance(self._access.start_scan(), Scanning):
            self.resume()  # it is time for the passphrase
            return
        from facelock.services.recognition import Recogniser  # brings OpenCV: after first paint

        self._eyes.work(NumberedWork(Recogniser(pipeline, found.gallery), self._number))
        if self._trouble:
            self._show(RingMood.NO_CAMERA, self._trouble)
        else:
            self._show(RingMood.SCANNING, looking_sentence(self._access.renewal.left_behind))

    def _may_look(self, found: LockGallery | None) -> bool:
        """True if there is somebody to compare with, now or soon; else say what is missing."""
        if found is not None and found.mode is Mode.NAME_FIRST:
            words = self.tr("Choose your name, then look at the camera.")
            self._show(RingMood.ASLEEP, words)
            return False
        if not (self._access.profiles if found is None else found.can_match):
            self._show(RingMood.FACE_GONE, nobody_sentence(self._access))
            return False
        return True

    @Slot(object)
    def _on_seen(self, report: object) -> None:
        if not self._active or not isinstance(report, NumberedSeen):
            return
        if report.number != self._number:
            return
        seen = report.seen
        self.cameras.note(seen.observation)
        self.observed.emit(seen)
        try:
            verdict = self._access.observe(seen.observation)
        except FacelockError as error:
            # Without a written counter nobody may try again: only the passphrase is left.
            self._give_up(error)
            return
        self._identifying.note(seen, verdict)
        if verdict is None:
            self._tell(seen)
        else:
            self._end_attempt(verdict, seen.look)
        if not isinstance(seen.observation, NoFace):
            self._seen_at = self._now()
        elif self._now() - self._seen_at > NOBODY_SECONDS:
            self.left_alone.emit()

    def _tell(self, seen: Seen) -> None:
        """Show how it goes; what liveness asks for goes before what the picture lacks."""
        if seen.prompt is None:
            self._show(RingMood.SCANNING, lock_sentence(seen), seen.look)
            return
        words = prompt_sentence(seen.prompt)
        self.changed.emit(ScanView(RingMood.ASKING, words, seen.look, prompt=seen.prompt))

    def _end_attempt(self, verdict: Verdict, look: Look) -> None:
        self._rest()
        match verdict:
            case Accepted(profile_id):
                self._show(RingMood.SUCCESS, verdict_sentence(verdict), look)
                self._active = False
                self.accepted.emit(profile_id)
                self._eyes.close_eyes()  # only now: a watch may have taken the camera over
            case Rejected():
                self._show(RingMood.REFUSED, verdict_sentence(verdict), look)
                self._pause.start()
            case Inconclusive():
                self.resume()

    @Slot()
    def _count_down(self) -> None:
        try:
            state = self._access.tick()
        except FacelockError as error:
            self._give_up(error)
            return
        if not isinstance(state, CoolingDown):
            self.cooled_down.emit()
            return
        left = max(state.until - self._now(), 0.0)
        minutes, seconds = divmod(math.ceil(left), 60)
        text = self.tr("Your face works again in {time}. Your passphrase works now.")
        text = text.format(time=f"{minutes}:{seconds:02}")
        self._show(RingMood.COOLING, text, share_left=min(left / self._cooldown, 1.0))

    @Slot()
    def _on_camera_opened(self) -> None:
        self._trouble = ""
        if self._active and isinstance(self._access.state, Scanning):
            self._show(RingMood.SCANNING, looking_sentence(self._access.renewal.left_behind))

    @Slot(object)
    def _on_camera_failed(self, error: Exception) -> None:
        self._trouble = error_text(error)
        if not self._active:
            return
        if isinstance(error, CameraError):
            self._show(RingMood.NO_CAMERA, self._trouble)
        else:  # the loop is over
            self._face_off = self._trouble
            self.resume()

    @Slot(object)
    def _on_pipeline(self, _pipeline: object) -> None:
        self.resume()

    @Slot(object)
    def _on_pipeline_failed(self, error: Exception) -> None:
        self._face_off = error_text(error)
        self.resume()

    def _show(
        self, mood: RingMood, sentence: str, look: Look | None = None, *, share_left: float = 0.0
    ) -> None:
        self.changed.emit(ScanView(mood, sentence, look, share_left))
