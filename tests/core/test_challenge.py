"""The active challenge: who turns as asked passes; recordings do not."""

from __future__ import annotations

import math
import random
import secrets
from collections import Counter
from collections.abc import Callable, Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from facelock.core.challenge import (
    DENIED,
    LATEST,
    LONGEST_WAIT,
    MOST_DRAWN,
    SHORTEST_WAIT,
    Action,
    HeadChallenge,
    Phase,
    Step,
    draw_challenge,
    draw_turns,
)
from facelock.core.frames import HeadPose
from facelock.core.liveness import Denied, Judgement, Layer, Prompt, Shown, Wanting

NEUTRAL = HeadPose(2.0, -11.0, 1.0)
AMPLITUDE = {Action.LEFT: 30.0, Action.RIGHT: 24.0, Action.UP: 26.0, Action.DOWN: 22.0}
ACTION_OF = {action.prompt: action for action in Action}
Responder = Callable[[Prompt | None, float], tuple[float, float]]  # yaw, pitch from neutral


class Head:
    """A natural head: reacts after a while, turns smoothly, holds a moment, comes back."""

    def __init__(self, rng: random.Random) -> None:
        self.rng = rng
        self.asked: Prompt | None = None
        self.at, self.reaction = 0.0, 0.4
        self.began_at = (0.0, 0.0)
        self.where = (0.0, 0.0)
        self.seconds = 0.5

    def __call__(self, prompt: Prompt | None, now: float) -> tuple[float, float]:
        if prompt is not self.asked:
            self.asked, self.at = prompt, now
            self.reaction = self.rng.uniform(0.25, 1.2)
            self.seconds = self.rng.uniform(0.25, 0.8)
            self.began_at = self.where
        action = ACTION_OF.get(prompt) if prompt else None
        across, up = action.value if action else (0, 0)
        far = AMPLITUDE[action] if action else 0.0
        share = min(max((now - self.at - self.reaction) / self.seconds, 0.0), 1.0)
        smooth = share * share * (3 - 2 * share)
        self.where = (
            self.began_at[0] + (across * far - self.began_at[0]) * smooth,
            self.began_at[1] + (up * far - self.began_at[1]) * smooth,
        )
        return self.where


def play(
    challenge: HeadChallenge,
    respond: Responder,
    *,
    fps: float = 25.0,
    jitter: float = 0.0,
    seconds: float = 30.0,
    rng: random.Random | None = None,
) -> tuple[Judgement, list[tuple[float, float, float]]]:
    """Play a responder to a challenge; return the end, and what a camera recorded of it."""
    rng = rng or dice(1)
    said: Judgement = Wanting()
    recording = []
    for index in range(int(seconds * fps)):
        now = index / fps
        prompt = said.prompt if isinstance(said, Wanting) else None
        yaw, pitch = respond(prompt, now)
        recording.append((now, yaw, pitch))
        pose = HeadPose(
            NEUTRAL.yaw + yaw + rng.gauss(0, jitter),
            NEUTRAL.pitch + pitch + rng.gauss(0, jitter),
            NEUTRAL.roll,
        )
        challenge, said = challenge.advance(pose, 0.28, now)
        if isinstance(said, Denied | Shown):
            break
    return said, recording


def dice(seed: int) -> random.Random:
    return random.Random(seed)  # noqa: S311 - a test that can be made again


def seeded(seed: int) -> Callable[[int], int]:
    return dice(seed).randrange


def replayed(recording: list[tuple[float, float, float]], offset: float = 0.0) -> Responder:
    """Return a responder that plays a recording, whatever is asked; its last frame stays."""
    frames = iter([*recording, *[recording[-1]] * 10_000])
    skipped = iter([recording[0]] * round(offset * 25))

    def respond(prompt: Prompt | None, now: float) -> tuple[float, float]:
        del prompt, now
        _, yaw, pitch = next(skipped, None) or next(frames)
        return yaw, pitch

    return respond


@pytest.mark.parametrize("fps", [10, 15, 25, 30])
def test_a_person_who_turns_as_asked_passes(fps: int) -> None:
    passed = 0
    for seed in range(150):
        rng = dice(seed)
        said, _ = play(draw_turns(3, seeded(seed)), Head(rng), fps=fps, jitter=2.0, rng=rng)
        passed += isinstance(said, Shown)
    assert passed >= 147


