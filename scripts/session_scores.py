"""Comparisons across sessions: as the lock makes them, and of every picture with every other.

NUAA live: webcam crops of people in two or three sessions; a file's name is
subject_glasses_light_session_number. Yale: single pictures in different light and with different
expressions.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from facelock.core.attempt import LOOKS
from facelock.core.comparison import Embedding, fuse, squared_distance
from facelock.core.person_bootstrap import PersonScores
from facelock.core.score_curve import to_steps
from facelock.services.evaluation_scores import Scores

_SEED = 7
Session = tuple[str, str]
"""Person and session."""


@dataclass
class AttemptScores:
    """Smallest distances of the attempts of one protocol."""

    mated: list[float] = field(default_factory=list)
    non_mated: list[float] = field(default_factory=list)

    def add(self, distance: float, *, mated: bool) -> None:
        """Put one attempt where it belongs."""
        (self.mated if mated else self.non_mated).append(distance)


def nuaa_sessions(folder: Path) -> dict[Session, list[Path]]:
    """Return the pictures of each session, in the order they were taken."""
    sessions: dict[Session, list[Path]] = {}
    for path in sorted(folder.glob("*/*"), key=lambda path: int(path.stem.split("_")[4])):
        sessions.setdefault((path.parent.name, path.stem.split("_")[3]), []).append(path)
    return dict(sorted(sessions.items()))


def lock_attempts(sessions: Mapping[Session, Sequence[Embedding]]) -> AttemptScores:
    """Compare sessions with each other as the lock does.

    Every tenth of a session's pictures (ten at most) is fused into a template; in each other
    session of the person every run of 25 consecutive pictures is an attempt, compared at 5, 12 and
    25 pictures. Impostors are the other people's runs.
    """
    scores = AttemptScores()
    for (owner, enrolled), samples in sessions.items():
        if len(samples) < LOOKS[-1]:
            continue
        template = fuse(samples[:: max(1, len(samples) // 10)][:10])
        for (person, session), probes in sessions.items():
            if (person, session) == (owner, enrolled):
                continue
            for start in range(0, max(len(probes) - LOOKS[-1] + 1, 1), 5):
                run = probes[start : start + LOOKS[-1]]
                best = min(squared_distance(template, fuse(run[:count])) for count in LOOKS)
                scores.add(best, mated=person == owner)
    return scores


def single_frames(people: Mapping[str, Sequence[Embedding]]) -> AttemptScores:
    """Compare single pictures with templates of five others of the person, chosen at random."""
    rng = np.random.default_rng(_SEED)
    scores = AttemptScores()
    for owner, pictures in people.items():
        for index, probe in enumerate(pictures):
            rest = [one for other, one in enumerate(pictures) if other != index]
            template = fuse([rest[i] for i in rng.choice(len(rest), 5, replace=False)])
            scores.add(squared_distance(template, probe), mated=True)
            for other, strangers in people.items():
                if other != owner:
                    stranger = strangers[index % len(strangers)]
                    scores.add(squared_distance(template, stranger), mated=False)
    return scores


def across_sessions(sessions: Mapping[Session, Sequence[Embedding]]) -> Scores:
    """Compare every picture with every other, but for those of one person's same session.

    Pictures of one session are nearly identical and would count as mated without telling anything.
    """
    people = sorted({person for person, _ in sessions})
    person = np.repeat(
        [people.index(owner) for owner, _ in sessions],
        [len(pictures) for pictures in sessions.values()],
    ).astype(np.int32)
    session = np.repeat(np.arange(len(sessions)), [len(one) for one in sessions.values()])
    rows = np.stack([one for pictures in sessions.values() for one in pictures])
    one, other = np.triu_indices(len(rows), 1)
    one, other = (side[session[one] != session[other]] for side in (one, other))
    steps = to_steps((2 - 2 * rows.astype(np.float64) @ rows.T.astype(np.float64))[one, other])
    mated = person[one] == person[other]
    mated_kept = PersonScores.sorted_by_distance(steps[mated], person[one[mated]], None)
    non_mated_kept = PersonScores.sorted_by_distance(
        steps[~mated], person[one[~mated]], person[other[~mated]]
    )
    return Scores(
        mated=mated_kept.curve(),
        non_mated=non_mated_kept.curve(),
        mated_kept=mated_kept,
        non_mated_kept=non_mated_kept,
        folds=None,
        people=len(people),
        mated_people=len(np.unique(person[one[mated]])),
        people_pairs=len(people) * (len(people) - 1) // 2,
    )
