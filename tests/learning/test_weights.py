"""Weights are known by their hash, and nothing is parsed before it is checked."""

import pytest
import torch

from facelock.core.errors import ModelCorrupt
from facelock.learning.weights import sha256_of, weights_from_bytes, weights_to_bytes

STATE = {"b": torch.eye(3), "a": torch.tensor([1.5, -2.0])}


def test_weights_come_back_as_they_were() -> None:
    data = weights_to_bytes(STATE)
    again = weights_from_bytes(data, sha256=sha256_of(data))
    assert again.keys() == STATE.keys()
    assert all(torch.equal(again[name], value) for name, value in STATE.items())


def test_the_order_of_the_names_does_not_change_the_bytes() -> None:
    assert weights_to_bytes(STATE) == weights_to_bytes(dict(reversed(STATE.items())))


def test_every_flipped_byte_is_refused() -> None:
    data = weights_to_bytes(STATE)
    digest = sha256_of(data)
    for place in range(len(data)):
        damaged = bytearray(data)
        damaged[place] ^= 1
        with pytest.raises(ModelCorrupt):
            weights_from_bytes(bytes(damaged), sha256=digest)


def test_bytes_that_are_no_weights_are_refused_whatever_their_hash() -> None:
    data = b"\x80\x04not a pickle either"
    with pytest.raises(ModelCorrupt):
        weights_from_bytes(data, sha256=sha256_of(data))


def test_weights_beyond_the_size_limit_are_refused() -> None:
    data = weights_to_bytes(STATE)
    with pytest.raises(ModelCorrupt, match="more than"):
        weights_from_bytes(data, sha256=sha256_of(data), max_bytes=len(data) - 1)
