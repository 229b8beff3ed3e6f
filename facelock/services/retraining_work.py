"""The work of a retraining: pictures, the head of everything, and a head for each fold to judge by.

Every head starts from the bundled one, whatever is in force: nothing is learnt on top of what was
learnt before, so that a hundred retrainings lead no farther away than one.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final

import numpy as np
from numpy.typing import NDArray

from facelock.core.errors import Cancelled
from facelock.core.head import Head, NetworkId, network_sha256
from facelock.core.labelled_faces import LabelledFaces
from facelock.core.template import make_references
from facelock.services.retraining_judge import (
    FOLDS,
    Candidate,
    FoldScores,
    blocks,
    densities_of,
    draws_nearer,
    figures,
    nearest,
    score,
)
from facelock.services.retraining_progress import Progress, Stage
from facelock.services.retraining_strangers import calibration_with, measure_table, under
from facelock.services.retraining_views import PersonViews, see

if TYPE_CHECKING:
    from facelock.core.comparison import Embedding
    from facelock.core.frames import FaceCrop
    from facelock.core.head_version import HeadTable
    from facelock.core.levels import Level
    from facelock.core.retraining import Figures, RetrainingOptions
    from facelock.core.template import Profile
    from facelock.core.threshold import Calibration, ScoreDensities
    from facelock.services.retraining_strangers import Strangers

_BARE: Final = 0.02  # share of the whole that is spent before anything can be told


@dataclass(frozen=True, eq=False)
class Ground:
    """What a retraining stands on; none of it is changed."""

    profiles: tuple[Profile, ...]  # everybody enrolled on this backbone, trained on or not
    trained: frozenset[str]  # ids of those whose samples are anchors and positives
    level: Level
    backbone_sha256: str
    base: Head  # the bundled one
    in_force: Head
    calibration: Calibration  # of the head in force
    strangers: Strangers
    feature_of: Callable[[FaceCrop], Embedding]


@dataclass(frozen=True, eq=False)
class Trained:
    """What came out."""

    head: Head
    network: NetworkId
    table: HeadTable
    before: Figures
    after: Figures
    drawn_nearer: tuple[str, ...]  # to whom the head of everything draws strangers nearer


@dataclass
class _Teller:
    """Turns what was done into progress."""

    tell: Callable[[Progress], None]
    weights: tuple[float, ...]  # seconds expected of: pictures, training, judging
    clock: Callable[[], float]
    began: float = 0.0
    losses: tuple[float, ...] = ()
    before: ScoreDensities | None = None
    now: ScoreDensities | None = field(default=None)

    def at(self, stage: Stage, share: float) -> None:
        order = (Stage.PICTURES, Stage.TRAINING, Stage.JUDGING)
        number = order.index(stage)
        done = sum(self.weights[:number]) + share * self.weights[number]
        fraction = _BARE + (1 - _BARE) * done / sum(self.weights)
        spent = self.clock() - self.began
        left = spent * (1 - fraction) / fraction if fraction > 2 * _BARE else None
        self.tell(Progress(stage, fraction, left, self.losses, self.before, self.now))


class Work:
    """One retraining. `run` takes long and may run in any one thread."""

    def __init__(
        self,
        ground: Ground,
        options: RetrainingOptions,
        *,
        progress: Callable[[Progress], None],
        should_stop: Callable[[], bool],
        weights: tuple[float, float, float],
        clock: Callable[[], float] = time.perf_counter,
    ) -> None:
        self._ground, self._options = ground, options
        self._should_stop = should_stop
        self._teller = _Teller(progress, weights, clock, clock())

    def run(self) -> Trained:
        """Return the head and what it is worth. Raises Cancelled, FloatingPointError."""
        from facelock.learning.threads import one_thread

        views = self._see()
        with one_thread():  # the same head on every machine, and the window keeps a core
            head = self._train(views, [[] for _ in views], show=True)
            table = measure_table(head, self._ground.strangers)
            return self._judge(views, head, table)

    def _see(self) -> list[PersonViews]:
        return see(
            self._ground.profiles,
            self._ground.feature_of,
            seed=self._options.seed,
            done=lambda share: self._teller.at(Stage.PICTURES, share),
            should_stop=self._should_stop,
        )

    def _train(
        self, views: Sequence[PersonViews], without: Sequence[Sequence[int]], *, show: bool
    ) -> Head:
        """Return the head trained on all samples but those of `without`, rows for each person."""
        from facelock.learning.heads import ResidualHead
        from facelock.learning.local_head import LocalHead

        ground = self._ground
        own = _taught(views, without, ground.trained)
        model = ResidualHead.on_top_of(ground.base.weight, ground.base.bias)
        negatives = _with_others(ground.strangers.training, views, without, ground.trained)
        training = LocalHead(model, own, negatives, self._options).training()
        for report in training.epochs(self._should_stop):
            if show:
                self._show(views, Head(*model.to_head_arrays()), report.epoch, report.loss)
        return Head(*model.to_head_arrays())

    def _show(self, views: Sequence[PersonViews], head: Head, epoch: int, loss: float) -> None:
        teller = self._teller
        teller.losses = (*teller.losses, loss)
        if teller.before is None:
            teller.before = self._densities(views, self._ground.in_force)
        teller.now = self._densities(views, head)
        teller.at(Stage.TRAINING, epoch / self._options.epochs)

    def _densities(self, views: Sequence[PersonViews], head: Head) -> ScoreDensities:
        """Return how the distances lie to each trained person's references, for the eye alone."""
        mated, non_mated = [], []
        strangers = under(head, self._ground.strangers.held_out).embeddings
        for one in views:
            if one.profile.profile_id in self._ground.trained:
                samples = [
                    replace(each, embedding=head.apply(each.feature))
                    for each in one.profile.samples
                ]
                references = [each.embedding for each in make_references(samples)]
                mated.append(nearest(head.apply(one.of(range(len(samples)))), references))
                non_mated.append(nearest(strangers, references))
        return densities_of(np.concatenate(mated), np.concatenate(non_mated))

    def _judge(self, views: Sequence[PersonViews], head: Head, table: HeadTable) -> Trained:
        ground = self._ground
        self._teller.at(Stage.JUDGING, 0.0)
        present = self._candidate(ground.in_force, calibration=ground.calibration)
        parts = [blocks(one.profile.samples) for one in views]
        before: list[list[FoldScores]] = [[] for _ in views]
        after: list[list[FoldScores]] = [[] for _ in views]
        for fold in range(FOLDS):
            held_out = [part[fold] for part in parts]
            trained = self._candidate(self._train(views, held_out, show=False))
            for number, one in enumerate(views):
                pair = self._pair(one, held_out[number], present, trained)
                if held_out[number] and pair is not None:
                    before[number].append(pair[0])
                    after[number].append(pair[1])
            self._teller.at(Stage.JUDGING, (fold + 1) / (FOLDS + 1))
        final = self._candidate(head, table)
        pairs = [(one, self._pair(one, (), present, final)) for one in views]
        return Trained(
            head,
            NetworkId(ground.backbone_sha256, network_sha256(ground.backbone_sha256, head)),
            table,
            figures(ground.level, views, before),
            figures(ground.level, views, after),
            tuple(one.profile.profile_id for one, pair in pairs if pair and draws_nearer(*pair)),
        )

    def _pair(
        self,
        views: PersonViews,
        held_out: Sequence[int],
        present: Candidate,
        trained: Candidate,
    ) -> tuple[FoldScores, FoldScores] | None:
        """Return one person's scores with both heads; None if there are none with one of them."""
        if self._should_stop():
            raise Cancelled
        level = self._ground.level
        one, other = (score(views, held_out, each, level) for each in (present, trained))
        return None if one is None or other is None else (one, other)

    def _candidate(
        self,
        head: Head,
        table: HeadTable | None = None,
        *,
        calibration: Calibration | None = None,
    ) -> Candidate:
        """Return a head ready to be scored; its table is measured if it is not known."""
        if self._should_stop():
            raise Cancelled
        ground = self._ground
        name = network_sha256(ground.backbone_sha256, head)
        measured = calibration_with(
            table or measure_table(head, ground.strangers), head, name, ground.strangers
        )
        strangers = head.apply(ground.strangers.held_out.embeddings)
        return Candidate(head, calibration or measured, measured, strangers)


