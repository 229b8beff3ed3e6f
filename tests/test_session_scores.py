"""The benchmark across sessions compares what it says: nothing within one person's same session."""

from __future__ import annotations

import itertools
from pathlib import Path

import numpy as np
import pytest
from fakes import person_embedding
from session_scores import across_sessions, lock_attempts, nuaa_sessions, single_frames

from facelock.core.attempt import LOOKS
from facelock.core.comparison import Embedding, fuse, squared_distance
from facelock.core.score_curve import STEP

SESSIONS = {
    (person, session): [
        person_embedding(number, 0.4, 100 * int(session) + index) for index in range(images)
    ]
    for number, (person, session, images) in enumerate(
        [("a", "1", 3), ("a", "2", 2), ("b", "1", 4), ("c", "1", 1), ("c", "3", 2)]
    )
}


def test_every_picture_meets_every_other_of_another_session() -> None:
    mated: list[float] = []
    non_mated: list[float] = []
    every = [(key, one) for key, rows in SESSIONS.items() for one in rows]
    for (one, a), (other, b) in itertools.combinations(every, 2):
        if one != other:
            (mated if one[0] == other[0] else non_mated).append(squared_distance(a, b))
    scores = across_sessions(SESSIONS)
    assert (scores.mated.total, scores.non_mated.total) == (len(mated), len(non_mated))
    np.testing.assert_allclose(scores.mated.steps * STEP, sorted(mated), atol=2 * STEP)
    np.testing.assert_allclose(
        np.sort(scores.non_mated_kept.steps) * STEP, sorted(non_mated), atol=2 * STEP
    )
    assert (scores.people, scores.mated_people, scores.people_pairs) == (3, 2, 3)


def test_pictures_of_a_session_are_in_the_order_they_were_taken(tmp_path: Path) -> None:
    (tmp_path / "0001").mkdir()
    for name in ("0001_00_00_02_3", "0001_00_00_01_112", "0001_00_00_01_9"):
        (tmp_path / "0001" / f"{name}.jpg").touch()
    found = nuaa_sessions(tmp_path)
    assert list(found) == [("0001", "01"), ("0001", "02")]
    assert [path.stem[-3:] for path in found["0001", "01"]] == ["1_9", "112"]


def long_session(person: int, session: int) -> list[Embedding]:
    return [person_embedding(person, 0.3, 1000 * session + n) for n in range(LOOKS[-1] + 4)]


def test_an_attempt_takes_its_best_look_at_the_template() -> None:
    sessions = {("a", "1"): long_session(1, 1), ("a", "2"): long_session(1, 2)}
    scores = lock_attempts(sessions)
    assert (len(scores.mated), len(scores.non_mated)) == (2, 0)
    template = fuse(sessions["a", "1"][::2][:10])
    probes = sessions["a", "2"]
    best = min(squared_distance(template, fuse(probes[:count])) for count in LOOKS)
    assert scores.mated[0] == pytest.approx(best)


def test_a_single_frame_is_never_part_of_its_own_template() -> None:
    people = {name: long_session(number, 1)[:8] for number, name in enumerate("ab", 1)}
    scores = single_frames(people)
    assert (len(scores.mated), len(scores.non_mated)) == (16, 16)
    assert min(scores.mated) > 0.01
    assert max(scores.mated) < min(scores.non_mated)
