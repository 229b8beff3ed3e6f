"""Waits after wrong passphrases: none at first, then doubling, never for good."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from facelock.core.passphrase_delay import (
    FREE_TRIES,
    LONGEST_SECONDS,
    WrongPassphrases,
    delay_after,
)


def test_the_first_are_free_and_then_the_wait_doubles_to_five_minutes() -> None:
    waits = [delay_after(wrong) for wrong in range(14)]
    assert waits[: FREE_TRIES + 1] == [0.0] * (FREE_TRIES + 1)
    assert waits[FREE_TRIES + 1 :] == [5.0, 10.0, 20.0, 40.0, 80.0, 160.0, 300.0, 300.0, 300.0]
    assert delay_after(1_000_000) == LONGEST_SECONDS


@given(st.lists(st.floats(0, 1000), max_size=30))
def test_another_wrong_one_never_shortens_a_wait_and_none_is_longer_than_the_longest(
    pauses: list[float],
) -> None:
    now, tries = 0.0, WrongPassphrases()
    untils = [0.0]
    for pause in pauses:
        now += pause
        tries = tries.one_more(now)
        untils.append(tries.until)
        assert tries.seconds_left(now) <= LONGEST_SECONDS
    assert tries.count == len(pauses)
    assert all(earlier <= later for earlier, later in pairwise(untils))


def test_a_wait_passes() -> None:
    tries = WrongPassphrases(5, 105.0)
    assert tries.seconds_left(100.0) == 5.0
    assert tries.seconds_left(105.0) == tries.seconds_left(200.0) == 0.0
