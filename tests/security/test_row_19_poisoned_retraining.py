"""Row 19: somebody teaches the lock another face by way of a retraining.

The attacker has put samples into a record, as a flaw in an enrolment would, and has the passphrase
for a retraining. Samples that are not one person's are refused before anything is trained; a head
that draws strangers nearer, whatever it was trained on, is refused by the gate.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from fakes import NO_HEAD, FakeClock, FakeSecrets
from made_up_faces import (
    a_person,
    bundle_the_patterns,
    pattern_pipeline,
    picture,
    sample,
)
from sealed_people import PASSPHRASE, keys_for, open_store

from facelock.core.head import Head
from facelock.core.retraining import Reason, RetrainingOptions
from facelock.core.template import Profile, Sample, make_references
from facelock.services import retraining_views
from facelock.services.access import Access
from facelock.services.retraining import Outcome, Retraining
from facelock.services.retraining_work import Work
from facelock.vault.store import ProfileStore

pytestmark = pytest.mark.security
QUICK = RetrainingOptions(epochs=5)
ADA, BOB = a_person(1, name="Ada"), a_person(2, name="Bob")


@pytest.fixture(autouse=True)
def _networks(monkeypatch: pytest.MonkeyPatch) -> None:
    bundle_the_patterns(monkeypatch)
    monkeypatch.setattr(retraining_views, "MOST_VIEWS", 4)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[ProfileStore]:
    with closing(open_store(tmp_path, FakeSecrets())) as opened:
        yield opened


def retrained(store: ProfileStore, *people: Profile) -> tuple[Access, Outcome]:
    """Enrol these people, type the passphrase, and retrain for the first of them."""
    for one in people:
        keys = keys_for(one)
        store.enrol(one, keys)
        store.arm_face(one.profile_id, keys.vault_key)
    access = Access(store, FakeClock())
    access.confirm(access.slow_open(people[0].profile_id, PASSPHRASE))
    retraining = Retraining(access, pattern_pipeline, FakeClock().wall)
    outcome = retraining.slow_run(
        retraining.plan(people[0].profile_id),
        QUICK,
        progress=lambda _: None,
        should_stop=lambda: False,
    )
    return access, outcome


def of_two(own: int, other: int, foreign: int, count: int = 10) -> tuple[Sample, ...]:
    """Return samples of one person, so many of them somebody else's."""
    return tuple(sample(picture(own if at < count - foreign else other, at)) for at in range(count))


@pytest.mark.parametrize("foreign", [1, 3, 5])
@pytest.mark.parametrize("other", [2, 9], ids=["enrolled", "a stranger"])
def test_samples_of_somebody_else_among_the_owners_are_refused(
    store: ProfileStore, foreign: int, other: int
) -> None:
    samples = of_two(1, other, foreign)
    mixed = replace(ADA, samples=samples, references=make_references(samples))
    access, outcome = retrained(store, mixed, BOB)
    assert not outcome.may_be_adopted
    assert outcome.version is None
    assert outcome.refusals[0].reason is Reason.MIXED_PEOPLE
    assert access.heads.in_force is None


def test_two_people_swapped_are_refused(store: ProfileStore) -> None:
    one = replace(ADA, samples=BOB.samples)
    other = replace(BOB, samples=ADA.samples)
    _, outcome = retrained(store, one, other)
    assert outcome.version is None
    assert outcome.refusals[0].reason is Reason.SWAPPED_PEOPLE


def test_a_head_that_draws_strangers_nearer_is_refused_though_the_samples_pass(
    store: ProfileStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever made it so; this one pushes everybody towards the owner's face."""
    owner = np.mean([one.feature for one in ADA.samples], axis=0)
    push = (0.8 * owner / np.linalg.norm(owner)).astype(np.float32)
    monkeypatch.setattr(Work, "_train", lambda *_, **__: Head(NO_HEAD.weight, push))
    access, outcome = retrained(store, ADA, BOB)
    assert outcome.before is not None
    assert outcome.after is not None
    assert outcome.after.fnmr < outcome.before.fnmr  # the owner would be glad
    (refusal,) = outcome.refusals
    assert refusal.reason is Reason.FMR_RISES
    assert ADA.profile_id in refusal.profile_ids
    assert not outcome.may_be_adopted
    assert access.heads.in_force is None


def test_the_bundled_head_itself_is_no_improvement(
    store: ProfileStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Work, "_train", lambda *_, **__: NO_HEAD)
    _, outcome = retrained(store, ADA)
    assert [one.reason for one in outcome.refusals] == [Reason.NOT_BETTER]
