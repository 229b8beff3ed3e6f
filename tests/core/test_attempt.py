"""One try: which frames are fused, when a comparison is due, what ends it."""

from __future__ import annotations

import numpy as np
import pytest
from fakes import between, person_embedding
from hypothesis import given
from hypothesis import strategies as st

from facelock.core.attempt import (
    ATTEMPT_SECONDS,
    IDENTITY_JUMP,
    LOOKS,
    NO_SIGN_OF_LIFE,
    UNPROVEN_SECONDS,
    Accepted,
    Attempt,
    FusedProbe,
    Inconclusive,
    Rejected,
    Verdict,
)
from facelock.core.observation import (
    Gathering,
    Match,
    NoFace,
    NonMatch,
    Observation,
    PoorQuality,
    PresentationAttack,
    SeveralFaces,
    Unproven,
)
from facelock.core.quality import Defect

OWNER, OTHER = person_embedding(1), person_embedding(2)
NO = NonMatch(5, 1.2, 0.6)
YES = Match("ada", 5, 0.3, 0.6)
HARMLESS: tuple[Observation, ...] = (
    NoFace(),
    NoFace(too_dark=True),
    NoFace(too_dark=True, black=True),
    SeveralFaces(2),
    PoorQuality((Defect.BLURRED,)),
    Gathering(3),
)


def gathered(frames: int, track: int = 1) -> FusedProbe:
    probe = FusedProbe()
    for index in range(frames):
        probe = probe.add(person_embedding(1, 0.3, index), track)
    return probe


def test_comparisons_are_due_at_the_looks_and_at_multiples_of_the_last() -> None:
    due = [frames for frames in range(1, 101) if gathered(frames).is_due]
    assert due == [*LOOKS, 50, 75, 100]


def test_an_empty_probe_is_never_due_and_cannot_be_compared() -> None:
    assert not FusedProbe().is_due
    with pytest.raises(ValueError, match="nothing"):
        FusedProbe().fused()


def test_another_track_starts_the_probe_anew() -> None:
    probe = gathered(4).add(OWNER, 2)
    assert (probe.frames, probe.track_id) == (1, 2)


def test_a_jump_of_identity_starts_the_probe_anew_though_the_track_goes_on() -> None:
    probe = gathered(4).add(OTHER, 1)
    assert probe.frames == 1
    np.testing.assert_array_equal(probe.embeddings[0], OTHER)


def test_a_jump_is_judged_once_three_frames_are_fused() -> None:
    steady = FusedProbe().add(OWNER, 1).add(OWNER, 1)
    assert steady.add(OTHER, 1).frames == 3
    assert steady.add(OWNER, 1).add(OTHER, 1).frames == 1


def test_the_limit_of_a_jump_is_where_it_says() -> None:
    steady = FusedProbe(1, (OWNER, OWNER, OWNER))
    assert steady.add(between(OWNER, OTHER, IDENTITY_JUMP - 0.01), 1).frames == 4
    assert steady.add(between(OWNER, OTHER, IDENTITY_JUMP + 0.01), 1).frames == 1


def test_fusing_comes_nearer_to_the_person_than_single_frames() -> None:
    probe = gathered(12)
    assert np.dot(probe.fused(), OWNER) > max(np.dot(one, OWNER) for one in probe.embeddings)


def test_a_match_accepts_at_once() -> None:
    assert Attempt().observe(YES, 0.0) == Accepted("ada")
    assert Attempt(0.0, 2).observe(YES, 99.0) == Accepted("ada"), "even after its time"


def test_as_many_non_matches_as_looks_reject() -> None:
    attempt: object = Attempt()
    for count in range(1, len(LOOKS)):
        assert isinstance(attempt, Attempt)
        attempt = attempt.observe(NO, float(count))
        assert attempt == Attempt(started_at=1.0, non_matches=count)
    assert isinstance(attempt, Attempt)
    assert attempt.observe(NO, 9.0) == Rejected("no-match")


