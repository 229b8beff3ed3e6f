"""How the puppet moves: an enrolment, and a glance at the camera. 30 frames a second.

A clip is made from its seed alone. The light, distance, place and tempo of a glance come from
another stream of random numbers than those of an enrolment, whatever the seeds: a probe is never a
repeat of an enrolment frame.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from facelock.core.frames import Frame, HeadPose
from facelock.vision.puppet import Puppet, Stance
from facelock.vision.webcam_look import Light, WebcamLook

FRAMES_PER_SECOND = 30

_ENROLMENT_STREAM, _GLANCE_STREAM = 1, 2
_TURN, _NOD = 23.0, 15.5  # degrees: what an enrolment asks for, and a little more
_HOLD = 1.0  # seconds a turned head stays
_TURN_SECONDS = 0.9
_BLINK_SECONDS = 0.20
_LEVER = 1.3  # pixels the face moves sideways for each degree it turns, at scale 1


@dataclass(frozen=True)
class Key:
    """The head is here at this moment; between two keys it moves smoothly."""

    at: float  # seconds
    yaw: float = 0.0  # degrees
    pitch: float = 0.0  # degrees
    across: float = 0.0  # pixels
    down: float = 0.0  # pixels


@dataclass(frozen=True)
class Clip:
    """One take: where the head goes, when it blinks, and what surrounds it."""

    keys: Sequence[Key]
    blinks: Sequence[float]  # seconds, the moment the lids are shut
    light: Light
    noise: float
    scale: float
    sway: float  # degrees: nobody holds quite still

    @property
    def seconds(self) -> float:
        """How long it lasts."""
        return self.keys[-1].at


def enrolment_motion(puppet: Puppet, seed: int) -> Iterator[Frame]:
    """Yield an enrolment: straight on, left, right, up, down, each held, and back; about 12 s."""
    rng = np.random.default_rng((_ENROLMENT_STREAM, seed))
    keys = [Key(0.0), Key(1.4)]
    for yaw, pitch in ((_TURN, 0.0), (-_TURN, 0.0), (0.0, _NOD), (0.0, -_NOD), (0.0, 0.0)):
        yaw, pitch = yaw * rng.uniform(0.96, 1.06), pitch * rng.uniform(0.96, 1.04)  # noqa: PLW2901
        # Seen from one side to the other is twice the way.
        way = abs(keys[-1].yaw - yaw) / _TURN + abs(keys[-1].pitch - pitch) / _NOD
        start = keys[-1].at + _TURN_SECONDS * (0.45 + 0.45 * way)
        keys += [Key(start, yaw, pitch), Key(start + _HOLD, yaw, pitch)]
    # Blinks come with the turns, as they do in life, and one while looking straight on at the end.
    turns = [(one.at + two.at) / 2 for one, two in zip(keys[1::2], keys[2::2], strict=False)]
    clip = Clip(
        keys=keys,
        blinks=[at + rng.uniform(-0.1, 0.1) for at in turns],
        light=Light(
            exposure=rng.uniform(0.95, 1.03),
            warmth=rng.uniform(-0.02, 0.02),
            from_left=rng.uniform(-0.06, 0.06),
        ),
        noise=rng.uniform(1.5, 2.5),
        scale=rng.uniform(0.98, 1.04),
        sway=0.5,
    )
    return _film(puppet, clip, rng)


def glance_motion(puppet: Puppet, seed: int) -> Iterator[Frame]:
    """Yield a glance: somebody comes into view and looks at the camera; 2 to 2.5 s."""
    rng = np.random.default_rng((_GLANCE_STREAM, seed))
    side = float(rng.choice((-1.0, 1.0)))
    across, down = rng.uniform(-40, 40), rng.uniform(-8, 20)
    arrived = rng.uniform(0.8, 0.95)
    yaw, pitch = rng.uniform(-7, 7), rng.uniform(-5, 5)
    rest = rng.uniform(1.35, 1.55)
    clip = Clip(
        keys=[
            Key(0.0, -12.0 * side, pitch - 4, across + side * rng.uniform(330, 380), down + 12),
            Key(arrived, -3.0 * side, pitch, across, down),
            Key(arrived + 0.25, yaw, pitch, across, down),
            Key(arrived + rest, yaw + rng.uniform(-3, 3), pitch + rng.uniform(-2, 2), across, down),
        ],
        blinks=[arrived + rng.uniform(0.5, rest - 0.2)],
        light=Light(
            exposure=rng.uniform(0.72, 1.1),
            gamma=rng.uniform(0.9, 1.2),
            warmth=rng.uniform(-0.07, 0.07),
            from_left=float(rng.choice((-1.0, 1.0))) * rng.uniform(0.08, 0.22),
            from_above=rng.uniform(-0.05, 0.12),
            flicker=0.015,
        ),
        noise=rng.uniform(2.5, 4.5),
        scale=rng.uniform(0.86, 0.96),
        sway=1.0,
    )
    return _film(puppet, clip, rng)


def _film(puppet: Puppet, clip: Clip, rng: np.random.Generator) -> Iterator[Frame]:
    """Yield the frames of a clip."""
    look = WebcamLook(clip.light, clip.noise, rng)
    phases = rng.uniform(0, 2 * np.pi, (5, 2))
    before: Stance | None = None
    for number in range(int(clip.seconds * FRAMES_PER_SECOND) + 1):
        at = number / FRAMES_PER_SECOND
        stance = _stance(clip, at, phases)
        frame = look.develop(puppet.render(stance), speed=_speed(before, stance))
        before = stance
        yield Frame(frame, captured_at=at, simulated=True)


def _stance(clip: Clip, at: float, phases: NDArray[np.float64]) -> Stance:
    key = _between(clip.keys, at)
    # Two slow waves a channel, out of step with one another: breathing and balance.
    waves = 0.7 * np.sin(2 * np.pi * 0.31 * at + phases[:, 0])
    waves += 0.3 * np.sin(2 * np.pi * 0.83 * at + phases[:, 1])
    yaw, pitch, roll, across, down = (float(wave) * clip.sway for wave in waves)
    return Stance(
        HeadPose(key.yaw + yaw, key.pitch + 0.7 * pitch, 1.2 * roll + 0.06 * key.yaw),
        across=key.across + 3 * across,
        down=key.down + 2 * down,
        scale=clip.scale,
        blink=max((_shut(at - moment) for moment in clip.blinks), default=0.0),
    )


def _between(keys: Sequence[Key], at: float) -> Key:
    """Return where the head is at a moment: minimum-jerk motion from key to key."""
    after = next((key for key in keys if key.at > at), keys[-1])
    index = max(keys.index(after) - 1, 0)
    one, two = keys[index], after
    t = float(np.clip((at - one.at) / max(two.at - one.at, 1e-6), 0, 1))
    # Flash & Hogan 1985: how people move from rest to rest.
    share = t**3 * (10 - 15 * t + 6 * t**2)
    return Key(
        at,
        one.yaw + share * (two.yaw - one.yaw),
        one.pitch + share * (two.pitch - one.pitch),
        one.across + share * (two.across - one.across),
        one.down + share * (two.down - one.down),
    )


def _shut(since: float) -> float:
    """Return how far the lids are closed so many seconds from the middle of a blink, 0-1."""
    return float(np.clip(1.6 * (1 - abs(since) / (_BLINK_SECONDS / 2)), 0, 1))


def _speed(before: Stance | None, now: Stance) -> float:
    """Return how fast the face moves sideways, pixels a frame."""
    if before is None:
        return 0.0
    return (now.across - before.across) + _LEVER * now.scale * (now.pose.yaw - before.pose.yaw)
