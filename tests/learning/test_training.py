"""The loop learns, reports, stops when it should, and gives the best weights back."""

import math
from dataclasses import replace

import numpy as np
import pytest
import torch
from made_up_people import SIZE, Faces, fnmr_at_one_percent, made_up_faces
from small_training import CONFIG, Counter, scripted, small, triplet_training
from torch import nn

from facelock.core.errors import Cancelled
from facelock.learning.heads import ResidualHead
from facelock.learning.losses import BatchLoss
from facelock.learning.optimisation import TrainingConfig
from facelock.learning.training import Training

pytestmark = pytest.mark.usefixtures("one_thread")


def learnt_on(faces: Faces) -> tuple[float, float]:
    """Return the FNMR at an FMR of 1 % on people nobody trained or selected on: before, after."""
    held_out, test = made_up_faces(30, 5, seed=12), made_up_faces(40, 5, seed=13)
    head = ResidualHead(SIZE)
    before = fnmr_at_one_percent(head, test)
    training = triplet_training(head, faces, held_out, replace(CONFIG, epochs=12, patience=6))
    for _ in training.epochs():
        pass
    return before, fnmr_at_one_percent(head, test)


def test_triplets_teach_a_head_to_tell_people_apart_whom_it_never_saw() -> None:
    before, after = learnt_on(made_up_faces(60, 6, seed=11))
    assert before > 0.8  # hard enough to have something to learn
    assert after < 0.25 * before


def test_wrong_names_teach_nothing() -> None:
    # The test above can fail: the same loop on the same faces under shuffled names.
    faces = made_up_faces(60, 6, seed=11)
    order = torch.randperm(len(faces.labels), generator=torch.Generator().manual_seed(1))
    before, after = learnt_on(Faces(faces.features, faces.labels[order]))
    assert after > 0.8 * before


def test_every_epoch_is_reported() -> None:
    values = [0.5, 0.4, 0.6, 0.3]
    settings = replace(CONFIG, epochs=3, schedule="cosine", optimiser="sgd")
    _, training, _ = scripted(values, settings)
    assert training.initial_validation is None
    reports = list(training.epochs())
    assert training.initial_validation == 0.5
    assert [report.epoch for report in reports] == [1, 2, 3]
    assert [report.validation for report in reports] == values[1:]
    assert [report.is_best for report in reports] == [True, False, True]
    assert [report.learning_rate for report in reports] == [
        settings.learning_rate_in(epoch) for epoch in (1, 2, 3)
    ]
    assert [report.seconds for report in reports] == [1.0, 1.0, 1.0]  # of a clock that ticks
    assert reports[0].loss > reports[1].loss > reports[2].loss > 0
    assert reports[0].active_share == 1.0


def test_loss_and_active_share_are_means_over_the_epoch() -> None:
    model = nn.Linear(1, 1)
    costs = [BatchLoss(0 * model.weight.sum() + 3, 1, 4), BatchLoss(0 * model.bias.sum(), 0, 0)]
    training = Training(
        model, replace(CONFIG, epochs=1), batches=lambda _: costs, step=lambda cost: cost
    )
    (report,) = training.epochs()
    assert (report.loss, report.active_share) == (1.5, 0.25)
    assert report.validation is None
    assert report.is_best


def test_the_best_weights_are_restored_at_the_end() -> None:
    model, training, seen = scripted([5.0, 3.0, 1.0, 2.0, 4.0], replace(CONFIG, epochs=4))
    latest = [model.weight.detach().clone() for _ in training.epochs()]
    assert torch.equal(model.weight, seen[2])
    assert not torch.equal(model.weight, latest[-1])
    assert not model.training
    assert training.stopping.best_epoch == 2


def test_weights_no_better_than_the_first_ones_are_not_kept() -> None:
    model, training, _ = scripted([1.0, 2.0, 1.0, 3.0], replace(CONFIG, epochs=3))
    assert not any(report.is_best for report in training.epochs())
    assert model.weight.tolist() == [[1.0]]


def test_the_highest_value_is_the_best_if_that_is_the_goal() -> None:
    model, training, seen = scripted([0.1, 0.9, 0.5], replace(CONFIG, epochs=2, goal="highest"))
    assert [report.is_best for report in training.epochs()] == [True, False]
    assert torch.equal(model.weight, seen[1])


def test_it_stops_when_patience_has_run_out() -> None:
    _, training, seen = scripted([3.0, 2.0, 2.5, 2.5, 0.0], replace(CONFIG, epochs=10, patience=2))
    assert [report.epoch for report in training.epochs()] == [1, 2, 3]
    assert len(seen) == 4


def test_without_validation_the_last_weights_stand() -> None:
    model = nn.Linear(2, 1)
    training = Training(
        model,
        replace(CONFIG, epochs=2, patience=1),
        batches=lambda epoch: range(2),
        step=lambda batch: BatchLoss(model.weight.square().sum()),
    )
    latest = [model.weight.detach().clone() for _ in training.epochs()]
    assert len(latest) == 2
    assert torch.equal(model.weight, latest[-1])


