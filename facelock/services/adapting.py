"""Near misses, and what becomes of them: nothing, unless the right passphrase follows in time.

An attempt that was refused as a near miss leaves a few aligned pictures in memory. They are dropped
after `OFFER_SECONDS`, when the program locks, and whenever another attempt ends; nothing of them is
written before the person says yes (`core.adaptation` has the bars and the reasons).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING

from facelock.core.activity import Happening
from facelock.core.adaptation import (
    BAND,
    MIN_FRAMES,
    OFFER_SECONDS,
    Bar,
    look_bar,
    quota_bar,
    rederived,
    threshold_bar,
    with_look,
    without_look,
)
from facelock.core.attempt import Accepted, Rejected
from facelock.core.errors import NotEnrolled, VaultLocked
from facelock.core.observation import Gathering, Match, NonMatch, PoorQuality
from facelock.core.template import Sample, without_expired

if TYPE_CHECKING:
    from facelock.core.activity import Journal
    from facelock.core.attempt import Verdict
    from facelock.core.frames import FaceCrop, HeadPose
    from facelock.core.levels import Level
    from facelock.core.look import SeenFace
    from facelock.core.template import Appearance, Profile
    from facelock.core.threshold import Calibration
    from facelock.services.access import Access
    from facelock.services.recognition import FacePipeline, Seen
    from facelock.vault.store import ProfileStore

_MOST_FRAMES = 25  # that are gathered of one face
_KEPT_FRAMES = 5  # of those, the sharpest of each fifth


@dataclass(frozen=True, eq=False)
class NearMiss:
    """The pictures of an attempt that nearly matched somebody."""

    ended_at: float  # seconds, monotonic
    demo: bool
    frames: tuple[tuple[FaceCrop, HeadPose], ...] = field(repr=False)


class NearMisses:
    """Watches the attempts of the lock page. Owned by the GUI thread."""

    def __init__(self, monotonic: Callable[[], float], *, demo: bool) -> None:
        self._monotonic = monotonic
        self._demo = demo
        self._faces: list[SeenFace] = []
        self._excess = float("inf")  # least distance beyond a threshold in this attempt
        self._last: NearMiss | None = None

    def see(self, seen: Seen, verdict: Verdict | None) -> None:
        """Take one frame of an attempt, and the verdict if it ended the attempt."""
        self._gather(seen)
        match verdict:
            case None:
                return
            case Rejected("no-match"):
                self._last = self._near_miss()
            case Rejected() | Accepted():
                self._last = None
            case _:
                pass
        self._faces, self._excess = [], float("inf")

    def _gather(self, seen: Seen) -> None:
        face = seen.look.face
        match seen.observation:
            case NonMatch(_, distance, threshold):
                self._excess = min(self._excess, distance - threshold)
            case Gathering():
                pass
            case PoorQuality():
                return
            case Match():
                self._faces = []
                return
            case _:  # nobody, a second face, an attack: it may be somebody else from here on
                self._faces, self._excess = [], float("inf")
                return
        if face is None:
            return
        if self._faces and self._faces[-1].track_id != face.track_id:
            self._faces, self._excess = [], float("inf")
        self._faces = [*self._faces, face][-_MOST_FRAMES:]

    def _near_miss(self) -> NearMiss | None:
        if self._excess > BAND or len(self._faces) < MIN_FRAMES:
            return None
        count = min(_KEPT_FRAMES, len(self._faces))
        ends = [index * len(self._faces) // count for index in range(count + 1)]
        parts = [self._faces[one:two] for one, two in pairwise(ends)]
        best = [max(part, key=lambda face: face.report.sharpness) for part in parts]
        frames = tuple((face.crop, face.report.pose) for face in best)
        return NearMiss(self._monotonic(), self._demo, frames)

    @property
    def holds_anything(self) -> bool:
        """True while pictures of a near miss are in memory."""
        self.forget_old()
        return self._last is not None

    def take(self) -> NearMiss | None:
        """Return the last near miss if it is fresh, and forget it."""
        self.forget_old()
        miss, self._last = self._last, None
        self._faces, self._excess = [], float("inf")
        return miss

    def forget_old(self) -> None:
        """Drop a near miss whose time is over."""
        if self._last and not 0 <= self._monotonic() - self._last.ended_at <= OFFER_SECONDS:
            self._last = None

    def forget(self) -> None:
        """Drop everything."""
        self._faces, self._excess, self._last = [], float("inf"), None


@dataclass(frozen=True, eq=False)
class Offer:
    """A look that may be remembered: the person's record with it. Worth one `remember`."""

    appearance: Appearance
    base: Profile = field(repr=False)  # the record it was made of
    after: Profile = field(repr=False)


