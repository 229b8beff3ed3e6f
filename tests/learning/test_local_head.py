"""A head for one machine: its batches, its two losses, and what holds it where it was."""

from __future__ import annotations

import numpy as np
import pytest
import torch
from made_up_faces import feature_of, picture

from facelock.core.labelled_faces import LabelledFaces
from facelock.core.retraining import Loss, RetrainingOptions
from facelock.learning.heads import ResidualHead
from facelock.learning.local_head import HELD, ROWS, STEPS, STRANGERS, LocalHead
from facelock.learning.threads import one_thread

SIZE = 192


def faces(first: int, people: int, each: int, *, own: float = 0.55) -> LabelledFaces:
    seen = [
        feature_of(picture(first + at // each, at % each, own=own)) for at in range(people * each)
    ]
    return LabelledFaces(np.stack(seen), np.repeat(np.arange(people), each).astype(np.int64))


OWN, OTHERS = faces(1, 2, 12, own=1.2), faces(500, 30, 3)  # difficult people, and strangers


def trained(
    loss: Loss = Loss.TRIPLET, *, seed: int = 1, own: LabelledFaces = OWN, epochs: int = 5
) -> tuple[ResidualHead, list[float]]:
    head = ResidualHead(SIZE)
    options = RetrainingOptions(loss=loss, seed=seed, epochs=epochs)
    training = LocalHead(head, own, OTHERS, options).training()
    with one_thread():  # as the service does
        return head, [report.loss for report in training.epochs()]


@pytest.mark.parametrize("loss", Loss)
def test_pictures_of_one_person_come_nearer_to_each_other_than_to_strangers(loss: Loss) -> None:
    def gap(head: ResidualHead) -> float:
        with torch.no_grad():
            own, others = (
                torch.nn.functional.normalize(head(torch.from_numpy(each.embeddings)))
                for each in (OWN, OTHERS)
            )
        first = own[OWN.people == 0]
        return float((2 - 2 * first @ others.T).min() - (2 - 2 * first @ first.T).max())

    head, losses = trained(loss)
    assert gap(head) > gap(ResidualHead(SIZE))
    assert losses[-1] < losses[0]


def test_a_seed_repeats_bit_for_bit_and_another_differs() -> None:
    one, again, other = (trained(seed=seed)[0].to_head_arrays() for seed in (1, 1, 2))
    assert all(np.array_equal(a, b) for a, b in zip(one, again, strict=True))
    assert not np.array_equal(one[0], other[0])


def test_strangers_stay_about_where_they_were() -> None:
    head, _ = trained()
    with torch.no_grad():
        moved = torch.nn.functional.normalize(head(torch.from_numpy(OTHERS.embeddings)))
    away = (moved - torch.from_numpy(OTHERS.embeddings)).square().sum(dim=1)
    assert float(away.mean()) < 0.05


def test_a_batch_has_everybody_enrolled_and_pairs_of_strangers() -> None:
    local = LocalHead(ResidualHead(SIZE), OWN, OTHERS, RetrainingOptions())
    batches = list(local.batches(1))
    assert len(batches) == STEPS
    for batch in batches:
        assert len(batch.own) == ROWS
        assert set(OWN.people[batch.own]) == {0, 1}
        assert len(batch.held) == HELD
        people, counts = np.unique(OTHERS.people[batch.strangers], return_counts=True)
        assert len(people) == STRANGERS
        assert set(counts) == {2}


def test_an_epoch_draws_as_it_did_before() -> None:
    local = LocalHead(ResidualHead(SIZE), OWN, OTHERS, RetrainingOptions())
    one, again, other = (
        np.concatenate([batch.own for batch in local.batches(epoch)]) for epoch in (2, 2, 3)
    )
    assert np.array_equal(one, again)
    assert not np.array_equal(one, other)


@pytest.mark.parametrize("loss", Loss)
def test_strangers_with_one_picture_each_serve_as_negatives(loss: Loss) -> None:
    single = LabelledFaces(OTHERS.embeddings[::3], np.arange(30, dtype=np.int64))
    options = RetrainingOptions(loss=loss, epochs=5)
    local = LocalHead(ResidualHead(SIZE), OWN, single, options)
    assert all(batch.strangers.size == 0 for batch in local.batches(1))
    with one_thread():
        assert [report.epoch for report in local.training().epochs()] == [1, 2, 3, 4, 5]


def test_fifty_people_fit_into_a_batch_of_the_same_size() -> None:
    many = faces(1, 50, 2)
    local = LocalHead(ResidualHead(SIZE), many, OTHERS, RetrainingOptions())
    assert all(len(batch.own) == ROWS for batch in local.batches(1))
    seen = np.concatenate(
        [many.people[batch.own] for epoch in (1, 2) for batch in local.batches(epoch)]
    )
    assert set(seen) == set(range(50))
