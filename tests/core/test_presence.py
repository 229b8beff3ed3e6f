"""When an open lock closes because nobody, or somebody else, is there; and when it hides itself."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from facelock.core.leaving import Reason
from facelock.core.presence import Presence, PresenceRules, Sighting, Standing, Who

BALANCED = PresenceRules(away=20.0, shield=False)
STRICT = PresenceRules(away=5.0, shield=True)
OFF = PresenceRules(away=None, shield=False)
ALL_WELL = Standing(lock=None, seconds_left=None, shield=False, unsure=False, paused=False)

NOBODY, OWNER, UNPROVEN, STRANGER = (Sighting(who) for who in Who)
LOOKED_ON = Sighting(Who.OWNER, onlookers=1)
BEGUN = Presence.begin(100.0)


def watched(sighting: Sighting, since: float, until: float, presence: Presence = BEGUN) -> Presence:
    """Return what is known after two such sightings a second, both ends included."""
    for half_seconds in range(round((until - since) * 2) + 1):
        presence = presence.see(sighting, since + half_seconds / 2)
    return presence


def test_whoever_has_just_opened_it_is_there() -> None:
    assert BEGUN.standing(100.0, BALANCED) == ALL_WELL


def test_while_the_owner_is_seen_nothing_happens() -> None:
    presence = watched(OWNER, 100.0, 400.0)
    assert presence.standing(400.4, STRICT) == ALL_WELL


def test_it_locks_when_the_owner_has_been_away_for_the_time_set() -> None:
    presence = watched(NOBODY, 110.5, 130.0, watched(OWNER, 100.0, 110.0))
    assert presence.standing(129.9, BALANCED).lock is None
    standing = presence.standing(130.0, BALANCED)
    assert standing.lock is Reason.AWAY
    assert standing.seconds_left is None


def test_it_locks_too_if_nothing_is_heard_of_the_camera_at_all() -> None:
    assert BEGUN.standing(120.0, BALANCED).lock is Reason.AWAY


@pytest.mark.parametrize(("rules", "shown_from"), [(BALANCED, 10.0), (STRICT, 2.0)])
def test_the_last_seconds_are_counted_down(rules: PresenceRules, shown_from: float) -> None:
    assert BEGUN.standing(100.0 + shown_from - 0.01, rules).seconds_left is None
    assert BEGUN.standing(100.0 + shown_from, rules).seconds_left == rules.away - shown_from  # type: ignore[operator]  # it is set in both


def test_the_owners_face_or_a_key_ends_the_countdown() -> None:
    away = watched(NOBODY, 100.5, 115.0)
    assert away.standing(115.0, BALANCED).seconds_left == 5.0
    assert away.see(OWNER, 115.5).standing(115.5, BALANCED) == ALL_WELL
    assert away.use(115.5).standing(125.0, BALANCED) == ALL_WELL
    assert away.use(115.5).standing(135.5, BALANCED).lock is Reason.AWAY


def test_without_an_away_time_it_never_locks_for_absence() -> None:
    presence = watched(NOBODY, 100.0, 200.0)
    assert presence.standing(100_000.0, OFF) == ALL_WELL


def test_a_face_not_shown_to_be_the_owners_does_not_end_the_absence() -> None:
    presence = watched(UNPROVEN, 105.0, 119.0)
    standing = presence.standing(119.0, BALANCED)
    assert standing == replace(ALL_WELL, seconds_left=1.0, unsure=True)
    assert presence.standing(120.0, BALANCED).lock is Reason.AWAY
    assert presence.see(OWNER, 119.5).standing(119.5, BALANCED) == ALL_WELL


def test_keys_pressed_before_an_unproven_face_are_not_the_owners() -> None:
    presence = watched(UNPROVEN, 105.0, 119.0).use(119.0)
    assert presence.standing(120.0, BALANCED).lock is Reason.AWAY
    alone = presence.see(NOBODY, 119.5).use(119.5)
    assert alone.standing(120.0, BALANCED) == ALL_WELL


@pytest.mark.parametrize("rules", [BALANCED, STRICT, OFF])
def test_a_stranger_locks_at_once(rules: PresenceRules) -> None:
    standing = watched(OWNER, 100.0, 110.0).see(STRANGER, 110.5).standing(110.5, rules)
    assert standing == replace(ALL_WELL, lock=Reason.STRANGER)


def test_nothing_undoes_that_a_stranger_was_there() -> None:
    seen = BEGUN.see(STRANGER, 101.0)
    for after in (seen.see(OWNER, 101.5), seen.see(NOBODY, 101.5), seen.use(101.5)):
        assert after.standing(102.0, BALANCED).lock is Reason.STRANGER
    assert seen.lose_sight(101.5).standing(102.0, BALANCED).lock is Reason.STRANGER


def test_a_camera_that_gives_nothing_never_locks() -> None:
    blind = watched(NOBODY, 100.5, 119.5).lose_sight(119.8)
    for now in (119.8, 120.0, 500.0):
        assert blind.standing(now, BALANCED) == replace(ALL_WELL, paused=True)
    assert blind.use(200.0).standing(500.0, BALANCED).paused


@pytest.mark.parametrize("first", [NOBODY, UNPROVEN])
def test_when_sight_comes_back_the_absence_begins_anew(first: Sighting) -> None:
    back = BEGUN.see(UNPROVEN, 101.0).lose_sight(105.0).see(first, 300.0)
    assert not back.standing(300.0, BALANCED).paused
    assert back.standing(309.9, BALANCED).seconds_left is None
    assert back.standing(320.0, BALANCED).lock is Reason.AWAY


def test_while_nothing_is_seen_nobody_is_unsure_and_keys_count_again() -> None:
    blind = BEGUN.see(UNPROVEN, 101.0).lose_sight(101.5)
    assert not blind.standing(102.0, BALANCED).unsure
    assert blind.see(NOBODY, 103.0).use(110.0).standing(129.0, BALANCED).lock is None


def test_the_shield_rises_when_somebody_looks_on_for_more_than_a_second() -> None:
    assert not watched(LOOKED_ON, 101.0, 102.0).standing(102.0, STRICT).shield
    assert watched(LOOKED_ON, 101.0, 102.5).standing(102.5, STRICT).shield


def test_the_shield_stays_down_where_it_is_off() -> None:
    assert not watched(LOOKED_ON, 101.0, 110.0).standing(110.0, BALANCED).shield


def test_whoever_only_passes_by_raises_no_shield() -> None:
    presence = watched(LOOKED_ON, 101.0, 102.0).see(OWNER, 102.5)
    assert not watched(LOOKED_ON, 103.0, 104.0, presence).standing(104.0, STRICT).shield


def test_the_shield_falls_when_no_onlooker_was_seen_for_a_second() -> None:
    shielded = watched(LOOKED_ON, 101.0, 103.0)
    missed = shielded.see(OWNER, 103.5)
    assert missed.standing(103.9, STRICT).shield
    assert not missed.standing(104.0, STRICT).shield
    assert not missed.see(OWNER, 104.5).standing(104.5, STRICT).shield
    assert missed.see(LOOKED_ON, 103.9).standing(104.5, STRICT).shield
    assert not missed.see(LOOKED_ON, 104.5).standing(104.5, STRICT).shield, "somebody new"


def test_a_key_lowers_the_shield_until_that_onlooker_has_been_gone_for_two_seconds() -> None:
    lowered = watched(LOOKED_ON, 101.0, 103.0).wave_off(103.2)
    assert not lowered.standing(103.2, STRICT).shield
    stayed = watched(LOOKED_ON, 103.5, 160.0, lowered)
    assert not stayed.standing(160.0, STRICT).shield
    short = watched(LOOKED_ON, 161.5, 170.0, watched(OWNER, 160.5, 161.0, stayed))
    assert not short.standing(170.0, STRICT).shield
    gone = watched(OWNER, 160.5, 162.0, stayed)
    assert watched(LOOKED_ON, 162.5, 164.0, gone).standing(164.0, STRICT).shield


def test_a_key_before_the_shield_is_up_does_not_keep_it_down() -> None:
    presence = watched(LOOKED_ON, 101.0, 102.0).wave_off(102.2)
    assert presence.see(LOOKED_ON, 102.5).standing(102.5, STRICT).shield


def test_the_mouse_that_moves_does_not_lower_the_shield_and_a_key_that_does_counts_as_use() -> None:
    shielded = watched(LOOKED_ON, 101.0, 103.0)
    assert shielded.use(103.2).standing(103.2, STRICT).shield
    assert shielded.wave_off(107.9).standing(112.8, BALANCED).lock is None
    assert BEGUN.wave_off(115.0).standing(134.0, BALANCED).lock is None


def test_a_key_before_an_unproven_face_does_not_lower_the_shield() -> None:
    presence = watched(Sighting(Who.UNPROVEN, onlookers=1), 101.0, 103.0).wave_off(103.2)
    assert presence.standing(103.2, STRICT).shield


def test_the_shield_falls_with_the_camera() -> None:
    shielded = watched(LOOKED_ON, 101.0, 103.0)
    assert not shielded.lose_sight(103.5).standing(103.5, STRICT).shield


@st.composite
def days(draw: st.DrawFn, sightings: st.SearchStrategy[Sighting]) -> list[tuple[str, Sighting]]:
    """Return what happens at each half second: a frame, a frame and a key, or a lost camera."""
    kinds = st.sampled_from(["frame", "frame", "frame", "key", "lost"])
    return draw(st.lists(st.tuples(kinds, sightings), max_size=60))


def any_sighting(*who: Who) -> st.SearchStrategy[Sighting]:
    return st.builds(Sighting, st.sampled_from(who), st.integers(0, 3))


rules = st.builds(PresenceRules, st.none() | st.floats(1.0, 60.0), st.booleans())


def played(day: list[tuple[str, Sighting]], presence: Presence) -> list[tuple[float, Presence]]:
    """Return what is known at each half second of the day."""
    known = []
    for half_seconds, (kind, sighting) in enumerate(day):
        now = 100.0 + half_seconds / 2
        lost = kind == "lost"
        presence = presence.lose_sight(now) if lost else presence.see(sighting, now)
        if kind == "key":
            presence = presence.use(now)
        known.append((now, presence))
    return known


@given(days(any_sighting(*Who)), rules)
def test_what_is_said_never_contradicts_itself(
    day: list[tuple[str, Sighting]], rules: PresenceRules
) -> None:
    for now, presence in played(day, BEGUN):
        standing = presence.standing(now + 0.3, rules)
        if standing.seconds_left is not None:
            assert standing.lock is None
            assert not standing.paused
            assert rules.away is not None
            assert 0 < standing.seconds_left <= min(10.0, 0.6 * rules.away)
        assert standing.lock in (None, Reason.AWAY, Reason.STRANGER)
        assert not (standing.paused and standing.lock is Reason.AWAY)
        assert not (standing.paused and standing.unsure)
        assert rules.shield or not standing.shield
        assert rules.away is not None or standing.lock is not Reason.AWAY


@given(days(any_sighting(*Who)), rules)
def test_a_stranger_once_seen_locks_whatever_happens_afterwards(
    day: list[tuple[str, Sighting]], rules: PresenceRules
) -> None:
    for now, presence in played(day, BEGUN.see(STRANGER, 99.0)):
        assert presence.standing(now, rules).lock is Reason.STRANGER


@given(st.lists(st.tuples(st.booleans(), st.integers(0, 3)), max_size=60), st.floats(1.0, 60.0))
def test_no_number_of_keys_before_an_unproven_face_puts_off_the_lock(
    day: list[tuple[bool, int]], away: float
) -> None:
    presence, rules = BEGUN, PresenceRules(away, shield=True)
    for half_seconds, (key, onlookers) in enumerate(day):
        now = 100.0 + half_seconds / 2
        presence = presence.see(Sighting(Who.UNPROVEN, onlookers), now)
        presence = presence.use(now).wave_off(now) if key else presence
        is_over = presence.standing(now, rules).lock is Reason.AWAY
        assert is_over is (away - (now - 100.0) <= 0)


@given(days(any_sighting(Who.NOBODY, Who.OWNER, Who.UNPROVEN)), st.floats(1.0, 60.0))
def test_it_locks_for_absence_exactly_when_the_last_proof_is_old_enough(
    day: list[tuple[str, Sighting]], away: float
) -> None:
    proof, blind = 100.0, False
    for (now, presence), (kind, sighting) in zip(played(day, BEGUN), day, strict=True):
        typed = kind == "key" and sighting.who is not Who.UNPROVEN
        if kind == "lost" or blind or sighting.who is Who.OWNER or typed:
            proof = now
        blind = kind == "lost"
        is_over = presence.standing(now, PresenceRules(away, shield=False)).lock is not None
        assert is_over is (not blind and away - (now - proof) <= 0)


@given(days(any_sighting(Who.NOBODY, Who.OWNER, Who.UNPROVEN)))
def test_the_shield_is_up_only_where_an_onlooker_was_seen_within_a_second(
    day: list[tuple[str, Sighting]],
) -> None:
    last = 0.0
    for (now, presence), (kind, sighting) in zip(played(day, BEGUN), day, strict=True):
        last = now if kind != "lost" and sighting.onlookers else last
        if presence.standing(now, STRICT).shield:
            assert now - last < 1.0
