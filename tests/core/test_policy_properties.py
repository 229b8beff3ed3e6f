"""Promises of the pure lock over every sequence of events."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from facelock.core.attempt import Accepted, Inconclusive, Rejected
from facelock.core.levels import RULES, Level
from facelock.core.policy import (
    AttemptEnded,
    CoolingDown,
    Event,
    FacePathGone,
    Locked,
    LockRequested,
    LockState,
    PassphraseAccepted,
    PassphraseOnly,
    Scanning,
    ScanStarted,
    TimePassed,
    Unlocked,
    Why,
    advance,
    cooldown_after,
)

whys = st.sampled_from(Why)
levels = st.sampled_from(Level)
failures = st.integers(0, 9)
locked: st.SearchStrategy[LockState] = st.one_of(
    st.builds(Locked, failures),
    st.builds(Scanning, failures),
    st.builds(CoolingDown, failures, st.floats(0, 500)),
    st.builds(PassphraseOnly, whys, failures),
)
harmless: st.SearchStrategy[Event] = st.one_of(
    st.builds(ScanStarted),
    st.builds(AttemptEnded, st.builds(Rejected, st.sampled_from(["no-match", "layer"]))),
    st.builds(AttemptEnded, st.builds(Inconclusive)),
    st.builds(FacePathGone, whys),
    st.builds(LockRequested),
    st.builds(TimePassed),
)
steps = st.lists(st.tuples(harmless, st.floats(0, 200)), max_size=40)


@given(locked, steps, levels)
def test_without_a_face_or_the_passphrase_nothing_unlocks_and_no_penalty_is_lowered(
    state: LockState, events: list[tuple[Event, float]], level: Level
) -> None:
    now = 0.0
    for event, pause in events:
        now += pause
        before, state = state, advance(state, event, now, RULES[level])
        assert not isinstance(state, Unlocked)
        assert not isinstance(before, Unlocked)
        assert state.failures >= before.failures
        assert isinstance(state, PassphraseOnly) or not isinstance(before, PassphraseOnly)
        if isinstance(before, CoolingDown) and now < before.until:
            assert state == before or isinstance(state, PassphraseOnly)


@given(locked, st.floats(0, 1000), levels)
def test_an_accepted_face_opens_from_a_scan_alone(
    state: LockState, now: float, level: Level
) -> None:
    after = advance(state, AttemptEnded(Accepted("ada")), now, RULES[level])
    assert isinstance(after, Unlocked) is isinstance(state, Scanning)


@given(locked, st.floats(0, 1000), levels)
def test_the_right_passphrase_opens_from_everywhere(
    state: LockState, now: float, level: Level
) -> None:
    assert advance(state, PassphraseAccepted("ada"), now, RULES[level]) == Unlocked("ada")


@given(levels, st.integers(0, 50))
def test_a_later_failure_never_rests_less(level: Level, count: int) -> None:
    rules = RULES[level]
    assert cooldown_after(count, rules) <= cooldown_after(count + 1, rules)
