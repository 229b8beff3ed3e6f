"""The lock, as tables of (before, event, after) and as promises over every sequence of events."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from facelock.core.attempt import Accepted, Inconclusive, Rejected
from facelock.core.levels import RULES, Level, LevelRules
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
)

BALANCED = RULES[Level.BALANCED]
GOOD = AttemptEnded(Accepted("ada"))
BAD = AttemptEnded(Rejected("no-match"))
NOTHING = AttemptEnded(Inconclusive())
TYPED = PassphraseAccepted("ada")
GONE = FacePathGone(Why.INTERVAL_OVER)
SCAN, LOCK, TIME = ScanStarted(), LockRequested(), TimePassed()
EVENTS: tuple[Event, ...] = (GOOD, BAD, NOTHING, TYPED, GONE, SCAN, LOCK, TIME)

NOW = 100.0
COOLING = CoolingDown(3, NOW + 30)
RESTED = CoolingDown(3, NOW)
HELPLESS = PassphraseOnly(Why.TOO_MANY_FAILURES, 5)
OPEN = Unlocked("ada")

AFTER: dict[LockState, dict[Event, LockState]] = {
    Locked(2): {TYPED: OPEN, GONE: PassphraseOnly(Why.INTERVAL_OVER, 2), SCAN: Scanning(2)},
    Scanning(1): {
        GOOD: OPEN,
        BAD: Locked(2),
        NOTHING: Locked(1),
        LOCK: Locked(1),
        TYPED: OPEN,
        GONE: PassphraseOnly(Why.INTERVAL_OVER, 1),
    },
    Scanning(2): {
        GOOD: OPEN,
        BAD: CoolingDown(3, NOW + 30),
        NOTHING: Locked(2),
        LOCK: Locked(2),
        TYPED: OPEN,
        GONE: PassphraseOnly(Why.INTERVAL_OVER, 2),
    },
    Scanning(4): {
        GOOD: OPEN,
        BAD: HELPLESS,
        NOTHING: Locked(4),
        LOCK: Locked(4),
        TYPED: OPEN,
        GONE: PassphraseOnly(Why.INTERVAL_OVER, 4),
    },
    COOLING: {TYPED: OPEN, GONE: PassphraseOnly(Why.INTERVAL_OVER, 3)},
    RESTED: {
        SCAN: Scanning(3),
        TYPED: OPEN,
        GONE: PassphraseOnly(Why.INTERVAL_OVER, 3),
        **dict.fromkeys((GOOD, BAD, NOTHING, LOCK, TIME), Locked(3)),
    },
    HELPLESS: {TYPED: OPEN},
    OPEN: {LOCK: Locked()},
}
"""Whatever is not named leaves the state as it was."""


@pytest.mark.parametrize("event", EVENTS, ids=repr)
@pytest.mark.parametrize("before", AFTER, ids=repr)
def test_each_event_in_each_state_does_what_the_table_says(before: LockState, event: Event) -> None:
    assert advance(before, event, NOW, BALANCED) == AFTER[before].get(event, before)


@pytest.mark.parametrize("level", Level)
def test_failures_lead_through_the_cool_downs_to_the_passphrase(level: Level) -> None:
    rules = RULES[level]
    now, state = 0.0, Locked()
    waits: list[float] = []
    for failures in range(1, rules.failures_before_passphrase):
        scanning = advance(state, SCAN, now, rules)
        after = advance(scanning, BAD, now, rules)
        until = after.until if isinstance(after, CoolingDown) else now
        waits.append(until - now)
        now = until
        state = Locked(failures)
        assert advance(after, TIME, now, rules) == state
    assert tuple(waits) == rules.cooldowns
    assert waits == sorted(waits), "a later failure never waits less"
    last = advance(advance(state, SCAN, now, rules), BAD, now, rules)
    assert last == PassphraseOnly(Why.TOO_MANY_FAILURES, rules.failures_before_passphrase)


def test_failures_beyond_the_table_wait_as_long_as_its_last() -> None:
    patient = LevelRules(1e-3, 99, (0.0, 30.0), 1.0, False, 1.0, None, False, False)
    assert advance(Scanning(40), BAD, NOW, patient) == CoolingDown(41, NOW + 30)


def test_a_good_face_cannot_end_a_cool_down() -> None:
    assert advance(COOLING, SCAN, NOW, BALANCED) == COOLING
    assert advance(COOLING, GOOD, NOW, BALANCED) == COOLING
    assert advance(COOLING, GOOD, NOW + 30, BALANCED) == Locked(3), "it opens only from Scanning"


def test_an_accepted_passphrase_forgives_all_failures() -> None:
    for before in AFTER:
        opened = advance(before, TYPED, NOW, BALANCED)
        assert opened == OPEN
        assert advance(opened, LOCK, NOW, BALANCED) == Locked(0)


whys = st.sampled_from(Why)
events = st.one_of(
    st.builds(ScanStarted),
    st.builds(AttemptEnded, st.builds(Accepted, st.sampled_from(["ada", "bob"]))),
    st.builds(AttemptEnded, st.builds(Rejected, st.just("no-match"))),
    st.builds(AttemptEnded, st.builds(Inconclusive)),
    st.builds(PassphraseAccepted, st.sampled_from(["ada", "bob"])),
    st.builds(FacePathGone, whys),
    st.builds(LockRequested),
    st.builds(TimePassed),
)
steps = st.lists(st.tuples(events, st.floats(0, 100)), max_size=60)
locked_states: st.SearchStrategy[LockState] = st.one_of(
    st.builds(Locked, st.integers(0, 4)),
    st.builds(Scanning, st.integers(0, 4)),
    st.builds(CoolingDown, st.integers(1, 4), st.floats(0, 200)),
    st.builds(PassphraseOnly, whys, st.integers(0, 5)),
)
levels = st.sampled_from(Level)


def opens(state: LockState, event: Event) -> bool:
    """True for the only two ways in."""
    match state, event:
        case _, PassphraseAccepted():
            return True
        case Scanning(), AttemptEnded(Accepted()):
            return True
        case _:
            return False


def failures(state: LockState) -> int:
    return 0 if isinstance(state, Unlocked) else state.failures


@given(locked_states, steps, levels)
def test_no_sequence_opens_but_by_an_accepted_face_or_passphrase(
    state: LockState, sequence: list[tuple[Event, float]], level: Level
) -> None:
    now = 0.0
    for event, lapse in sequence:
        now += lapse
        after = advance(state, event, now, RULES[level])
        if isinstance(after, Unlocked) and not isinstance(state, Unlocked):
            assert opens(state, event)
            accepted = event.verdict if isinstance(event, AttemptEnded) else event
            assert isinstance(accepted, Accepted | PassphraseAccepted)
            assert after.profile_id == accepted.profile_id
        if isinstance(state, Unlocked):
            assert after in (state, Locked()), "nobody else's session begins without locking"
        state = after


@given(locked_states, steps, levels)
def test_nothing_lowers_the_failure_count_but_an_accepted_face_or_passphrase(
    state: LockState, sequence: list[tuple[Event, float]], level: Level
) -> None:
    now = 0.0
    for event, lapse in sequence:
        now += lapse
        after = advance(state, event, now, RULES[level])
        if failures(after) < failures(state):
            assert opens(state, event)
        state = after


@given(steps, levels, whys)
def test_passphrase_only_ends_by_the_passphrase_alone(
    sequence: list[tuple[Event, float]], level: Level, why: Why
) -> None:
    state, now = PassphraseOnly(why, 5), 0.0
    for event, lapse in sequence:
        now += lapse
        after = advance(state, event, now, RULES[level])
        if isinstance(event, PassphraseAccepted):
            assert after == Unlocked(event.profile_id)
        else:
            assert after == state


@given(steps, levels)
def test_a_cool_down_lasts_to_its_end_whatever_the_camera_sees(
    sequence: list[tuple[Event, float]], level: Level
) -> None:
    state, now = CoolingDown(3, 1e6), 0.0
    for event, lapse in sequence:
        now += lapse
        after = advance(state, event, now, RULES[level])
        if not isinstance(event, PassphraseAccepted | FacePathGone):
            assert after == state


@given(locked_states, events, st.floats(0, 1e6), levels)
def test_time_is_the_only_thing_it_reads_beside_its_arguments(
    state: LockState, event: Event, now: float, level: Level
) -> None:
    assert advance(state, event, now, RULES[level]) == advance(state, event, now, RULES[level])
