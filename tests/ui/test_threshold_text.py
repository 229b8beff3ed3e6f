"""Thresholds in words: rounded against ourselves, and honest about the data."""

from __future__ import annotations

from dataclasses import replace

import pytest
from fakes_ui import profile

from facelock.core.levels import Level
from facelock.core.threshold import Bound
from facelock.ui.threshold_text import level_note, one_in, opens_for, what_decided


@pytest.mark.parametrize(
    ("fmr", "words"),
    [(1e-3, "1,000"), (1e-4, "10,000"), (1.1e-5, "90,000"), (3.7e-4, "2,700"), (0.2, "5")],
)
def test_strangers_are_counted_to_two_digits_and_never_too_many(fmr: float, words: str) -> None:
    assert one_in(fmr) == words


def test_every_bound_has_its_own_words() -> None:
    threshold = profile("Mira", 1).thresholds[Level.BALANCED]
    words = {what_decided(replace(threshold, bound=bound)) for bound in Bound}
    assert len(words) == len(Bound)


def test_a_level_beyond_the_data_is_said_to_be() -> None:
    threshold = profile("Mira", 1).thresholds[Level.STRICT]
    assert level_note(replace(threshold, level_supported=True), Level.STRICT) == ""
    note = level_note(replace(threshold, level_supported=False), Level.STRICT)
    assert note.startswith("Strict asks for more than our measurements can show.")


def test_the_words_name_the_rate_of_a_whole_attempt() -> None:
    threshold = replace(profile("Mira", 1).thresholds[Level.BALANCED], attempt_fmr=1e-4)
    words = opens_for(threshold)
    assert words == "By our measurements it opens for at most about 1 in 10,000 strangers."
