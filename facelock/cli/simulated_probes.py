"""What `facelock simulate` plays to the lock: clips, and a person who answers what is asked."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from facelock.core.errors import PictureError
from facelock.core.liveness import Prompt

if TYPE_CHECKING:
    from facelock.core.levels import Level
    from facelock.core.liveness import Layer
    from facelock.core.ports import FrameSource
    from facelock.core.template import Profile
    from facelock.services.recognition import FacePipeline
    from facelock.services.simulation import SimulatedProbe

_PROMPTS = {
    "straight": Prompt.LOOK_STRAIGHT,
    "turn-left": Prompt.TURN_LEFT,
    "turn-right": Prompt.TURN_RIGHT,
    "look-up": Prompt.LOOK_UP,
    "look-down": Prompt.LOOK_DOWN,
    "blink": Prompt.BLINK,
}
ANSWERS = "answers"
"""What the probe that answers is called in the report."""


def answer(text: str) -> tuple[Prompt, str]:
    """Read ``turn-left=clip.mp4#t=2,5``. Raises ArgumentTypeError."""
    name, given, clip = text.partition("=")
    if not given or name not in _PROMPTS or not clip:
        raise argparse.ArgumentTypeError(f"PROMPT=CLIP, PROMPT one of {', '.join(_PROMPTS)}")
    return _PROMPTS[name], clip


def plays(
    clips: Sequence[str], answers: Sequence[tuple[Prompt, str]]
) -> list[tuple[str, Callable[[], FrameSource]]]:
    """Return the name of each probe and what makes its camera, which may raise PictureError."""
    made: list[tuple[str, Callable[[], FrameSource]]] = [
        (text, partial(_camera, text)) for text in clips
    ]
    if answers:
        made.append((ANSWERS, partial(_answering, answers)))
    return made


def play(
    name: str,
    make: Callable[[], FrameSource],
    profile: Profile,
    pipeline: FacePipeline,
    level: Level,
    layers: frozenset[Layer],
) -> SimulatedProbe:
    """Play one probe to the lock; one that cannot be read is a result too."""
    from facelock.services.simulation import SimulatedProbe, probe_with

    try:
        return probe_with(make(), name, profile, pipeline, level, layers)
    except PictureError as error:
        return SimulatedProbe(name, "no-usable-face", str(error), 0, 0, 0.0, None, None)


def _camera(text: str) -> FrameSource:
    from facelock.vision.simulated_camera import SimulatedCamera, parse_clip

    return SimulatedCamera(parse_clip(text), realtime=False, loop=False)


def _answering(answers: Sequence[tuple[Prompt, str]]) -> FrameSource:
    from facelock.core.errors import PictureUnreadable
    from facelock.services.answering import AnsweringCamera, pictures_of

    read = {prompt: pictures_of(_camera(clip)) for prompt, clip in answers}
    if Prompt.LOOK_STRAIGHT not in read:
        raise PictureUnreadable("the answers need one that looks straight: straight=CLIP")
    fps = read[Prompt.LOOK_STRAIGHT][1]
    return AnsweringCamera({prompt: frames for prompt, (frames, _) in read.items()}, fps)