def slow_offer(
    miss: NearMiss,
    profile: Profile,
    others: Sequence[Profile],
    *,
    calibration: Calibration,
    pipeline: FacePipeline,
    now: float,
    level: Level,
) -> Offer | Bar:
    """Return what may be offered to the person whose passphrase was right, or why nothing is.

    For a Task, with a pipeline of its own. `now`: seconds since the epoch. Pictures are kept of the
    look only if the person keeps those of the enrolment.
    """
    base, profile = profile, without_expired(profile, now)
    if bar := quota_bar(profile, level, now):
        return bar
    if miss.demo is not profile.demo or pipeline.model_sha256 != profile.model_sha256:
        return Bar.OTHER_KIND
    keeps = all(sample.crop is not None for sample in profile.samples)
    samples = [_sample(pipeline, *frame, keeps_crop=keeps) for frame in miss.frames]
    comparable = [one for one in others if one.model_sha256 == profile.model_sha256]
    if bar := look_bar(profile, comparable, samples, calibration, level):
        return bar
    after = with_look(profile, samples, calibration, now)
    if bar := threshold_bar(profile, after, level):
        return bar
    return Offer(after.appearances[-1], base, after)


def _sample(pipeline: FacePipeline, crop: FaceCrop, pose: HeadPose, *, keeps_crop: bool) -> Sample:
    feature = pipeline.feature_of(crop)
    return Sample(pipeline.head.apply(feature), feature, crop if keeps_crop else None, pose)


def remember(access: Access, offer: Offer) -> None:
    """Put it in force. Raises PassphraseConfirmationNeeded, StoreUnwritable.

    Raises VaultLocked unless the person themselves is inside: a look more opens what is theirs.
    Raises NotEnrolled if the person was removed, or changed, since the offer was made.
    """
    inside = access.unlocked_for
    if inside is None or inside.profile_id != offer.base.profile_id:
        raise VaultLocked("the person is not inside")
    if access.profile(offer.base.profile_id) is not offer.base:
        raise NotEnrolled("the record was changed since")
    access.replace_profile(offer.after)
    access.journal.note(Happening.APPEARANCE_ADDED, offer.base.profile_id)


def forget_look(
    access: Access, profile_id: str, appearance: str, calibration: Calibration | None
) -> None:
    """Remove an appearance of a person.

    Raises PassphraseConfirmationNeeded, NotEnrolled, StoreUnwritable; ValueError if there is none
    of that name, or if it is the last enrolled one.
    """
    left = without_look(access.profile(profile_id), appearance, calibration)
    access.replace_profile(left)
    access.journal.note(Happening.APPEARANCE_REMOVED, profile_id)


def drop_expired(
    store: ProfileStore, journal: Journal, now: float, calibration: Calibration | None = None
) -> None:
    """Erase what has expired at `now`, seconds since the epoch. Needs no passphrase: it tightens.

    Raises StoreUnwritable, KeyringUnavailable; what has expired is not compared with either way
    (`services.gallery`).
    """
    for profile in store.profiles:
        left = without_expired(profile, now)
        if left is profile:
            continue
        fits = calibration is not None and calibration.model_sha256 == left.model_sha256
        store.replace(rederived(left, calibration) if calibration and fits else left)
        journal.note(Happening.APPEARANCE_REMOVED, left.profile_id)
