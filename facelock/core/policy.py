"""The lock: verdicts and passphrases in, lock state out. A pure function; time is an argument.

Anything unforeseen leaves the state as it was, and the first state is locked: fail closed by shape.
There is one state machine for every path to unlock.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TypeAlias

from facelock.core.attempt import Accepted, Rejected, Verdict
from facelock.core.levels import LevelRules


class Why(Enum):
    """Why only the passphrase opens."""

    TOO_MANY_FAILURES = "too-many-failures"
    INTERVAL_OVER = "interval-over"
    AFTER_REBOOT = "after-reboot"
    NO_FACE_KEY = "no-face-key"  # no keyring, and no passphrase entered since the start


@dataclass(frozen=True)
class Locked:
    """Locked; the face path may be used. The initial state."""

    failures: int = 0


@dataclass(frozen=True)
class Scanning:
    """Locked, and an attempt is under way."""

    failures: int = 0


@dataclass(frozen=True)
class CoolingDown:
    """Locked; the face path rests until `until`. The passphrase works."""

    failures: int
    until: float  # seconds, same clock as `now`


@dataclass(frozen=True)
class PassphraseOnly:
    """Locked; the face path is gone until the passphrase restores it."""

    why: Why
    failures: int = 0


@dataclass(frozen=True)
class Unlocked:
    """Open, for one person."""

    profile_id: str


LockState: TypeAlias = Locked | Scanning | CoolingDown | PassphraseOnly | Unlocked


@dataclass(frozen=True)
class ScanStarted:
    """The camera looks for a face."""


@dataclass(frozen=True)
class AttemptEnded:
    """An attempt came to its verdict."""

    verdict: Verdict


@dataclass(frozen=True)
class PassphraseAccepted:
    """The passphrase opened this person's key (so it was the right one)."""

    profile_id: str


@dataclass(frozen=True)
class FacePathGone:
    """The face path ends for a reason outside the attempts: interval over, reboot, no key."""

    why: Why


@dataclass(frozen=True)
class LockRequested:
    """Lock now."""


@dataclass(frozen=True)
class TimePassed:
    """Nothing happened but time."""


Event: TypeAlias = (
    ScanStarted | AttemptEnded | PassphraseAccepted | FacePathGone | LockRequested | TimePassed
)


def advance(state: LockState, event: Event, now: float, rules: LevelRules) -> LockState:
    """Return the state after `event` at `now` (seconds).

    Opens only from `Scanning` on an accepted face, or on an accepted passphrase. Failures are
    cleared by nothing but those two.
    """
    match state, event:
        case Unlocked(), LockRequested():
            return Locked()
        case Unlocked(), _:
            return state
        case _, PassphraseAccepted(profile_id):
            return Unlocked(profile_id)
        case PassphraseOnly(), _:
            return state
        case _, FacePathGone(why):
            return PassphraseOnly(why, _failures(state))
        case CoolingDown(failures, until), _ if now >= until:
            return Scanning(failures) if isinstance(event, ScanStarted) else Locked(failures)
        case CoolingDown(), _:
            return state
        case Locked(failures), ScanStarted():
            return Scanning(failures)
        case Scanning(), AttemptEnded(Accepted(profile_id)):
            return Unlocked(profile_id)
        case Scanning(failures), AttemptEnded(Rejected()):
            return _after_failure(failures + 1, now, rules)
        case Scanning(failures), AttemptEnded() | LockRequested():
            return Locked(failures)
        case _:
            return state


def cooldown_after(failures: int, rules: LevelRules) -> float:
    """Return the seconds the face path rests after so many failed attempts, 1 or more."""
    return rules.cooldowns[min(max(failures, 1), len(rules.cooldowns)) - 1]


def _failures(state: LockState) -> int:
    return 0 if isinstance(state, Unlocked) else state.failures


def _after_failure(failures: int, now: float, rules: LevelRules) -> LockState:
    """Return what the n-th failed attempt leads to."""
    if failures >= rules.failures_before_passphrase:
        return PassphraseOnly(Why.TOO_MANY_FAILURES, failures)
    seconds = cooldown_after(failures, rules)
    if seconds > 0:
        return CoolingDown(failures, now + seconds)
    return Locked(failures)
