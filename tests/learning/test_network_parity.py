"""End to end, from a picture to a distance: torch with its head is OpenCV with the numpy head."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType

import cv2
import numpy as np
import pytest
import torch
from numpy.typing import NDArray
from real_face import framed, portrait

from facelock.core.comparison import squared_distance
from facelock.core.frames import FaceCrop, Pixels
from facelock.core.head import Head
from facelock.learning.heads import ResidualHead
from facelock.learning.network import INPUT_MEAN, INPUT_SCALE, SiameseNetwork
from facelock.learning.onnx_export import from_onnx
from facelock.services.loading import load_pipeline
from facelock.services.recognition import FacePipeline
from facelock.vision import embedder
from facelock.vision.models import load_verified
from facelock.vision.networks import FEATURES, NETWORKS, Network

LIMIT = 1e-4


@dataclass(frozen=True, kw_only=True)
class WithHead(Network):
    """A bundled backbone under a head that no file holds."""

    made: Head

    def load_head(self) -> Head:
        return self.made


def random_head(outputs: int) -> Head:
    rng = np.random.default_rng(20)
    weight = np.eye(outputs, FEATURES) + rng.normal(scale=0.05, size=(outputs, FEATURES))
    return Head(weight.astype(np.float32), rng.normal(scale=0.02, size=outputs).astype(np.float32))


def network_with(head: Head) -> Network:
    return WithHead(backbone=NETWORKS["bundled"].backbone, head=None, made=head)


CASES: dict[str, Callable[[], Network]] = {
    "bundled": lambda: NETWORKS["bundled"],
    "bare": lambda: NETWORKS["bare"],
    "a random head": lambda: network_with(random_head(FEATURES)),
    "a random head to 128 numbers": lambda: network_with(random_head(128)),
}


def in_numpy(network: Network, monkeypatch: pytest.MonkeyPatch) -> FacePipeline:
    """Return the product's pipeline on this network."""
    monkeypatch.setattr(embedder, "NETWORKS", MappingProxyType({"bundled": network}))
    return load_pipeline()


def in_torch(network: Network) -> SiameseNetwork:
    """Return the same network as it is trained."""
    head = network.load_head()
    module = ResidualHead.on_top_of(head.weight, head.bias)
    return SiameseNetwork(from_onnx(load_verified(network.backbone)), module).eval()


def as_input(crop: FaceCrop) -> torch.Tensor:
    """Return a crop as torch's input, (1, 3, 112, 112): RGB, scaled by the network's own rule."""
    rgb = np.ascontiguousarray(crop.pixels[:, :, ::-1].transpose(2, 0, 1), np.float32)
    return torch.from_numpy((rgb - INPUT_MEAN) * INPUT_SCALE)[None]


def portraits() -> list[Pixels]:
    """Return the public portrait in four lights, one of them mirrored."""
    lights = [(1.0, 0.0), (0.4, 0.0), (1.2, 25.0)]
    lit = [cv2.convertScaleAbs(portrait(), alpha=alpha, beta=beta) for alpha, beta in lights]
    return [np.asarray(one, np.uint8) for one in (*lit, portrait()[:, ::-1])]


@cache
def strangers(data: Path) -> list[Pixels]:
    """Return ten people of Labeled Faces in the Wild."""
    paths = sorted((data / "lfw" / "images").glob("*/*_0001.jpg"))[::400]
    assert len(paths) >= 10
    return [np.asarray(cv2.imread(str(path)), np.uint8) for path in paths[:10]]


def assert_parity(network: Network, pictures: list[Pixels], pipeline: FacePipeline) -> None:
    trained = in_torch(network)
    crops: list[FaceCrop] = []
    for picture in pictures:
        pipeline.restart()
        face = pipeline.look(framed(picture)).face
        assert face is not None
        crops.append(face.crop)
    ours = [pipeline.embed_crop(crop) for crop in crops]
    with torch.inference_mode():
        theirs: NDArray[np.float32] = np.concatenate(
            [trained.embed(as_input(crop)).numpy() for crop in crops]
        )
        distances = [float(trained(as_input(crops[0]), as_input(crop))[0]) for crop in crops]
    assert np.abs(np.stack(ours) - theirs).max() <= LIMIT
    for one, distance in zip(ours, distances, strict=True):
        assert squared_distance(ours[0], one) == pytest.approx(distance, abs=LIMIT)


@pytest.mark.parametrize("case", CASES)
def test_on_the_portrait(case: str, monkeypatch: pytest.MonkeyPatch) -> None:
    network = CASES[case]()
    assert_parity(network, portraits(), in_numpy(network, monkeypatch))


@pytest.mark.parametrize("case", CASES)
def test_on_real_people(case: str, shared_data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    network = CASES[case]()
    assert_parity(network, strangers(shared_data), in_numpy(network, monkeypatch))


def test_a_head_goes_from_training_to_the_product_without_a_changed_bit() -> None:
    torch.manual_seed(4)
    module = ResidualHead(FEATURES)
    with torch.no_grad():
        module.weight.normal_(0, 0.01)
        module.bias.normal_(0, 0.01)
    head = Head(*module.to_head_arrays())
    features = np.random.default_rng(6).normal(size=(5, FEATURES)).astype(np.float32)
    features /= np.linalg.norm(features, axis=1, keepdims=True)
    with torch.inference_mode():
        raw = module(torch.from_numpy(features))
        unit = torch.nn.functional.normalize(raw).numpy()
    np.testing.assert_allclose(head.apply(features), unit, atol=1e-6)
