"""What may be asked of a retraining, and the gate that a head has to pass."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from facelock.core.levels import RULES, Level
from facelock.core.retraining import (
    EPOCHS,
    MARGINS,
    Figures,
    Loss,
    PersonFigures,
    Reason,
    Refusal,
    RetrainingOptions,
    gate,
)
from facelock.core.threshold import Bound

ALLOWED = RULES[Level.BALANCED].attempt_fmr


def person(
    number: int,
    *,
    misses: int = 10,
    false_matches: int = 0,
    close: int = 2,
    separation: float = 3.0,
    mated: int = 40,
    non_mated: int = 900,
) -> PersonFigures:
    return PersonFigures(
        profile_id=f"{number:032x}",
        mated=mated,
        misses=misses,
        threshold=0.6,
        bound=Bound.FMR,
        non_mated=non_mated,
        false_matches=false_matches,
        close=close,
        separation=separation,
        nearest=0.9,
    )


def of(
    *people: PersonFigures, attempt_fmr: float = ALLOWED, level: Level = Level.BALANCED
) -> Figures:
    return Figures(level=level, people=people, attempt_fmr=attempt_fmr)


BEFORE = of(person(1), person(2))
BETTER = of(person(1, misses=4, separation=3.5), person(2, separation=3.1))
FIGURES = st.lists(
    st.tuples(
        *(st.integers(0, 40), st.integers(0, 40)),  # misses before and after
        *(st.integers(0, 3), st.integers(0, 3)),  # false matches
        *(st.integers(0, 5), st.integers(0, 5)),  # close
        *(st.floats(0, 9), st.floats(0, 9)),  # separation
    ),
    min_size=1,
    max_size=5,
)
RATES = st.floats(0, 1)


def reasons(before: Figures, after: Figures) -> set[Reason]:
    return {one.reason for one in gate(before, after)}


def test_a_head_that_is_better_for_somebody_and_worse_for_nobody_passes() -> None:
    assert gate(BEFORE, BETTER) == ()


@given(FIGURES, RATES, RATES)
def test_a_head_passes_exactly_if_nobody_and_nothing_fares_worse(
    drawn: list[tuple[int, int, int, int, int, int, float, float]], old_rate: float, new_rate: float
) -> None:
    before = of(
        *(
            person(n, misses=d[0], false_matches=d[2], close=d[4], separation=d[6])
            for n, d in enumerate(drawn)
        ),
        attempt_fmr=old_rate,
    )
    after = of(
        *(
            person(n, misses=d[1], false_matches=d[3], close=d[5], separation=d[7])
            for n, d in enumerate(drawn)
        ),
        attempt_fmr=new_rate,
    )
    found = reasons(before, after)
    assert (Reason.FNMR_RISES in found) is any(d[1] > d[0] for d in drawn)
    assert (Reason.FMR_RISES in found) is any(
        d[3] > d[2] or d[3] + d[5] > d[2] + d[4] for d in drawn
    )
    assert (Reason.NOT_BETTER in found) is not (after.separation > before.separation)
    if new_rate > max(old_rate, 1.01 * ALLOWED):
        assert Reason.LEVEL_NOT_KEPT in found
    if new_rate <= max(old_rate, ALLOWED):
        assert Reason.LEVEL_NOT_KEPT not in found


def test_the_reasons_name_whom_they_concern() -> None:
    after = of(person(1, misses=11, separation=4.0), person(2, false_matches=1, close=1))
    assert gate(BEFORE, after) == (
        Refusal(Reason.FNMR_RISES, (person(1).profile_id,)),
        Refusal(Reason.FMR_RISES, (person(2).profile_id,)),
    )


def test_the_same_head_again_is_not_better() -> None:
    assert reasons(BEFORE, BEFORE) == {Reason.NOT_BETTER}


def test_of_nobody_nothing_can_be_better() -> None:
    nobody = of()
    assert (nobody.fnmr, nobody.fmr, nobody.separation) == (0.0, 0.0, 0.0)
    assert reasons(nobody, nobody) == {Reason.NOT_BETTER}


def test_numbers_that_are_none_never_pass() -> None:
    nan = float("nan")
    assert Reason.LEVEL_NOT_KEPT in reasons(BEFORE, replace(BETTER, attempt_fmr=nan))
    broken = of(person(1, misses=4, separation=nan), person(2))
    assert Reason.NOT_BETTER in reasons(BEFORE, broken)


@pytest.mark.parametrize(
    "other",
    [
        of(person(1)),
        of(person(1), person(3)),
        of(person(1), person(2, mated=39)),
        of(person(1), person(2, non_mated=899)),
        of(person(1), person(2), level=Level.STRICT),
    ],
)
def test_figures_of_other_comparisons_are_not_compared(other: Figures) -> None:
    with pytest.raises(ValueError, match=r"different|shorter"):
        gate(BEFORE, other)


def test_rates_are_shares_of_all_comparisons() -> None:
    figures = of(person(1, misses=10), person(2, misses=30, false_matches=9, non_mated=1800))
    assert figures.fnmr == 0.5
    assert figures.fmr == pytest.approx(9 / 2700)
    assert figures.people[0].fnmr == 0.25
    assert figures.people[1].fmr == 0.005
    assert person(1, misses=0, mated=0).fnmr == person(1, non_mated=0).fmr == 0.0


@pytest.mark.parametrize("loss", Loss)
def test_the_margin_and_the_epochs_have_ranges(loss: Loss) -> None:
    span = MARGINS[loss]
    assert RetrainingOptions(loss=loss).used_margin == span.default
    assert RetrainingOptions(loss=loss, margin=span.high).used_margin == span.high
    for margin in (span.low - 0.01, span.high + 0.01, float("nan")):
        with pytest.raises(ValueError, match="margin"):
            RetrainingOptions(loss=loss, margin=margin)
    for epochs in (int(EPOCHS.low) - 1, int(EPOCHS.high) + 1):
        with pytest.raises(ValueError, match="epochs"):
            RetrainingOptions(epochs=epochs)
    with pytest.raises(ValueError, match="seed"):
        RetrainingOptions(seed=-1)
