"""The fast losses give what their definitions, written here as plain loops, give."""

import math

import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from torch import Tensor

from facelock.learning.losses import (
    active_triplets,
    contrastive_loss,
    squared_distances,
    triplet_loss,
)

margins = st.floats(0, 2)
sizes = st.integers(1, 9)
seeds = st.integers(0, 2**32 - 1)


def vectors(rows: int, columns: int, seed: int) -> Tensor:
    """Return random vectors on a coarse grid: some of them coincide."""
    random = torch.Generator().manual_seed(seed)
    return torch.randint(-2, 3, (rows, columns), generator=random).double() / 2


def distances(count: int, seed: int) -> Tensor:
    """Return squared distances as between unit vectors, every fifth of them zero."""
    values = 4 * torch.rand(count, generator=torch.Generator().manual_seed(seed)).double()
    values[::5] = 0
    return values


def close(value: Tensor, expected: float | list[list[float]]) -> None:
    torch.testing.assert_close(
        value, torch.tensor(expected, dtype=torch.float64).reshape(value.shape)
    )


@given(rows=sizes, others=sizes, columns=sizes, seed=seeds)
def test_squared_distances_are_what_the_loops_say(
    rows: int, others: int, columns: int, seed: int
) -> None:
    a, b = vectors(rows, columns, seed), vectors(others, columns, seed + 1)
    expected = [
        [sum((float(x) - float(y)) ** 2 for x, y in zip(p, q, strict=True)) for q in b] for p in a
    ]
    close(squared_distances(a, b), expected)


def test_single_precision_stays_within_two_millionths_on_unit_vectors() -> None:
    random = torch.Generator().manual_seed(1)
    a = torch.nn.functional.normalize(torch.randn(50, 192, generator=random).double())
    b = torch.nn.functional.normalize(a + 1e-3 * torch.randn(50, 192, generator=random))
    found = squared_distances(a.float(), b.float()).double()
    assert float((found - torch.cdist(a, b).square()).abs().max()) < 2e-6


def test_rounding_makes_no_distance_negative() -> None:
    a = torch.randn(50, 192, generator=torch.Generator().manual_seed(1))
    unit = torch.nn.functional.normalize(a)
    assert float(squared_distances(unit, unit).min()) >= 0


def test_the_gradient_of_the_distances_is_right() -> None:
    random = torch.Generator().manual_seed(2)
    a = torch.randn(4, 3, generator=random, dtype=torch.float64, requires_grad=True)
    b = torch.randn(5, 3, generator=random, dtype=torch.float64, requires_grad=True)
    assert torch.autograd.gradcheck(squared_distances, (a, b))
    assert torch.autograd.gradcheck(lambda one: squared_distances(one, one), (a,))


@given(count=st.integers(0, 30), seed=seeds, margin=margins)
def test_the_triplet_loss_is_what_the_loops_say(count: int, seed: int, margin: float) -> None:
    anchor_positive, anchor_negative = distances(count, seed), distances(count, seed + 1)
    terms = [
        max(0.0, float(positive) - float(negative) + margin)
        for positive, negative in zip(anchor_positive, anchor_negative, strict=True)
    ]
    active = [term for term in terms if term > 0]
    pair = anchor_positive, anchor_negative
    close(triplet_loss(*pair, margin), sum(terms) / len(terms) if terms else 0.0)
    close(
        triplet_loss(*pair, margin, active_only=True), sum(active) / len(active) if active else 0.0
    )
    assert active_triplets(*pair, margin) == len(active)


@given(count=st.integers(0, 30), seed=seeds, margin=margins)
def test_the_contrastive_loss_is_what_the_loops_say(count: int, seed: int, margin: float) -> None:
    distance = distances(count, seed)
    mated = torch.rand(count, generator=torch.Generator().manual_seed(seed + 1)) < 0.5
    terms = []
    for d, is_mated in zip(distance.tolist(), mated.tolist(), strict=True):
        y = 0 if is_mated else 1
        terms.append((1 - y) * d + y * max(0.0, margin - math.sqrt(d)) ** 2)
    close(contrastive_loss(distance, mated, margin), sum(terms) / len(terms) if terms else 0.0)


