"""Whom to calibrate on: people of the folds asked for, and of no other fold under any name.

A threshold rests on these people, so none of them may have been trained on or be tested with. A
table says in which fold each is. Labels err: where two names are known to be one person, or lie
over the very same picture, the two are merged; and if one of them belongs to another fold, the
person is left out.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from facelock.core.errors import CalibrationError

_MAX_BYTES = 16 * 2**20


@dataclass(frozen=True)
class Merge:
    """Two names of one person, and how that is known."""

    name: str
    same_as: str
    reason: str = ""


@dataclass(frozen=True)
class Chosen:
    """Who is measured."""

    person_of: Mapping[str, str] = field(repr=False)  # the person's one name, for each name used
    merged: tuple[Merge, ...]  # those that brought two of the names together
    left_out: Mapping[str, str]  # names of the folds asked for, each with its other name elsewhere


def choose_people(
    names: Iterable[str],
    merges: Iterable[Merge] = (),
    *,
    fold_of: Mapping[str, int] | None = None,
    folds: Iterable[int] = (),
) -> Chosen:
    """Choose among `names`, those with pictures. Without a table of folds: all of them.

    Raises CalibrationError if a fold has nobody, or a merge names somebody nobody knows.
    """
    there, wanted, merges = set(names), set(folds), tuple(merges)
    known = there | set(fold_of or ())
    for merge in merges:
        if unknown := {merge.name, merge.same_as} - known:
            raise CalibrationError(f"nobody is called {min(unknown)}, whom a merge names")
    table = dict.fromkeys(there, 0) if fold_of is None else fold_of
    if fold_of is None:
        wanted = {0}
    if empty := wanted - {table[name] for name in there if name in table}:
        raise CalibrationError(f"nobody with pictures is in fold {min(empty)}")
    group = _groups(known, merges)
    elsewhere = {
        group[name]: name for name in sorted(known, reverse=True) if table.get(name) not in wanted
    }
    asked = sorted(name for name in there if table.get(name) in wanted)
    used = {name: group[name] for name in asked if group[name] not in elsewhere}
    return Chosen(
        person_of=used,
        merged=tuple(one for one in merges if one.name in used and one.same_as in used),
        left_out={name: elsewhere[group[name]] for name in asked if group[name] in elsewhere},
    )


def _groups(names: Iterable[str], merges: Iterable[Merge]) -> dict[str, str]:
    """Return for each name the first of all the names that are that person's."""
    group = {name: {name} for name in names}
    for merge in merges:
        together = group[merge.name] | group[merge.same_as]
        for name in together:
            group[name] = together
    return {name: min(together) for name, together in group.items()}


def read_folds(table: Path) -> dict[str, int]:
    """Read who is in which fold: tab-separated, with columns `fold` and `person`.

    Raises CalibrationError if it cannot be read, or puts somebody into two folds.
    """
    fold_of: dict[str, int] = {}
    for row in _rows(table, ("fold", "person")):
        if not row["fold"].isdigit():
            raise CalibrationError(f"{row['fold']!r} in {table.name} is no fold")
        fold = int(row["fold"])
        if fold_of.setdefault(row["person"], fold) != fold:
            raise CalibrationError(f"{table.name} puts {row['person']} into two folds")
    return fold_of


def read_merges(table: Path) -> tuple[Merge, ...]:
    """Read which names are one person's: tab-separated, columns `person`, `same_as`, `reason`.

    Raises CalibrationError if it cannot be read, or gives no reason.
    """
    rows = _rows(table, ("person", "same_as", "reason"))
    return tuple(Merge(row["person"], row["same_as"], row["reason"]) for row in rows)


def _rows(table: Path, columns: tuple[str, ...]) -> list[dict[str, str]]:
    """Return the rows of a table. Raises CalibrationError if a cell of `columns` is missing."""
    try:
        with table.open("rb") as file:
            text = file.read(_MAX_BYTES + 1).decode("utf-8-sig")
    except OSError as error:
        raise CalibrationError(f"{table} cannot be read") from error
    except UnicodeDecodeError as error:
        raise CalibrationError(f"{table.name} is not a text in UTF-8") from error
    if len(text) > _MAX_BYTES:
        raise CalibrationError(f"{table.name} is larger than {_MAX_BYTES // 2**20} MB")
    rows = list(csv.DictReader(text.splitlines(), delimiter="\t", quoting=csv.QUOTE_NONE))
    for number, row in enumerate(rows, start=2):
        if missing := [name for name in columns if not row.get(name)]:
            raise CalibrationError(f"line {number} of {table.name} has no {missing[0]}")
    return rows
