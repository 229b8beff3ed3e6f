"""What several layers say together: no denial can be outvoted."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from facelock.core.levels import Level
from facelock.core.liveness import (
    CHALLENGES,
    LAYERS,
    PASSIVE,
    Denied,
    Judgement,
    Layer,
    Prompt,
    Shown,
    Wanting,
    layers_at,
    weigh,
)

DENIALS = st.builds(Denied, st.sampled_from(Layer))
OTHERS = st.one_of(
    st.just(Shown()), st.builds(Wanting, st.one_of(st.none(), st.sampled_from(Prompt)))
)


@given(before=st.lists(OTHERS), denial=DENIALS, after=st.lists(st.one_of(OTHERS, DENIALS)))
def test_whatever_the_others_say_the_first_denial_stands(
    before: list[Shown | Wanting], denial: Denied, after: list[Shown | Wanting | Denied]
) -> None:
    assert weigh([*before, denial, *after]) == denial


@given(st.lists(OTHERS))
def test_all_is_shown_only_if_every_single_layer_has_what_it_needs(
    said: list[Shown | Wanting],
) -> None:
    everything = all(isinstance(one, Shown) for one in said)
    assert isinstance(weigh(said), Shown) is everything


def test_a_want_that_tells_what_would_help_goes_first() -> None:
    said: list[Judgement] = [
        Shown(),
        Wanting(),
        Wanting(Prompt.OPEN_EYES),
        Wanting(Prompt.MOVE_A_LITTLE),
    ]
    assert weigh(said) == Wanting(Prompt.OPEN_EYES)


def test_each_level_asks_for_all_that_the_level_below_asks_for_and_more() -> None:
    assert LAYERS[Level.CONVENIENT] == PASSIVE
    assert LAYERS[Level.CONVENIENT] < LAYERS[Level.BALANCED] < LAYERS[Level.STRICT]
    assert LAYERS[Level.STRICT] & CHALLENGES == {Layer.CHALLENGE}


@pytest.mark.parametrize("level", Level)
def test_the_switches_for_accessibility_change_one_layer_each(level: Level) -> None:
    assert layers_at(level) == LAYERS[level]
    assert layers_at(level, eyes_required=False) == LAYERS[level] - {Layer.EYES}
    blinking = layers_at(level, by_blinking=True)
    if level is Level.STRICT:
        assert blinking == LAYERS[level] - {Layer.CHALLENGE} | {Layer.BLINK_CHALLENGE}
    else:
        assert blinking == LAYERS[level]