def test_a_finished_training_has_nothing_more_to_do() -> None:
    _, training, _ = scripted([1.0, 2.0], replace(CONFIG, epochs=1))
    assert len(list(training.epochs())) == 1
    assert list(training.epochs()) == []
    with pytest.raises(RuntimeError, match="ended"):
        training.checkpoint()


def test_the_model_is_in_training_mode_for_steps_alone() -> None:
    modes: list[str] = []
    model = nn.Linear(1, 1)

    def note(what: str) -> None:
        modes.append(f"{what} {model.training}")

    def step(_: int) -> BatchLoss:
        note("step")
        return BatchLoss(model.weight.sum())

    def validate() -> float:
        note("validate")
        assert not torch.is_grad_enabled()
        return 1.0

    list(
        Training(
            model, replace(CONFIG, epochs=1), batches=lambda _: [0], step=step, validate=validate
        ).epochs()
    )
    assert modes == ["validate False", "step True", "validate False"]


@pytest.mark.parametrize("limit", range(9))
def test_it_can_be_cancelled_between_any_two_steps(limit: int) -> None:
    model, training, _ = scripted([1.0, 1.0, 1.0], replace(CONFIG, epochs=2))
    stop = Counter(limit=limit)
    steps = 0
    if limit < 7:  # one look before training; in each of 2 epochs two steps and a validation
        with pytest.raises(Cancelled):
            list(training.epochs(stop))
        steps = int(training._progress.step)
        assert steps == [0, 0, 1, 2, 0, 1, 2][limit]
        assert all(one.isfinite().all() for one in model.parameters())
    else:
        assert len(list(training.epochs(stop))) == 2


@pytest.mark.parametrize(("largest", "moved"), [(math.inf, 50.0), (1.0, 1.0)])
def test_gradients_are_clipped_to_the_largest_allowed(largest: float, moved: float) -> None:
    model = nn.Linear(1, 1, bias=False)
    nn.init.zeros_(model.weight)
    settings = TrainingConfig(
        seed=0,
        epochs=1,
        optimiser="sgd",
        momentum=0.0,
        learning_rate=1.0,
        largest_gradient=largest,
    )
    training = Training(
        model,
        settings,
        batches=lambda _: [0],
        step=lambda _: BatchLoss(50 * model.weight.sum()),
    )
    list(training.epochs())
    assert -float(model.weight.detach()) == pytest.approx(moved)


@pytest.mark.parametrize("factor", [math.nan, math.inf])
def test_a_loss_that_is_not_finite_ends_the_training_before_it_spoils_the_weights(
    factor: float,
) -> None:
    model = nn.Linear(2, 2)
    before = model.weight.detach().clone()
    training = Training(
        model,
        CONFIG,
        batches=lambda _: [0],
        step=lambda _: BatchLoss(factor * model.weight.sum()),
    )
    with pytest.raises(FloatingPointError, match="epoch 1, step 1"):
        list(training.epochs())
    assert torch.equal(model.weight, before)


def test_a_gradient_that_is_not_finite_does_so_too() -> None:
    model = nn.Linear(1, 1, bias=False)
    nn.init.zeros_(model.weight)
    training = Training(
        model,
        CONFIG,
        batches=lambda _: [0],
        step=lambda _: BatchLoss(model.weight.sqrt().sum()),  # 0, of infinite slope
    )
    with pytest.raises(FloatingPointError, match="gradient"):
        list(training.epochs())
    assert model.weight.tolist() == [[0.0]]


def test_a_validation_that_is_no_number_is_an_error() -> None:
    _, training, _ = scripted([1.0, math.nan])
    with pytest.raises(FloatingPointError, match="validation"):
        list(training.epochs())


def test_an_epoch_without_batches_is_an_error() -> None:
    training: Training[int] = Training(
        nn.Linear(1, 1), CONFIG, batches=lambda _: [], step=lambda _: BatchLoss(torch.zeros(()))
    )
    with pytest.raises(ValueError, match="no batches"):
        list(training.epochs())


def weights_after_training(seed: int) -> list[np.ndarray]:
    head, training = small(replace(CONFIG, seed=seed))
    for _ in training.epochs():
        torch.rand(5)  # the world goes on between epochs
    return list(head.to_head_arrays())


def test_the_same_seed_gives_the_same_weights_to_the_bit() -> None:
    first, again, other = (weights_after_training(seed) for seed in (3, 3, 4))
    assert all(np.array_equal(a, b) for a, b in zip(first, again, strict=True))
    assert not np.array_equal(first[0], other[0])


def test_training_does_not_touch_the_random_numbers_of_others() -> None:
    torch.manual_seed(7)
    expected = torch.rand(3)
    torch.manual_seed(7)
    _, training = small(replace(CONFIG, epochs=2))
    list(training.epochs())
    assert torch.equal(torch.rand(3), expected)
