"""Reads a table of pairs: which two pictures are compared, and whether they show one person."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

import numpy as np

from facelock.core.errors import EvaluationError
from facelock.services.evaluation_set import EvaluationSet, Pairs, Picture, without_duplicates

_MAX_BYTES = 256 * 2**20
_COLUMNS = ("image_a", "image_b", "mated")
_SHOWN = 5  # contradictions named one by one


@dataclass(frozen=True)
class _Row:
    line: int  # in the file, from 1
    one: str
    other: str
    mated: bool
    fold: int | None


def read_table(table: Path, images: Path | None = None) -> EvaluationSet:
    """Read tab-separated pairs, with a header or without (see `facelock evaluate --help`).

    Pictures lie relative to `images`; by default to the table's folder, or to `images` in it.
    The table is the protocol: its pairs are used as they stand, duplicates are only reported.
    Raises EvaluationError, which names the line, if a row or a picture is not as it should be.
    """
    rows = list(_rows(table))
    if not rows:
        raise EvaluationError(f"{table.name} holds no pairs")
    root = _root(table, images, rows[0])
    _need_files(rows, root)
    names = sorted({name for row in rows for name in (row.one, row.other)})
    people, person_of, by_folder = _people(names, rows)
    pictures = tuple(Picture(root / name, name, person_of[name]) for name in names)
    number = {name: index for index, name in enumerate(names)}
    folds = [row.fold for row in rows if row.fold is not None]
    pairs = Pairs(
        one=np.array([number[row.one] for row in rows]),
        other=np.array([number[row.other] for row in rows]),
        mated=np.array([row.mated for row in rows]),
        folds=np.array(folds) if len(folds) == len(rows) else None,
    )
    _, duplicates = without_duplicates(pictures)
    doubts = tuple(pair for pair in duplicates if person_of[pair[0]] != person_of[pair[1]])
    return EvaluationSet(
        pictures=pictures,
        people=people,
        pairs=pairs,
        all_against_all=False,
        duplicates=duplicates,
        label_doubts=doubts,
        notes=_contradictions(rows, person_of),
        names_are_people=by_folder,
    )


def _rows(table: Path) -> Iterator[_Row]:
    try:
        if table.stat().st_size > _MAX_BYTES:
            raise EvaluationError(f"{table.name} is larger than {_MAX_BYTES // 2**20} MB")
        lines = table.read_text(encoding="utf-8-sig").splitlines()
    except OSError as error:
        raise EvaluationError(f"{table} cannot be read") from error
    except UnicodeDecodeError as error:
        raise EvaluationError(f"{table.name} is not a text in UTF-8") from error
    columns: Sequence[str] = (*_COLUMNS, "fold")
    for number, line in enumerate(lines, start=1):
        cells = [cell.strip() for cell in line.split("\t")]
        if not any(cells):
            continue
        if number == 1 and "image_a" in cells:
            if missing := [name for name in _COLUMNS if name not in cells]:
                raise EvaluationError(f"line 1 of {table.name} has no column {missing[0]}")
            columns = cells
            continue
        yield _row(dict(zip(columns, cells, strict=False)), number, table.name)


def _row(cells: dict[str, str], line: int, table: str) -> _Row:
    where = f"line {line} of {table}"
    one, other, mated = (cells.get(name, "") for name in _COLUMNS)
    if not one or not other or mated not in {"0", "1"}:
        raise EvaluationError(f"{where} is not: picture, picture, 0 or 1, tabs between them")
    if one == other:
        raise EvaluationError(f"{where} compares a picture with itself")
    if "\0" in one + other:
        raise EvaluationError(f"{where} names no file")
    fold = cells.get("fold", "")
    try:
        return _Row(line, one, other, mated == "1", int(fold) if fold else None)
    except ValueError:
        raise EvaluationError(f"the fold in {where} is not a whole number") from None


def _root(table: Path, images: Path | None, first: _Row) -> Path:
    """Return the folder the names are relative to."""
    if images is not None:
        if not images.is_dir():
            raise EvaluationError(f"there is no folder {images}")
        return images
    beside = (table.parent, table.parent / "images")
    for folder in beside:
        if (folder / first.one).is_file():
            return folder
    return beside[0]


def _need_files(rows: Sequence[_Row], root: Path) -> None:
    """Raise EvaluationError if a picture is not there: most likely all of them are elsewhere."""
    there: dict[str, bool] = {}
    for row in rows:
        for name in (row.one, row.other):
            if name not in there:
                there[name] = (root / name).is_file()
    if all(there.values()):
        return
    missing = [name for name, found in there.items() if not found]
    line = next(row.line for row in rows if missing[0] in (row.one, row.other))
    more = f" (and {len(missing) - 1} more)" if len(missing) > 1 else ""
    raise EvaluationError(
        f"line {line} names {missing[0]}, which is not in {root}{more}; "
        "say with --images where the pictures are"
    )


def _people(
    names: Sequence[str], rows: Sequence[_Row]
) -> tuple[tuple[str, ...], dict[str, int], bool]:
    """Return the people, the person of each picture, and whether folders told them apart.

    A picture's folder names its person if that agrees with every row. Else people are what mated
    pairs connect.
    """
    folders = _folders(names, rows)
    group = _connected(names, rows) if folders is None else folders
    people = tuple(sorted(set(group.values())))
    number = {person: index for index, person in enumerate(people)}
    return people, {name: number[group[name]] for name in names}, folders is not None


def _folders(names: Sequence[str], rows: Sequence[_Row]) -> dict[str, str] | None:
    """Return each picture's folder, the outermost or else the innermost, if these are people."""
    paths = {name: PurePosixPath(name.replace("\\", "/")) for name in names}
    if any(len(path.parts) < 2 for path in paths.values()):
        return None
    for level in (0, -2):
        folder = {name: path.parts[level] for name, path in paths.items()}
        if all((folder[row.one] == folder[row.other]) == row.mated for row in rows):
            return folder
    return None


def _connected(names: Sequence[str], rows: Sequence[_Row]) -> dict[str, str]:
    """Return for each picture the one that stands for all connected to it by mated pairs."""
    leader = {name: name for name in names}

    def find(name: str) -> str:
        while leader[name] != name:
            leader[name] = leader[leader[name]]
            name = leader[name]
        return name

    for row in rows:
        if row.mated:
            leader[find(row.one)] = find(row.other)
    return {name: find(name) for name in names}


def _contradictions(rows: Sequence[_Row], person_of: dict[str, int]) -> tuple[str, ...]:
    """Name the rows that call two pictures different people whom other rows make one."""
    wrong = [row for row in rows if not row.mated and person_of[row.one] == person_of[row.other]]
    if not wrong:
        return ()
    lines = ", ".join(str(row.line) for row in wrong[:_SHOWN])
    more = f" and {len(wrong) - _SHOWN} more" if len(wrong) > _SHOWN else ""
    return (f"Other rows make the two pictures of line {lines}{more} one person.",)
