"""A folder laid out like the training set: made-up people in folds, and a pipeline to see them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import cv2
import numpy as np
import pytest

from facelock.core.frames import FaceCrop, Frame, Pixels
from facelock.services import training_faces
from facelock.services.training_faces import is_held_out

ENOUGH = 20
"""People on either side of the inner split, at least."""


def people(count: int, *, held_out: bool) -> list[str]:
    """Return names that fall on one side of the inner split."""
    names = (f"Person_{number}" for number in range(100 * count))
    return [name for name in names if is_held_out(name) == held_out][:count]


def counts(each: int = 1) -> dict[str, int]:
    """Return just enough people, with so many pictures each."""
    names = people(ENOUGH, held_out=False) + people(ENOUGH, held_out=True)
    return dict.fromkeys(names, each)


def write_set(
    folder: Path, images: Mapping[str, int], folds: Mapping[str, int] | None = None
) -> Path:
    """Write pictures of everybody, all different, and the table; folds not given are 1 to 4."""
    for person, (name, count) in enumerate(images.items()):
        (folder / "images" / name).mkdir(parents=True)
        for number in range(count):
            write_picture(folder / "images" / name / f"{number:02}.png", picture(person, number))
    fold_of = {name: 1 + place % 4 for place, name in enumerate(images)} | dict(folds or {})
    rows = [f"{fold}\t{name}\n" for name, fold in fold_of.items()]
    (folder / "people.tsv").write_text("fold\tperson\n" + "".join(rows))
    return folder


def picture(person: int, number: int) -> Pixels:
    """Return a picture of somebody, aligned but for some pixels: (112, 112, 3) uint8 BGR."""
    return np.roll(_patches(person), (number % 4, number // 4), axis=(0, 1))


@cache
def _patches(person: int) -> Pixels:
    """Return patches of random colours: even a network that learnt nothing knows them again."""
    colours = np.random.default_rng(person).integers(60, 200, (7, 7, 3), np.uint8)
    return colours.repeat(16, axis=0).repeat(16, axis=1)


def write_picture(path: Path, pixels: Pixels) -> None:
    """Write a picture without loss."""
    assert cv2.imwrite(str(path), pixels)


NOBODY: Pixels = np.zeros((112, 112, 3), np.uint8)


@dataclass(frozen=True)
class SeenFace:
    """What is read of `facelock.core.look.SeenFace`."""

    crop: FaceCrop


@dataclass(frozen=True)
class Look:
    """What is read of `facelock.core.look.Look`."""

    face: SeenFace | None


class AlignedPipeline:
    """Stands for `FacePipeline`: every picture is an aligned face already; a black one shows none.

    Each must be looked at afresh, as they are no film.
    """

    def __init__(self) -> None:
        self._is_fresh = False

    def restart(self) -> None:
        self._is_fresh = True

    def look(self, frame: Frame) -> Look:
        assert self._is_fresh
        self._is_fresh = False
        return Look(SeenFace(FaceCrop(frame.pixels)) if frame.pixels.any() else None)


def see_aligned_faces(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the reading of training faces do without networks."""
    monkeypatch.setattr(training_faces, "load_pipeline", lambda **_: AlignedPipeline())
