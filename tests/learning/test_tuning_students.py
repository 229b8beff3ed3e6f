"""What is trained by fine-tuning: the later parts of a network, or a head, and nothing else."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
import torch
from drawn_faces import drawn_crops
from made_up_people import SIZE, made_up_faces
from numpy.typing import NDArray
from small_network import small_network
from torch import nn

from facelock.learning.heads import ResidualHead
from facelock.learning.tuning import (
    Batch,
    Tuning,
    TuningConfig,
    features_of,
    freeze,
    head_student,
    network_student,
)

pytestmark = pytest.mark.usefixtures("one_thread")

CONFIG = TuningConfig(seed=3, people=4, images=3)
FACES = made_up_faces(10, 4, seed=1)
PEOPLE, TEACHER = FACES.labels.numpy(), FACES.features.numpy()
CROPS = drawn_crops(6)
CROP_PEOPLE = np.array([0, 0, 1, 1, 2, 2])


def made_up_views(count: int) -> NDArray[np.float32]:
    """Return unit features near the teacher's, (N, V, SIZE)."""
    noise = np.random.default_rng(5).normal(size=(len(PEOPLE), count, SIZE))
    views = TEACHER[:, None] + 0.1 * noise
    return np.asarray(views / np.linalg.norm(views, axis=2, keepdims=True), np.float32)


@pytest.mark.parametrize("parts", [0, 1, 2, 4])
def test_the_first_parts_are_kept_and_the_gradient_reaches_all_the_others(parts: int) -> None:
    network = small_network()
    teacher = features_of(network, CROPS)
    config = replace(CONFIG, people=3, images=2, frozen=parts)
    tuned = Tuning(network_student(network, CROPS, teacher, config), CROP_PEOPLE, teacher, config)
    torch.autograd.backward(tuned.loss(next(tuned.batches(1))).loss)
    kept = [network.stem, *network.blocks][:parts]
    frozen = {id(one) for part in kept for one in part.parameters()}
    for name, parameter in network.named_parameters():
        assert parameter.requires_grad == (id(parameter) not in frozen), name
        reached = parameter.grad is not None and bool(parameter.grad.abs().sum() > 0)
        assert reached == parameter.requires_grad, name


def test_freezing_counts_the_stem_and_then_the_blocks() -> None:
    network = small_network()
    freeze(network, 2)
    trained = {name for name, one in network.named_parameters() if one.requires_grad}
    assert not any(name.startswith(("stem.", "blocks.0.")) for name in trained)
    assert {name.split(".")[0] for name in trained} == {"blocks", "head"}
    assert any(name.startswith("blocks.1.") for name in trained)


def test_the_network_sees_another_picture_at_each_place_and_the_same_at_one() -> None:
    network = small_network()
    teacher = features_of(network, CROPS)
    before = CROPS.copy()
    student = network_student(network, CROPS, teacher, CONFIG)
    rows = np.arange(6)
    with torch.no_grad():
        one, again, other = (student.embed(Batch(place, rows)) for place in (4, 4, 5))
    assert torch.equal(one, again)
    assert not torch.allclose(one, other, atol=1e-4)
    assert torch.allclose(one.norm(dim=1), torch.ones(6))
    assert torch.equal(student.bank(), torch.from_numpy(teacher))
    assert np.array_equal(CROPS, before)


def test_the_head_alone_is_trained_on_views_of_the_very_rows() -> None:
    head = ResidualHead(SIZE)
    views = made_up_views(4)
    student = head_student(head, views, TEACHER, CONFIG)
    rows = np.array([7, 1, 1, 30])
    seen = student.embed(Batch(0, rows))  # the head changes nothing yet
    for row, embedding in zip(rows, seen.detach().numpy(), strict=True):
        assert np.abs(views[row] - embedding).max(axis=1).min() < 1e-6
    shown = {
        tuple(student.embed(Batch(place, rows[:1]))[0].detach().round(decimals=4).tolist())
        for place in range(40)
    }
    assert len(shown) == 4  # every view comes up
    assert torch.equal(student.embed(Batch(3, rows)), student.embed(Batch(3, rows)))


def test_the_gradient_reaches_the_head_and_neither_views_nor_bank() -> None:
    head = ResidualHead(SIZE)
    views = made_up_views(2)
    student = head_student(head, views, TEACHER, CONFIG)
    bank = student.bank()
    assert not bank.requires_grad
    assert torch.allclose(bank, FACES.features, atol=1e-6)
    tuned = Tuning(student, PEOPLE, TEACHER, CONFIG)
    torch.autograd.backward(tuned.loss(next(tuned.batches(1))).loss)
    for parameter in head.parameters():
        assert parameter.grad is not None
        assert parameter.grad.abs().sum() > 0
    with torch.no_grad():
        head.bias.add_(1)
    assert not torch.allclose(student.bank(), bank, atol=0.01)  # the bank goes with the head


def descended(module: nn.Module, tuned: Tuning, rate: float) -> tuple[float, float]:
    """Return the loss of the first batch before and after one step on it."""
    batch = next(tuned.batches(1))
    before = tuned.loss(batch).loss
    torch.autograd.backward(before)
    with torch.no_grad():
        for parameter in module.parameters():
            if parameter.grad is not None:
                parameter.sub_(rate * parameter.grad)
        return float(before.detach()), float(tuned.loss(batch).loss)


@pytest.mark.parametrize("frozen", [0, 2])
def test_a_step_lowers_the_loss_of_a_network(frozen: int) -> None:
    network = small_network()
    config = replace(CONFIG, people=3, images=2, frozen=frozen)
    teacher = features_of(network, CROPS)
    student = network_student(network, CROPS, teacher, config)
    before, after = descended(network, Tuning(student, CROP_PEOPLE, teacher, config), 1e-3)
    assert after < before


def test_a_step_lowers_the_loss_of_a_head() -> None:
    head = ResidualHead(SIZE)
    student = head_student(head, made_up_views(2), TEACHER, CONFIG)
    before, after = descended(head, Tuning(student, PEOPLE, TEACHER, CONFIG), 1e-2)
    assert after < before
