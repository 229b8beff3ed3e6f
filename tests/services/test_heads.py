"""A head that was trained here is put in force with everybody, or not at all; and taken back."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from fakes import (
    MODEL,
    FakeClock,
    FakeEmbedder,
    FakeSecrets,
    fake_pipeline,
    made_up_profile,
    of_another_backbone,
    shown,
)
from made_up_heads import a_matrix, a_version, bundle_the_fake_network
from sealed_people import PASSPHRASE, keys_for, open_store

from facelock.core.activity import Happening, Journal
from facelock.core.attempt import Accepted
from facelock.core.errors import (
    NetworkMismatch,
    NotEnrolled,
    PassphraseConfirmationNeeded,
    PeopleUnjudged,
    StoreUnwritable,
)
from facelock.core.head_version import HeadVersion
from facelock.core.renewal import renewed
from facelock.core.template import Profile
from facelock.services.access import Access
from facelock.services.recognition import FacePipeline, Recogniser
from facelock.vault.keyring import NoKeyring
from facelock.vault.records import MachineRecord
from facelock.vault.sealed_records import SealedRecords
from facelock.vault.store import ProfileStore

ADA, BOB = made_up_profile(1, "Ada"), made_up_profile(2, "Bob")
BOTH = (ADA.profile_id, BOB.profile_id)
FIRST = a_version(5, *BOTH)
SECOND = a_version(6, ADA.profile_id, negatives=(BOB.profile_id,), created_at=2_000.0)
RULES = MachineRecord(cameras={ADA.profile_id: ("",), BOB.profile_id: ("",)})


class Notes(Journal):
    """Implements `core.activity.Journal` in a list."""

    def __init__(self) -> None:
        self.noted: list[Happening] = []

    def note(self, what: Happening, profile_id: str = "") -> None:
        self.noted.append(what)


@pytest.fixture(autouse=True)
def _networks(monkeypatch: pytest.MonkeyPatch) -> None:
    bundle_the_fake_network(monkeypatch)


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
def notes() -> Notes:
    return Notes()


@pytest.fixture
def access(store: ProfileStore, notes: Notes) -> Access:
    return confirmed(Access(store, FakeClock(), notes))


def confirmed(access: Access) -> Access:
    access.confirm(access.slow_open(ADA.profile_id, PASSPHRASE))
    return access


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


def everybody_gets_in(access: Access) -> bool:
    pipeline = access.heads.load_pipeline()
    assert access.heads.load_calibration().model_sha256 == pipeline.model_sha256
    assert access.heads.network() == pipeline.network
    return [looked_at(access, pipeline, person) for person in (1, 2, 3)] == [*BOTH, None]


def adopt(access: Access, version: HeadVersion | None) -> bool:
    return access.heads.adopt(access.heads.slow_stage(version))


def test_without_any_the_bundled_head_compares(access: Access) -> None:
    assert access.heads.versions == ()
    assert access.heads.in_force is None
    assert access.heads.network().model_sha256 == MODEL
    assert everybody_gets_in(access)


def test_everybody_gets_in_before_during_and_after_an_adoption(
    access: Access, tmp_path: Path, store: ProfileStore, secrets: FakeSecrets
) -> None:
    assert everybody_gets_in(access)
    staged = access.heads.slow_stage(FIRST)
    assert access.heads.in_force is None
    assert everybody_gets_in(access)
    confirmed(access)
    assert access.heads.adopt(staged)
    assert access.heads.in_force is FIRST
    assert everybody_gets_in(access)
    assert {one.network for one in access.profiles} == {FIRST.network}
    store.close()
    with closing(open_store(tmp_path, secrets)) as again:
        later = Access(again, FakeClock())
        found = later.heads.in_force
        assert found is not None
        assert found.network == FIRST.network
        assert np.array_equal(found.head.weight, FIRST.head.weight)
        assert later.heads.versions == (found,)
        assert everybody_gets_in(later)


def test_thresholds_rest_on_what_was_measured_with_the_head(access: Access) -> None:
    distances = np.array([0.25, 0.30, 0.35, 0.40, 0.45])
    strict = replace(FIRST, table=replace(FIRST.table, distance_grid=distances))
    before = access.profiles[0].thresholds
    assert adopt(access, strict)
    after = access.profiles[0].thresholds
    assert all(after[level].fmr_term < before[level].fmr_term for level in before)


def test_an_older_head_and_the_bundled_one_can_be_taken_back(access: Access, notes: Notes) -> None:
    for version in (FIRST, SECOND, FIRST, None):
        assert adopt(confirmed(access), version)
        found = access.heads.in_force
        assert (found and found.network) == (version and version.network)
        assert everybody_gets_in(access)
    assert access.heads.versions == (SECOND, FIRST)
    told = [one for one in notes.noted if one.value.startswith("head-")]
    adopted, reverted = Happening.HEAD_ADOPTED, Happening.HEAD_REVERTED
    assert told == [adopted, adopted, reverted, reverted]


def test_the_bundled_head_gives_back_the_very_templates_of_the_enrolment(access: Access) -> None:
    for version in (FIRST, None):
        assert adopt(access, version)
    for old, new in zip((ADA, BOB), access.profiles, strict=True):
        assert new.network == old.network
        assert np.allclose(new.references[0].embedding, old.references[0].embedding, atol=1e-6)
        assert new.thresholds == old.thresholds


@pytest.mark.security
def test_nothing_is_adopted_without_the_passphrase(store: ProfileStore) -> None:
    access = Access(store, FakeClock())
    staged = access.heads.slow_stage(FIRST)
    with pytest.raises(PassphraseConfirmationNeeded):
        access.heads.adopt(staged)
    assert access.heads.in_force is None
    access.heads.drop(staged)
    assert not confirmed(access).heads.adopt(staged)
    assert {one.network.model_sha256 for one in access.profiles} == {MODEL}


def test_if_somebody_was_changed_meanwhile_nothing_happens(access: Access, notes: Notes) -> None:
    staged = access.heads.slow_stage(FIRST)
    access.rename(BOB.profile_id, "Robert")
    assert not access.heads.adopt(staged)
    assert access.heads.in_force is None
    assert access.heads.versions == ()
    assert everybody_gets_in(access)
    assert Happening.HEAD_ADOPTED not in notes.noted
    assert adopt(confirmed(access), FIRST)
    assert {one.network for one in access.profiles} == {FIRST.network}


@pytest.mark.security
def test_a_new_head_is_refused_if_somebody_was_enrolled_since_it_was_judged(
    access: Access, notes: Notes, tmp_path: Path
) -> None:
    staged = access.heads.slow_stage(FIRST)
    eve = made_up_profile(4, "Eve")
    access.enrol(eve, keys_for(eve))
    for each in (staged, access.heads.slow_stage(FIRST)):
        with pytest.raises(PeopleUnjudged):
            access.heads.adopt(each)
    assert access.heads.in_force is None
    assert access.heads.versions == ()
    assert Happening.HEAD_ADOPTED not in notes.noted
    assert not list((tmp_path / "heads").glob("*"))
    assert not list(tmp_path.rglob("*.renewed"))
    assert everybody_gets_in(access)


def test_a_head_that_is_kept_can_be_taken_back_for_newcomers_too(access: Access) -> None:
    for version in (FIRST, None):
        assert adopt(access, version)
    eve = made_up_profile(4, "Eve")
    access.enrol(eve, keys_for(eve))
    staged = access.heads.slow_stage(FIRST)
    access.rename(eve.profile_id, "Eva")
    assert not access.heads.adopt(staged)
    assert adopt(confirmed(access), FIRST)
    assert {one.network for one in access.profiles} == {FIRST.network}


def test_what_is_changed_while_the_new_templates_are_made_is_not_written_over(
    access: Access, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def meanwhile(one: Profile, *args: Any) -> Profile:  # noqa: ANN401
        if one is ADA:
            access.rename(BOB.profile_id, "Robert")
        return renewed(one, *args)

    with monkeypatch.context() as patched:
        patched.setattr("facelock.services.heads.renewed", meanwhile)
        staged = access.heads.slow_stage(FIRST)
    assert not access.heads.adopt(staged)
    assert access.heads.in_force is None
    assert not list(tmp_path.rglob("*.renewed"))
    assert adopt(confirmed(access), FIRST)
    assert [one.name for one in access.profiles] == ["Ada", "Robert"]
    assert everybody_gets_in(access)


@pytest.mark.security
def test_a_head_of_another_backbone_or_of_somebody_removed_is_refused(access: Access) -> None:
    with pytest.raises(NetworkMismatch):
        access.heads.slow_stage(a_version(5, backbone="e" * 64))
    access.remove(BOB.profile_id)
    with pytest.raises(NotEnrolled):
        access.heads.slow_stage(FIRST)
    assert access.heads.in_force is None


@pytest.mark.security
def test_a_head_that_was_taught_with_somebody_who_was_removed_meanwhile_is_refused(
    access: Access, tmp_path: Path
) -> None:
    trained = a_version(5, ADA.profile_id, negatives=(BOB.profile_id,))
    access.remove(BOB.profile_id)
    with pytest.raises(NotEnrolled):
        access.heads.slow_stage(trained)
    assert access.heads.in_force is None
    assert not list((tmp_path / "heads").glob("*"))


def test_a_head_of_a_backbone_that_was_replaced_is_kept_and_not_used(
    access: Access, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert adopt(access, FIRST)
    update = fake_pipeline(FakeEmbedder(backbone="d" * 64))
    monkeypatch.setattr("facelock.services.loading.bundled_backbone", lambda: "d" * 64)
    monkeypatch.setattr("facelock.services.loading.network_in_use", lambda: update.network)
    assert access.heads.in_force is None
    assert access.heads.versions == ()
    assert access.heads.network() == update.network
    assert access.heads.load_pipeline(lambda: update) is update


def test_whoever_is_of_another_backbone_stays_as_they_are(
    access: Access, store: ProfileStore
) -> None:
    gone = of_another_backbone(7, "Zoe")
    store.enrol(gone, keys_for(gone))
    assert adopt(access, FIRST)
    networks = {one.profile_id: one.network for one in access.profiles}
    assert networks.pop(gone.profile_id) == gone.network
    assert set(networks.values()) == {FIRST.network}


def test_watchers_hear_of_it_and_of_nothing_else(access: Access) -> None:
    heard: list[HeadVersion | None] = []
    access.heads.add_watcher(lambda: heard.append(access.heads.in_force))
    staged = access.heads.slow_stage(FIRST)
    assert heard == []
    assert access.heads.adopt(staged)
    assert heard == [FIRST]
    assert not access.heads.adopt(staged)
    assert heard == [FIRST]


def test_networks_and_calibration_are_of_one_head_though_another_comes_in_force_meanwhile(
    access: Access,
) -> None:
    def meanwhile() -> FacePipeline:
        assert adopt(access, FIRST)
        return fake_pipeline()

    pipeline, calibration = access.heads.load_both(meanwhile)
    assert calibration.model_sha256 == pipeline.model_sha256 == MODEL
    pipeline, calibration = access.heads.load_both()
    assert calibration.model_sha256 == pipeline.model_sha256 == FIRST.network.model_sha256


def test_a_full_disk_leaves_the_old_head_and_everybody_gets_in(
    access: Access, notes: Notes, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_args: object, **_kwargs: object) -> None:
        raise StoreUnwritable("the disk is full")

    staged = access.heads.slow_stage(FIRST)
    with monkeypatch.context() as patched:
        patched.setattr(SealedRecords, "write_machine", full)
        with pytest.raises(StoreUnwritable):
            access.heads.adopt(staged)
    assert access.heads.in_force is None
    assert Happening.HEAD_ADOPTED not in notes.noted
    assert everybody_gets_in(access)


def test_a_sealed_store_compares_with_the_bundled_head_until_the_passphrase(
    tmp_path: Path,
) -> None:
    with closing(open_store(tmp_path, NoKeyring())) as store:
        store.enrol(ADA, keys_for(ADA))
        assert adopt(confirmed(Access(store, FakeClock())), a_version(5, ADA.profile_id))
    with closing(open_store(tmp_path, NoKeyring())) as store:
        access = Access(store, FakeClock())
        heard: list[HeadVersion | None] = []
        access.heads.add_watcher(lambda: heard.append(access.heads.in_force))
        assert access.needs_passphrase
        assert access.heads.in_force is None
        assert access.heads.versions == ()
        confirmed(access)
        assert heard == [access.heads.in_force]
        assert access.heads.network() == FIRST.network
        confirmed(access)
        assert len(heard) == 1


@pytest.mark.parametrize("harm", ["missing", "damaged", "swapped"])
@pytest.mark.security
def test_if_the_head_in_force_does_not_open_people_are_renewed_to_the_bundled_one(
    access: Access, store: ProfileStore, tmp_path: Path, secrets: FakeSecrets, harm: str
) -> None:
    for version in (SECOND, FIRST):
        assert adopt(access, version)
    store.close()
    paths = [tmp_path / f"heads/{one.network.model_sha256}.sealed" for one in (FIRST, SECOND)]
    match harm:
        case "missing":
            paths[0].unlink()
        case "damaged":
            paths[0].write_bytes(paths[0].read_bytes()[:-1])
        case _:
            paths[0].write_bytes(paths[1].read_bytes())
    with closing(open_store(tmp_path, secrets)) as again:
        later = Access(again, FakeClock())
        assert later.heads.in_force is None
        assert [one.network for one in later.heads.versions] == [SECOND.network]
        pipeline = later.heads.load_pipeline()
        assert later.gallery(pipeline.model_sha256).people == 0  # nothing of another head
        later.renewal.run(pipeline, later.heads.load_calibration)
        assert everybody_gets_in(later)
        assert adopt(confirmed(later), FIRST)  # and a new adoption mends it
        assert everybody_gets_in(later)


def test_people_of_before_are_renewed_towards_the_head_in_force(
    access: Access, store: ProfileStore
) -> None:
    """As somebody is who comes back from a backup."""
    assert adopt(access, FIRST)
    store.replace(replace(BOB, created_at=9.0))
    pipeline = access.heads.load_pipeline()
    access.renewal.run(pipeline, access.heads.load_calibration)
    assert {one.network for one in access.profiles} == {FIRST.network}
    assert everybody_gets_in(access)


def test_a_demo_can_retrain_too(tmp_path: Path) -> None:
    mira: Profile = made_up_profile(1, "Mira", demo=True)
    with closing(open_store(tmp_path, NoKeyring(), demo=True)) as store:
        store.enrol(mira, keys_for(mira))
        assert adopt(confirmed(Access(store, FakeClock())), a_version(5, mira.profile_id))
        assert store.head_in_force is not None


def test_a_pipeline_never_changes_its_head() -> None:
    pipeline = fake_pipeline()
    other = pipeline.with_head(a_matrix())
    assert pipeline.model_sha256 == MODEL != other.model_sha256
    assert other.with_head(None).model_sha256 == MODEL