def test_a_recording_of_a_success_passes_another_challenge_next_to_never() -> None:
    passed = 0
    for seed in range(40):
        said, recording = play(draw_turns(3, seeded(seed)), Head(dice(seed)))
        assert isinstance(said, Shown)
        for other in range(25):
            again, _ = play(draw_turns(3, seeded(10_000 + 100 * seed + other)), replayed(recording))
            passed += isinstance(again, Shown)
    print(f"{passed} of 1,000 replays passed")
    assert passed <= 20  # one in 64 sequences, and the moments have to fit as well


def test_a_recording_passes_the_very_challenge_it_was_made_for() -> None:
    said, recording = play(draw_turns(3, seeded(5)), Head(dice(5)))
    again, _ = play(draw_turns(3, seeded(5)), replayed(recording))
    assert isinstance(said, Shown)
    assert isinstance(again, Shown)  # so the test above would notice if replays were let through


@given(seed=st.integers(0, 10_000), wrong=st.sampled_from(list(Action)))
@settings(max_examples=60, deadline=None)
def test_turning_another_way_is_denied(seed: int, wrong: Action) -> None:
    challenge = draw_turns(3, seeded(seed))
    first = challenge.steps[0].action

    def respond(prompt: Prompt | None, now: float) -> tuple[float, float]:
        del now
        asked = prompt is not None and prompt is not Prompt.LOOK_STRAIGHT
        across, up = wrong.value if asked else (0, 0)
        return across * 25.0, up * 25.0

    said, _ = play(challenge, respond, seconds=6)
    if wrong is not first:
        assert said == Denied(Layer.CHALLENGE)


@given(seed=st.integers(0, 10_000))
@settings(max_examples=60, deadline=None)
def test_turning_before_it_was_asked_is_denied(seed: int) -> None:
    challenge = draw_turns(3, seeded(seed))
    across, up = challenge.steps[0].action.value
    early = 0.3 + challenge.steps[0].wait - 0.2

    def respond(prompt: Prompt | None, now: float) -> tuple[float, float]:
        del prompt
        return (across * 25.0, up * 25.0) if now > early else (0.0, 0.0)

    said, _ = play(challenge, respond)
    assert said == DENIED


def test_an_answer_faster_than_anybody_reacts_is_denied() -> None:
    challenge = HeadChallenge((Step(Action.LEFT, 0.5), Step(Action.UP, 0.5)))

    def respond(prompt: Prompt | None, now: float) -> tuple[float, float]:
        del now
        return (25.0, 0.0) if prompt is Prompt.TURN_LEFT else (0.0, 0.0)

    said, _ = play(challenge, respond, fps=100)
    assert said == DENIED


def test_who_does_not_move_is_asked_something_else_and_denied_in_the_end() -> None:
    challenge, said = draw_turns(3, seeded(3)), Wanting()
    steps = {challenge.steps}
    seconds = 0.0
    for index in range(30 * 25):
        seconds = index / 25
        challenge, told = challenge.advance(NEUTRAL, 0.3, seconds)
        steps.add(challenge.steps)
        if told == DENIED:
            break
        assert isinstance(told, Wanting)
        said = told
    assert said.prompt in ACTION_OF
    assert len(steps) == MOST_DRAWN
    assert challenge.is_denied
    assert seconds > MOST_DRAWN * LATEST
    assert challenge.advance(NEUTRAL, 0.3, seconds + 0.1)[1] == DENIED


def test_who_turns_and_does_not_come_back_is_asked_anew() -> None:
    challenge = HeadChallenge((Step(Action.LEFT, 0.5), Step(Action.UP, 0.5)), seeded(1))

    def respond(prompt: Prompt | None, now: float) -> tuple[float, float]:
        del prompt
        return (25.0, 0.0) if now > 1.2 else (0.0, 0.0)

    said, _ = play(challenge, respond, seconds=5)
    assert said == Wanting(Prompt.LOOK_STRAIGHT)
    said, _ = play(challenge, respond, seconds=6.5)
    assert isinstance(said, Wanting)


