"""A head that was trained here as bytes, and back. Decoding trusts nothing, sealed or not.

The matrix is float32, the tables are float64, both little-endian and in rows. What a type cannot
say (finite, in range, consistent) is checked here; whatever does not fit raises StoreDamaged. The
name of the network is not written down: it is computed from the backbone's hash and the matrix.
"""

from __future__ import annotations

import re
from dataclasses import replace

import msgspec
import numpy as np
from numpy.typing import NDArray

from facelock.core.errors import StoreDamaged
from facelock.core.head import Head, NetworkId, network_sha256
from facelock.core.head_version import HeadTable, HeadVersion
from facelock.core.levels import Level
from facelock.core.retraining import Figures, PersonFigures, RetrainingOptions
from facelock.core.threshold import ScoreDensities
from facelock.vault.records import PROFILE_ID
from facelock.vault.strict import decode_strictly

HEAD_VERSION = 1
"""The version that is written."""

MAX_HEAD_BYTES = 4 * 1024 * 1024
"""Twenty times a sealed head of 192 by 192; checked before anything is parsed."""

FORGOTTEN = "0" * 32
"""Stands for whoever had a part in a head and was removed since; nobody has this id."""

_SHA256 = re.compile(r"[0-9a-f]{64}")
_MAX_SIZE = 512  # of features and embeddings
_MAX_ROWS = 10_000  # of a table
_MAX_PEOPLE = 1_000
_MAX_COUNT = 10**12
_FARTHEST = 4.0  # squared distance of opposite unit vectors


class _Densities(msgspec.Struct, forbid_unknown_fields=True):
    edges: bytes
    mated: bytes
    non_mated: bytes


class _Figures(msgspec.Struct, forbid_unknown_fields=True):
    level: Level
    people: list[PersonFigures]
    attempt_fmr: float
    densities: _Densities | None


class _Head(msgspec.Struct, forbid_unknown_fields=True):
    created_at: float
    backbone_sha256: str
    shape: tuple[int, int]  # D_out, D_in
    weight: bytes
    bias: bytes
    fmr_grid: bytes
    distance_grid: bytes
    mated_median: float
    people: int
    comparisons: int
    densities: _Densities
    options: RetrainingOptions
    profile_ids: list[str]
    negatives: list[str]
    samples: int
    impostors: int
    before: _Figures
    after: _Figures


def encode_head(version: HeadVersion) -> bytes:
    """Return a head as msgpack bytes. Raises ValueError if it could not be read back."""
    table = version.table
    record = _Head(
        created_at=version.created_at,
        backbone_sha256=version.network.backbone_sha256,
        shape=(version.head.outputs, version.head.inputs),
        weight=version.head.weight.astype("<f4").tobytes(),
        bias=version.head.bias.astype("<f4").tobytes(),
        fmr_grid=_bytes(table.fmr_grid),
        distance_grid=_bytes(table.distance_grid),
        mated_median=table.mated_median,
        people=table.people,
        comparisons=table.comparisons,
        densities=_densities_record(table.densities),
        options=version.options,
        profile_ids=list(version.profile_ids),
        negatives=list(version.negatives),
        samples=version.samples,
        impostors=version.impostors,
        before=_figures_record(version.before),
        after=_figures_record(version.after),
    )
    if _version(record).network != version.network:
        raise ValueError("the network has another name than its head gives it")
    return msgspec.msgpack.encode(record)


def decode_head(data: bytes, version: int) -> HeadVersion:
    """Return the head of a record of that version. Raises StoreDamaged if anything misfits."""
    if version != HEAD_VERSION:
        raise StoreDamaged(f"there is no version {version} of a head")
    record = decode_strictly(data, _Head)
    try:
        return _version(record)
    except ValueError as error:
        raise StoreDamaged(f"a head holds impossible values: {error}") from error


def mentions(version: HeadVersion, profile_ids: frozenset[str]) -> bool:
    """True if any of these people had a part in the head, or it was judged by their samples."""
    judged = (*version.before.people, *version.after.people)
    named = version.part_takers.union(one.profile_id for one in judged)
    return not named.isdisjoint(profile_ids)


def is_owed(version: HeadVersion) -> bool:
    """True if somebody of whom there was something in the head was removed since."""
    return FORGOTTEN in version.part_takers


def without_people(version: HeadVersion, gone: frozenset[str]) -> HeadVersion:
    """Return the head with nothing said of these people but that somebody was removed.

    The matrix stays what it is. Whoever only judged it is named among the negatives.
    """
    if not mentions(version, gone):
        return version
    profile_ids = _ids_without(version.profile_ids, gone)
    negatives = _ids_without(version.negatives, gone)
    if FORGOTTEN not in (*profile_ids, *negatives):
        negatives = (*negatives, FORGOTTEN)
    return replace(
        version,
        profile_ids=profile_ids,
        negatives=negatives,
        before=_figures_without(version.before, gone),
        after=_figures_without(version.after, gone),
    )


