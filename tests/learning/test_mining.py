"""The fast miners choose what their definitions, written here as plain loops, choose."""

from collections.abc import Callable
from typing import TypeAlias

import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from torch import Tensor

from facelock.learning.losses import squared_distances, triplet_loss
from facelock.learning.mining import Triplets, all_valid, batch_hard, semi_hard

Rows: TypeAlias = list[tuple[int, int, int]]


class Batch:
    """Distances of a batch and a bank, on a grid so coarse that many are equal."""

    def __init__(self, labels: list[int], bank_labels: list[int], seed: int) -> None:
        random = torch.Generator().manual_seed(seed)
        points = torch.randint(0, 3, (len(labels), 2), generator=random).double() / 2
        bank = torch.randint(0, 3, (len(bank_labels), 2), generator=random).double() / 2
        self.distances = squared_distances(points, torch.cat([points, bank]))
        self.labels = torch.tensor(labels)
        self.bank_labels = torch.tensor(bank_labels, dtype=torch.int64)
        self.people = labels + bank_labels

    def positives(self, anchor: int) -> list[int]:
        rows = range(len(self.labels))
        return [i for i in rows if i != anchor and self.people[i] == self.people[anchor]]

    def negatives(self, anchor: int) -> list[int]:
        columns = range(len(self.people))
        return [i for i in columns if self.people[i] != self.people[anchor]]

    def distance(self, row: int) -> Callable[[int], float]:
        return lambda column: float(self.distances[row, column])


people = st.lists(st.integers(0, 3), min_size=1, max_size=9)
banks = st.lists(st.integers(0, 5), max_size=5)
batches = st.builds(Batch, people, banks, st.integers(0, 2**32 - 1))


def rows_of(triplets: Triplets) -> Rows:
    columns = (triplets.anchor, triplets.positive, triplets.negative)
    assert all(column.dtype == torch.int64 for column in columns)
    rows = [tuple(row) for row in torch.stack(columns, dim=1).tolist()]
    assert len(rows) == len(triplets)
    return rows


def batch_hard_by_loops(batch: Batch) -> Rows:
    rows: Rows = []
    for a in range(len(batch.labels)):
        positives, negatives = batch.positives(a), batch.negatives(a)
        if positives and negatives:  # max and min take the first of equals
            far, near = max(positives, key=batch.distance(a)), min(negatives, key=batch.distance(a))
            rows.append((a, far, near))
    return rows


def semi_hard_by_loops(batch: Batch, margin: float) -> Rows:
    rows: Rows = []
    for a in range(len(batch.labels)):
        distance = batch.distance(a)
        for p in batch.positives(a):
            band = [n for n in batch.negatives(a) if distance(p) < distance(n)]
            band = [n for n in band if distance(n) < distance(p) + margin]
            if band:
                rows.append((a, p, min(band, key=distance)))
    return rows


def all_valid_by_loops(batch: Batch) -> Rows:
    return [
        (a, p, n)
        for a in range(len(batch.labels))
        for p in batch.positives(a)
        for n in batch.negatives(a)
    ]


@given(batch=batches)
def test_batch_hard_is_what_the_loops_say(batch: Batch) -> None:
    found = batch_hard(batch.distances, batch.labels, bank_labels=batch.bank_labels)
    assert rows_of(found) == batch_hard_by_loops(batch)


@given(batch=batches, margin=st.sampled_from([0.0, 0.25, 0.5, 2.0]))
def test_semi_hard_is_what_the_loops_say(batch: Batch, margin: float) -> None:
    found = semi_hard(batch.distances, batch.labels, margin, bank_labels=batch.bank_labels)
    assert rows_of(found) == semi_hard_by_loops(batch, margin)


@given(batch=batches)
def test_all_valid_is_what_the_loops_say(batch: Batch) -> None:
    found = all_valid(batch.distances, batch.labels, bank_labels=batch.bank_labels)
    assert rows_of(found) == all_valid_by_loops(batch)


@given(batch=batches)
def test_the_distances_of_the_triplets_are_picked_out_of_the_matrix(batch: Batch) -> None:
    triplets = all_valid(batch.distances, batch.labels, bank_labels=batch.bank_labels)
    positive, negative = triplets.select(batch.distances)
    rows = rows_of(triplets)
    assert positive.tolist() == [float(batch.distances[a, p]) for a, p, _ in rows]
    assert negative.tolist() == [float(batch.distances[a, n]) for a, _, n in rows]


