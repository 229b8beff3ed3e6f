"""The active challenge: turn your head as asked, when asked (threat-model row 2).

Which way and when is drawn for each attempt from the operating system's randomness, so a recording
of one success answers another challenge by chance only: three directions of four make 64
sequences, and each turn has to begin within its own moment (tests/core/test_challenge.py measures
what is left). Turning before it was asked, or another way than asked, is a denial. Not turning at
all is no attack: the challenge is drawn anew, `MOST_DRAWN` times in all.

Pure: time and poses are arguments. Who cannot turn their head has `core.blinking` in its place.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from enum import Enum
from statistics import median
from typing import TypeAlias

import numpy as np

from facelock.core.blinking import BlinkChallenge, draw_blinks
from facelock.core.frames import HeadPose
from facelock.core.liveness import Denied, Judgement, Layer, Prompt, Shown, Wanting

STEPS = 3
SHORTEST_WAIT, LONGEST_WAIT = 0.4, 1.6  # seconds of looking straight before a direction is asked
MOST_DRAWN = 3  # in one attempt

TURN_YAW, TURN_PITCH = 15.0, 13.0  # degrees from neutral: turned
AT_REST = 13.0  # degrees from neutral: more, before it is asked, is too early
BACK = 8.0  # degrees from neutral: straight again
OVERSHOOT = 15.0  # degrees the other way, on the way back
SOONEST = 0.15  # seconds: nobody reacts faster (visual reaction times are 0.2 and more)
LATEST = 2.5  # seconds
RETURN_LATEST = 4.0  # seconds
LONGEST_GAP = 0.5  # seconds between two frames: what lies in it was not seen

SETTLED = 0.3  # seconds of a steady head that show what is straight for this person and camera
STEADY = 5.0  # degrees
STRAIGHT_YAW = 15.0  # degrees
STRAIGHT_PITCH = (-28.0, 18.0)  # degrees: cameras stand above and below the screen
_HISTORY = 40  # frames

RandBelow: TypeAlias = Callable[[int], int]
DENIED = Denied(Layer.CHALLENGE)


class Action(Enum):
    """A way to turn, from the person's own point of view. The value is its (yaw, pitch) sign."""

    LEFT = (1, 0)
    RIGHT = (-1, 0)
    UP = (0, 1)
    DOWN = (0, -1)

    @property
    def prompt(self) -> Prompt:
        """How it is asked for."""
        return _PROMPTS[self]

    def share(self, yaw: float, pitch: float) -> float:
        """Return how far a head is turned this way: 1 or more is turned. Degrees from neutral."""
        across, up = self.value
        return across * yaw / TURN_YAW + up * pitch / TURN_PITCH


_PROMPTS = {
    Action.LEFT: Prompt.TURN_LEFT,
    Action.RIGHT: Prompt.TURN_RIGHT,
    Action.UP: Prompt.LOOK_UP,
    Action.DOWN: Prompt.LOOK_DOWN,
}


@dataclass(frozen=True)
class Step:
    """One thing that is asked."""

    action: Action
    wait: float  # seconds of looking straight before it is asked


class Phase(Enum):
    """Where in the challenge a person is."""

    SETTLING = "settling"  # what is straight for them is not known yet
    WAITING = "waiting"  # they look straight, and are asked soon
    ASKED = "asked"
    RETURNING = "returning"  # they turned as asked and are on the way back


@dataclass(frozen=True)
class HeadChallenge:
    """A drawn challenge and how far a person has come with it."""

    steps: tuple[Step, ...]
    randbelow: RandBelow = field(default=secrets.randbelow, repr=False, compare=False)
    drawn: int = 1
    done: int = 0  # steps
    phase: Phase = Phase.SETTLING
    since: float = 0.0  # seconds, when the phase began
    neutral: tuple[float, float] = (0.0, 0.0)  # yaw, pitch, degrees
    history: tuple[tuple[float, float, float], ...] = ()  # time, yaw, pitch of the last frames
    is_denied: bool = False

    def advance(
        self, pose: HeadPose, eye_openness: float, now: float
    ) -> tuple[HeadChallenge, Judgement]:
        """Return the state after one more frame of the same face, and what is said of it.

        `pose` in degrees, `now` in seconds; `eye_openness` is not asked about here.
        """
        del eye_openness
        if self.is_denied:
            return self, DENIED
        if self.done == len(self.steps):
            return self, Shown()
        if self.history and not 0 <= now - self.history[-1][0] <= LONGEST_GAP:
            return _anew(self, now, pose)
        state = replace(self, history=(*self.history, (now, pose.yaw, pose.pitch))[-_HISTORY:])
        match self.phase:
            case Phase.SETTLING:
                return _settle(state, now)
            case Phase.WAITING:
                return _wait(state, now)
            case Phase.ASKED:
                return _ask(state, now)
        return _return(state, now)

    @property
    def step(self) -> Step:
        """What is asked now, or next. Raises IndexError once all is done."""
        return self.steps[self.done]


