"""The best value stays the best until a better one comes, and patience ends."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from facelock.learning.early_stopping import EarlyStopping, Goal

values = st.lists(st.integers(0, 5).map(float), min_size=1, max_size=20)


@given(values=values, goal=st.sampled_from(["lowest", "highest"]))
def test_the_best_is_the_first_of_the_extreme_values(values: list[float], goal: Goal) -> None:
    stopping = EarlyStopping(goal=goal)
    for epoch, value in enumerate(values):
        stopping = stopping.after(epoch, value)
    best = min(values) if goal == "lowest" else max(values)
    assert stopping.best == best
    assert stopping.best_epoch == values.index(best)
    assert stopping.waited == len(values) - 1 - stopping.best_epoch
    assert not stopping.is_over


@given(values=values, patience=st.integers(1, 4))
def test_it_is_over_after_so_many_epochs_without_a_better_value(
    values: list[float], patience: int
) -> None:
    stopping = EarlyStopping(patience=patience)
    for epoch, value in enumerate(values):
        stopping = stopping.after(epoch, value)
        best = values.index(min(values[: epoch + 1]))
        assert stopping.is_over == (epoch - best >= patience)


@pytest.mark.parametrize("goal", ["lowest", "highest"])
def test_what_is_no_number_is_never_the_best(goal: Goal) -> None:
    stopping = EarlyStopping(goal=goal, patience=1).after(0, float("nan"))
    assert stopping.best is None
    assert stopping.is_over
    assert stopping.after(1, 3.0).best == 3.0
