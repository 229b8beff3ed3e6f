"""The three security levels and what each of them means (design.md section 6)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


class Level(Enum):
    """How strict the lock is. The value is its name on the command line and on disk."""

    CONVENIENT = "convenient"
    BALANCED = "balanced"
    STRICT = "strict"


@dataclass(frozen=True)
class LevelRules:
    """What a level demands. Times in seconds."""

    attempt_fmr: float  # upper bound of the false match rate of one whole attempt
    failures_before_passphrase: int
    cooldowns: tuple[float, ...]  # after the 1st, 2nd ... failed attempt
    passphrase_interval: float  # the passphrase is asked at least this often
    passphrase_after_reboot: bool
    lock_when_idle: float
    lock_when_away: float | None  # None: walk-away lock is off
    onlooker_shield: bool  # a second face blurs what is private
    nearest_impostor_caps: bool  # the person's nearest bundled impostor caps the threshold
    attempt_seconds: float = 8.0  # an attempt without a verdict ends by then


_MINUTE = 60.0
_DAY = 86_400.0

RULES: dict[Level, LevelRules] = {
    Level.CONVENIENT: LevelRules(
        attempt_fmr=1e-3,
        failures_before_passphrase=5,
        cooldowns=(0.0, 0.0, 30.0, 60.0),
        passphrase_interval=30 * _DAY,
        passphrase_after_reboot=False,
        lock_when_idle=15 * _MINUTE,
        lock_when_away=None,
        onlooker_shield=False,
        nearest_impostor_caps=False,
    ),
    Level.BALANCED: LevelRules(
        attempt_fmr=1e-4,
        failures_before_passphrase=5,
        cooldowns=(0.0, 0.0, 30.0, 60.0),
        passphrase_interval=7 * _DAY,
        passphrase_after_reboot=False,
        lock_when_idle=5 * _MINUTE,
        lock_when_away=20.0,
        onlooker_shield=False,
        nearest_impostor_caps=True,
    ),
    Level.STRICT: LevelRules(
        attempt_fmr=1e-5,
        failures_before_passphrase=3,
        cooldowns=(0.0, 30.0),
        passphrase_interval=_DAY,
        passphrase_after_reboot=True,
        lock_when_idle=_MINUTE,
        lock_when_away=5.0,
        onlooker_shield=True,
        nearest_impostor_caps=True,
        attempt_seconds=30.0,  # the challenge takes its time
    ),
}