def _ids_without(profile_ids: tuple[str, ...], gone: frozenset[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(FORGOTTEN if one in gone else one for one in profile_ids))


def _figures_without(figures: Figures, gone: frozenset[str]) -> Figures:
    return replace(
        figures, people=tuple(one for one in figures.people if one.profile_id not in gone)
    )


def _version(record: _Head) -> HeadVersion:
    """Return what a record says. Raises ValueError unless all of it is possible."""
    _check_head(record)
    rows, columns = record.shape
    weight = np.frombuffer(record.weight, "<f4").astype(np.float32).reshape(rows, columns)
    head = Head(weight, np.frombuffer(record.bias, "<f4").astype(np.float32))
    for array in (head.weight, head.bias):
        array.flags.writeable = False
    backbone = record.backbone_sha256
    return HeadVersion(
        created_at=record.created_at,
        head=head,
        network=NetworkId(backbone, network_sha256(backbone, head)),
        table=_table(record),
        options=record.options,
        profile_ids=tuple(record.profile_ids),
        negatives=tuple(record.negatives),
        samples=record.samples,
        impostors=record.impostors,
        before=_figures(record.before),
        after=_figures(record.after),
    )


def _check_head(record: _Head) -> None:
    rows, columns = record.shape
    counts = (record.people, record.comparisons, record.impostors, record.samples)
    demands = {
        "time": np.isfinite(record.created_at),
        "backbone hash": _SHA256.fullmatch(record.backbone_sha256) is not None,
        "shape": 1 <= rows <= _MAX_SIZE and 1 <= columns <= _MAX_SIZE,
        "weight": len(record.weight) == 4 * rows * columns,
        "bias": len(record.bias) == 4 * rows,
        "median": 0.0 <= record.mated_median <= _FARTHEST,
        "counts": all(0 <= one <= _MAX_COUNT for one in counts) and record.comparisons >= 1,
        "profile ids": _are_ids(record.profile_ids),
        "negatives": _are_ids(record.negatives)
        and {*record.negatives} & {*record.profile_ids} <= {FORGOTTEN},
    }
    _demand(demands)


def _demand(demands: dict[str, bool | np.bool]) -> None:
    for what, holds in demands.items():
        if not holds:
            raise ValueError(what)


def _are_ids(profile_ids: list[str]) -> bool:
    return (
        len(profile_ids) == len(set(profile_ids)) <= _MAX_PEOPLE
        and all(PROFILE_ID.fullmatch(one) for one in profile_ids)
    )  # fmt: skip


def _table(record: _Head) -> HeadTable:
    rates, distances = _array(record.fmr_grid), _array(record.distance_grid)
    _demand(
        {
            "rows of the table": rates.size == distances.size,
            "rates": np.all(np.diff(rates) > 0) and rates[0] > 0.0 and rates[-1] <= 1.0,
            "distances": np.all(np.diff(distances) >= 0)
            and distances[0] >= 0.0
            and distances[-1] <= _FARTHEST,
        }
    )
    return HeadTable(
        fmr_grid=rates,
        distance_grid=distances,
        mated_median=record.mated_median,
        people=record.people,
        comparisons=record.comparisons,
        densities=_densities(record.densities),
    )


def _bytes(array: NDArray[np.float64]) -> bytes:
    return array.astype("<f8").tobytes()


def _array(data: bytes) -> NDArray[np.float64]:
    """Return (N,) float64. Raises ValueError unless there are some, not too many, all finite."""
    if len(data) % 8 or not 1 <= len(data) // 8 <= _MAX_ROWS:
        raise ValueError("rows")
    array = np.frombuffer(data, "<f8").astype(np.float64)
    if not np.isfinite(array).all():
        raise ValueError("a number that is none")
    array.flags.writeable = False
    return array


def _densities_record(densities: ScoreDensities) -> _Densities:
    return _Densities(_bytes(densities.edges), _bytes(densities.mated), _bytes(densities.non_mated))


def _densities(record: _Densities) -> ScoreDensities:
    return ScoreDensities(_array(record.edges), _array(record.mated), _array(record.non_mated))


def _figures_record(figures: Figures) -> _Figures:
    densities = figures.densities
    return _Figures(
        level=figures.level,
        people=list(figures.people),
        attempt_fmr=figures.attempt_fmr,
        densities=None if densities is None else _densities_record(densities),
    )


def _figures(record: _Figures) -> Figures:
    _demand(
        {
            "rate of an attempt": 0.0 <= record.attempt_fmr <= 1.0,
            "people of the figures": _are_ids([one.profile_id for one in record.people]),
            "figures": all(_are_possible(one) for one in record.people),
        }
    )
    return Figures(
        level=record.level,
        people=tuple(record.people),
        attempt_fmr=record.attempt_fmr,
        densities=None if record.densities is None else _densities(record.densities),
    )


def _are_possible(one: PersonFigures) -> bool:
    return (
        0 <= one.misses <= one.mated <= _MAX_COUNT
        and 0 <= one.false_matches <= one.non_mated <= _MAX_COUNT
        and 0 <= one.close <= one.non_mated
        and all(0.0 <= value <= _FARTHEST for value in (one.threshold, one.nearest))
        and bool(np.isfinite(one.separation))
    )
