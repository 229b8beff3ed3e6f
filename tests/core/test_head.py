"""The head does what its definition says, and a network's name changes with every number in it."""

from __future__ import annotations

import hashlib
from dataclasses import replace

import numpy as np
import pytest
from numpy.typing import NDArray

from facelock.core.comparison import squared_distance
from facelock.core.head import Head, network_sha256

BACKBONE = "5a" * 32


def unit_rows(count: int, size: int, seed: int = 0) -> NDArray[np.float32]:
    rows = np.random.default_rng(seed).normal(size=(count, size))
    unit: NDArray[np.float32] = (rows / np.linalg.norm(rows, axis=1, keepdims=True)).astype("f4")
    return unit


def a_head(outputs: int = 5, inputs: int = 7, seed: int = 1) -> Head:
    rng = np.random.default_rng(seed)
    weight = rng.normal(size=(outputs, inputs)).astype(np.float32)
    return Head(weight, rng.normal(scale=0.1, size=outputs).astype(np.float32))


def test_it_is_the_definition_written_as_loops() -> None:
    head, features = a_head(), unit_rows(4, 7)
    for feature, embedding in zip(features, head.apply(features), strict=True):
        raw = [
            sum(float(w) * float(x) for w, x in zip(row, feature, strict=True)) + float(bias)
            for row, bias in zip(head.weight, head.bias, strict=True)
        ]
        length = sum(value**2 for value in raw) ** 0.5
        np.testing.assert_allclose(embedding, [value / length for value in raw], atol=1e-6)


def test_one_feature_and_many_are_treated_alike_and_come_out_as_float32_of_unit_length() -> None:
    head, features = a_head(), unit_rows(4, 7)
    many = head.apply(features)
    assert many.shape == (4, 5)
    one = head.apply(features[2])
    assert one.shape == (5,)
    assert many.dtype == one.dtype == np.float32
    np.testing.assert_allclose(one, many[2], atol=1e-6)
    np.testing.assert_allclose(np.linalg.norm(many, axis=1), 1.0, atol=1e-6)


def test_a_residual_of_zero_is_the_identity_which_changes_nothing() -> None:
    head = Head.identity(7)
    features = unit_rows(3, 7)
    np.testing.assert_allclose(head.apply(features), features, atol=1e-7)
    assert (head.inputs, head.outputs) == (7, 7)
    assert head.is_identity


@pytest.mark.parametrize(
    "other",
    [
        a_head(),
        a_head(7, 7),
        Head(np.eye(5, 7, dtype=np.float32), np.zeros(5, np.float32)),
        Head(np.eye(7, dtype=np.float32), np.full(7, 1e-7, np.float32)),
    ],
    ids=["another size", "another weight", "a cut", "a bias"],
)
def test_everything_else_is_no_identity(other: Head) -> None:
    assert not other.is_identity


def test_a_head_may_give_fewer_dimensions_than_it_takes() -> None:
    head = a_head(outputs=3, inputs=7)
    assert (head.inputs, head.outputs) == (7, 3)
    assert head.apply(unit_rows(1, 7)[0]).shape == (3,)


def test_a_feature_that_vanishes_gives_no_number_that_is_none() -> None:
    nothing = Head(np.zeros((5, 7), np.float32), np.zeros(5, np.float32)).apply(unit_rows(1, 7)[0])
    assert np.isfinite(nothing).all()
    assert squared_distance(nothing, unit_rows(1, 5)[0]) > 0.9


@pytest.mark.parametrize("shape", [(6,), (2, 6), (1, 1, 7), ()])
def test_features_of_another_size_are_refused(shape: tuple[int, ...]) -> None:
    with pytest.raises(ValueError, match="7 numbers"):
        a_head().apply(np.ones(shape, np.float32))


GOOD, ZEROS = np.eye(7, dtype=np.float32), np.zeros(7, np.float32)


@pytest.mark.parametrize(
    ("weight", "bias", "why"),
    [
        (ZEROS, ZEROS, "D_out"),
        (GOOD, ZEROS[:3], "D_out"),
        (np.zeros((0, 7), np.float32), np.zeros(0, np.float32), "D_out"),
        (GOOD.astype(np.float64), ZEROS, "float32"),
        (GOOD, ZEROS.astype(np.float64), "float32"),
        (GOOD * np.float32("nan"), ZEROS, "finite"),
        (GOOD, ZEROS + np.float32("inf"), "finite"),
    ],
)
def test_what_is_no_head_is_refused(
    weight: NDArray[np.float32], bias: NDArray[np.float32], why: str
) -> None:
    with np.errstate(invalid="ignore"), pytest.raises(ValueError, match=why):
        Head(weight, bias)


def test_with_the_identity_a_network_is_its_backbone() -> None:
    assert network_sha256(BACKBONE, Head.identity(7)) == BACKBONE


def test_the_name_changes_with_backbone_weight_bias_and_shape_and_with_nothing_else() -> None:
    head = a_head(7, 7)
    name = network_sha256(BACKBONE, head)
    assert len(bytes.fromhex(name)) == hashlib.sha256().digest_size
    touched, moved = head.weight.copy(), head.bias.copy()
    touched[3, 2] = np.nextafter(touched[3, 2], np.float32(9))
    moved[0] = np.nextafter(moved[0], np.float32(9))
    others = [
        network_sha256("5b" * 32, head),
        network_sha256(BACKBONE, replace(head, weight=touched)),
        network_sha256(BACKBONE, replace(head, bias=moved)),
        network_sha256(BACKBONE, Head.identity(7)),
    ]
    assert len({name, *others}) == 5
    assert network_sha256(BACKBONE, Head(np.asfortranarray(head.weight), head.bias)) == name


def test_no_number_of_a_head_shows_in_its_text() -> None:
    assert repr(a_head()) == "Head()"
