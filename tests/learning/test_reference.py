"""The customer's reference network: its sizes, its pairs, its training."""

from __future__ import annotations

import numpy as np
import pytest
import torch

from facelock.learning.reference import (
    IMAGE_SIZE,
    MARGIN,
    MATCHED_BELOW,
    ReferenceNetwork,
    draw_pairs,
    embed,
    new_reference,
    reference_training,
)

PEOPLE = np.repeat(np.arange(4), 3)  # 4 people, 3 images each


def blobs() -> np.ndarray:
    """Return an image for each row of PEOPLE: a light patch in a place of each person's own."""
    random = np.random.default_rng(0)
    images = random.uniform(0, 0.1, (len(PEOPLE), IMAGE_SIZE, IMAGE_SIZE)).astype(np.float32)
    for image, person in zip(images, PEOPLE, strict=True):
        image[20 * person : 20 * person + 30, 30:70] += 0.8
    return images


def test_the_layers_are_the_customers() -> None:
    convolutions = [
        (one.in_channels, one.out_channels, one.kernel_size[0], one.stride[0])
        for one in ReferenceNetwork().modules()
        if isinstance(one, torch.nn.Conv2d)
    ]
    connected = [
        (one.in_features, one.out_features)
        for one in ReferenceNetwork().modules()
        if isinstance(one, torch.nn.Linear)
    ]
    assert convolutions == [(1, 96, 11, 4), (96, 256, 5, 1), (256, 384, 3, 1)]
    assert connected == [(384, 1024), (1024, 256), (256, 2)]


def test_a_face_becomes_a_point_in_the_plane() -> None:
    images = torch.zeros(2, 1, IMAGE_SIZE, IMAGE_SIZE)
    assert ReferenceNetwork()(images).shape == (2, 2)


def test_the_customers_threshold_lies_beyond_the_margin() -> None:
    """So the loss never asks strangers to be as far apart as the threshold."""
    assert MATCHED_BELOW > MARGIN


def test_weights_depend_on_the_seed_alone() -> None:
    outside = torch.get_rng_state()
    first, again, other = new_reference(3), new_reference(3), new_reference(4)
    assert torch.equal(torch.get_rng_state(), outside)
    assert all(
        torch.equal(one, two)
        for one, two in zip(first.parameters(), again.parameters(), strict=True)
    )
    assert not torch.equal(next(first.parameters()), next(other.parameters()))


def test_a_coin_decides_which_pairs_are_mated() -> None:
    pairs = draw_pairs(PEOPLE, 2000, np.random.default_rng(0))
    mated = PEOPLE[pairs[:, 0]] == PEOPLE[pairs[:, 1]]
    assert pairs.shape == (2000, 2)
    assert 0.45 < mated.mean() < 0.55
    assert np.unique(pairs).size == len(PEOPLE)
    assert np.mean(pairs[mated, 0] == pairs[mated, 1]) == pytest.approx(1 / 3, abs=0.06)


def test_pairs_need_two_people() -> None:
    with pytest.raises(ValueError, match="two people"):
        draw_pairs(np.zeros(3, np.int64), 1, np.random.default_rng(0))


def test_an_epoch_costs_the_contrastive_loss_of_its_pairs() -> None:
    """A batch in which images occur again costs what the definition says, pair by pair."""
    images, network = blobs(), new_reference(1)
    points = embed(network, images).astype(np.float64)
    pairs = draw_pairs(
        PEOPLE, len(PEOPLE), np.random.default_rng(np.random.SeedSequence(5, spawn_key=(1,)))
    )
    terms = []
    for one, other in pairs:
        length = float(np.linalg.norm(points[one] - points[other]))
        mated = PEOPLE[one] == PEOPLE[other]
        terms.append(length**2 if mated else max(0.0, MARGIN - length) ** 2)
    report = next(reference_training(network, images, PEOPLE, seed=5, epochs=1).epochs())
    assert report.loss == pytest.approx(np.mean(terms), rel=1e-4)


def test_training_pulls_people_apart() -> None:
    images, network = blobs(), new_reference(1)
    reports = list(reference_training(network, images, PEOPLE, seed=1, epochs=8).epochs())
    assert reports[-1].loss < 0.5 * reports[0].loss
    assert reports[-1].validation is None
    points = embed(network, images)
    assert points.shape == (12, 2)
    assert points.dtype == np.float32
    distance = np.linalg.norm(points[:, None] - points[None], axis=2)
    mated = PEOPLE[:, None] == PEOPLE[None]
    assert distance[mated].mean() < 0.5 * distance[~mated].mean()
