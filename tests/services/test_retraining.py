"""The retraining service on a sealed store: what it plans, refuses, and leaves as it was."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from fakes import FakeClock, FakeSecrets, of_another_backbone
from made_up_faces import a_person, bundle_the_patterns, pattern_pipeline, picture, sample
from made_up_heads import a_version
from sealed_people import PASSPHRASE, keys_for, open_store

from facelock.core.errors import Cancelled, NotEnrolled, RenewalDue
from facelock.core.retraining import Reason, RetrainingOptions
from facelock.core.template import Profile, Sample
from facelock.learning import local_head
from facelock.services import retraining_views
from facelock.services.access import Access
from facelock.services.retraining import Outcome, Plan, Retraining, expected_seconds
from facelock.services.retraining_progress import Progress, Stage
from facelock.vault.store import ProfileStore

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


def enrol(store: ProfileStore, *people: Profile) -> Access:
    for one in people:
        keys = keys_for(one)
        store.enrol(one, keys)
        store.arm_face(one.profile_id, keys.vault_key)
    return Access(store, FakeClock())


def service(access: Access) -> Retraining:
    return Retraining(access, pattern_pipeline, FakeClock().wall)


def ran(retraining: Retraining, plan: Plan, stop_at: int | None = None) -> Outcome:
    """Run it; from a step of progress on it is asked to stop."""
    told: list[Progress] = []
    return retraining.slow_run(
        plan,
        QUICK,
        progress=told.append,
        should_stop=lambda: stop_at is not None and len(told) >= stop_at,
    )


def sealed(folder: Path) -> dict[str, bytes]:
    return {str(one): one.read_bytes() for one in folder.rglob("*") if one.is_file()}


def test_a_plan_says_what_is_used_and_changes_nothing(store: ProfileStore, tmp_path: Path) -> None:
    access = enrol(store, ADA, BOB)
    before = sealed(tmp_path)
    plan = service(access).plan(ADA.profile_id)
    assert [(one.name, one.samples, one.pictures) for one in plan.trained] == [("Ada", 9, 9)]
    assert [one.name for one in plan.others] == ["Bob"]
    assert plan.strangers == 120
    assert plan.held_out_strangers == 240
    assert plan.obstacles == ()
    assert 1.0 < plan.seconds < 60.0
    assert len(service(access).plan().trained) == 2
    assert sealed(tmp_path) == before


def test_the_time_that_is_told_grows_with_the_people() -> None:
    assert sum(expected_seconds([ADA])) < sum(expected_seconds([ADA, BOB]))


def test_nobody_and_people_of_another_backbone_cannot_be_retrained_for(store: ProfileStore) -> None:
    with pytest.raises(NotEnrolled):
        service(Access(store, FakeClock())).plan()
    stale = of_another_backbone(3, "Cy")
    access = enrol(store, ADA, stale)
    assert [one.name for one in service(access).plan().trained] == ["Ada"]
    for wanted in (stale.profile_id, "f" * 32):
        with pytest.raises(NotEnrolled):
            service(access).plan(wanted)


def test_a_run_makes_a_head_that_can_be_adopted_and_taken_back(
    store: ProfileStore, tmp_path: Path
) -> None:
    access = enrol(store, ADA, BOB)
    retraining = service(access)
    before = sealed(tmp_path)
    outcome = ran(retraining, retraining.plan(ADA.profile_id))
    assert sealed(tmp_path) == before
    assert outcome.may_be_adopted
    version = outcome.version
    assert version is not None
    assert version.profile_ids == (ADA.profile_id,)
    assert version.negatives == (BOB.profile_id,)
    assert (version.samples, version.impostors) == (9, 120)
    assert (version.before, version.after) == (outcome.before, outcome.after)
    access.confirm(access.slow_open(ADA.profile_id, PASSPHRASE))
    assert access.heads.adopt(access.heads.slow_stage(version))
    assert {one.network for one in access.profiles} == {version.network}
    again = ran(retraining, retraining.plan(ADA.profile_id))
    assert Reason.NOT_BETTER in {one.reason for one in again.refusals}
    assert access.heads.adopt(access.heads.slow_stage(None))
    assert access.heads.in_force is None


@pytest.mark.security
def test_while_somebody_is_not_under_the_head_in_force_nothing_is_planned(
    store: ProfileStore,
) -> None:
    """As after a backup: they would come under the new head, and not be asked by the gate."""
    access = enrol(store, ADA, BOB)
    version = a_version(5, ADA.profile_id, negatives=(BOB.profile_id,))
    access.confirm(access.slow_open(ADA.profile_id, PASSPHRASE))
    assert access.heads.adopt(access.heads.slow_stage(version))
    store.replace(BOB)
    retraining = service(access)
    for whom in (None, ADA.profile_id):
        with pytest.raises(RenewalDue):
            retraining.plan(whom)
    access.renewal.run(access.heads.load_pipeline(), access.heads.load_calibration)
    assert [one.name for one in retraining.plan(ADA.profile_id).others] == ["Bob"]


def test_cancelled_at_any_step_everything_is_as_it_was(store: ProfileStore, tmp_path: Path) -> None:
    access = enrol(store, ADA)
    retraining = service(access)
    plan = retraining.plan()
    told: list[Progress] = []
    retraining.slow_run(plan, QUICK, progress=told.append, should_stop=lambda: False)
    assert told[0].stage is Stage.CHECKING
    before = sealed(tmp_path)
    people = access.profiles
    for step in (1, 5, 11, 15, 16, len(told) - 1):
        with pytest.raises(Cancelled):
            ran(retraining, plan, stop_at=step)
        assert sealed(tmp_path) == before
        assert access.profiles == people
        assert access.heads.in_force is None


@pytest.mark.parametrize(
    ("samples", "reason"),
    [
        ([sample(picture(1 if at < 7 else 5, at)) for at in range(9)], Reason.MIXED_PEOPLE),
        ([sample(picture(1, 0))] * 9, Reason.REPEATED_SAMPLES),
        ([sample(picture(1, at, light=0.2)) for at in range(9)], Reason.TOO_DARK),
        ([sample(picture(1, at)) for at in range(3)], Reason.TOO_FEW_SAMPLES),
        ([sample(picture(1, at), kept=False) for at in range(9)], Reason.NO_PICTURES),
    ],
)
def test_samples_that_are_not_what_they_say_are_refused_before_any_training(
    store: ProfileStore,
    monkeypatch: pytest.MonkeyPatch,
    samples: list[Sample],
    reason: Reason,
) -> None:
    monkeypatch.setattr(local_head, "LocalHead", None)  # whoever trained would fail
    poisoned = replace(ADA, samples=tuple(samples))
    retraining = service(enrol(store, poisoned, BOB))
    plan = retraining.plan(poisoned.profile_id)
    outcome = ran(retraining, plan)
    assert outcome.refusals[0].reason is reason
    assert (outcome.before, outcome.after, outcome.version) == (None, None, None)
    assert not outcome.may_be_adopted
    assert retraining.plan(BOB.profile_id).obstacles == ()


def test_a_training_that_goes_astray_is_a_refusal(
    store: ProfileStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(local_head, "NEARNESS", float("nan"))
    retraining = service(enrol(store, ADA))
    outcome = ran(retraining, retraining.plan())
    assert [one.reason for one in outcome.refusals] == [Reason.DIVERGED]
    assert outcome.version is None
