"""The whole journey on built-in faces: enrol, lock, unlock, refuse, open by passphrase, remove.

Nothing is acted: every outcome comes out of the same enrolment, store, recogniser, attempt and
lock that a camera would meet. The store is a demo store in a temporary folder, its device secret
lives in memory, and both are gone afterwards (threat-model row 3).
"""

from __future__ import annotations

import secrets
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from facelock.core.attempt import Accepted, Rejected, Verdict
from facelock.core.enrolment import Pose
from facelock.core.errors import EnrolmentError, WrongPassphrase
from facelock.core.levels import Level
from facelock.core.policy import Unlocked
from facelock.services.access import Access
from facelock.services.demo_events import (
    DemoEvent,
    DemoResult,
    Glanced,
    OwnerEnrolled,
    OwnerRemoved,
    PassphraseTried,
    SampleTaken,
)
from facelock.services.enrolling import Enroller
from facelock.services.recognition import FacePipeline, Recogniser
from facelock.services.simulation import frames_of
from facelock.vault.key_files import prepare_keys
from facelock.vault.keyring import NoKeyring
from facelock.vault.keys import INTERACTIVE, KDF_FLOOR, KdfParameters, wipe
from facelock.vault.store import ProfileStore

if TYPE_CHECKING:
    from facelock.core.frames import Frame
    from facelock.core.ports import FrameSource
    from facelock.core.template import Profile
    from facelock.core.threshold import Calibration

_BETWEEN_SCENES = 10.0  # seconds of film time
_OWNER_SEED, _STRANGER_SEED = 1, 2  # which of the cast's glances is played


class Cast(Protocol):
    """Who plays: `services.demo_cast.DemoCast`, or a test's own."""

    owner_name: str

    def owner_enrolment(self) -> FrameSource:
        """Return the owner before the enrolment's camera."""
        ...

    def owner_glance(self, seed: int) -> FrameSource:
        """Return the owner before the lock's camera."""
        ...

    def stranger_glance(self, seed: int) -> FrameSource:
        """Return somebody else before the lock's camera."""
        ...


class _FilmClock:
    """The camera's clock, so that a slow machine changes no outcome. Only grows."""

    def __init__(self) -> None:
        self.now = 0.0

    def monotonic(self) -> float:
        """Seconds of film played so far."""
        return self.now

    def wall(self) -> float:
        """Seconds since the epoch."""
        return time.time()

    def boot_id(self) -> str:
        """Name the one boot there is: the film."""
        return "film"


def run_demo(
    cast: Cast,
    pipeline: FacePipeline,
    calibration: Calibration,
    level: Level,
    *,
    tell: Callable[[DemoEvent], object],
    kdf: KdfParameters = INTERACTIVE,
) -> DemoResult:
    """Play the journey in a folder of its own and return what came of it.

    `tell` hears of each step as it happens. `kdf` is made cheaper by tests alone.
    Raises StoreUnwritable if there is no temporary folder to write to, ModelError.
    """
    floor = kdf if kdf != INTERACTIVE else KDF_FLOOR
    with tempfile.TemporaryDirectory(prefix="facelock-demo-") as folder:
        store = ProfileStore.open(Path(folder, "store"), NoKeyring(), demo=True, kdf_floor=floor)
        # Rendered faces cannot pass an attack detection honestly: the sealed record says it is off.
        store.save_machine(replace(store.machine, level=level, liveness=False))
        clock = _FilmClock()
        with closing(Access(store, clock)) as access:
            return _Journey(cast, pipeline, calibration, store, access, clock, tell).play(kdf)