def test_an_attack_rejects_at_once_and_says_which_layer() -> None:
    assert Attempt().observe(PresentationAttack("passive"), 0.0) == Rejected("passive")


@pytest.mark.parametrize("seen", HARMLESS, ids=repr)
def test_frames_that_compare_nobody_end_an_attempt_only_by_time(seen: Observation) -> None:
    attempt = Attempt().observe(seen, 10.0)
    assert attempt == Attempt(started_at=10.0)
    assert attempt.observe(seen, 10.0 + ATTEMPT_SECONDS - 0.01) == attempt
    assert attempt.observe(seen, 10.0 + ATTEMPT_SECONDS) == Inconclusive()


def test_non_matches_survive_an_inconclusive_end() -> None:
    attempt = Attempt(started_at=3.0, non_matches=2)
    assert attempt.carried_over() == Attempt(started_at=None, non_matches=2)
    assert attempt.carried_over().observe(NO, 50.0) == Rejected("no-match")


@given(st.lists(st.sampled_from([*HARMLESS, NO]), max_size=300), st.floats(0, 3))
def test_every_failure_costs_a_full_set_of_comparisons(
    sequence: list[Observation], step: float
) -> None:
    """Leaving the picture, darkness and time buy a stranger no further comparison."""
    attempt, compared, failures = Attempt(), 0, 0
    for index, seen in enumerate(sequence):
        compared += seen is NO
        result = attempt.observe(seen, index * step)
        match result:
            case Attempt():
                attempt = result
            case Inconclusive():
                attempt = attempt.carried_over()
            case Rejected():
                attempt, failures = Attempt(), failures + 1
            case Accepted():
                pytest.fail("nothing matched")
        assert failures == compared // len(LOOKS)


def test_scores_stay_out_of_every_text() -> None:
    probe = gathered(5)
    for value in (NO, YES, probe, Attempt(1.0, 2), Rejected("no-match")):
        assert "1.2" not in repr(value)
        assert "0.3" not in repr(value)
        assert "array" not in repr(value)


def watched(*, matching_from: float, until: float = ATTEMPT_SECONDS) -> Attempt | Verdict:
    """A face that matches from some second on, is never shown to be live, and may leave early."""
    attempt: Attempt | Verdict = Attempt()
    for tenth in range(int(ATTEMPT_SECONDS * 10) + 1):
        now = tenth / 10
        assert isinstance(attempt, Attempt)
        seen = Unproven(5) if matching_from <= now <= until else NoFace()
        attempt = attempt.observe(seen, now)
    return attempt


def test_a_face_that_matches_all_the_while_and_never_proves_alive_is_refused_and_counts() -> None:
    assert watched(matching_from=0.3) == Rejected(NO_SIGN_OF_LIFE)
    assert watched(matching_from=0.3, until=6.0) == Rejected(NO_SIGN_OF_LIFE)


def test_an_owner_who_only_walks_past_the_camera_fails_nothing() -> None:
    assert watched(matching_from=0.3, until=UNPROVEN_SECONDS - 0.5) == Inconclusive()
    assert watched(matching_from=ATTEMPT_SECONDS - 1) == Inconclusive()
    assert watched(matching_from=99.0) == Inconclusive()


def test_what_was_not_proven_is_not_carried_into_the_next_attempt() -> None:
    attempt = Attempt().observe(Unproven(5), 0.0)
    assert isinstance(attempt, Attempt)
    assert attempt.carried_over().unproven is None


def test_a_level_may_give_an_attempt_more_time() -> None:
    attempt = Attempt().observe(NoFace(), 0.0, 30.0)
    assert isinstance(attempt, Attempt)
    assert isinstance(attempt.observe(NoFace(), 29.9, 30.0), Attempt)
    assert attempt.observe(NoFace(), 30.0, 30.0) == Inconclusive()