def _turned(state: HeadChallenge) -> tuple[float, float]:
    """Return yaw and pitch from neutral, degrees: the median of three frames, against jitter."""
    _, yaws, pitches = zip(*state.history[-3:], strict=True)
    return median(yaws) - state.neutral[0], median(pitches) - state.neutral[1]


def _settle(state: HeadChallenge, now: float) -> tuple[HeadChallenge, Judgement]:
    span = [one for one in state.history if now - one[0] <= SETTLED + 1e-6]
    poses = np.array(span)[:, 1:]
    middle = np.median(poses, axis=0)
    straight = abs(middle[0]) <= STRAIGHT_YAW and (
        STRAIGHT_PITCH[0] <= middle[1] <= STRAIGHT_PITCH[1]
    )
    # Jitter of single frames may not keep anybody from settling: nine in ten are close.
    steady = float(np.quantile(np.abs(poses - middle), 0.9, axis=0).max()) <= STEADY
    long_enough = len(span) >= 3 and now - state.history[0][0] >= SETTLED - 1e-6
    if not (straight and steady and long_enough):
        return state, Wanting(Prompt.LOOK_STRAIGHT)
    settled = replace(state, neutral=(float(middle[0]), float(middle[1])))
    return _enter(settled, Phase.WAITING, now), Wanting(Prompt.LOOK_STRAIGHT)


def _wait(state: HeadChallenge, now: float) -> tuple[HeadChallenge, Judgement]:
    if max(map(abs, _turned(state))) > AT_REST:
        return _denied(state)
    if now - state.since < state.step.wait:
        return state, Wanting(Prompt.LOOK_STRAIGHT)
    return _enter(state, Phase.ASKED, now), Wanting(state.step.action.prompt)


def _ask(state: HeadChallenge, now: float) -> tuple[HeadChallenge, Judgement]:
    yaw, pitch = _turned(state)
    wanted = state.step.action
    share = wanted.share(yaw, pitch)
    others = max(one.share(yaw, pitch) for one in Action if one is not wanted)
    if others >= 1 and others > share:
        return _denied(state)
    if share < 1:
        late = now - state.since > LATEST
        return _anew(state, now) if late else (state, Wanting(wanted.prompt))
    if now - state.since < SOONEST:
        return _denied(state)
    return _enter(state, Phase.RETURNING, now), Wanting(Prompt.LOOK_STRAIGHT)


def _return(state: HeadChallenge, now: float) -> tuple[HeadChallenge, Judgement]:
    yaw, pitch = _turned(state)
    across, up = state.step.action.value
    if across * yaw < -OVERSHOOT or up * pitch < -OVERSHOOT:
        return _denied(state)
    if max(abs(yaw), abs(pitch)) > BACK:
        late = now - state.since > RETURN_LATEST
        return _anew(state, now) if late else (state, Wanting(Prompt.LOOK_STRAIGHT))
    further = replace(_enter(state, Phase.WAITING, now), done=state.done + 1)
    is_over = further.done == len(further.steps)
    return further, Shown() if is_over else Wanting(Prompt.LOOK_STRAIGHT)


def _enter(state: HeadChallenge, phase: Phase, now: float) -> HeadChallenge:
    return replace(state, phase=phase, since=now)


def _denied(state: HeadChallenge) -> tuple[HeadChallenge, Judgement]:
    return replace(state, is_denied=True), DENIED


def _anew(
    state: HeadChallenge, now: float, pose: HeadPose | None = None
) -> tuple[HeadChallenge, Judgement]:
    """Draw other steps: nothing known of the first ones is of use for them."""
    if state.drawn == MOST_DRAWN:
        return _denied(state)
    other = draw_turns(len(state.steps), state.randbelow)
    history = () if pose is None else ((now, pose.yaw, pose.pitch),)
    return replace(other, drawn=state.drawn + 1, history=history), Wanting(Prompt.LOOK_STRAIGHT)


Challenge: TypeAlias = HeadChallenge | BlinkChallenge


def draw_turns(steps: int = STEPS, randbelow: RandBelow | None = None) -> HeadChallenge:
    """Return a new challenge of head turns. `randbelow`: for tests; else `secrets.randbelow`.

    Raises ValueError for fewer than two steps.
    """
    if steps < 2:
        raise ValueError("a challenge has two steps at least")
    below = secrets.randbelow if randbelow is None else randbelow
    actions = tuple(Action)
    first, last = round(SHORTEST_WAIT * 1000), round(LONGEST_WAIT * 1000)
    drawn = tuple(
        Step(actions[below(len(actions))], (first + below(last - first + 1)) / 1000)
        for _ in range(steps)
    )
    return HeadChallenge(drawn, below)


def draw_challenge(*, blinking: bool = False, randbelow: RandBelow | None = None) -> Challenge:
    """Return a new challenge: of head turns, or of blinks in their place."""
    below = secrets.randbelow if randbelow is None else randbelow
    return draw_blinks(randbelow=below) if blinking else draw_turns(randbelow=below)
