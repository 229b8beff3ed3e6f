"""Presentation attack detection: the layers on one tracked face, and what they say together.

Implements `core.ports.Liveness`. The layers decide in `core` (solidity, gaze, challenge); here
their measurements are made, at most so often as they need, and fused: any denial is final.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

from facelock.core.challenge import Challenge, draw_challenge
from facelock.core.gaze import EyeSample, Gaze
from facelock.core.liveness import Denied, Judgement, Layer, Shown, Wanting, weigh
from facelock.core.solidity import Solidity
from facelock.vision.face_motion import FaceMotion
from facelock.vision.surroundings import LIMIT

if TYPE_CHECKING:
    from facelock.core.frames import Frame
    from facelock.core.look import Look, SeenFace

PASSIVE_FRAMES = 5  # usable frames whose mean the passive network is judged by, at least
MOST_PASSIVE_FRAMES = 30  # the newest so many
_PAUSE = 0.05  # seconds between two looks at the surroundings: more would cost and tell no more


class PassiveScorer(Protocol):
    """What the passive network looks like from here."""

    def score(self, frame: Frame, look: Look) -> float:
        """Return a score; higher is more like an attack."""
        ...


@dataclass
class _Evidence:
    """What was gathered on one track."""

    track_id: int
    challenge: Challenge
    solidity: Solidity = field(default_factory=Solidity)
    gaze: Gaze = field(default_factory=Gaze)
    scores: tuple[float, ...] = ()
    scored_at: float = -1e9


class LayeredLiveness:
    """All layers; which of them count is said by `begin`. Not shared between threads."""

    def __init__(
        self,
        passive: PassiveScorer,
        draw: Callable[..., Challenge] = draw_challenge,
    ) -> None:
        self._passive = passive
        self._draw = draw
        self._motion = FaceMotion()
        self._layers: frozenset[Layer] = frozenset()
        self._denial: Denied | None = None
        self._evidence: _Evidence | None = None

    def begin(self, layers: frozenset[Layer]) -> None:
        """Forget everything: a new attempt begins, under these layers."""
        self._layers = layers
        self._denial = None
        self.restart()

    def restart(self) -> None:
        """Forget the evidence, not a denial: another face is there, in the same attempt."""
        self._evidence = None
        self._motion.reset()

    def judge(self, frame: Frame, look: Look, *, usable: bool) -> Judgement:
        """Return what all layers say together after this frame. See `core.ports.Liveness`."""
        face = look.face
        if self._denial is not None or face is None or not self._layers:
            return self._denial or (Wanting() if self._layers else Shown())
        evidence = self._of_track(face)
        self._measure(evidence, frame, look, face, usable=usable)
        said = weigh(self._said(evidence, face, frame.captured_at))
        if isinstance(said, Denied):
            self._denial = said
        return said

    def _of_track(self, face: SeenFace) -> _Evidence:
        """Return what was gathered on this track: nothing, if it is not the one before."""
        if self._evidence is None or self._evidence.track_id != face.track_id:
            self.restart()
            blinking = Layer.BLINK_CHALLENGE in self._layers
            self._evidence = _Evidence(face.track_id, self._draw(blinking=blinking))
        return self._evidence

    def _measure(
        self, evidence: _Evidence, frame: Frame, look: Look, face: SeenFace, *, usable: bool
    ) -> None:
        now = frame.captured_at
        sample = EyeSample(now, face.report.eye_openness, face.report.pose)
        evidence.gaze = evidence.gaze.add(sample)
        if Layer.GEOMETRY in self._layers and not evidence.solidity.is_shown:
            if evidence.gaze.has_blinked:
                evidence.solidity = evidence.solidity.blinked()
            moved = self._motion.measure(frame, face.landmarks, face.track_id)
            if moved is not None:
                evidence.solidity = evidence.solidity.add(moved)
        if usable and now - evidence.scored_at >= _PAUSE:
            evidence.scored_at = now
            scores = (*evidence.scores, self._passive.score(frame, look))
            evidence.scores = scores[-MOST_PASSIVE_FRAMES:]

    def _said(self, evidence: _Evidence, face: SeenFace, now: float) -> list[Judgement]:
        said: list[Judgement] = []
        if Layer.SURROUNDINGS in self._layers:
            said.append(_by_mean(evidence.scores, LIMIT, Layer.SURROUNDINGS))
        if Layer.GEOMETRY in self._layers:
            said.append(evidence.solidity.judge())
        if Layer.EYES in self._layers:
            said.append(evidence.gaze.judge())
        if self._layers & {Layer.CHALLENGE, Layer.BLINK_CHALLENGE}:
            evidence.challenge, asked = evidence.challenge.advance(
                face.report.pose, face.report.eye_openness, now
            )
            said.insert(0, asked)  # of several prompts its own goes first
        return said


def _by_mean(scores: Sequence[float], limit: float, layer: Layer) -> Judgement:
    if len(scores) < PASSIVE_FRAMES:
        return Wanting()
    mean = sum(scores) / len(scores)
    # Written so that a mean that is no number denies.
    return Shown() if mean <= limit else Denied(layer)
