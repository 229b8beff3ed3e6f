"""Presentation attack detection as values: layers, what they say, and how that is weighed.

Terms of ISO/IEC 30107-3. A layer may deny, may ask for evidence, or is satisfied. Denial is final
for the attempt: nothing another layer says can outvote it (threat-model row 1).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum
from typing import TypeAlias

from facelock.core.levels import Level


class Layer(Enum):
    """One way of telling a face from a picture of one. The value is its name in the log."""

    SURROUNDINGS = "surroundings"  # the face is framed by the edges of a sheet or a screen
    GEOMETRY = "geometry"  # it moves like a flat or bent sheet, or not at all
    EYES = "eyes"  # the eyes are shut or look elsewhere
    CHALLENGE = "challenge"  # it did not turn as was asked, when it was asked
    BLINK_CHALLENGE = "blink-challenge"  # in its place, for who cannot turn their head


CHALLENGES = frozenset({Layer.CHALLENGE, Layer.BLINK_CHALLENGE})
PASSIVE = frozenset({Layer.SURROUNDINGS})
"""Judged on single frames. A layer for the texture of the face was tried and left out:
of prints from a source that it had not learned it told nothing (scripts/judge_liveness.py)."""

LAYERS: dict[Level, frozenset[Layer]] = {
    Level.CONVENIENT: PASSIVE,
    Level.BALANCED: PASSIVE | {Layer.GEOMETRY, Layer.EYES},
    Level.STRICT: PASSIVE | {Layer.GEOMETRY, Layer.EYES, Layer.CHALLENGE},
}
"""Which layers a level switches on (design.md section 6)."""


def layers_at(
    level: Level, *, eyes_required: bool = True, by_blinking: bool = False
) -> frozenset[Layer]:
    """Return a level's layers, with the two changes made for accessibility.

    `eyes_required` False leaves the eyes out; `by_blinking` has the challenge done by blinking.
    """
    layers = LAYERS[level]
    if not eyes_required:
        layers -= {Layer.EYES}
    if by_blinking and Layer.CHALLENGE in layers:
        layers = layers - {Layer.CHALLENGE} | {Layer.BLINK_CHALLENGE}
    return layers


class Prompt(Enum):
    """What a person is asked to do. Directions are the person's own."""

    MOVE_A_LITTLE = "move-a-little"  # no motion yet: a small turn of the head is enough
    OPEN_EYES = "open-eyes"
    LOOK_STRAIGHT = "look-straight"
    TURN_LEFT = "turn-left"
    TURN_RIGHT = "turn-right"
    LOOK_UP = "look-up"
    LOOK_DOWN = "look-down"
    BLINK = "blink"


@dataclass(frozen=True)
class Denied:
    """A presentation attack, as far as this layer can tell. Final for the attempt."""

    layer: Layer


@dataclass(frozen=True)
class Wanting:
    """Not enough was seen yet. `prompt`: what would help; None if only a moment longer."""

    prompt: Prompt | None = None


@dataclass(frozen=True)
class Shown:
    """This layer has what it needs."""


Judgement: TypeAlias = Denied | Wanting | Shown


def weigh(judgements: Iterable[Judgement]) -> Judgement:
    """Return what several layers say together: the first denial, else the first want, else shown.

    A want with a prompt goes before one without. No layer at all wants nothing.
    """
    said = tuple(judgements)
    for judgement in said:
        if isinstance(judgement, Denied):
            return judgement
    wants = [judgement for judgement in said if isinstance(judgement, Wanting)]
    asking = [want for want in wants if want.prompt is not None]
    return next(iter([*asking, *wants]), Shown())
