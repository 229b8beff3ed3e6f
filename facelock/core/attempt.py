"""An attempt gathers the frames of one try into one verdict. Only verdicts reach the policy.

Two pure parts:

`FusedProbe` fuses the usable frames of one tracked face and says when a comparison is due.
`Attempt` counts comparisons: a match accepts at once, `len(LOOKS)` non-matches reject.

The looks bound what a stranger gets for one counted failure: exactly three comparisons, however
often they leave the picture and come back. The threshold is set at a third of the level's FMR for
that reason (see `core.threshold`).
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TypeAlias

from facelock.core.comparison import Embedding, fuse, squared_distance
from facelock.core.observation import (
    Match,
    NonMatch,
    Observation,
    PresentationAttack,
    Unproven,
)

LOOKS = (5, 12, 25)
"""A comparison is made when so many usable frames are fused: early for a quick unlock, twice more
so that a bad start does not cost the owner an attempt."""

IDENTITY_JUMP = 1.10
"""Squared distance of a frame from the probe fused so far (three frames or more) that cannot be the
same face: the probe starts anew. Far beyond mated distances of one sitting (NUAA q99 0.6)."""

ATTEMPT_SECONDS = 8.0
"""An attempt without a verdict by then ends as inconclusive, which is never a failure (unless it
matched all the while and never proved to be alive). A level may give more (`LevelRules`)."""

UNPROVEN_SECONDS = 4.0
"""A face that matched for so long and was not shown to be live is refused when the time is over:
else a picture of the owner could be tried without end (threat-model row 9)."""

NO_SIGN_OF_LIFE = "no-sign-of-life"
"""The reason of that refusal."""


@dataclass(frozen=True, eq=False)
class FusedProbe:
    """The usable frames of one continuous face, fused. Starts empty."""

    track_id: int | None = None
    embeddings: tuple[Embedding, ...] = field(default=(), repr=False)

    def add(self, embedding: Embedding, track_id: int) -> FusedProbe:
        """Return the probe with one more frame; a fresh one if it is not the same face."""
        if track_id != self.track_id or self._jumps(embedding):
            return FusedProbe(track_id, (embedding,))
        return FusedProbe(track_id, (*self.embeddings, embedding))

    def _jumps(self, embedding: Embedding) -> bool:
        if len(self.embeddings) < 3:
            return False
        return squared_distance(embedding, self.fused()) > IDENTITY_JUMP

    @property
    def frames(self) -> int:
        """How many usable frames are in it."""
        return len(self.embeddings)

    @property
    def is_due(self) -> bool:
        """True if a comparison is made at this number of frames.

        After the last look one is made at each further multiple of it: a long stare is compared
        again, and counted again.
        """
        return self.frames in LOOKS or (self.frames > LOOKS[-1] and self.frames % LOOKS[-1] == 0)

    def fused(self) -> Embedding:
        """Return the mean embedding, unit length. Raises ValueError if empty."""
        return fuse(self.embeddings)


@dataclass(frozen=True)
class Accepted:
    """The attempt ends: this person's face."""

    profile_id: str


@dataclass(frozen=True)
class Rejected:
    """The attempt ends: not an enrolled face, or a presentation attack. Counts as a failure."""

    reason: str  # "no-match", NO_SIGN_OF_LIFE, or the liveness layer that denied


@dataclass(frozen=True)
class Inconclusive:
    """The attempt ends without a verdict: nobody there, too dark, turned away. Never counts."""


Verdict: TypeAlias = Accepted | Rejected | Inconclusive


@dataclass(frozen=True)
class Attempt:
    """One try, under way. Non-matches survive the face leaving the picture."""

    started_at: float | None = None  # seconds, of the first observation
    non_matches: int = 0
    unproven: tuple[float, float] | None = None  # seconds: first and last such observation

    def observe(
        self, seen: Observation, now: float, limit: float = ATTEMPT_SECONDS
    ) -> Attempt | Verdict:
        """Return the attempt after one observation, or the verdict that ends it.

        `limit`: seconds after which it ends in any case.

        A verdict ends the attempt; the caller starts a new `Attempt` and a new `FusedProbe`. After
        `Inconclusive` the non-matches are carried over by `carried_over`.
        """
        started = now if self.started_at is None else self.started_at
        match seen:
            case PresentationAttack(reason):
                return Rejected(reason)
            case Match(profile_id):
                return Accepted(profile_id)
            case NonMatch() if self.non_matches + 1 >= len(LOOKS):
                return Rejected("no-match")
            case NonMatch():
                return replace(self, started_at=started, non_matches=self.non_matches + 1)
            case _ if now - started >= limit:
                return self._at_the_end(seen, now)
            case Unproven():
                first = now if self.unproven is None else self.unproven[0]
                return replace(self, started_at=started, unproven=(first, now))
            case _:
                return replace(self, started_at=started)

    def _at_the_end(self, seen: Observation, now: float) -> Verdict:
        """Return what the end of the time means: nothing, or that nothing alive was there."""
        if self.unproven is None:
            return Inconclusive()
        first, last = self.unproven
        lasted = (now if isinstance(seen, Unproven) else last) - first
        return Rejected(NO_SIGN_OF_LIFE) if lasted >= UNPROVEN_SECONDS else Inconclusive()

    def carried_over(self) -> Attempt:
        """Return the attempt that follows an inconclusive one: its non-matches still count."""
        return Attempt(non_matches=self.non_matches)