def _taught(
    views: Sequence[PersonViews], without: Sequence[Sequence[int]], trained: frozenset[str]
) -> LabelledFaces:
    """Return all views of the samples that are learnt from, numbered by person."""
    return _numbered(
        [one.of(rows) for one, rows in _left(views, without) if one.profile.profile_id in trained]
    )


def _with_others(
    strangers: LabelledFaces,
    views: Sequence[PersonViews],
    without: Sequence[Sequence[int]],
    trained: frozenset[str],
) -> LabelledFaces:
    """Return the strangers, and who else is enrolled: negatives all of them."""
    others = _numbered(
        [
            one.of(rows)
            for one, rows in _left(views, without)
            if one.profile.profile_id not in trained
        ]
    )
    if not others.people.size:
        return strangers
    first = int(strangers.people.max()) + 1
    return LabelledFaces(
        np.concatenate([strangers.embeddings, others.embeddings]),
        np.concatenate([strangers.people, first + others.people]),
    )


def _left(
    views: Sequence[PersonViews], without: Sequence[Sequence[int]]
) -> list[tuple[PersonViews, list[int]]]:
    left = []
    for one, held_out in zip(views, without, strict=True):
        rows = [row for row in range(len(one.features)) if row not in set(held_out)]
        if rows:
            left.append((one, rows))
    return left


def _numbered(faces: Sequence[NDArray[np.float32]]) -> LabelledFaces:
    if not faces:
        return LabelledFaces(np.zeros((0, 1), np.float32), np.zeros(0, np.int64))
    people = np.repeat(np.arange(len(faces)), [len(one) for one in faces])
    return LabelledFaces(np.concatenate(faces), people.astype(np.int64))
