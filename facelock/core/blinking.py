"""The challenge for who cannot turn their head: close your eyes for a moment, when asked.

A natural blink is shorter than what is asked for and does neither good nor harm. Eyes that stay
shut before it was asked are a denial; eyes that do not shut in time are no answer. When it is asked
is drawn for each attempt, over a span twice as long as the time to answer, so a recording fits by
chance only; the chance is larger than with turns of the head (tests/core/test_blinking.py says it),
which is why this is a choice behind the passphrase and not the rule.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from enum import Enum
from typing import TypeAlias

import numpy as np

from facelock.core.frames import HeadPose
from facelock.core.gaze import CLOSED, OPEN
from facelock.core.liveness import Denied, Judgement, Layer, Prompt, Shown, Wanting

STEPS = 4
SHORTEST_WAIT, LONGEST_WAIT = 0.6, 4.0  # seconds of open eyes before it is asked
SHUT = 0.35  # seconds: longer than a natural blink's closed part
SOONEST, LATEST = 0.15, 1.5  # seconds from asking until the lids are down
LONGEST_SHUT = 4.0  # seconds until they are open again
MOST_DRAWN = 2  # in one attempt
LONGEST_GAP = 0.3  # seconds between two frames
SETTLED = 0.3  # seconds of open eyes that show how open they are
_HISTORY = 40  # frames

RandBelow: TypeAlias = Callable[[int], int]
DENIED = Denied(Layer.BLINK_CHALLENGE)


class Phase(Enum):
    """Where in the challenge a person is."""

    SETTLING = "settling"
    WAITING = "waiting"
    ASKED = "asked"
    OPENING = "opening"


@dataclass(frozen=True)
class BlinkChallenge:
    """A drawn challenge and how far a person has come with it."""

    waits: tuple[float, ...]  # seconds before each time it is asked
    randbelow: RandBelow = field(default=secrets.randbelow, repr=False, compare=False)
    drawn: int = 1
    done: int = 0
    phase: Phase = Phase.SETTLING
    since: float = 0.0  # seconds, when the phase began
    opened: float = 0.0  # eye aspect ratio of this person's open eyes
    shut_since: float | None = None  # seconds
    history: tuple[tuple[float, float], ...] = ()  # time and openness of the last frames
    is_denied: bool = False

    def advance(
        self, pose: HeadPose, eye_openness: float, now: float
    ) -> tuple[BlinkChallenge, Judgement]:
        """Return the state after one more frame of the same face, and what is said of it.

        `eye_openness`: eye aspect ratio; `now` in seconds; the pose is not asked about here.
        """
        del pose
        if self.is_denied:
            return self, DENIED
        if self.done == len(self.waits):
            return self, Shown()
        if self.history and not 0 <= now - self.history[-1][0] <= LONGEST_GAP:
            return _anew(self)
        state = replace(self, history=(*self.history, (now, eye_openness))[-_HISTORY:])
        match self.phase:
            case Phase.SETTLING:
                return _settle(state, now)
            case Phase.WAITING:
                return _wait(_lids(state, eye_openness, now), now)
            case Phase.ASKED:
                return _ask(_lids(state, eye_openness, now), now)
        return _open(_lids(state, eye_openness, now), now)


def _lids(state: BlinkChallenge, openness: float, now: float) -> BlinkChallenge:
    shut = openness < CLOSED * state.opened
    first = now if state.shut_since is None else state.shut_since
    return replace(state, shut_since=first if shut else None)


def _is_shut(state: BlinkChallenge, now: float) -> bool:
    return state.shut_since is not None and now - state.shut_since >= SHUT


def _settle(state: BlinkChallenge, now: float) -> tuple[BlinkChallenge, Judgement]:
    span = [openness for at, openness in state.history if now - at <= SETTLED + 1e-6]
    opened = float(np.median(span))
    long_enough = len(span) >= 3 and now - state.history[0][0] >= SETTLED - 1e-6
    if not long_enough or opened < OPEN:
        return state, Wanting(Prompt.LOOK_STRAIGHT)
    return _enter(replace(state, opened=opened), Phase.WAITING, now), _LOOK


def _wait(state: BlinkChallenge, now: float) -> tuple[BlinkChallenge, Judgement]:
    if _is_shut(state, now):
        return _denied(state)
    if now - state.since < state.waits[state.done] or state.shut_since is not None:
        return state, _LOOK
    return _enter(state, Phase.ASKED, now), _BLINK


def _ask(state: BlinkChallenge, now: float) -> tuple[BlinkChallenge, Judgement]:
    if state.shut_since is not None and state.shut_since - state.since < SOONEST:
        # On their way down when it was asked: a blink, and no answer. Longer, it was too early.
        return _denied(state) if _is_shut(state, now) else (state, _BLINK)
    if _is_shut(state, now):
        return _enter(state, Phase.OPENING, now), _LOOK
    down = state.shut_since is not None
    if not down and now - state.since > LATEST:
        return _anew(state)
    return state, _BLINK


def _open(state: BlinkChallenge, now: float) -> tuple[BlinkChallenge, Judgement]:
    if state.shut_since is not None:
        return _anew(state) if now - state.since > LONGEST_SHUT else (state, _LOOK)
    further = replace(_enter(state, Phase.WAITING, now), done=state.done + 1)
    return further, Shown() if further.done == len(further.waits) else _LOOK


def _enter(state: BlinkChallenge, phase: Phase, now: float) -> BlinkChallenge:
    return replace(state, phase=phase, since=now)


def _denied(state: BlinkChallenge) -> tuple[BlinkChallenge, Judgement]:
    return replace(state, is_denied=True), DENIED


def _anew(state: BlinkChallenge) -> tuple[BlinkChallenge, Judgement]:
    if state.drawn == MOST_DRAWN:
        return _denied(state)
    other = draw_blinks(len(state.waits), state.randbelow)
    return replace(other, drawn=state.drawn + 1), _LOOK


_LOOK, _BLINK = Wanting(Prompt.LOOK_STRAIGHT), Wanting(Prompt.BLINK)


def draw_blinks(steps: int = STEPS, randbelow: RandBelow | None = None) -> BlinkChallenge:
    """Return a new challenge of blinks. `randbelow`: for tests; else `secrets.randbelow`.

    Raises ValueError for fewer than two steps.
    """
    if steps < 2:
        raise ValueError("a challenge has two steps at least")
    below = secrets.randbelow if randbelow is None else randbelow
    first, last = round(SHORTEST_WAIT * 1000), round(LONGEST_WAIT * 1000)
    waits = tuple((first + below(last - first + 1)) / 1000 for _ in range(steps))
    return BlinkChallenge(waits, below)
