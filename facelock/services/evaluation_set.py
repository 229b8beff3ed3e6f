"""The pictures to evaluate and who is in them: a folder with one folder per person.

`evaluation_table` reads the other kind, a table of pairs.
"""

from __future__ import annotations

import hashlib
import os
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from facelock.core.errors import EvaluationError
from facelock.services.picture_file import MAX_BYTES, SUFFIXES


@dataclass(frozen=True)
class Picture:
    """A picture and the person it is said to show."""

    path: Path
    name: str  # as people know it: relative to what was given
    person: int  # row in `EvaluationSet.people`


@dataclass(frozen=True, eq=False)
class Pairs:
    """Which pictures are compared. All (N,)."""

    one: NDArray[np.int64] = field(repr=False)  # row of the picture
    other: NDArray[np.int64] = field(repr=False)
    mated: NDArray[np.bool_] = field(repr=False)
    folds: NDArray[np.int64] | None = field(repr=False)  # None if the table names none


@dataclass(frozen=True, eq=False)
class EvaluationSet:
    """What is evaluated."""

    pictures: tuple[Picture, ...] = field(repr=False)
    people: tuple[str, ...] = field(repr=False)
    pairs: Pairs | None = field(repr=False)  # None: a folder has none
    all_against_all: bool  # compare every picture with every other
    duplicates: tuple[tuple[str, str], ...] = ()  # (left out, the equal one that stays)
    label_doubts: tuple[tuple[str, str], ...] = ()  # equal pictures of two people
    notes: tuple[str, ...] = ()
    names_are_people: bool = True  # False: who is who is known only from the pairs themselves


def read_folder(folder: Path) -> EvaluationSet:
    """Find the pictures below `folder`: whatever lies in a folder of it shows that one's person.

    Exact duplicates are left out, the first by name stays. Raises EvaluationError if there is no
    such folder, or if it does not show two people.
    """
    if not folder.is_dir():
        raise EvaluationError(f"there is no folder {folder}")
    people: list[str] = []
    found: list[Picture] = []
    for person in sorted(entry for entry in folder.iterdir() if _is_person(entry)):
        paths = _pictures_below(person)
        if paths:
            found += [
                Picture(path, path.relative_to(folder).as_posix(), len(people)) for path in paths
            ]
            people.append(person.name)
    _need_two(people, folder)
    kept, duplicates = without_duplicates(found)
    by_name = {picture.name: picture.person for picture in found}
    doubts = tuple(pair for pair in duplicates if by_name[pair[0]] != by_name[pair[1]])
    return EvaluationSet(
        pictures=kept,
        people=tuple(people),
        pairs=None,
        all_against_all=True,
        duplicates=duplicates,
        label_doubts=doubts,
        notes=_astray(folder),
    )


def without_duplicates(
    pictures: Iterable[Picture],
) -> tuple[tuple[Picture, ...], tuple[tuple[str, str], ...]]:
    """Return the pictures without those of equal bytes, and (left out, kept) names of the latter.

    Only files of equal size are read. What cannot be read is kept: reading it again will say why.
    """
    pictures = tuple(pictures)
    by_size: defaultdict[int, list[Picture]] = defaultdict(list)
    for picture in pictures:
        by_size[_size(picture.path)].append(picture)
    dropped: dict[str, str] = {}
    for size, alike in by_size.items():
        if len(alike) < 2 or not 0 < size <= MAX_BYTES:
            continue
        first: dict[bytes, str] = {}
        for picture in alike:
            content = _hash(picture.path)
            if content is None:
                continue
            if (same := first.setdefault(content, picture.name)) != picture.name:
                dropped[picture.name] = same
    kept = tuple(picture for picture in pictures if picture.name not in dropped)
    return kept, tuple(sorted(dropped.items()))


def _need_two(people: list[str], folder: Path) -> None:
    if not people:
        raise EvaluationError(
            f"{folder} holds no folders with pictures: one folder for each person is needed"
        )
    if len(people) == 1:
        raise EvaluationError(
            f"{folder} shows one person only, {people[0]}: without a second one nothing can be "
            "said about strangers"
        )


def _is_person(entry: Path) -> bool:
    return entry.is_dir() and not entry.name.startswith(".")


def _pictures_below(folder: Path) -> list[Path]:
    """Return the picture files at any depth, sorted; hidden ones are none of ours."""
    paths = []
    for parent, folders, files in os.walk(folder):  # links to folders are not followed
        folders[:] = [name for name in folders if not name.startswith(".")]
        paths += [Path(parent, name) for name in files if _is_picture(name)]
    return sorted(paths)


def _is_picture(name: str) -> bool:
    return name.lower().endswith(SUFFIXES) and not name.startswith(".")


def _astray(folder: Path) -> tuple[str, ...]:
    """Say how many pictures lie beside the people's folders: nobody knows whom they show."""
    astray = sum(entry.is_file() and _is_picture(entry.name) for entry in folder.iterdir())
    if not astray:
        return ()
    return (f"Pictures in no person's folder, left out: {astray}.",)


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return 0


def _hash(path: Path) -> bytes | None:
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").digest()
    except OSError:
        return None
