"""Fine-tuning: the batches, the loss by its definition, what is trained, and what is averaged."""

from __future__ import annotations

from dataclasses import replace
from itertools import islice

import cv2
import numpy as np
import pytest
import torch
from drawn_faces import drawn_crops
from made_up_people import SIZE, made_up_faces
from numpy.typing import NDArray
from small_network import SMALL, small_network
from torch import Tensor, nn
from torch.nn import functional

from facelock.learning.network import INPUT_MEAN, INPUT_SCALE
from facelock.learning.sampling import PKSampler
from facelock.learning.tuning import (
    Batch,
    Student,
    Tuning,
    TuningConfig,
    augmented_views,
    averaged,
    features_of,
    network_student,
    teacher_features,
    to_input,
)

pytestmark = pytest.mark.usefixtures("one_thread")

CONFIG = TuningConfig(
    seed=3, people=4, images=3, steps=5, margin=0.3, triplet=0.7, distillation=1.9
)
FACES = made_up_faces(10, 4, seed=1)
PEOPLE, TEACHER = FACES.labels.numpy(), FACES.features.numpy()
CROPS = drawn_crops(6)
CROP_PEOPLE = np.array([0, 0, 1, 1, 2, 2])


def units(count: int, size: int, seed: int) -> Tensor:
    random = torch.Generator().manual_seed(seed)
    return functional.normalize(torch.randn(count, size, generator=random))


def fixed_student(embeddings: Tensor, bank: Tensor) -> Student:
    return Student(lambda batch: embeddings[torch.from_numpy(batch.rows)], lambda: bank)


def a_tuning(config: TuningConfig = CONFIG) -> Tuning:
    return Tuning(fixed_student(FACES.features, FACES.features), PEOPLE, TEACHER, config)


def rows_of(tuned: Tuning, epoch: int) -> list[tuple[int, list[int]]]:
    return [(batch.place, batch.rows.tolist()) for batch in tuned.batches(epoch)]


# Batches


@pytest.mark.parametrize("steps", [1, 2, 3, 5, 7])
def test_epochs_follow_one_another_through_the_samplers_without_a_gap(steps: int) -> None:
    tuned = a_tuning(replace(CONFIG, steps=steps))
    drawn = [entry for epoch in range(1, 5) for entry in rows_of(tuned, epoch)]
    sampler = PKSampler(PEOPLE, people=4, images=3, seed=CONFIG.seed)
    assert len(sampler) == 3  # divides none of 2, 5 and 7
    all_turns = (rows for turn in range(1, 99) for rows in sampler.epoch(turn))
    expected = [(place, rows.tolist()) for place, rows in enumerate(islice(all_turns, 4 * steps))]
    assert drawn == expected


@pytest.mark.parametrize("epoch", [1, 2, 6])
def test_any_epoch_can_be_begun_with(epoch: int) -> None:
    tuned = a_tuning()
    for earlier in range(1, epoch):
        rows_of(tuned, earlier)
    assert rows_of(tuned, epoch) == rows_of(a_tuning(), epoch)
    assert len(rows_of(tuned, epoch)) == CONFIG.steps


def test_another_seed_gives_other_batches() -> None:
    assert rows_of(a_tuning(), 1) != rows_of(a_tuning(replace(CONFIG, seed=4)), 1)


# The loss


def defined_loss(
    embeddings: NDArray[np.float64],
    people: list[int],
    bank: NDArray[np.float64],
    bank_people: list[int],
    teacher: NDArray[np.float64],
) -> tuple[float, int]:
    """Return the loss as loops, and how many triplets are active."""
    costs = []
    for anchor, person in zip(embeddings, people, strict=True):
        farthest, nearest = -1.0, 99.0
        for other, whose in zip(embeddings, people, strict=True):
            distance = float(((anchor - other) ** 2).sum())
            if whose != person:
                nearest = min(nearest, distance)
            elif other is not anchor:
                farthest = max(farthest, distance)
        for other, whose in zip(bank, bank_people, strict=True):
            if whose != person:
                nearest = min(nearest, float(((anchor - other) ** 2).sum()))
        costs.append(max(0.0, farthest - nearest + CONFIG.margin))
    astray = [float(((a - b) ** 2).sum()) for a, b in zip(embeddings, teacher, strict=True)]
    total = CONFIG.triplet * np.mean(costs) + CONFIG.distillation * np.mean(astray)
    return float(total), sum(cost > 0 for cost in costs)


@pytest.mark.parametrize("with_bank", [True, False])
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_the_loss_is_the_one_defined(*, with_bank: bool, seed: int) -> None:
    embeddings, bank = units(len(PEOPLE), SIZE, seed), units(len(PEOPLE), SIZE, seed + 10)
    tuned = Tuning(
        fixed_student(embeddings, bank), PEOPLE, TEACHER, replace(CONFIG, bank=with_bank)
    )
    for batch in tuned.batches(1):
        cost = tuned.loss(batch)
        expected, active = defined_loss(
            embeddings[batch.rows].double().numpy(),
            PEOPLE[batch.rows].tolist(),
            bank.double().numpy() if with_bank else np.empty((0, SIZE)),
            PEOPLE.tolist() if with_bank else [],
            TEACHER[batch.rows].astype(float),
        )
        assert float(cost.loss) == pytest.approx(expected, abs=1e-5)
        assert (cost.active, cost.terms) == (active, len(batch.rows))


