"""A network is what its files say, and a head's file holds a head and nothing else."""

from __future__ import annotations

from types import MappingProxyType

import numpy as np
import pytest
from safetensors.numpy import save

from facelock.core.errors import ModelCorrupt
from facelock.core.frames import FaceCrop
from facelock.core.head import Head, NetworkId, network_sha256
from facelock.services.loading import network_in_use
from facelock.vision import embedder
from facelock.vision.embedder import MobileFaceNetEmbedder
from facelock.vision.head_file import MAX_HEAD_BYTES, head_from_bytes, head_to_bytes
from facelock.vision.models import PINNED
from facelock.vision.networks import FEATURES, NETWORKS, Network
from facelock.vision.self_test import NETWORK_SHA256, TOLERANCE, embedding_error

EYE = np.eye(4, dtype=np.float32)
ZEROS = np.zeros(4, np.float32)


def random_head(outputs: int, inputs: int, seed: int = 3) -> Head:
    rng = np.random.default_rng(seed)
    weight = rng.normal(size=(outputs, inputs)).astype(np.float32)
    return Head(weight, rng.normal(size=outputs).astype(np.float32))


def face(seed: int = 0) -> FaceCrop:
    return FaceCrop(np.random.default_rng(seed).integers(0, 256, (112, 112, 3), np.uint8))


@pytest.mark.parametrize("head", [random_head(6, 4), random_head(3, 4), Head.identity(4)])
def test_a_head_comes_back_as_it_was_and_equal_heads_are_equal_bytes(head: Head) -> None:
    back = head_from_bytes(head_to_bytes(head))
    np.testing.assert_array_equal(back.weight, head.weight)
    np.testing.assert_array_equal(back.bias, head.bias)
    assert head_to_bytes(back) == head_to_bytes(head)


def test_a_head_that_lies_in_memory_by_columns_comes_back_as_it_was() -> None:
    head = random_head(6, 4)
    back = head_from_bytes(head_to_bytes(Head(np.asfortranarray(head.weight), head.bias)))
    np.testing.assert_array_equal(back.weight, head.weight)


@pytest.mark.security
@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"no tensors",
        save({"weight": EYE}),
        save({"weight": EYE, "bias": ZEROS, "more": ZEROS}),
        save({"weight": EYE, "bias": ZEROS[:2]}),
        save({"weight": EYE.astype(np.float64), "bias": ZEROS}),
        save({"weight": EYE + np.float32(np.inf), "bias": ZEROS}),
        bytes(MAX_HEAD_BYTES + 1),
    ],
    ids=["empty", "noise", "no bias", "more", "unfitting", "float64", "infinite", "huge"],
)
def test_a_file_that_holds_no_head_is_refused(data: bytes) -> None:
    with pytest.raises(ModelCorrupt):
        head_from_bytes(data)


@pytest.mark.security
def test_a_changed_byte_never_gets_out_as_another_error() -> None:
    good = head_to_bytes(random_head(3, 4))
    for place in range(len(good)):
        data = bytearray(good)
        data[place] ^= 0x55
        try:
            head_from_bytes(bytes(data))
        except ModelCorrupt:
            continue


def test_every_network_is_made_of_pinned_files() -> None:
    for network in NETWORKS.values():
        assert network.backbone in PINNED
        assert network.head is None or network.head in PINNED


def test_the_bare_network_is_the_backbone_alone() -> None:
    bare = MobileFaceNetEmbedder("bare")
    assert bare.head.is_identity
    assert bare.model_sha256 == bare.backbone_sha256 == PINNED[NETWORKS["bare"].backbone].sha256
    np.testing.assert_allclose(bare.embed(face()), bare.feature(face()), atol=1e-6)


def test_the_bundled_network_is_backbone_and_head_and_the_product_uses_it() -> None:
    bundled = MobileFaceNetEmbedder()
    head = NETWORKS["bundled"].load_head()
    np.testing.assert_array_equal(bundled.head.weight, head.weight)
    assert bundled.model_sha256 == network_sha256(bundled.backbone_sha256, head)
    feature = bundled.feature(face())
    assert np.linalg.norm(feature) == pytest.approx(1.0, abs=1e-5)
    np.testing.assert_array_equal(bundled.embed(face()), head.apply(feature))


def test_the_network_in_use_is_known_without_loading_its_backbone() -> None:
    bundled = MobileFaceNetEmbedder()
    assert network_in_use() == NetworkId(bundled.backbone_sha256, bundled.model_sha256)


def test_the_self_test_knows_the_answer_of_the_network_in_use() -> None:
    """Out of date after a file in models/ was replaced: python scripts/pin_models.py --write."""
    assert network_in_use().model_sha256 == NETWORK_SHA256
    assert embedding_error(MobileFaceNetEmbedder()) <= TOLERANCE


def test_a_head_for_another_backbone_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    class Odd(Network):
        def load_head(self) -> Head:
            return Head.identity(FEATURES - 1)

    odd = Odd(backbone=NETWORKS["bare"].backbone, head=None)
    monkeypatch.setattr(embedder, "NETWORKS", MappingProxyType({"bundled": odd}))
    with pytest.raises(ModelCorrupt, match="fit"):
        MobileFaceNetEmbedder()
