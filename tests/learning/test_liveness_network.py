"""The passive networks in torch, their export, and how they are trained and limited."""

from __future__ import annotations

import cv2
import numpy as np
import pytest
import torch

from facelock.learning.liveness_network import LivenessNetwork, scores, to_onnx, to_tensor
from facelock.learning.liveness_training import (
    Labelled,
    Schedule,
    checked,
    limit_at,
    train,
    weighted_loss,
)
from facelock.learning.threads import one_thread


def pictures(
    count: int, *, striped: bool, seed: int
) -> np.ndarray[tuple[int, ...], np.dtype[np.uint8]]:
    rng = np.random.default_rng(seed)
    plain = rng.integers(60, 190, (count, 1, 1, 3)) + rng.integers(-20, 20, (count, 48, 48, 3))
    if striped:
        plain[:, :, ::4] += 70
    return np.asarray(np.clip(plain, 0, 255), np.uint8)


def labelled(count: int, seed: int) -> Labelled:
    both = [pictures(count, striped=striped, seed=seed) for striped in (False, True)]
    attack = np.repeat([False, True], count)
    return Labelled(np.concatenate(both), attack, np.ones(2 * count))


@pytest.fixture(scope="module")
def trained() -> LivenessNetwork:
    told: list[str] = []
    with one_thread():
        torch.manual_seed(1)
        network = train(
            LivenessNetwork(48),
            labelled(96, 1),
            labelled(32, 2),
            Schedule(epochs=14, batch=16, patience=14, seed=3),
            told.append,
        )
    assert len(told) >= 1
    return network


def test_it_learns_what_tells_them_apart(trained: LivenessNetwork) -> None:
    live = scores(trained, pictures(40, striped=False, seed=9))
    attacks = scores(trained, pictures(40, striped=True, seed=9))
    assert np.mean(live < 0) > 0.9
    assert np.mean(attacks > 0) > 0.9


def test_opencv_runs_the_exported_file_and_agrees(trained: LivenessNetwork) -> None:
    net = cv2.dnn.readNetFromONNX(np.frombuffer(to_onnx(trained, "surroundings"), np.uint8))
    some = pictures(3, striped=True, seed=5)
    for one, expected in zip(some, scores(trained, some), strict=True):
        net.setInput(cv2.dnn.blobFromImage(one, 1 / 128, mean=(127.5,) * 3, swapRB=True))
        assert float(np.asarray(net.forward()).ravel()[0]) == pytest.approx(expected, abs=1e-3)


def test_the_same_network_gives_the_same_bytes(trained: LivenessNetwork) -> None:
    assert to_onnx(trained, "surroundings") == to_onnx(trained, "surroundings")
    assert len(to_onnx(LivenessNetwork(96, width=1.5), "surroundings")) < 1_000_000


def test_a_training_repeats() -> None:
    def once() -> float:
        with one_thread():
            torch.manual_seed(1)
            schedule = Schedule(epochs=1, batch=32, seed=3)
            network = train(
                LivenessNetwork(48), labelled(16, 1), labelled(8, 2), schedule, lambda _text: None
            )
            return checked(network, labelled(8, 2))

    assert once() == once()


def test_pictures_are_turned_to_rgb_around_nought() -> None:
    blue = np.zeros((1, 4, 4, 3), np.uint8)
    blue[..., 0] = 255
    tensor = to_tensor(blue)
    assert tensor.shape == (1, 3, 4, 4)
    assert tensor[0, 2].mean().item() == pytest.approx(127.5 / 128)
    assert tensor[0, 0].mean().item() == pytest.approx(-127.5 / 128)


def test_a_weight_of_nought_counts_for_nothing() -> None:
    logits, attack = torch.tensor([5.0, -5.0]), torch.tensor([1.0, 1.0])
    right = weighted_loss(logits, attack, torch.tensor([1.0, 0.0]))
    both = weighted_loss(logits, attack, torch.tensor([1.0, 1.0]))
    assert right < both


def test_the_limit_is_exceeded_by_the_share_asked_for() -> None:
    live = np.arange(1000, dtype=np.float64)
    limit = limit_at(live, 0.01)
    assert int((live > limit).sum()) == 10
    with pytest.raises(ValueError, match="cannot show"):
        limit_at(live[:50], 0.01)


def test_labels_of_another_number_are_refused() -> None:
    with pytest.raises(ValueError, match="differ"):
        Labelled(pictures(2, striped=False, seed=1), np.array([True]), np.ones(2))
