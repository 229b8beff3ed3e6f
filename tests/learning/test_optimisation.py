"""The configuration becomes the optimiser it names."""

from dataclasses import replace
from typing import Any

import pytest
import torch
from torch import nn

from facelock.learning.optimisation import TrainingConfig, build_optimiser, set_learning_rate

CONFIG = TrainingConfig(seed=0, epochs=4, learning_rate=0.1)


def test_the_optimiser_is_the_one_asked_for() -> None:
    adam = build_optimiser(nn.Linear(2, 2), replace(CONFIG, weight_decay=0.3))
    assert isinstance(adam, torch.optim.AdamW)
    assert adam.param_groups[0]["weight_decay"] == 0.3
    sgd = build_optimiser(
        nn.Linear(2, 2), replace(CONFIG, optimiser="sgd", momentum=0.5, weight_decay=0.2)
    )
    assert isinstance(sgd, torch.optim.SGD)
    assert (sgd.param_groups[0]["momentum"], sgd.param_groups[0]["weight_decay"]) == (0.5, 0.2)


def test_frozen_parameters_are_left_out() -> None:
    model = nn.Sequential(nn.Linear(2, 2), nn.Linear(2, 1))
    model[0].requires_grad_(False)
    optimiser = build_optimiser(model, CONFIG)
    assert [one for group in optimiser.param_groups for one in group["params"]] == [
        *model[1].parameters()
    ]


def test_some_parameters_can_learn_more_slowly() -> None:
    model = nn.Sequential(nn.Linear(2, 2), nn.Linear(2, 1))
    optimiser = build_optimiser(model, replace(CONFIG, rate_factors=(("0.", 0.1),)))
    set_learning_rate(optimiser, 0.5)
    rates = {id(one): group["lr"] for group in optimiser.param_groups for one in group["params"]}
    assert [rates[id(one)] for one in model.parameters()] == [0.05, 0.05, 0.5, 0.5]


def test_nothing_to_train_is_refused() -> None:
    with pytest.raises(ValueError, match="none at all"):
        build_optimiser(nn.Linear(2, 2).requires_grad_(False), CONFIG)
    with pytest.raises(ValueError, match="head"):
        build_optimiser(nn.Linear(2, 2), replace(CONFIG, rate_factors=(("head.", 0.1),)))


def test_the_learning_rate_stays_or_falls_along_a_cosine() -> None:
    assert [CONFIG.learning_rate_in(epoch) for epoch in (1, 4)] == [0.1, 0.1]
    cosine = [replace(CONFIG, schedule="cosine").learning_rate_in(epoch) for epoch in (1, 2, 3, 4)]
    assert cosine[0] == 0.1
    assert cosine[2] == pytest.approx(0.05)
    assert cosine == sorted(cosine, reverse=True)
    assert cosine[3] > 0


@pytest.mark.parametrize(
    "wrong",
    [
        {"epochs": 0},
        {"seed": -1},
        {"patience": 0},
        {"learning_rate": 0.0},
        {"learning_rate": float("nan")},
        {"largest_gradient": 0.0},
        {"weight_decay": -1.0},
    ],
)
def test_numbers_out_of_range_are_refused(wrong: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=r"positive|start at"):
        replace(CONFIG, **wrong)
