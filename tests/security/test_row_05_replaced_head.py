"""Rows 5, 12 and 25: a head that was replaced, swapped, rolled back or made elsewhere compares not.

A head decides what is alike, so one that somebody else made could let anybody in.
"""

from __future__ import annotations

import shutil
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from made_up_heads import a_version
from sealed_people import BACKBONE, MODEL, PASSPHRASE, a_profile, enrolled, open_store

from facelock.core.errors import NetworkMismatch, SimulatedCameraRefused, StoreDamaged
from facelock.core.head import Head
from facelock.core.head_version import HeadVersion
from facelock.core.levels import Level
from facelock.core.template import make_gallery
from facelock.services.recognition import FacePipeline, Recogniser
from facelock.vault.envelope import Header, Kind, seal
from facelock.vault.head_record import HEAD_VERSION, encode_head
from facelock.vault.keyring import NoKeyring
from facelock.vault.sealed_records import _sealing_key
from facelock.vault.store import ProfileStore

pytestmark = pytest.mark.security

ADA = a_profile("Ada")
FIRST, SECOND = (a_version(seed, ADA.profile_id, backbone=BACKBONE) for seed in (1, 2))
EVERYBODY_ALIKE = Head(np.full((192, 192), 1e-3, np.float32), np.ones(192, np.float32))


def adopt(store: ProfileStore, version: HeadVersion) -> None:
    people = [replace(one, model_sha256=version.network.model_sha256) for one in store.profiles]
    assert store.adopt_head(store.stage_head(version, people))


@pytest.fixture
def keeper() -> NoKeyring:
    """Stand in for a keyring: kept by the test, it outlives the store."""
    return NoKeyring()


@pytest.fixture
def folder(tmp_path: Path, keeper: NoKeyring) -> Path:
    """Return a store of one person, with two heads; the second is in force."""
    folder = tmp_path / "store"
    enrolled(folder, keeper, ADA)
    with closing(open_store(folder, keeper)) as store:
        adopt(store, FIRST)
        adopt(store, SECOND)
    return folder


def file_of(folder: Path, version: HeadVersion) -> Path:
    return folder / "heads" / f"{version.network.model_sha256}.sealed"


def assert_not_used(folder: Path, keeper: NoKeyring) -> None:
    """The head in force did not open: it compares not, nobody is damaged, the passphrase opens."""
    with closing(open_store(folder, keeper)) as store:
        assert store.head_in_force is None
        assert store.damaged == ()
        assert store.open_key(ADA.profile_id, PASSPHRASE)
        bundled = make_gallery(store.profiles, Level.BALANCED, demo=False, model_sha256=MODEL)
        assert bundled.people == 0  # nobody is compared before they are renewed


def test_one_changed_byte_anywhere_is_refused(folder: Path, keeper: NoKeyring) -> None:
    good = file_of(folder, SECOND).read_bytes()
    for at in (0, 9, 10, 11, 12, 20, 52, 64, len(good) // 2, len(good) - 1):
        bad = bytearray(good)
        bad[at] ^= 1
        file_of(folder, SECOND).write_bytes(bad)
        assert_not_used(folder, keeper)


def test_an_older_head_in_the_place_of_the_one_in_force_is_refused(
    folder: Path, keeper: NoKeyring
) -> None:
    shutil.copy(file_of(folder, FIRST), file_of(folder, SECOND))
    assert_not_used(folder, keeper)


def test_a_head_that_another_store_sealed_is_refused(
    folder: Path, keeper: NoKeyring, tmp_path: Path
) -> None:
    others, theirs = tmp_path / "others", NoKeyring()
    enrolled(others, theirs, a_profile("Eve"))
    with closing(open_store(others, theirs)) as store:
        people = [replace(one, model_sha256=SECOND.network.model_sha256) for one in store.profiles]
        assert store.adopt_head(store.stage_head(replace(SECOND, profile_ids=()), people))
    shutil.copy(file_of(others, SECOND), file_of(folder, SECOND))
    assert_not_used(folder, keeper)


@pytest.mark.parametrize("what", ["matrix", "header", "demo", "kind"])
def test_even_whoever_has_the_secret_cannot_put_a_head_under_another_ones_name(
    folder: Path, keeper: NoKeyring, what: str
) -> None:
    """The name is the hash of what is in it; the demo mark and the kind are bound too."""
    with closing(open_store(folder, keeper)) as store:
        key = _sealing_key(store._loaded.secret)
    name = SECOND.network.model_sha256
    header, content = Header(Kind.HEAD, False, 1, name, HEAD_VERSION), encode_head(SECOND)
    match what:
        case "matrix":
            content = encode_head(a_version(0, backbone=BACKBONE, head=EVERYBODY_ALIKE))
        case "header":
            header = replace(header, model_sha256="0" * 64)
        case "demo":
            header = replace(header, demo=True)
        case _:
            header = replace(header, kind=Kind.PROFILE)
    file_of(folder, SECOND).write_bytes(seal(key, header, name, content))
    assert_not_used(folder, keeper)


def test_a_head_that_no_index_names_is_never_used_and_goes(folder: Path, keeper: NoKeyring) -> None:
    kept = file_of(folder, FIRST).read_bytes()
    with closing(open_store(folder, keeper)) as store:
        for seed in range(3, 15):
            adopt(store, a_version(seed, backbone=BACKBONE))
        assert not file_of(folder, FIRST).exists()
    file_of(folder, FIRST).write_bytes(kept)
    with closing(open_store(folder, keeper)) as store:
        assert FIRST.network not in [one.network for one in store.heads]
    assert not file_of(folder, FIRST).exists()


def test_an_older_index_with_its_heads_seals_the_store_and_forgets_them(
    folder: Path, keeper: NoKeyring, tmp_path: Path
) -> None:
    copy = tmp_path / "copy"
    shutil.copytree(folder, copy)
    with closing(open_store(folder, keeper)) as store:
        adopt(store, FIRST)
        store.save_machine(store.machine)
    shutil.rmtree(folder)
    shutil.copytree(copy, folder)
    with closing(open_store(folder, keeper)) as store:
        assert store.needs_passphrase
        assert store.heads == ()
        assert store.head_in_force is None
        assert store.open_key(ADA.profile_id, PASSPHRASE)
        assert store.heads == ()  # an old list of heads is believed no more than an old rule
        assert len(store.profiles) == 1


def test_demo_and_real_are_never_mixed(folder: Path, keeper: NoKeyring) -> None:
    with closing(open_store(folder, keeper)) as store:
        people = [
            replace(one, demo=True, model_sha256=FIRST.network.model_sha256)
            for one in store.profiles
        ]
        with pytest.raises(SimulatedCameraRefused):
            store.stage_head(FIRST, people)
        with pytest.raises(NetworkMismatch):
            store.stage_head(FIRST, store.profiles)
    with pytest.raises(StoreDamaged):
        open_store(folder, keeper, demo=True)


def test_a_probe_of_one_head_never_meets_references_of_another(
    folder: Path, keeper: NoKeyring, other_head: FacePipeline
) -> None:
    with closing(open_store(folder, keeper)) as store:
        gallery = make_gallery(
            store.profiles,
            Level.BALANCED,
            demo=False,
            model_sha256=SECOND.network.model_sha256,
        )
    assert gallery.people == 1
    with pytest.raises(NetworkMismatch):
        Recogniser(other_head, gallery)


@pytest.fixture
def other_head() -> FacePipeline:
    """Return a pipeline under the head that is not in force."""
    from fakes import FakeEmbedder, fake_pipeline

    return fake_pipeline(FakeEmbedder(backbone=BACKBONE)).with_head(FIRST.head)
