"""From embeddings to comparison scores: of given pairs, or of every picture with every other.

All against all goes through the products block by block: the number of comparisons is bounded by
patience and not by memory. A histogram counts them exactly. For the bootstrap, which needs to know
who was compared, the nearest non-mated ones are kept, and of the rest a random part.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from facelock.core.person_bootstrap import PersonScores
from facelock.core.score_curve import NEVER, ScoreCurve, to_steps
from facelock.services.evaluation_set import Pairs

_BLOCK = 4_000_000  # comparisons at once: 16 MB of distances
KEPT_NEAR = 300_000  # non-mated comparisons kept one by one
KEPT_FAR = 100_000  # of those beyond
KEPT_MATED = 500_000

Tell = Callable[[float], object]
"""Hears which share is done, 0 to 1."""


@dataclass(frozen=True, eq=False)
class FoldScores:
    """Pairs with folds: (N,) distances, infinity where a face is missing, and what is known."""

    distance: NDArray[np.float64] = field(repr=False)
    mated: NDArray[np.bool_] = field(repr=False)
    folds: NDArray[np.int64] = field(repr=False)
    one: NDArray[np.int32] = field(repr=False)  # person
    other: NDArray[np.int32] = field(repr=False)


@dataclass(frozen=True, eq=False)
class Scores:
    """Everything the figures of one network are made of."""

    mated: ScoreCurve
    non_mated: ScoreCurve
    mated_kept: PersonScores
    non_mated_kept: PersonScores
    folds: FoldScores | None
    people: int  # persons are numbered below this
    mated_people: int  # with a mated comparison
    people_pairs: int  # pairs of people with a non-mated comparison


def score_pairs(
    features: NDArray[np.float32],
    person: NDArray[np.int32],
    pairs: Pairs,
    *,
    missing_never_match: bool,
) -> Scores:
    """Compare given pairs. `features`: (M, D) unit rows, NaN without a face; `person`: (M,).

    A pair with a missing face is left out, or counts as one that can never match.
    """
    a, b = features[pairs.one].astype(np.float64), features[pairs.other].astype(np.float64)
    distance = np.clip(((a - b) ** 2).sum(axis=1), 0.0, 4.0)  # (N,)
    missing = np.isnan(distance)
    distance[missing] = np.inf
    used = np.ones(missing.shape, np.bool_) if missing_never_match else ~missing
    distance, mated = distance[used], pairs.mated[used]
    one, other = person[pairs.one[used]], person[pairs.other[used]]
    steps = to_steps(distance)
    kept = PersonScores.sorted_by_distance
    mated_kept = kept(steps[mated], one[mated], None)
    non_mated_kept = kept(steps[~mated], one[~mated], other[~mated])
    folds = None
    if pairs.folds is not None and np.unique(pairs.folds[used]).size > 1:
        folds = FoldScores(distance, mated, pairs.folds[used], one, other)
    low, high = np.minimum(one, other)[~mated], np.maximum(one, other)[~mated]
    return Scores(
        mated=mated_kept.curve(),
        non_mated=non_mated_kept.curve(),
        mated_kept=mated_kept,
        non_mated_kept=non_mated_kept,
        folds=folds,
        people=int(person.max(initial=-1)) + 1,
        mated_people=int(np.unique(one[mated]).size),
        people_pairs=int(np.unique(np.stack([low, high]), axis=1).shape[1]) if low.size else 0,
    )


def score_all(
    features: NDArray[np.float32], person: NDArray[np.int32], seed: int, tell: Tell
) -> Scores:
    """Compare every picture with every other. `features`: (M, D) unit rows; `person`: (M,)."""
    order = np.argsort(person, kind="stable")
    features, person = np.ascontiguousarray(features[order]), person[order]
    mated = np.zeros(NEVER + 1, np.int64)
    non_mated = np.zeros(NEVER + 1, np.int64)
    for block in _blocks(features, person):
        mated += np.bincount(block.steps[block.mated], minlength=NEVER + 1)
        non_mated += np.bincount(block.steps[block.non_mated], minlength=NEVER + 1)
        tell(block.done / 2)
    keep = _Keeper(mated, non_mated, np.random.Generator(np.random.PCG64([seed, 1])))
    for block in _blocks(features, person):
        keep.add(block, person)
        tell(0.5 + block.done / 2)
    _, images = np.unique(person, return_counts=True)
    return Scores(
        mated=ScoreCurve.of_histogram(mated),
        non_mated=ScoreCurve.of_histogram(non_mated),
        mated_kept=keep.mated(),
        non_mated_kept=keep.non_mated(),
        folds=None,
        people=int(person.max(initial=-1)) + 1,
        mated_people=int(np.count_nonzero(images > 1)),
        people_pairs=images.size * (images.size - 1) // 2,
    )


@dataclass(frozen=True, eq=False)
class _Block:
    """Some rows against all later columns."""

    rows: int  # number of the first row, and of the first column
    steps: NDArray[np.int32]  # (R, C)
    mated: NDArray[np.bool_]  # (R, C)
    non_mated: NDArray[np.bool_]  # (R, C)
    done: float  # share of all comparisons, up to this block


def _blocks(features: NDArray[np.float32], person: NDArray[np.int32]) -> Iterator[_Block]:
    """Yield every comparison once; the rows are sorted by person."""
    count = len(features)
    after = np.searchsorted(person, person, side="right")  # (M,) first row of the next person
    start = 0
    while start < count:
        stop = min(start + max(_BLOCK // (count - start), 1), count)
        distance = 2 - 2 * (features[start:stop] @ features[start:].T)  # (R, C)
        column = np.arange(start, count)[None, :]
        ends = after[start:stop, None]
        later = column > np.arange(start, stop)[:, None]
        left = (count - stop) / count
        yield _Block(
            start, to_steps(distance), later & (column < ends), column >= ends, 1 - left * left
        )
        start = stop


class _Keeper:
    """Collects comparisons with the people on either side, up to fixed numbers."""

    def __init__(
        self, mated: NDArray[np.int64], non_mated: NDArray[np.int64], rng: np.random.Generator
    ) -> None:
        self._rng = rng
        self._mated_total = int(mated.sum())
        upwards = np.cumsum(non_mated)
        # Whole steps only, and at least the first with anything in it stays together.
        self._near = int(np.searchsorted(upwards, KEPT_NEAR, side="right")) - 1
        within = int(upwards[self._near]) if self._near >= 0 else 0
        self._beyond = int(upwards[-1]) - within
        self._parts: dict[str, list[NDArray[np.int32]]] = {"mated": [], "near": [], "far": []}

    def add(self, block: _Block, person: NDArray[np.int32]) -> None:
        near = block.non_mated & (block.steps <= self._near)
        self._take("near", block, person, np.nonzero(near))
        self._take(
            "far",
            block,
            person,
            self._some(
                block.non_mated & (block.steps > self._near), KEPT_FAR / max(self._beyond, 1)
            ),
        )
        self._take(
            "mated", block, person, self._some(block.mated, KEPT_MATED / max(self._mated_total, 1))
        )

    def _some(self, wanted: NDArray[np.bool_], share: float) -> tuple[NDArray[np.intp], ...]:
        """Return a random `share` of the places, all of them if it is 1 or more."""
        if share >= 1:
            return np.nonzero(wanted)
        drawn = self._rng.binomial(wanted.size, share)
        flat = np.unique(self._rng.integers(0, wanted.size, drawn))
        flat = flat[wanted.reshape(-1)[flat]]
        return np.unravel_index(flat, wanted.shape)

    def _take(
        self,
        part: str,
        block: _Block,
        person: NDArray[np.int32],
        places: tuple[NDArray[np.intp], ...],
    ) -> None:
        rows, columns = places
        self._parts[part].append(
            np.stack(
                [
                    block.steps[rows, columns],
                    person[block.rows + rows],
                    person[block.rows + columns],
                ]
            ).astype(np.int32)
        )

    def mated(self) -> PersonScores:
        steps, one, _ = np.concatenate(self._parts["mated"], axis=1)
        share = self._mated_total / max(steps.size, 1)
        return PersonScores.sorted_by_distance(steps, one, None, np.full(steps.size, share))

    def non_mated(self) -> PersonScores:
        near = np.concatenate(self._parts["near"], axis=1)
        far = np.concatenate(self._parts["far"], axis=1)
        share = self._beyond / max(far.shape[1], 1)
        steps, one, other = np.concatenate([near, far], axis=1)
        stands_for = np.concatenate([np.ones(near.shape[1]), np.full(far.shape[1], share)])
        return PersonScores.sorted_by_distance(steps, one, other, stands_for)