def test_a_student_that_is_the_teacher_is_not_astray() -> None:
    tuned = a_tuning(replace(CONFIG, triplet=0))
    assert float(tuned.loss(next(tuned.batches(1))).loss) == 0


def test_a_batch_without_bank_never_asks_for_one() -> None:
    def no_bank() -> Tensor:
        raise AssertionError

    student = Student(fixed_student(FACES.features, FACES.features).embed, no_bank)
    tuned = Tuning(student, PEOPLE, TEACHER, replace(CONFIG, bank=False))
    assert torch.isfinite(tuned.loss(next(tuned.batches(1))).loss)


# Features


def test_the_input_is_scaled_as_opencv_scales_it() -> None:
    mean = (INPUT_MEAN, INPUT_MEAN, INPUT_MEAN)
    blob = cv2.dnn.blobFromImages(list(CROPS), INPUT_SCALE, (112, 112), mean, swapRB=True)
    scaled = to_input(CROPS)
    assert (scaled.shape, scaled.dtype) == ((6, 3, 112, 112), torch.float32)
    assert np.abs(scaled.numpy() - np.asarray(blob)).max() < 1e-6
    assert -1 <= scaled.min() < scaled.max() <= 1


def test_features_are_the_network_s_output_at_unit_length() -> None:
    network = small_network().train()
    told: list[int] = []
    crops = np.concatenate([CROPS] * 23)  # 138: more than go through at once
    features = features_of(network, crops, told.append)
    assert features.shape == (138, SMALL.embedding)
    assert features.dtype == np.float32
    with torch.no_grad():
        direct = functional.normalize(network(to_input(CROPS))).numpy()
    assert np.abs(features.reshape(23, 6, -1) - direct).max() < 1e-5
    assert np.linalg.norm(features, axis=1) == pytest.approx(1, abs=1e-5)
    assert not network.training
    assert told == sorted(told)
    assert told[-1] == 138
    assert len(told) > 1


def test_the_teacher_looks_at_the_mirror_image_too() -> None:
    network = small_network()
    told: list[int] = []
    teacher = teacher_features(network, CROPS, told.append)
    both = features_of(network, CROPS) + features_of(network, CROPS[:, :, ::-1].copy())
    expected = both / np.linalg.norm(both, axis=1, keepdims=True)
    assert teacher.dtype == np.float32
    assert np.abs(teacher - expected).max() < 1e-6
    mirrored = teacher_features(network, np.ascontiguousarray(CROPS[:, :, ::-1]))
    assert np.abs(teacher - mirrored).max() < 1e-6
    assert told == [6, 12]


def test_views_are_features_of_augmented_pictures() -> None:
    network = small_network()
    told: list[int] = []
    views = augmented_views(network, CROPS, 3, 7, told.append)
    assert views.shape == (6, 3, SMALL.embedding)
    assert views.dtype == np.float32
    assert told == [1, 2, 3]
    assert np.linalg.norm(views, axis=2) == pytest.approx(1, abs=1e-5)
    assert not np.allclose(views[:, 0], views[:, 1], atol=1e-4)
    assert np.array_equal(augmented_views(network, CROPS, 2, 7), views[:, :2])
    assert not np.allclose(augmented_views(network, CROPS, 3, 8), views, atol=1e-4)


def test_training_and_views_draw_their_pictures_from_different_numbers() -> None:
    network = small_network()
    teacher = features_of(network, CROPS)
    student = network_student(network, CROPS, teacher, CONFIG)
    with torch.no_grad():
        trained_on = student.embed(Batch(0, np.arange(6))).numpy()
    assert not np.allclose(augmented_views(network, CROPS, 1, CONFIG.seed)[:, 0], trained_on)


# Averaging


def test_averaged_weights_lie_on_the_line_between_two_networks() -> None:
    first, second = small_network(1), small_network(2)
    nought, half, whole = (averaged(first, second, share) for share in (0.0, 0.5, 1.0))
    for name, value in first.state_dict().items():
        other = second.state_dict()[name]
        assert torch.equal(nought[name], value)
        assert torch.equal(whole[name], other)
        assert torch.allclose(half[name], (value + other) / 2, atol=1e-6)
        quarter = averaged(first, second, 0.25)[name]
        assert torch.allclose(quarter, 0.75 * value + 0.25 * other, atol=1e-6)


def test_averaging_changes_neither_network() -> None:
    first, second = small_network(1), small_network(2)
    mixed = small_network(3)
    mixed.load_state_dict(averaged(first, second, 0.5))
    for parameter in mixed.parameters():
        nn.init.zeros_(parameter)
    for network, seed in ((first, 1), (second, 2)):
        fresh = small_network(seed).state_dict()
        assert all(torch.equal(one, fresh[name]) for name, one in network.state_dict().items())
