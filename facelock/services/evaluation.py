"""How well the network tells people apart: from a folder or a table to a report.

The same pipeline as everywhere finds, aligns and embeds; `evaluation_scores` compares,
`evaluation_figures` judges.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from facelock.core.errors import EvaluationError, NoUsableFace
from facelock.core.intervals import percentiles
from facelock.core.levels import Level
from facelock.core.threshold import Calibration
from facelock.services.evaluation_faces import Faced, FaceReader, Treatment, read_faces
from facelock.services.evaluation_figures import Figures, Interval, figures
from facelock.services.evaluation_levels import LevelThreshold, level_thresholds
from facelock.services.evaluation_scores import Scores, score_all, score_pairs
from facelock.services.evaluation_set import EvaluationSet, read_folder
from facelock.services.evaluation_table import read_table

Tell = Callable[[str, float], object]
"""Hears what is being done and which share of it is, 0 to 1."""


@dataclass(frozen=True)
class Difference:
    """Ours minus bare, with paired intervals: the same people in each resample of both."""

    eer: float | None
    tmr_at_fmr: Mapping[str, float | None]
    accuracy: float | None
    eer_interval: Interval
    tmr_intervals: Mapping[str, Interval]
    accuracy_interval: Interval


@dataclass(frozen=True, eq=False)
class Evaluation:
    """The report."""

    protocol: str  # "all-against-all" or "pairs"
    treatment: Treatment
    model_sha256: str
    seed: int
    people: int
    images: int  # different, readable pictures
    duplicates: tuple[tuple[str, str], ...]
    label_doubts: tuple[tuple[str, str], ...]
    unreadable: tuple[str, ...]
    not_detected: tuple[str, ...]
    thresholds: Mapping[Level, LevelThreshold]
    figures: Figures  # pictures without a detected face are left out
    undetected_as_non_match: Figures | None = field(repr=False)  # pairs only
    bare: Figures | None = field(repr=False)
    difference: Difference | None
    notes: tuple[str, ...]


def read_set(source: Path, images: Path | None, *, all_pairs: bool = False) -> EvaluationSet:
    """Read a folder of people, or a table of pairs. Raises EvaluationError.

    `all_pairs`: compare every picture of a table with every other; its pairs give the accuracy.
    """
    if source.is_dir():
        if images is not None:
            raise EvaluationError("--images says where the pictures of a table of pairs are")
        return read_folder(source)
    if not source.exists():
        raise EvaluationError(f"there is no folder or table {source}")
    found = read_table(source, images)
    if all_pairs and not found.names_are_people:
        # Two people who only never met in a mated pair would be taken for strangers.
        raise EvaluationError(
            "the folders in the table do not tell its people apart: only its pairs can be compared"
        )
    return replace(found, all_against_all=all_pairs)


def evaluate(
    given: EvaluationSet,
    reader: FaceReader,
    calibration: Calibration,
    *,
    workers: int,
    seed: int,
    tell: Tell,
) -> Evaluation:
    """Look at every picture, compare, and judge. Raises NoUsableFace if no face is found at all."""
    paths = [picture.path for picture in given.pictures]
    faces = read_faces(
        paths, reader, workers=workers, tell=lambda done: tell("faces", done / len(paths))
    )
    if all(face.embeddings is None for face in faces):
        raise NoUsableFace("no face was found in any of the pictures")
    judge = _Judge(given, faces, level_thresholds(calibration), seed, tell)
    fits = [sha == calibration.model_sha256 for sha in reader.model_sha256]
    main = judge.figures(0, calibrated=fits[0])
    bare = judge.figures(1, calibrated=fits[1]) if len(fits) > 1 else None
    unreadable = _names(given, faces, lambda face: face.unreadable)
    people = {
        picture.person
        for picture, face in zip(given.pictures, faces, strict=True)
        if not face.unreadable
    }
    return Evaluation(
        protocol="all-against-all" if given.all_against_all else "pairs",
        treatment=reader.treatment,
        model_sha256=reader.model_sha256[0],
        seed=seed,
        people=len(people),
        images=len(faces) - len(unreadable),
        duplicates=given.duplicates,
        label_doubts=given.label_doubts,
        unreadable=unreadable,
        not_detected=_names(
            given, faces, lambda face: face.embeddings is None and not face.unreadable
        ),
        thresholds=judge.thresholds if fits[0] else {},
        figures=main,
        undetected_as_non_match=judge.undetected_as_non_match(calibrated=fits[0]),
        bare=bare,
        difference=None if bare is None else paired_difference(main, bare),
        notes=given.notes + main.notes,
    )


def _names(
    given: EvaluationSet, faces: Sequence[Faced], wanted: Callable[[Faced], bool]
) -> tuple[str, ...]:
    return tuple(
        picture.name for picture, face in zip(given.pictures, faces, strict=True) if wanted(face)
    )


class _Judge:
    """Scores and judges the embeddings of one network after the other."""

    def __init__(
        self,
        given: EvaluationSet,
        faces: Sequence[Faced],
        thresholds: Mapping[Level, LevelThreshold],
        seed: int,
        tell: Tell,
    ) -> None:
        self._given = given
        self._faces = faces
        self._seed = seed
        self._tell = tell
        self.thresholds = thresholds
        self._person = np.array([picture.person for picture in given.pictures], np.int32)
        self._seen = np.array([face.embeddings is not None for face in faces])

    def figures(self, network: int, *, calibrated: bool) -> Figures:
        """Return the figures of a network, by its number in the treatment."""
        return self._judged(self._scores(network), calibrated=calibrated)

    def undetected_as_non_match(self, *, calibrated: bool) -> Figures | None:
        """Return the first network's figures with undetected faces as non-matches; None if n/a."""
        pairs = self._given.pairs
        if pairs is None or self._given.all_against_all:
            return None
        person = np.unique(self._person, return_inverse=True)[1].astype(np.int32)
        scores = score_pairs(self._features(0), person, pairs, missing_never_match=True)
        return self._judged(scores, calibrated=calibrated)

    def _judged(self, scores: Scores, *, calibrated: bool) -> Figures:
        return figures(
            scores,
            self.thresholds if calibrated else None,
            seed=self._seed,
            tell=lambda share: self._tell("resampling", share),
        )

    def _scores(self, network: int) -> Scores:
        features, person = self._features(network), self._numbered()
        pairs, scores = self._given.pairs, None
        if pairs is not None:
            scores = score_pairs(features, person, pairs, missing_never_match=False)
        if scores is not None and not self._given.all_against_all:
            return scores
        left_out = {name for name, _ in self._given.duplicates}
        used = self._seen & [picture.name not in left_out for picture in self._given.pictures]
        every = score_all(
            features[used], person[used], self._seed, lambda share: self._tell("comparing", share)
        )
        return every if scores is None else replace(every, folds=scores.folds, people=scores.people)

    def _numbered(self) -> NDArray[np.int32]:
        """Return the person of each picture, numbered without gaps among those with a face."""
        people = np.unique(self._person[self._seen])
        return np.searchsorted(people, self._person).clip(max=people.size - 1).astype(np.int32)

    def _features(self, network: int) -> NDArray[np.float32]:
        """Return the embeddings of a network, (M, D), NaN where no face was found."""
        rows = [
            None if face.embeddings is None else face.embeddings[network] for face in self._faces
        ]
        size = next(row.size for row in rows if row is not None)
        missing = np.full(size, np.nan, np.float32)
        return np.stack([missing if row is None else row for row in rows])


def paired_difference(ours: Figures, bare: Figures) -> Difference:
    """Return ours minus bare. The resamples are paired: row by row the same people."""
    of_tmr = ours.resamples.tmr - bare.resamples.tmr  # (R, 4)
    return Difference(
        eer=_minus(ours.eer, bare.eer),
        tmr_at_fmr={
            name: _minus(value, bare.tmr_at_fmr[name]) for name, value in ours.tmr_at_fmr.items()
        },
        accuracy=_minus(ours.accuracy, bare.accuracy),
        eer_interval=percentiles(ours.resamples.eer - bare.resamples.eer),
        tmr_intervals={
            name: None if value is None else percentiles(of_tmr[:, column])
            for column, (name, value) in enumerate(ours.tmr_at_fmr.items())
        },
        accuracy_interval=percentiles(ours.resamples.accuracy - bare.resamples.accuracy),
    )


def _minus(ours: float | None, bare: float | None) -> float | None:
    return None if ours is None or bare is None else ours - bare