@given(batch=batches)
def test_a_bank_without_labels_holds_strangers_only(batch: Batch) -> None:
    strangers = torch.full_like(batch.bank_labels, -1)
    for miner in (batch_hard, all_valid):
        named = miner(batch.distances, batch.labels, bank_labels=strangers)
        assert rows_of(miner(batch.distances, batch.labels)) == rows_of(named)


def test_p_times_k_images_give_the_known_number_of_triplets() -> None:
    p, k, m = 3, 4, 5
    labels = torch.arange(p).repeat_interleave(k)
    assert len(all_valid(torch.rand(p * k, p * k + m), labels)) == p * k * (k - 1) * (p * k - k + m)


def test_a_person_with_one_image_is_a_negative_but_no_anchor() -> None:
    distances = torch.tensor([[0.0, 0.1, 0.2], [0.1, 0.0, 0.3], [0.2, 0.3, 0.0]])
    labels = torch.tensor([5, 5, 8])
    expected = [(0, 1, 2), (1, 0, 2)]
    assert rows_of(batch_hard(distances, labels)) == expected
    assert rows_of(semi_hard(distances, labels, 0.4)) == expected
    assert rows_of(all_valid(distances, labels)) == expected


def test_a_lone_person_learns_from_the_bank() -> None:
    distances = torch.tensor([[0.0, 0.1, 0.9, 0.2], [0.1, 0.0, 0.3, 0.8]])
    labels = torch.tensor([7, 7])
    assert rows_of(batch_hard(distances, labels)) == [(0, 1, 3), (1, 0, 2)]
    assert rows_of(batch_hard(distances[:, :2], labels)) == []


@pytest.mark.parametrize("labels", [[1, 1, 1], [1, 2, 3], [1]])
def test_a_batch_without_a_valid_triplet_gives_a_loss_of_zero_with_a_graph(
    labels: list[int],
) -> None:
    x = torch.rand(len(labels), 4, requires_grad=True)
    distances = squared_distances(x, x)
    truth = torch.tensor(labels)
    for triplets in (
        batch_hard(distances, truth),
        semi_hard(distances, truth, 0.4),
        all_valid(distances, truth),
    ):
        assert len(triplets) == 0
        x.grad = None
        loss = triplet_loss(*triplets.select(distances), 0.4)
        loss.backward(retain_graph=True)
        assert float(loss.detach()) == 0
        assert x.grad is not None
        assert not x.grad.any()


def test_mining_needs_no_gradient_and_the_loss_has_one() -> None:
    random = torch.Generator().manual_seed(4)
    labels = torch.tensor([0, 0, 1, 1])
    bank = torch.randn(3, 3, generator=random, dtype=torch.float64)
    x = torch.randn(4, 3, generator=random, dtype=torch.float64, requires_grad=True)
    triplets = batch_hard(squared_distances(x, torch.cat([x, bank])), labels)
    assert not triplets.anchor.requires_grad

    def loss(x: Tensor, bank: Tensor) -> Tensor:
        distances = squared_distances(x, torch.cat([x, bank]))
        return triplet_loss(*triplets.select(distances), 5.0)

    assert torch.autograd.gradcheck(loss, (x, bank.requires_grad_()))


def test_equal_embeddings_give_no_nan_through_mining_and_loss() -> None:
    x = torch.ones(4, 8, requires_grad=True)
    distances = squared_distances(x, x)
    labels = torch.tensor([0, 0, 1, 1])
    triplets = batch_hard(distances, labels)
    triplet_loss(*triplets.select(distances), 0.4).backward()
    assert len(triplets) == 4
    assert x.grad is not None
    assert bool(x.grad.isfinite().all())


def test_labels_that_do_not_fit_are_refused() -> None:
    with pytest.raises(ValueError, match="labels do not fit"):
        batch_hard(torch.rand(3, 3), torch.tensor([1, 2]))
    with pytest.raises(ValueError, match="labels do not fit"):
        all_valid(torch.rand(3, 2), torch.tensor([1, 2, 3]))
    with pytest.raises(ValueError, match="bank of 2"):
        semi_hard(torch.rand(2, 4), torch.tensor([1, 1]), 0.4, bank_labels=torch.tensor([1]))
