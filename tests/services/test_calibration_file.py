"""A calibration survives its file, and a file with anything wrong in it is refused."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest
from fakes import NO_HEAD, made_up_calibration, person_embedding
from numpy.typing import NDArray
from safetensors.numpy import load, save

from facelock.core.errors import ModelCorrupt
from facelock.core.head import Head
from facelock.services.calibration_file import calibration_from_bytes, calibration_to_bytes

Tensors = dict[str, NDArray[np.generic]]


def whole() -> bytes:
    calibration = made_up_calibration()
    return calibration_to_bytes(calibration, calibration.features)


def test_what_was_written_is_read() -> None:
    written = made_up_calibration()
    read = calibration_from_bytes(whole(), NO_HEAD)
    for name in ("model_sha256", "mated_median", "people", "comparisons"):
        assert getattr(read, name) == getattr(written, name)
    for name in ("fmr_grid", "distance_grid", "person_index"):
        np.testing.assert_array_equal(getattr(read, name), getattr(written, name))
    np.testing.assert_allclose(read.features, written.features, atol=1e-3)  # float16
    np.testing.assert_array_equal(read.densities.mated, written.densities.mated)
    np.testing.assert_array_equal(read.densities.non_mated, written.densities.non_mated)


def test_columns_of_an_array_are_written_as_they_read() -> None:
    """Left to itself safetensors would write what lies between them."""
    grid = np.array([[1e-4, 0.5], [1e-3, 0.7]])
    strided = replace(made_up_calibration(), fmr_grid=grid[:, 0], distance_grid=grid[:, 1])
    read = calibration_from_bytes(calibration_to_bytes(strided, strided.features), NO_HEAD)
    assert read.fmr_grid.tolist() == [1e-4, 1e-3]
    assert read.distance_grid.tolist() == [0.5, 0.7]


def test_the_head_makes_embeddings_of_the_features() -> None:
    turned = np.roll(np.eye(192, dtype=np.float32), 1, axis=0)
    read = calibration_from_bytes(whole(), Head(turned, np.zeros(192, np.float32)))
    expected = np.roll(made_up_calibration().features, 1, axis=1)
    np.testing.assert_allclose(read.features, expected, atol=1e-3)


def test_a_head_for_other_features_is_refused() -> None:
    with pytest.raises(ModelCorrupt):
        calibration_from_bytes(whole(), Head.identity(128))


def with_(name: str, value: NDArray[np.generic]) -> Callable[[Tensors], Tensors]:
    return lambda tensors: tensors | {name: value}


@pytest.mark.parametrize(
    "spoil",
    [
        pytest.param(lambda tensors: tensors | {"more": np.ones(1)}, id="something more"),
        pytest.param(lambda tensors: {"features": tensors["features"]}, id="one alone"),
        pytest.param(with_("fmr_grid", np.ones(5, np.float32)), id="another type"),
        pytest.param(with_("features", np.ones(192, np.float16)), id="another shape"),
        pytest.param(with_("features", np.ones((50, 192), np.float16)), id="not of unit length"),
        pytest.param(with_("features", np.full((50, 192), np.nan, np.float16)), id="not finite"),
        pytest.param(with_("person_index", np.arange(49, dtype=np.int32)), id="one too few"),
        pytest.param(with_("person_index", np.arange(1, 51, dtype=np.int32)), id="nobody's"),
        pytest.param(with_("person_index", np.full(50, -1, np.int32)), id="negative person"),
        pytest.param(with_("fmr_grid", np.array([1e-3, 1e-4, 1e-5, 1e-6, 1e-7])), id="descends"),
        pytest.param(with_("fmr_grid", np.array([0.0, 1e-6, 1e-5, 1e-4, 1e-3])), id="no risk"),
        pytest.param(with_("fmr_grid", np.array([1e-6, 1e-5, 1e-4, 1e-3])), id="half a row"),
        pytest.param(with_("distance_grid", np.array([0.4, 0.3, 0.6, 0.7, 0.8])), id="falls"),
        pytest.param(with_("distance_grid", np.array([0.4, 0.5, 0.6, 0.7, 4.1])), id="too far"),
        pytest.param(with_("mated_median", np.array([4.5])), id="median beyond 4"),
        pytest.param(with_("mated_median", np.array([0.4, 0.5])), id="two medians"),
        pytest.param(with_("mated_median", np.zeros(0)), id="no median"),
        pytest.param(with_("comparisons", np.array([0])), id="no comparisons"),
        pytest.param(with_("mated_density", np.full(80, 0.5)), id="shares of more than all"),
        pytest.param(with_("density_edges", np.zeros(81)), id="bins without width"),
        pytest.param(with_("network_sha256", np.zeros(20, np.uint8)), id="another kind of hash"),
    ],
)
def test_a_spoilt_file_is_refused(spoil: Callable[[Tensors], Tensors]) -> None:
    with pytest.raises(ModelCorrupt):
        calibration_from_bytes(save(spoil(load(whole()))), NO_HEAD)


def test_an_empty_table_is_refused() -> None:
    empty = replace(made_up_calibration(), fmr_grid=np.zeros(0), distance_grid=np.zeros(0))
    with pytest.raises(ModelCorrupt):
        calibration_from_bytes(calibration_to_bytes(empty, empty.features), NO_HEAD)


@pytest.mark.parametrize("data", [b"", b"not a tensor file", save({"features": np.ones(3)})])
def test_what_is_no_calibration_is_refused(data: bytes) -> None:
    with pytest.raises(ModelCorrupt):
        calibration_from_bytes(data, NO_HEAD)


def test_no_name_or_picture_can_hide_in_it() -> None:
    assert set(load(whole())) == {
        *("features", "person_index", "fmr_grid", "distance_grid", "mated_median", "people"),
        *("comparisons", "density_edges", "mated_density", "non_mated_density", "network_sha256"),
    }
    features = np.stack([person_embedding(1), person_embedding(2)])
    two = replace(
        made_up_calibration(features=features), person_index=np.array([0, 1], dtype=np.int32)
    )
    assert calibration_from_bytes(calibration_to_bytes(two, features), NO_HEAD).people == 50
