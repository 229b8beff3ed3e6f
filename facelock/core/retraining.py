"""Local retraining: what may be chosen, what is measured before and after, and the gate. Pure.

A head that was trained on this machine is put in force only if held-out pictures say that it is
better: for nobody who is enrolled may more mated comparisons miss than before, mated and non-mated
distances must lie farther apart, and strangers must not match more often than the level allows.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum
from typing import Final

from facelock.core.levels import RULES, Level
from facelock.core.retraining_options import EPOCHS, MARGINS, Loss, Range, RetrainingOptions
from facelock.core.threshold import Bound, ScoreDensities

__all__ = (  # the options too: whoever speaks of the one speaks of the other
    "EPOCHS",
    "FEWEST_SAMPLES",
    "GUARD",
    "MARGINS",
    "Figures",
    "Loss",
    "PersonFigures",
    "Range",
    "Reason",
    "Refusal",
    "RetrainingOptions",
    "gate",
)

FEWEST_SAMPLES: Final = 4
"""Of one person: with fewer nothing can be held out that says anything."""
GUARD: Final = 0.20
"""Squared distance beyond the threshold within which strangers are counted too. Few or none match,
so a head that draws strangers nearer is seen there first."""


@dataclass(frozen=True, kw_only=True)
class PersonFigures:
    """How one person fares with a head, on pictures that it was not trained with."""

    profile_id: str
    mated: int  # comparisons of held-out pictures with references made of the others
    misses: int  # of them, beyond the threshold
    threshold: float  # squared distance, at the level
    bound: Bound  # which term set it
    non_mated: int  # comparisons of the references with held-out strangers
    false_matches: int  # of them, within the threshold
    close: int  # of them, within GUARD beyond it, and more than people at large have there
    separation: float  # d' between non-mated and mated distances
    nearest: float  # squared distance of the nearest held-out stranger

    @property
    def fnmr(self) -> float:
        """Share of mated comparisons that miss; 0 if none was made."""
        return self.misses / self.mated if self.mated else 0.0

    @property
    def fmr(self) -> float:
        """Share of non-mated comparisons that match; 0 if none was made."""
        return self.false_matches / self.non_mated if self.non_mated else 0.0


@dataclass(frozen=True, kw_only=True)
class Figures:
    """What a head is worth at one level: of each person, and of all."""

    level: Level
    people: tuple[PersonFigures, ...]
    attempt_fmr: float  # upper 95 % bound of the FMR of an attempt, the worst of all people
    densities: ScoreDensities | None = field(default=None, repr=False)  # of these comparisons

    @property
    def fnmr(self) -> float:
        """Share of all mated comparisons that miss."""
        mated = sum(one.mated for one in self.people)
        return sum(one.misses for one in self.people) / mated if mated else 0.0

    @property
    def fmr(self) -> float:
        """Share of all non-mated comparisons that match."""
        non_mated = sum(one.non_mated for one in self.people)
        return sum(one.false_matches for one in self.people) / non_mated if non_mated else 0.0

    @property
    def separation(self) -> float:
        """Mean d' of the people."""
        count = len(self.people)
        return sum(one.separation for one in self.people) / count if count else 0.0


class Reason(Enum):
    """Why a head was not made, or is not put in force. The value is its name in JSON."""

    TOO_FEW_SAMPLES = "too-few-samples"
    NO_PICTURES = "no-pictures"  # the person kept none, so nothing can be varied
    MIXED_PEOPLE = "mixed-people"  # samples of somebody else among a person's own
    SWAPPED_PEOPLE = "swapped-people"  # samples lie nearer to another person's
    REPEATED_SAMPLES = "repeated-samples"
    TOO_DARK = "too-dark"
    DIVERGED = "diverged"  # the loss left the numbers
    FNMR_RISES = "fnmr-rises"
    NOT_BETTER = "not-better"  # neither fewer misses nor farther apart
    FMR_RISES = "fmr-rises"
    LEVEL_NOT_KEPT = "level-not-kept"


@dataclass(frozen=True)
class Refusal:
    """One reason, and whom it concerns."""

    reason: Reason
    profile_ids: tuple[str, ...] = ()


def _draws_nearer(old: PersonFigures, new: PersonFigures) -> bool:
    """True if more strangers match, or nearly do."""
    near = new.false_matches + new.close > old.false_matches + old.close
    return near or new.false_matches > old.false_matches


def gate(before: Figures, after: Figures) -> tuple[Refusal, ...]:
    """Return every reason against a head; none at all: it may be put in force.

    Both figures are of the same people, held-out pictures and strangers. Raises ValueError if not.
    """
    pairs = list(zip(before.people, after.people, strict=True))
    if before.level is not after.level or any(
        (old.profile_id, old.mated, old.non_mated) != (new.profile_id, new.mated, new.non_mated)
        for old, new in pairs
    ):
        raise ValueError("figures of different comparisons say nothing of each other")
    missed = tuple(new.profile_id for old, new in pairs if new.misses > old.misses)
    let_in = tuple(new.profile_id for old, new in pairs if _draws_nearer(old, new))
    refusals = []
    if missed:
        refusals.append(Refusal(Reason.FNMR_RISES, missed))
    if let_in:
        refusals.append(Refusal(Reason.FMR_RISES, let_in))
    if not after.attempt_fmr <= max(RULES[after.level].attempt_fmr * 1.000001, before.attempt_fmr):
        refusals.append(Refusal(Reason.LEVEL_NOT_KEPT))
    if not after.separation > before.separation:
        refusals.append(Refusal(Reason.NOT_BETTER))
    return tuple(refusals)