@dataclass
class _Journey:
    cast: Cast
    pipeline: FacePipeline
    calibration: Calibration
    store: ProfileStore
    access: Access
    clock: _FilmClock
    tell: Callable[[DemoEvent], object]

    def play(self, kdf: KdfParameters) -> DemoResult:
        liveness = bool(self.access.layers)
        profile = self._enrol()
        if profile is None:
            return DemoResult(liveness=liveness)
        passphrase = secrets.token_urlsafe(18)  # nobody needs to know it
        keys = prepare_keys(profile.profile_id, passphrase, kdf=kdf)
        self.access.enrol(profile, keys)
        wipe(keys.vault_key)
        self.tell(
            OwnerEnrolled(
                len(profile.samples), profile.poses, profile.thresholds[self.access.level]
            )
        )
        owner = self._glance(self.cast.owner_glance(_OWNER_SEED), owner=True)
        opened = Unlocked(profile.profile_id)
        opened_for_owner = self.access.state == opened and isinstance(owner, Accepted)
        stranger = self._glance(self.cast.stranger_glance(_STRANGER_SEED), owner=False)
        kept_shut = self.access.unlocked_for is None and isinstance(stranger, Rejected)
        wrong = self._try_passphrase(profile.profile_id, passphrase + "!", right=False)
        right = self._try_passphrase(profile.profile_id, passphrase, right=True)
        return DemoResult(
            enrolled=True,
            owner_unlocked=opened_for_owner,
            stranger_refused=kept_shut,
            wrong_passphrase_refused=not wrong,
            passphrase_opened=right,
            removed=self._remove(profile.profile_id),
            liveness=liveness,
            samples=len(profile.samples),
            poses=profile.poses,
        )

    def _enrol(self) -> Profile | None:
        """Enrol the owner as the wizard does, guided pose by pose; None if that fails."""
        gallery = self.access.gallery(self.pipeline.model_sha256)
        enroller = Enroller(self.pipeline, gallery, self.calibration, demo=True)
        self.pipeline.restart()
        for frame in self._film(self.cast.owner_enrolment()):
            before = enroller.flow
            after = enroller.offer(frame).flow
            for pose in Pose:
                if after.count(pose) > before.count(pose):
                    self.tell(SampleTaken(pose, len(after.samples)))
            if after.is_complete:
                break
        if not enroller.flow.is_complete:
            return None
        try:
            return enroller.profile(name=self.cast.owner_name, created_at=self.clock.wall())
        except EnrolmentError:
            return None

    def _film(self, source: FrameSource) -> Iterator[Frame]:
        """Play a camera; the lock's clock goes with it and on from scene to scene."""
        began = self.clock.now + _BETWEEN_SCENES
        for frame in frames_of((source,)):
            self.clock.now = began + frame.captured_at
            yield frame

    def _glance(self, source: FrameSource, *, owner: bool) -> Verdict | None:
        """Lock, and let somebody look at the camera; return the first verdict."""
        self.access.lock()
        self.access.start_scan()
        gallery = self.access.gallery(self.pipeline.model_sha256)
        recogniser = Recogniser(self.pipeline, gallery)
        recogniser.restart()
        verdict: Verdict | None = None
        began, frames = self.clock.now + _BETWEEN_SCENES, 0
        for frame in self._film(source):
            frames += 1
            verdict = self.access.observe(recogniser.observe(frame).observation)
            if isinstance(verdict, Accepted | Rejected):
                break
            self.access.start_scan()  # again, after an attempt that came to nothing
        unlocked = isinstance(self.access.state, Unlocked)
        self.tell(Glanced(owner, unlocked, frames, self.clock.now - began))
        return verdict

    def _try_passphrase(self, profile_id: str, passphrase: str, *, right: bool) -> bool:
        """Lock, and enter a passphrase; return whether it opened."""
        self.access.lock()
        with suppress(WrongPassphrase):
            self.access.accept(self.access.slow_open(profile_id, passphrase))
        opened = isinstance(self.access.state, Unlocked)
        self.tell(PassphraseTried(right, opened))
        return opened

    def _remove(self, profile_id: str) -> bool:
        """Erase the owner, who has just entered the passphrase; return whether nobody is left."""
        self.access.remove(profile_id)
        gone = not self.access.profiles and not isinstance(self.access.state, Unlocked)
        if gone:
            self.tell(OwnerRemoved())
        return gone