@pytest.mark.parametrize("action", list(Action))
def test_swinging_far_the_other_way_on_the_way_back_is_denied(action: Action) -> None:
    challenge = HeadChallenge((Step(action, 0.5), Step(Action.UP, 0.5)))
    across, up = action.value

    def respond(prompt: Prompt | None, now: float) -> tuple[float, float]:
        del prompt
        far = 25.0 if 1.2 < now < 1.8 else -25.0 if now >= 1.8 else 0.0
        return across * far, up * far

    assert play(challenge, respond)[0] == DENIED


@pytest.mark.parametrize("jump", [2.0, -0.5])
def test_a_gap_in_time_draws_the_challenge_anew(jump: float) -> None:
    challenge = draw_turns(3, seeded(1))
    for index in range(10):
        challenge, _ = challenge.advance(NEUTRAL, 0.3, index / 25)
    other, said = challenge.advance(NEUTRAL, 0.3, 0.4 + jump)
    assert other.drawn == 2
    assert other.phase is Phase.SETTLING
    assert other.steps != challenge.steps
    assert said == Wanting(Prompt.LOOK_STRAIGHT)


def test_nobody_settles_while_turned_away_or_moving() -> None:
    def aside(prompt: Prompt | None, now: float) -> tuple[float, float]:
        del prompt, now
        return 24.0, 0.0

    def swaying(prompt: Prompt | None, now: float) -> tuple[float, float]:
        del prompt
        return 10.0 * math.sin(4 * math.pi * now), 0.0

    for responder in (aside, swaying):
        said, _ = play(draw_turns(3, seeded(2)), responder, seconds=10)
        assert said == Wanting(Prompt.LOOK_STRAIGHT)


def test_one_wild_frame_denies_nobody() -> None:
    rng = dice(4)
    head = Head(rng)
    frames = 0

    def respond(prompt: Prompt | None, now: float) -> tuple[float, float]:
        nonlocal frames
        frames += 1
        yaw, pitch = head(prompt, now)
        return (yaw + 40.0, pitch) if frames % 12 == 0 else (yaw, pitch)

    said, _ = play(draw_turns(3, seeded(4)), respond)
    assert isinstance(said, Shown)


def test_what_is_done_stays_done() -> None:
    challenge = HeadChallenge((Step(Action.LEFT, 0.5),), done=1)
    assert challenge.advance(NEUTRAL, 0.3, 1.0) == (challenge, Shown())


def test_all_sequences_and_moments_are_drawn_alike() -> None:
    below = seeded(11)
    draws = [draw_turns(3, below).steps for _ in range(6_400)]
    sequences = Counter(tuple(step.action for step in steps) for steps in draws)
    assert len(sequences) == 64
    # Chi-square over 64 cells; 63 degrees of freedom, 99.9 % below 103.4.
    assert sum((seen - 100) ** 2 / 100 for seen in sequences.values()) < 103.4
    waits = [step.wait for steps in draws for step in steps]
    assert min(waits) >= SHORTEST_WAIT
    assert max(waits) <= LONGEST_WAIT
    assert len(set(waits)) > 700


def test_the_next_challenge_cannot_be_told_from_the_one_before() -> None:
    below = seeded(12)
    draws = [draw_turns(3, below).steps for _ in range(8_000)]
    after: dict[Action, Counter[Action]] = {action: Counter() for action in Action}
    for one, two in zip(draws[::2], draws[1::2], strict=True):
        after[one[-1].action][two[0].action] += 1
    for following in after.values():
        expected = following.total() / 4
        chi = sum((following[action] - expected) ** 2 / expected for action in Action)
        assert chi < 16.3  # 3 degrees of freedom, 99.9 %


@pytest.mark.parametrize("blinking", [False, True])
def test_the_draw_is_the_operating_systems(
    monkeypatch: pytest.MonkeyPatch, *, blinking: bool
) -> None:
    numbers: Iterator[int] = iter(range(100))
    monkeypatch.setattr(secrets, "randbelow", lambda top: next(numbers) % top)
    draw_challenge(blinking=blinking)
    assert next(numbers) >= 4


def test_one_step_is_no_challenge() -> None:
    with pytest.raises(ValueError, match="two steps"):
        draw_turns(1)
