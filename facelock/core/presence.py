"""Is the person inside still there? Sightings and keys in, what follows out. Time is an argument.

Absence counts from the last proof: a frame with the owner, or a key. A face that is not yet shown
to be theirs is none, and a key pressed before such a face is none either: a stranger types too.
Whatever is not seen leaves the absence counting, but for a camera that gives nothing at all.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import Enum

from facelock.core.leaving import Reason

COUNTDOWN = 10.0
"""Seconds before the lock, at most, in which it is announced."""

COUNTDOWN_SHARE = 0.6
"""Of the time away that the announcement may take: where it locks soon, being out of the picture
for a moment shall not be announced at once."""

ONLOOKER_SECONDS = 1.0
"""A second face raises the shield when it is seen for longer, and frees it when gone so long."""

WAVED_OFF_SECONDS = 2.0
"""An onlooker whom a key has waved off raises the shield again once they were gone so long."""


class Who(Enum):
    """Who sits before the camera."""

    NOBODY = "nobody"  # or it is too dark to tell: who switches off the light and goes is gone
    OWNER = "owner"
    UNPROVEN = "unproven"  # a face that is not shown to be the owner's yet
    STRANGER = "stranger"  # a face that was looked at and is not the owner's


@dataclass(frozen=True)
class Sighting:
    """What one frame showed."""

    who: Who
    onlookers: int = 0  # faces beside that one that count


@dataclass(frozen=True)
class PresenceRules:
    """What the lock demands."""

    away: float | None  # seconds of absence after which it locks; None: it does not
    shield: bool  # a second face blurs what is private


@dataclass(frozen=True)
class Standing:
    """What follows at one moment."""

    lock: Reason | None  # AWAY or STRANGER
    seconds_left: float | None  # before it locks, while that is announced
    shield: bool
    unsure: bool  # there is a face, and it is not shown to be the owner's
    paused: bool  # the camera gives nothing: only idleness locks


@dataclass(frozen=True)
class Onlooker:
    """Somebody beside the owner, seen without a break or under the shield."""

    since: float  # seconds, of the first sighting
    last: float  # seconds, of the last sighting
    is_there: bool = True  # in the latest frame
    waved_off: bool = False  # a key or a click under the shield

    @property
    def counts(self) -> bool:
        """True if they have looked on for long enough to raise the shield."""
        return self.last - self.since > ONLOOKER_SECONDS

    def is_gone(self, now: float) -> bool:
        """True if they have been out of the picture for long enough."""
        if self.is_there:
            return False
        if self.waved_off:
            return now - self.last >= WAVED_OFF_SECONDS
        return not self.counts or now - self.last >= ONLOOKER_SECONDS


@dataclass(frozen=True)
class Presence:
    """What is known about who is there, since the lock was opened. Begin anew with each opening.

    A stranger who was seen stays seen: leaving the picture does not undo what they saw.
    """

    proven_at: float  # seconds: the owner was there, or sight came back
    who: Who = Who.NOBODY
    paused: bool = False
    onlooker: Onlooker | None = None

    @classmethod
    def begin(cls, now: float) -> Presence:
        """Return what is known at the moment of opening: whoever opened it is there."""
        return cls(now)

    def see(self, sighting: Sighting, now: float) -> Presence:
        """Return what is known after one frame."""
        is_proof = sighting.who is Who.OWNER or self.paused
        return replace(
            self,
            proven_at=now if is_proof else self.proven_at,
            who=self._unless_stranger(sighting.who),
            paused=False,
            onlooker=self._onlooker_after(sighting, now),
        )

    def use(self, now: float) -> Presence:
        """Return what is known after a key or the mouse: nothing new before an unproven face."""
        if self.who in (Who.UNPROVEN, Who.STRANGER):
            return self
        return replace(self, proven_at=now)

    def wave_off(self, now: float) -> Presence:
        """Return what is known after somebody asked for the shield to be lowered: used, and asked.

        The mouse that moves by itself asks for nothing. An unproven face cannot ask either.
        """
        used, onlooker = self.use(now), self.onlooker
        if used is self or onlooker is None or not onlooker.counts:
            return used
        return replace(used, onlooker=replace(onlooker, waved_off=True))

    def lose_sight(self, now: float) -> Presence:
        """Return what is known when the camera gives nothing: absence waits, and begins anew.

        Else every video call that takes the camera would lock.
        """
        who = self._unless_stranger(Who.NOBODY)
        return replace(self, proven_at=now, who=who, paused=True, onlooker=None)

    def standing(self, now: float, rules: PresenceRules) -> Standing:
        """Return what follows at this moment."""
        left = None if rules.away is None or self.paused else rules.away - (now - self.proven_at)
        lock = self._lock(left)
        return Standing(
            lock=lock,
            seconds_left=left if lock is None and _is_announced(left, rules.away) else None,
            shield=rules.shield and self._is_looked_on(now),
            unsure=self.who is Who.UNPROVEN,
            paused=self.paused,
        )

    def _lock(self, left: float | None) -> Reason | None:
        if self.who is Who.STRANGER:
            return Reason.STRANGER
        return Reason.AWAY if left is not None and left <= 0 else None

    def _unless_stranger(self, who: Who) -> Who:
        return self.who if self.who is Who.STRANGER else who

    def _is_looked_on(self, now: float) -> bool:
        one = self.onlooker
        return one is not None and one.counts and not one.waved_off and not one.is_gone(now)

    def _onlooker_after(self, sighting: Sighting, now: float) -> Onlooker | None:
        """Return the same onlooker while they are not gone, somebody new, or nobody."""
        known = self.onlooker
        if known is not None and known.is_gone(now):
            known = None
        if sighting.onlookers > 0:
            if known is None:
                return Onlooker(since=now, last=now)
            return replace(known, last=now, is_there=True)
        if known is None:
            return None
        absent = replace(known, is_there=False)
        return None if absent.is_gone(now) else absent


def _is_announced(left: float | None, away: float | None) -> bool:
    if left is None or away is None:
        return False
    return left <= min(COUNTDOWN, COUNTDOWN_SHARE * away)
