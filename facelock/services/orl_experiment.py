"""Trains the customer's reference and ours on the same people of ORL, and judges all alike."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

import numpy as np
from numpy.typing import NDArray

from facelock.core.errors import TrainingDataUnusable
from facelock.core.levels import Level
from facelock.services.calibration import load_calibration
from facelock.services.orl_draws import PAIRS, TIMES, Draws, judge_draws
from facelock.services.orl_faces import OrlFaces, embeddings_of, grey_images, look, read_orl
from facelock.services.orl_figures import Comparisons, Fold, Judged, difference, judge, on_grid
from facelock.services.orl_report import DIFFERENCES, NETWORKS, Protocol, Report
from facelock.services.pictures import picture_threshold
from facelock.services.training_run import Remark, Run

FOLDS: Final = 3
"""Over people: as many more trainings of the reference as two cores do in some minutes."""

_LEAST_DETECTED = 12  # people: two thirds of them learn, and hold some out

RESAMPLES: Final = 1000  # of people, for the intervals

_FOLD_PLACE, _DRAW_PLACE = (0, 1), (0, 2)  # of random numbers; the trainings count from 1


@dataclass(frozen=True, eq=False)
class _Seen:
    """All pictures, as the networks take them."""

    faces: OrlFaces
    grey: NDArray[np.float32] = field(repr=False)  # (N, 100, 100)
    bare: NDArray[np.float32] = field(repr=False)  # (N, 192), the backbone's features
    bundled: NDArray[np.float32] = field(repr=False)  # (N, D)
    not_detected: tuple[str, ...]


@dataclass(frozen=True, eq=False)
class _Split:
    """Whom to learn from and whom to judge on, by rows."""

    name: str
    learn: NDArray[np.bool_] = field(repr=False)  # (N,)
    test: NDArray[np.bool_] = field(repr=False)  # (N,)


@dataclass(frozen=True, eq=False)
class _Trained:
    """A network's embeddings of everybody, and the threshold that comes with it."""

    embeddings: NDArray[np.float32] = field(repr=False)  # (N, D)
    given: float  # squared distance
    unit: bool  # of unit length

    @property
    def scale(self) -> float | None:
        """What `on_grid` wants to know of it."""
        return None if self.unit else self.given


def experiment(run: Run) -> Report:
    """Train, judge, report. Raises TrainingError, PictureUnreadable, ModelError, Cancelled."""
    seen = _see(run)
    run.tell(Remark("Loading torch ..."))
    from facelock.learning.threads import one_thread

    faces = seen.faces
    split = _Split("split", ~faces.is_test, faces.is_test)
    splits = list(_folds(faces, run.seed))
    with one_thread():  # the same weights on every machine
        networks = _networks(run, seen, split)
        protocols = {"split": _protocol(run, faces, [split], [networks])}
        draws = _draws(run, seen, networks)
        by_fold = [_networks(run, seen, one) for one in splits]
        protocols["leave_people_out"] = _protocol(run, faces, splits, by_fold)
    return Report(
        faces=faces,
        not_detected=seen.not_detected,
        seed=run.seed,
        epochs=run.epochs,
        folds=FOLDS,
        protocols=protocols,
        draws=draws,
    )


def _see(run: Run) -> _Seen:
    """Read every picture, for the reference and through the shipped pipeline."""
    faces = read_orl(run.data)
    grey = grey_images(faces, size=100)
    faced = look(
        faces,
        lambda done, of: run.progress("pictures", done, of),
        workers=min(os.cpu_count() or 1, 2),
    )
    missed = tuple(
        path.relative_to(run.data).as_posix()
        for path, one in zip(faces.paths, faced, strict=True)
        if one.embeddings is None
    )
    detected = faces.people[[one.embeddings is not None for one in faced]]
    if np.unique(detected).size < _LEAST_DETECTED:
        raise TrainingDataUnusable(
            f"faces were found of {np.unique(detected).size} people; {_LEAST_DETECTED} are needed"
        )
    return _Seen(faces, grey, embeddings_of(faced, "bare"), embeddings_of(faced, "bundled"), missed)


