"""The challenge of blinks, for who cannot turn their head."""

from __future__ import annotations

import random
from collections.abc import Callable

import pytest

from facelock.core.blinking import DENIED, MOST_DRAWN, STEPS, BlinkChallenge, Phase, draw_blinks
from facelock.core.frames import HeadPose
from facelock.core.liveness import Denied, Judgement, Prompt, Shown, Wanting

STRAIGHT = HeadPose(0.0, 0.0, 0.0)
OPEN, SHUT = 0.28, 0.14
Responder = Callable[[Prompt | None, float], float]


class Eyes:
    """Eyes that shut for a moment when asked, and blink naturally in between."""

    def __init__(self, rng: random.Random) -> None:
        self.rng = rng
        self.asked: Prompt | None = None
        self.shut = (0.0, 0.0)
        self.next_blink = rng.uniform(1, 5)

    def __call__(self, prompt: Prompt | None, now: float) -> float:
        if prompt is not self.asked:
            self.asked = prompt
            if prompt is Prompt.BLINK:
                start = now + self.rng.uniform(0.3, 1.0)
                self.shut = (start, start + self.rng.uniform(0.6, 1.2))
        natural = self.next_blink <= now < self.next_blink + 0.15
        if now > self.next_blink + 0.15:
            self.next_blink = now + self.rng.uniform(2, 6)
        return SHUT if natural or self.shut[0] <= now < self.shut[1] else OPEN


def dice(seed: int) -> random.Random:
    return random.Random(seed)  # noqa: S311 - a test that can be made again


def seeded(seed: int) -> Callable[[int], int]:
    return dice(seed).randrange


def play(
    challenge: BlinkChallenge, respond: Responder, *, fps: float = 25.0, seconds: float = 40.0
) -> tuple[Judgement, list[float]]:
    said: Judgement = Wanting()
    recording = []
    for index in range(int(seconds * fps)):
        prompt = said.prompt if isinstance(said, Wanting) else None
        recording.append(respond(prompt, index / fps))
        challenge, said = challenge.advance(STRAIGHT, recording[-1], index / fps)
        if isinstance(said, Denied | Shown):
            break
    return said, recording


@pytest.mark.parametrize("fps", [12, 20, 30])
def test_who_shuts_the_eyes_when_asked_passes(fps: int) -> None:
    passed = [
        isinstance(play(draw_blinks(STEPS, seeded(seed)), Eyes(dice(seed)), fps=fps)[0], Shown)
        for seed in range(100)
    ]
    assert sum(passed) >= 97


def test_a_recording_of_a_success_seldom_passes_another_challenge() -> None:
    passed = 0
    for seed in range(40):
        said, recording = play(draw_blinks(STEPS, seeded(seed)), Eyes(dice(seed)))
        if not isinstance(said, Shown):
            continue
        for other in range(25):
            frames = iter([*recording, *[OPEN] * 10_000])
            again, _ = play(
                draw_blinks(STEPS, seeded(5_000 + 100 * seed + other)),
                lambda _prompt, _now, frames=frames: next(frames),  # type: ignore[misc]
            )
            passed += isinstance(again, Shown)
    print(f"{passed} of at most 1,000 replays passed")
    assert passed < 60


def test_natural_blinks_alone_pass_never_and_open_eyes_neither() -> None:
    def natural(prompt: Prompt | None, now: float) -> float:
        del prompt
        return SHUT if now % 1.5 < 0.2 else OPEN

    for responder in (natural, lambda _prompt, _now: OPEN):
        said, _ = play(draw_blinks(STEPS, seeded(1)), responder)
        assert said == DENIED


def test_eyes_that_shut_before_they_were_asked_are_denied() -> None:
    challenge = BlinkChallenge((2.0, 2.0))
    said, _ = play(challenge, lambda _prompt, now: SHUT if now > 0.8 else OPEN, seconds=2)
    assert said == DENIED


def test_a_blink_begun_before_it_was_asked_is_no_answer_and_a_long_one_is_denied() -> None:
    asked = BlinkChallenge((0.6, 0.6), opened=OPEN, phase=Phase.ASKED, since=0.0)
    shut, said = asked.advance(STRAIGHT, SHUT, 0.05)
    assert said == Wanting(Prompt.BLINK)
    opened, said = shut.advance(STRAIGHT, OPEN, 0.2)
    assert said == Wanting(Prompt.BLINK)
    assert opened.done == 0
    for moment in (0.2, 0.35, 0.5):
        shut, said = shut.advance(STRAIGHT, SHUT, moment)
    assert said == DENIED


def test_eyes_that_stay_shut_are_asked_anew_and_a_gap_too() -> None:
    challenge = BlinkChallenge((0.6, 0.6), seeded(1))
    said, _ = play(challenge, lambda _prompt, now: SHUT if now > 1.2 else OPEN, seconds=5.9)
    assert said == Wanting(Prompt.LOOK_STRAIGHT)
    state, _ = BlinkChallenge((0.6, 0.6), seeded(1)).advance(STRAIGHT, OPEN, 0.0)
    other, said = state.advance(STRAIGHT, OPEN, 1.0)
    assert other.drawn == MOST_DRAWN
    assert other.waits != state.waits
    assert other.advance(STRAIGHT, OPEN, 1.1)[1] == Wanting(Prompt.LOOK_STRAIGHT)


def test_what_is_over_stays_over() -> None:
    denied = BlinkChallenge((0.6, 0.6), is_denied=True)
    assert denied.advance(STRAIGHT, OPEN, 1.0) == (denied, DENIED)
    done = BlinkChallenge((0.6, 0.6), done=2)
    assert done.advance(STRAIGHT, OPEN, 1.0) == (done, Shown())


def test_shut_eyes_never_settle_and_one_step_is_no_challenge() -> None:
    said, _ = play(draw_blinks(STEPS, seeded(1)), lambda _prompt, _now: 0.05, seconds=3)
    assert said == Wanting(Prompt.LOOK_STRAIGHT)
    with pytest.raises(ValueError, match="two steps"):
        draw_blinks(1)
