"""An interrupted training goes on as if nothing had happened, to the bit, and trusts no file."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
import torch
from safetensors import torch as safetensors
from small_training import CONFIG, Counter, scripted, small
from torch import Tensor

from facelock.core.errors import Cancelled, ModelCorrupt
from facelock.learning.heads import ResidualHead
from facelock.learning.optimisation import TrainingConfig
from facelock.learning.report import EpochReport
from facelock.learning.training import Training

pytestmark = pytest.mark.usefixtures("one_thread")

SETTINGS = [
    replace(CONFIG, schedule="cosine"),
    replace(CONFIG, optimiser="sgd", goal="highest"),
    replace(CONFIG, optimiser="sgd", momentum=0.0),
    replace(CONFIG, rate_factors=(("bias", 0.5),), largest_gradient=0.1),
]


def finish(
    head: ResidualHead, training: Training[Any]
) -> tuple[list[EpochReport], list[np.ndarray]]:
    return list(training.epochs()), list(head.to_head_arrays())


def interrupted_at(
    looks: int, settings: TrainingConfig = CONFIG
) -> tuple[list[EpochReport], bytes]:
    """Train until `should_stop` was asked so often; return the reports and a checkpoint."""
    _, training = small(settings)
    reports: list[EpochReport] = []
    with pytest.raises(Cancelled):
        reports.extend(training.epochs(Counter(limit=looks)))
    return reports, training.checkpoint()


@pytest.mark.parametrize("settings", SETTINGS)
@pytest.mark.parametrize("looks", [0, 1, 2, 4, 5, 10])
def test_a_resumed_run_equals_an_uninterrupted_one_to_the_bit(
    settings: TrainingConfig, looks: int
) -> None:
    reports, weights = finish(*small(settings))
    before, data = interrupted_at(looks, settings)
    head, training = small(settings)
    torch.rand(looks + 1)  # another process has other random numbers
    training.restore(data)
    after, resumed = finish(head, training)
    assert before + after == reports
    assert all(np.array_equal(a, b) for a, b in zip(weights, resumed, strict=True))


def test_a_run_can_be_resumed_after_every_report() -> None:
    reports, weights = finish(*small())
    for stop_after in range(1, len(reports) + 1):
        _, training = small()
        iterator = training.epochs()
        before = [next(iterator) for _ in range(stop_after)]
        head, again = small()
        again.restore(training.checkpoint())
        after, resumed = finish(head, again)
        assert before + after == reports
        assert all(np.array_equal(a, b) for a, b in zip(weights, resumed, strict=True))


def test_a_cancelled_run_goes_on_where_it_stands() -> None:
    reports, weights = finish(*small())
    head, training = small()
    with pytest.raises(Cancelled):
        list(training.epochs(Counter(limit=3)))
    assert finish(head, training)[0] == reports
    assert all(np.array_equal(a, b) for a, b in zip(weights, head.to_head_arrays(), strict=True))


def test_a_run_that_lost_patience_is_over_after_resuming_too() -> None:
    _, training, _ = scripted([1.0, 2.0, 2.0], replace(CONFIG, epochs=9, patience=2))
    iterator = training.epochs()
    next(iterator)
    next(iterator)
    model, again, seen = scripted([], replace(CONFIG, epochs=9, patience=2))
    again.restore(training.checkpoint())
    assert again.initial_validation == 1.0
    assert list(again.epochs()) == []
    assert seen == []
    assert model.weight.tolist() == [[1.0]]


def test_equal_states_give_equal_bytes() -> None:
    assert interrupted_at(5)[1] == interrupted_at(5)[1]


def test_a_checkpoint_is_plain_safetensors() -> None:
    tensors = safetensors.load(interrupted_at(5)[1])
    assert {name.partition(".")[0] for name in tensors} == {
        *("model", "best", "optimiser"),
        *("progress", "values", "random", "setup"),
    }


@pytest.mark.parametrize("change", [{"seed": 4}, {"learning_rate": 0.1}, {"epochs": 5}])
def test_a_checkpoint_of_other_settings_is_refused(change: dict[str, Any]) -> None:
    data = interrupted_at(5)[1]
    with pytest.raises(ModelCorrupt, match="other settings"):
        small(replace(CONFIG, **change))[1].restore(data)


def damaged(data: bytes, changes: dict[str, Tensor | None]) -> bytes:
    tensors: dict[str, Tensor | None] = {**safetensors.load(data), **changes}
    return safetensors.save({name: one for name, one in tensors.items() if one is not None})


@pytest.mark.parametrize(
    "changes",
    [
        {"progress": None},
        {"progress": torch.zeros(5, dtype=torch.int64)},
        {"progress": torch.zeros(6)},
        {"values": torch.zeros(3)},
        {"random": torch.zeros(3, dtype=torch.uint8)},
        {"setup": None},
        {"setup": torch.zeros(32, dtype=torch.uint8)},
        {"stray": torch.zeros(1)},
        {"model.bias": None},
        {"model.bias": torch.zeros(3)},
        {"best.bias": torch.zeros(16, dtype=torch.float64)},
        {"optimiser.0.step": None},
        {"optimiser.0.step": torch.zeros(16)},
        {"optimiser.0.exp_avg": torch.zeros(3)},
        {"optimiser.9.exp_avg": torch.zeros(16)},
        {"optimiser.x.exp_avg": torch.zeros(16)},
        {"optimiser.0.other": torch.zeros(16)},
    ],
)
def test_a_checkpoint_that_does_not_fit_is_refused_and_changes_nothing(
    changes: dict[str, Tensor | None],
) -> None:
    data = damaged(interrupted_at(5)[1], changes)
    _, training = small()
    before = training.checkpoint()
    with pytest.raises(ModelCorrupt):
        training.restore(data)
    assert training.checkpoint() == before


@pytest.mark.parametrize(
    "data", [b"", b"\x80\x04 a pickle", bytes(100)], ids=["nothing", "pickle", "zeros"]
)
def test_bytes_that_are_no_checkpoint_are_refused(data: bytes) -> None:
    with pytest.raises(ModelCorrupt):
        small()[1].restore(data)


def test_a_checkpoint_cut_short_is_refused() -> None:
    data = interrupted_at(5)[1]
    for size in range(0, len(data), 997):
        with pytest.raises(ModelCorrupt):
            small()[1].restore(data[:size])
