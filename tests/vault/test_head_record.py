"""A head as bytes: it comes back as it was, and whatever does not fit is refused."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import msgspec
import numpy as np
import pytest
from made_up_heads import a_version, some_figures

from facelock.core.errors import StoreDamaged
from facelock.core.head_version import HeadVersion
from facelock.vault.head_record import (
    FORGOTTEN,
    HEAD_VERSION,
    decode_head,
    encode_head,
    is_owed,
    mentions,
    without_people,
)

ADA, BOB = "a" * 32, "b" * 32
CY = "c" * 32
VERSION = a_version(5, ADA, BOB, negatives=(CY,))
Change = Callable[[dict[str, Any]], object]


def changed(change: Change) -> bytes:
    """Return the record with something in it that no encoder would write."""
    raw = msgspec.msgpack.decode(encode_head(VERSION))
    change(raw)
    return msgspec.msgpack.encode(raw)


def test_a_head_comes_back_as_it_was() -> None:
    found = decode_head(encode_head(VERSION), HEAD_VERSION)
    np.testing.assert_array_equal(found.head.weight, VERSION.head.weight)
    np.testing.assert_array_equal(found.head.bias, VERSION.head.bias)
    np.testing.assert_array_equal(found.table.fmr_grid, VERSION.table.fmr_grid)
    assert found.network == VERSION.network
    assert found.options == VERSION.options
    assert found.before.people == VERSION.before.people
    assert (found.profile_ids, found.negatives) == ((ADA, BOB), (CY,))
    assert not found.head.weight.flags.writeable
    assert not found.table.distance_grid.flags.writeable


def test_figures_without_densities_come_back_so() -> None:
    version = replace(VERSION, after=replace(VERSION.after, densities=None))
    assert decode_head(encode_head(version), HEAD_VERSION).after.densities is None


def test_a_later_version_is_refused() -> None:
    with pytest.raises(StoreDamaged, match="no version 2"):
        decode_head(encode_head(VERSION), 2)


def test_a_head_that_is_not_named_after_its_network_is_not_written() -> None:
    renamed = replace(VERSION, network=replace(VERSION.network, model_sha256="0" * 64))
    with pytest.raises(ValueError, match="another name"):
        encode_head(renamed)


@pytest.mark.parametrize("size", [0, 1, 100])
def test_half_a_record_is_refused(size: int) -> None:
    with pytest.raises(StoreDamaged):
        decode_head(encode_head(VERSION)[:size], HEAD_VERSION)


def put(name: str, value: object) -> Change:
    return lambda raw: raw.update({name: value})


def in_figures(name: str, value: object) -> Change:
    return lambda raw: raw["after"].update({name: value})


def of_person(name: str, value: object) -> Change:
    return lambda raw: raw["after"]["people"][0].update({name: value})


def numbers(*values: float) -> bytes:
    return np.array(values, "<f8").tobytes()


NAN = float("nan")
IMPOSSIBLE: dict[str, Change] = {
    "no time": put("created_at", NAN),
    "backbone": put("backbone_sha256", "x" * 64),
    "no rows": put("shape", (0, 192)),
    "too many columns": put("shape", (192, 513)),
    "another shape": put("shape", (191, 192)),
    "half a bias": put("bias", bytes(4)),
    "weight that is none": put("weight", np.full(192 * 192, np.nan, "<f4").tobytes()),
    "median": put("mated_median", 4.5),
    "no median": put("mated_median", NAN),
    "people": put("people", -1),
    "no comparisons": put("comparisons", 0),
    "samples": put("samples", 10**13),
    "profile id": put("profile_ids", ["a" * 31]),
    "profile twice": put("profile_ids", [ADA, ADA]),
    "negative": put("negatives", ["c" * 31]),
    "negative twice": put("negatives", [CY, CY]),
    "trained on and negative": put("negatives", [ADA]),
    "no negatives": lambda raw: raw.pop("negatives"),
    "no table": put("fmr_grid", b""),
    "half a number": put("fmr_grid", bytes(9)),
    "too many rows": put("fmr_grid", numbers(*np.linspace(0.1, 0.2, 10_001))),
    "rate that is none": put("fmr_grid", numbers(1e-4, NAN, 1e-2, 0.1, 0.2)),
    "another number of rows": put("fmr_grid", numbers(1e-4, 1e-3)),
    "rates that fall": put("fmr_grid", numbers(1e-4, 1e-5, 1e-2, 0.1, 0.2)),
    "rate of nothing": put("fmr_grid", numbers(0.0, 1e-5, 1e-2, 0.1, 0.2)),
    "rate above one": put("fmr_grid", numbers(1e-6, 1e-5, 1e-2, 0.1, 1.2)),
    "distances that fall": put("distance_grid", numbers(0.5, 0.4, 0.6, 0.7, 0.8)),
    "distance below none": put("distance_grid", numbers(-0.1, 0.4, 0.6, 0.7, 0.8)),
    "distance beyond all": put("distance_grid", numbers(0.1, 0.4, 0.6, 0.7, 4.1)),
    "densities": lambda raw: raw["densities"].update(mated=numbers(0.5, 0.5)),
    "margin": lambda raw: raw["options"].update(margin=9.0),
    "loss": lambda raw: raw["options"].update(loss="quadruplet"),
    "level": in_figures("level", "none"),
    "rate of an attempt": in_figures("attempt_fmr", NAN),
    "densities of figures": lambda raw: raw["after"]["densities"].update(edges=numbers(1.0)),
    "person of the figures": of_person("profile_id", "nobody"),
    "misses": of_person("misses", 41),
    "false matches": of_person("false_matches", 901),
    "close ones": of_person("close", -1),
    "threshold": of_person("threshold", NAN),
    "separation": of_person("separation", float("inf")),
    "unknown field": put("extra", 1),
    "unknown field of a person": of_person("extra", 1),
    "number as text": put("samples", "12"),
}


@pytest.mark.security
@pytest.mark.parametrize("what", IMPOSSIBLE)
def test_whatever_is_impossible_is_refused(what: str) -> None:
    with pytest.raises(StoreDamaged):
        decode_head(changed(IMPOSSIBLE[what]), HEAD_VERSION)


def test_whoever_is_removed_is_replaced_by_somebody_among_whom_it_was_trained_on() -> None:
    left = without_people(VERSION, frozenset({BOB}))
    assert (left.profile_ids, left.negatives) == ((ADA, FORGOTTEN), (CY,))
    assert [one.profile_id for one in left.before.people] == [ADA, CY]
    assert left.network == VERSION.network
    assert BOB.encode() not in encode_head(left)
    assert without_people(left, frozenset({ADA})).profile_ids == (FORGOTTEN,)
    assert decode_head(encode_head(left), HEAD_VERSION).profile_ids == (ADA, FORGOTTEN)


JUDGED_ONLY = replace(a_version(5, ADA), after=some_figures(ADA, CY))


@pytest.mark.parametrize("version", [VERSION, JUDGED_ONLY], ids=["negative", "judged"])
def test_whoever_was_told_apart_from_or_judged_by_had_a_part_in_it_too(
    version: HeadVersion,
) -> None:
    gone = frozenset({CY})
    assert mentions(version, gone)
    left = without_people(version, gone)
    assert not mentions(left, gone)
    assert left.negatives == (FORGOTTEN,)
    assert left.profile_ids == version.profile_ids
    assert CY.encode() not in encode_head(left)
    assert is_owed(left)
    assert not is_owed(version)


def test_somebody_removed_may_stand_for_two_and_comes_back_so() -> None:
    left = without_people(VERSION, frozenset({BOB, CY}))
    assert (left.profile_ids, left.negatives) == ((ADA, FORGOTTEN), (FORGOTTEN,))
    found = decode_head(encode_head(left), HEAD_VERSION)
    assert (found.profile_ids, found.negatives) == (left.profile_ids, left.negatives)


def test_a_head_that_a_person_had_no_part_in_stays_as_it_is() -> None:
    nobody = frozenset({"d" * 32})
    assert not mentions(VERSION, nobody)
    assert without_people(VERSION, nobody) is VERSION
