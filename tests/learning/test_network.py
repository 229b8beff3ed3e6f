"""The Siamese network: shapes, symmetry, one set of weights."""

import copy

import pytest
import torch
from torch import Tensor, nn

from facelock.learning.network import MobileFaceNet, MobileFaceNetConfig, SiameseNetwork
from facelock.learning.onnx_export import from_onnx
from facelock.vision.models import load_verified


@pytest.fixture(scope="module")
def backbone() -> MobileFaceNet:
    """The bundled weights: random ones let the activations fade to denormal, slow numbers."""
    return from_onnx(load_verified("mobilefacenet.onnx"))


@pytest.fixture(scope="module")
def network(backbone: MobileFaceNet) -> SiameseNetwork:
    return SiameseNetwork(backbone).eval()


@pytest.fixture(scope="module")
def images() -> Tensor:
    return torch.rand(2, 3, 112, 112, generator=torch.Generator().manual_seed(1)) * 2 - 1


def test_the_network_has_the_size_of_the_original() -> None:
    network = MobileFaceNet()
    convolutions = [one for one in network.modules() if isinstance(one, nn.Conv2d)]
    assert len(convolutions) == 52
    assert sum(one.numel() for one in network.parameters()) == 1_292_992
    assert MobileFaceNetConfig().final_size == 7


def test_a_batch_of_faces_becomes_unit_embeddings(network: SiameseNetwork, images: Tensor) -> None:
    with torch.inference_mode():
        features, embeddings = network.backbone(images), network.embed(images)
    assert features.shape == embeddings.shape == (2, 192)
    torch.testing.assert_close(embeddings.norm(dim=1), torch.ones(2))
    torch.testing.assert_close(embeddings, nn.functional.normalize(features))


def test_the_distance_does_not_depend_on_the_order(network: SiameseNetwork, images: Tensor) -> None:
    a, b = images, images.flip(0)
    with torch.inference_mode():
        assert torch.equal(network(a, b), network(b, a))


def test_a_face_has_no_distance_to_itself(network: SiameseNetwork, images: Tensor) -> None:
    with torch.inference_mode():
        assert torch.equal(network(images, images), torch.zeros(2))


class _Opposites(nn.Module):
    """Sends two different faces to two opposite points: the largest distance there is."""

    def forward(self, features: Tensor) -> Tensor:
        unit = torch.zeros_like(features)  # (2, D)
        unit[:, 0] = torch.sign(features[:, 0] - features[:, 0].mean())
        return unit


def test_distances_are_squared_and_lie_between_zero_and_four(
    network: SiameseNetwork, images: Tensor
) -> None:
    opposite = SiameseNetwork(network.backbone, _Opposites()).eval()
    with torch.inference_mode():
        farthest = opposite(images, images.flip(0))
        distances = network(images, images.flip(0))
        difference = network.embed(images) - network.embed(images.flip(0))
    assert torch.equal(farthest, torch.tensor([4.0, 4.0]))
    assert distances.shape == (2,)
    assert bool(((distances > 0) & (distances < 4)).all())
    torch.testing.assert_close(distances, difference.norm(dim=1) ** 2)


def test_both_inputs_pass_through_the_same_weights(backbone: MobileFaceNet, images: Tensor) -> None:
    network = SiameseNetwork(copy.deepcopy(backbone))
    names = {name.split(".")[0] for name, _ in network.named_parameters()}
    assert names == {"backbone"}
    network(images, images.roll(1, 0)).sum().backward()
    assert all(one.grad is not None for one in network.parameters())


def test_the_head_sees_unit_features(backbone: MobileFaceNet, images: Tensor) -> None:
    head = nn.Linear(192, 128, bias=False)
    with torch.inference_mode():
        unit = SiameseNetwork(backbone).embed(images)
        embeddings = SiameseNetwork(backbone, head).embed(images)
        expected = nn.functional.normalize(unit @ head.weight.T)
    assert embeddings.shape == (2, 128)
    torch.testing.assert_close(embeddings, expected)