def _folds(faces: OrlFaces, seed: int) -> Iterator[_Split]:
    """Yield `FOLDS` splits; each person is tested with in one of them."""
    from facelock.learning.seeds import generator

    order = generator(seed, *_FOLD_PLACE).permutation(len(faces.names))
    for number in range(FOLDS):
        test = np.isin(faces.people, order[number::FOLDS])
        yield _Split(f"people {number + 1} of {FOLDS}", ~test, test)


def _networks(run: Run, seen: _Seen, split: _Split) -> dict[str, _Trained]:
    """Train what is to be trained, and return how each of `NETWORKS` sees everybody."""
    from facelock.learning.reference import MATCHED_BELOW

    ours = picture_threshold(Level.BALANCED, load_calibration()).distance
    return {
        "reference": _Trained(_train_reference(run, seen, split), MATCHED_BELOW**2, unit=False),
        "head": _Trained(_train_head(run, seen, split), ours, unit=True),
        "bare": _Trained(seen.bare, ours, unit=True),
        "bundled": _Trained(seen.bundled, ours, unit=True),
    }


def _train_reference(run: Run, seen: _Seen, split: _Split) -> NDArray[np.float32]:
    from facelock.learning.reference import embed, new_reference, reference_training

    network = new_reference(run.seed)
    training = reference_training(
        network,
        seen.grey[split.learn],
        seen.faces.people[split.learn],
        seed=run.seed,
        epochs=run.epochs,
    )
    run.train(f"reference, {split.name}", training, network)
    return embed(network, seen.grey)


def _train_head(run: Run, seen: _Seen, split: _Split) -> NDArray[np.float32]:
    from facelock.core.head import Head
    from facelock.learning.heads import ResidualHead
    from facelock.learning.triplet_head import triplet_head_training

    head = ResidualHead(seen.bare.shape[1])
    rows = split.learn & np.isfinite(seen.bare).all(axis=1)
    training = triplet_head_training(
        head, seen.bare[rows], seen.faces.people[rows], seed=run.seed, epochs=run.epochs
    )
    run.train(f"head, {split.name}", training, head)
    return Head(*head.to_head_arrays()).apply(seen.bare)


def _protocol(
    run: Run, faces: OrlFaces, splits: list[_Split], by_split: list[dict[str, _Trained]]
) -> Protocol:
    """Judge every network over the same splits."""
    tested = sum(len(faces.names_of(split.test)) for split in splits)
    folds: dict[str, list[Fold]] = {}
    judged: dict[str, Judged] = {}
    for number, network in enumerate(NETWORKS):
        run.progress("judging", number, len(NETWORKS))
        folds[network] = [
            _fold(faces, split, networks[network])
            for split, networks in zip(splits, by_split, strict=True)
        ]
        judged[network] = judge(folds[network], tested, run.seed, resamples=RESAMPLES)
    compared = [fold.comparisons for fold in folds["reference"]]
    return Protocol(
        people=tested,
        mated=sum(one.mated.steps.size for one in compared),
        non_mated=sum(one.non_mated.steps.size for one in compared),
        judged=judged,
        given={network: by_split[0][network].given for network in NETWORKS},
        chosen={
            network: tuple(fold.chosen_distance for fold in some) for network, some in folds.items()
        },
        differences={
            (ours, theirs): difference(judged[ours], judged[theirs]) for ours, theirs in DIFFERENCES
        },
    )


def _fold(faces: OrlFaces, split: _Split, trained: _Trained) -> Fold:
    learn, test = (
        Comparisons.of(trained.embeddings[rows], faces.people[rows], trained.scale)
        for rows in (split.learn, split.test)
    )
    given = int(on_grid(np.array(trained.given), trained.scale))
    return Fold(test, given, learn.equal_error_threshold(), trained.scale)


def _draws(run: Run, seen: _Seen, networks: dict[str, _Trained]) -> dict[str, Draws]:
    """Judge each network as the notebook does, many times, on the same draws."""
    from facelock.learning.reference import draw_pairs
    from facelock.learning.seeds import generator

    test = seen.faces.is_test
    people = seen.faces.people[test]
    pairs = draw_pairs(people, TIMES * PAIRS, generator(run.seed, *_DRAW_PLACE))
    return {
        name: judge_draws(one.embeddings[test], people, pairs, one.given)
        for name, one in networks.items()
    }
