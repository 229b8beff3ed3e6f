"""The ONNX reader believes nothing; the writer writes what the standard says."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from facelock.core.errors import ModelCorrupt
from facelock.learning.onnx_file import Graph, Node, read_weights, write_model
from facelock.vision.models import PINNED, load_verified


def _small() -> Graph:
    weights = {
        "kernel": np.arange(18, dtype=np.float32).reshape(1, 2, 3, 3),
        "bias": np.array([-0.5], np.float32),
    }
    node = Node(
        operator="Conv",
        inputs=("x", "kernel", "bias"),
        output="y",
        attributes={"kernel_shape": (3, 3), "group": 1},
    )
    return Graph(
        name="small",
        nodes=[node],
        weights=weights,
        inputs={"x": (None, 2, 3, 3)},
        outputs={"y": (None, 1, 1, 1)},
    )


SMALL = write_model(_small())


def test_weights_come_back_as_they_were() -> None:
    weights = read_weights(SMALL)
    assert weights.keys() == {"kernel", "bias"}
    for name, value in _small().weights.items():
        np.testing.assert_array_equal(weights[name], value)


def test_the_same_graph_gives_the_same_bytes() -> None:
    assert write_model(_small()) == SMALL


@given(st.integers(0, len(SMALL) - 1), st.integers(1, 255))
def test_a_changed_byte_is_refused_or_read_but_never_crashes(place: int, change: int) -> None:
    damaged = bytearray(SMALL)
    damaged[place] ^= change
    _read_or_refuse(bytes(damaged))


@given(st.binary(max_size=200))
def test_random_bytes_are_refused_or_read_but_never_crash(data: bytes) -> None:
    _read_or_refuse(data)


def _read_or_refuse(data: bytes) -> None:
    try:
        weights = read_weights(data)
    except ModelCorrupt:
        return
    assert all(value.dtype == np.float32 for value in weights.values())


@pytest.mark.parametrize("length", [0, 1, 10, len(SMALL) // 2, len(SMALL) - 1])
def test_a_shortened_file_is_refused(length: int) -> None:
    with pytest.raises(ModelCorrupt):
        read_weights(SMALL[:length])


def test_weights_that_are_not_float32_are_refused() -> None:
    graph = Graph(
        name="half", nodes=[], weights={"w": np.zeros(2, np.float16)}, inputs={}, outputs={}
    )
    with pytest.raises(ModelCorrupt):
        read_weights(write_model(graph))


@pytest.mark.parametrize("name", [name for name in PINNED if name.endswith(".onnx")])
def test_the_bundled_files_are_sound_onnx(name: str) -> None:
    onnx = pytest.importorskip("onnx", reason="the dependency group `models` is not installed")
    onnx.checker.check_model(onnx.load_from_string(load_verified(name)))
