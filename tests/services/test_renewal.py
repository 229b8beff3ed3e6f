"""After the network changed people unlock as before, or are told; the lock's state is untouched."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from fakes import (
    DIMENSION,
    MODEL,
    FakeClock,
    FakeEmbedder,
    FakeSecrets,
    fake_pipeline,
    made_up_calibration,
    made_up_profile,
    person_embedding,
    shown,
)
from sealed_people import PASSPHRASE, keys_for, open_store

from facelock.core.attempt import Accepted
from facelock.core.errors import NetworkMismatch, StoreUnwritable
from facelock.core.frames import FaceCrop
from facelock.core.head import Head
from facelock.core.levels import Level
from facelock.core.renewal import renewed
from facelock.core.template import Profile, Sample, make_references, make_thresholds
from facelock.core.threshold import Calibration
from facelock.services.access import Access
from facelock.services.recognition import FacePipeline, Recogniser
from facelock.vault.records import MachineRecord
from facelock.vault.sealed_records import SealedRecords
from facelock.vault.store import ProfileStore

_NOISE = np.random.default_rng(5).normal(scale=0.02, size=(DIMENSION, DIMENSION))
HEAD = Head((np.eye(DIMENSION) + _NOISE).astype(np.float32), np.zeros(DIMENSION, np.float32))


def painted(person: int) -> FaceCrop:
    """Return a crop in which the fake embedder sees this person."""
    return FaceCrop(np.full((112, 112, 3), person * 8, np.uint8))


def a_person(person: int, name: str, *, crops: bool) -> Profile:
    """Return somebody enrolled with the identity head."""
    features = [person_embedding(person, 0.3, 10_000 + index) for index in range(6)]
    pose = made_up_profile().samples[0].pose
    samples = [Sample(one, one, painted(person) if crops else None, pose) for one in features]
    references = make_references(samples)
    return replace(
        made_up_profile(person, name),
        samples=tuple(samples),
        references=references,
        thresholds=make_thresholds(samples, references, made_up_calibration()),
    )


ADA, BOB = a_person(1, "Ada", crops=True), a_person(2, "Bob", crops=False)
RULES = MachineRecord(
    Level.BALANCED,
    failures=2,
    non_matches=1,
    cameras={ADA.profile_id: ("",), BOB.profile_id: ("",)},
)


def new_head() -> FacePipeline:
    return fake_pipeline(FakeEmbedder(head=HEAD))


def new_backbone() -> FacePipeline:
    return fake_pipeline(FakeEmbedder(head=HEAD, backbone="e" * 64))


def calibration_of(pipeline: FacePipeline) -> Calibration:
    made_up = made_up_calibration()
    features = pipeline.head.apply(made_up.features)
    return replace(made_up, model_sha256=pipeline.model_sha256, features=features)


def not_wanted() -> Calibration:
    pytest.fail("nobody is due: the calibration is not needed")


@pytest.fixture
def secrets() -> FakeSecrets:
    return FakeSecrets()


@pytest.fixture
def store(tmp_path: Path, secrets: FakeSecrets) -> Iterator[ProfileStore]:
    with closing(open_store(tmp_path, secrets)) as opened:
        for one in (ADA, BOB):
            keys = keys_for(one)
            opened.enrol(one, keys)
            opened.arm_face(one.profile_id, keys.vault_key)
        opened.save_machine(RULES)
        yield opened


@pytest.fixture
def access(store: ProfileStore) -> Access:
    return Access(store, FakeClock())


def looked_at(access: Access, pipeline: FacePipeline, person: int) -> str | None:
    """Let somebody look at the lock; return whom it opened for."""
    recogniser = Recogniser(pipeline, access.gallery(pipeline.model_sha256))
    recogniser.restart()
    access.start_scan()
    for frame in shown(person, 30):
        verdict = access.observe(recogniser.observe(frame).observation)
        if isinstance(verdict, Accepted):
            access.lock()
            return verdict.profile_id
    return None


def test_before_the_network_is_known_nothing_is_due(access: Access) -> None:
    assert not access.renewal.is_due
    assert access.renewal.left_behind == ()


def test_under_the_network_of_the_enrolment_nothing_is_done(access: Access) -> None:
    pipeline = fake_pipeline()
    access.renewal.run(pipeline, not_wanted)
    assert not access.renewal.is_due
    assert access.renewal.left_behind == ()
    assert access.gallery(MODEL).people == 2


def test_under_a_new_head_everybody_unlocks_as_before(
    access: Access, store: ProfileStore, tmp_path: Path, secrets: FakeSecrets
) -> None:
    pipeline = new_head()
    assert access.gallery(pipeline.model_sha256).people == 0  # until they are renewed
    access.renewal.run(pipeline, lambda: calibration_of(pipeline))
    assert not access.renewal.is_due
    assert access.renewal.left_behind == ()
    assert access.gallery(MODEL).people == 0
    assert store.machine == RULES
    for person, profile in ((1, ADA), (2, BOB)):
        assert looked_at(access, pipeline, person) == profile.profile_id
    store.close()
    with closing(open_store(tmp_path, secrets)) as again:
        assert {one.model_sha256 for one in again.profiles} == {pipeline.model_sha256}


def test_under_a_new_backbone_who_kept_pictures_is_renewed_and_who_did_not_is_told(
    access: Access, store: ProfileStore
) -> None:
    pipeline = new_backbone()
    access.renewal.run(pipeline, lambda: calibration_of(pipeline))
    assert [one.name for one in access.renewal.left_behind] == ["Bob"]
    assert not access.renewal.is_due
    assert store.machine == RULES
    assert looked_at(access, pipeline, 1) == ADA.profile_id
    assert looked_at(access, pipeline, 2) is None  # his face is compared with nothing of his
    bob = access.profile(BOB.profile_id)
    assert bob.network == BOB.network
    assert len(bob.samples) == len(BOB.samples)
    opened = access.slow_open(BOB.profile_id, PASSPHRASE)
    access.accept(opened)
    assert access.unlocked_profile is bob


def test_the_network_of_the_enrolment_takes_back_who_was_left_behind(access: Access) -> None:
    access.renewal.run(new_backbone(), lambda: calibration_of(new_backbone()))
    before = fake_pipeline()
    access.renewal.run(before, made_up_calibration)
    # Bob was never changed; Ada goes back by her pictures.
    assert access.renewal.left_behind == ()
    assert access.gallery(MODEL).people == 2


@pytest.mark.security
def test_a_calibration_of_another_network_renews_nobody(access: Access) -> None:
    pipeline = new_head()
    with pytest.raises(NetworkMismatch):
        access.renewal.run(pipeline, made_up_calibration)
    assert {one.model_sha256 for one in access.profiles} == {MODEL}


def test_a_full_disk_leaves_everybody_as_they_were(
    access: Access, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_args: object, **_kwargs: object) -> None:
        raise StoreUnwritable("the disk is full")

    pipeline = new_head()
    monkeypatch.setattr(SealedRecords, "write_machine", full)
    with pytest.raises(StoreUnwritable):
        access.renewal.run(pipeline, lambda: calibration_of(pipeline))
    assert {one.model_sha256 for one in access.profiles} == {MODEL}
    assert access.renewal.is_due
    assert access.gallery(MODEL).people == 2


def test_what_was_staged_while_somebody_was_renamed_is_staged_again(access: Access) -> None:
    pipeline = new_head()
    access.renewal.use(pipeline.network)
    stage = access.renewal.slow_stage
    staged = stage(new_head, lambda: calibration_of(pipeline))
    access.rename(BOB.profile_id, "Robert")
    assert not access.renewal.adopt(staged)
    assert access.renewal.is_due
    assert access.renewal.adopt(stage(new_head, lambda: calibration_of(pipeline)))
    assert [one.name for one in access.profiles] == ["Ada", "Robert"]
    assert not access.renewal.is_due


def test_what_is_changed_while_it_is_made_is_not_written_over(
    access: Access, monkeypatch: pytest.MonkeyPatch
) -> None:
    pipeline = new_head()
    access.renewal.use(pipeline.network)

    def meanwhile(one: Profile, *args: Any) -> Profile:  # noqa: ANN401
        if one is ADA:
            access.rename(BOB.profile_id, "Robert")
        return renewed(one, *args)

    with monkeypatch.context() as patched:
        patched.setattr("facelock.services.renewal.renewed", meanwhile)
        staged = access.renewal.slow_stage(new_head, lambda: calibration_of(pipeline))
    assert not access.renewal.adopt(staged)
    access.renewal.run(pipeline, lambda: calibration_of(pipeline))
    assert [one.name for one in access.profiles] == ["Ada", "Robert"]
    assert not access.renewal.is_due


def test_a_renewal_takes_well_under_a_second_a_person(access: Access) -> None:
    pipeline = new_backbone()
    began = time.perf_counter()
    access.renewal.run(pipeline, lambda: calibration_of(pipeline))
    assert time.perf_counter() - began < 2.0