@pytest.mark.parametrize("active_only", [False, True])
def test_the_gradient_of_the_triplet_loss_is_right(*, active_only: bool) -> None:
    positive = torch.tensor([0.1, 0.9, 3.0], dtype=torch.float64, requires_grad=True)
    negative = torch.tensor([2.0, 1.0, 0.5], dtype=torch.float64, requires_grad=True)
    assert torch.autograd.gradcheck(
        lambda p, n: triplet_loss(p, n, 0.4, active_only=active_only), (positive, negative)
    )


def test_the_gradient_of_the_contrastive_loss_is_right() -> None:
    distance = torch.tensor([0.3, 0.1, 3.9, 0.2], dtype=torch.float64, requires_grad=True)
    mated = torch.tensor([True, False, False, True])
    assert torch.autograd.gradcheck(lambda d: contrastive_loss(d, mated, 1.0), (distance,))


def test_gradients_reach_the_embeddings_through_the_losses() -> None:
    random = torch.Generator().manual_seed(3)
    points = torch.randn(3, 4, generator=random, dtype=torch.float64, requires_grad=True)

    def triplet(x: Tensor) -> Tensor:
        d = squared_distances(x, x)
        return triplet_loss(d[0, 1:2], d[0, 2:3], 50.0)

    def contrastive(x: Tensor) -> Tensor:
        d = squared_distances(x, x)
        return contrastive_loss(torch.stack([d[0, 1], d[0, 2]]), torch.tensor([True, False]), 50.0)

    assert torch.autograd.gradcheck(triplet, (points,))
    assert torch.autograd.gradcheck(contrastive, (points,))


def test_no_term_is_a_loss_of_zero_that_can_still_be_followed_back() -> None:
    x = torch.ones(4, 3, requires_grad=True)
    none = squared_distances(x, x)[0, :0]
    for loss in (
        triplet_loss(none, none, 0.4),
        triplet_loss(none, none, 0.4, active_only=True),
        contrastive_loss(none, torch.ones(0, dtype=torch.bool), 1.0),
    ):
        assert float(loss.detach()) == 0
        x.grad = None
        loss.backward(retain_graph=True)
        assert x.grad is not None
        assert torch.equal(x.grad, torch.zeros(4, 3))


@pytest.mark.parametrize("margin", [0.0, 0.4])
def test_equal_embeddings_give_no_nan(margin: float) -> None:
    x = torch.nn.functional.normalize(torch.ones(4, 192)).requires_grad_()
    d = squared_distances(x, x)
    mated = torch.tensor([True, False, True, False])
    loss = triplet_loss(d[0], d[1], margin) + contrastive_loss(d[0], mated, margin)
    loss.backward()
    assert x.grad is not None
    assert bool(x.grad.isfinite().all())


def test_at_a_distance_of_zero_the_contrastive_gradient_is_zero_not_infinite() -> None:
    distance = torch.zeros(2, requires_grad=True)
    contrastive_loss(distance, torch.tensor([True, False]), 1.0).backward()
    assert distance.grad is not None
    assert distance.grad.tolist() == [0.5, 0.0]


def test_without_a_margin_only_the_wrong_order_costs() -> None:
    positive, negative = torch.tensor([0.5, 1.5, 1.0]), torch.tensor([1.0, 1.0, 1.0])
    assert float(triplet_loss(positive, negative, 0.0)) == pytest.approx(0.5 / 3)
    assert active_triplets(positive, negative, 0.0) == 1


@pytest.mark.parametrize("margin", [-0.1, float("nan")])
def test_a_margin_below_zero_is_refused(margin: float) -> None:
    one = torch.ones(1)
    with pytest.raises(ValueError, match="margin"):
        triplet_loss(one, one, margin)
    with pytest.raises(ValueError, match="margin"):
        contrastive_loss(one, one.bool(), margin)


def test_shapes_that_would_broadcast_are_refused() -> None:
    with pytest.raises(ValueError, match="columns"):
        squared_distances(torch.ones(2, 3), torch.ones(2, 4))
    with pytest.raises(ValueError, match="distances a triplet"):
        triplet_loss(torch.ones(3), torch.ones(1), 0.4)
    with pytest.raises(ValueError, match="label a pair"):
        contrastive_loss(torch.ones(3), torch.ones(1, dtype=torch.bool), 1.0)
