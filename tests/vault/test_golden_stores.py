"""A store of every version there ever was still opens, with everything in it."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from golden_people import (
    MACHINE,
    MODEL,
    a_head,
    first_people,
    people,
    second_people,
    third_people,
)
from sealed_people import PASSPHRASE, open_store

from facelock.core.head_version import HeadVersion
from facelock.core.template import Profile
from facelock.vault.envelope import NEWEST, Kind, read_header
from facelock.vault.head_record import HEAD_VERSION
from facelock.vault.keyring import NoKeyring
from facelock.vault.profile_record import PROFILE_VERSION
from facelock.vault.store import ProfileStore

GOLDEN = Path(__file__).parent.parent / "golden"
EXPECTED = {1: first_people(), 2: second_people(), 3: third_people(), 4: people()}


def opened(folder: Path, version: int) -> ProfileStore:
    """Open a copy of a golden store with nothing but a passphrase."""
    shutil.copytree(GOLDEN / f"store-v{version}", folder)
    for path in (folder, *folder.rglob("*")):  # whatever mode the checkout gave them
        path.chmod(0o700 if path.is_dir() else 0o600)
    store = open_store(folder, NoKeyring())
    assert store.needs_passphrase
    store.open_key(first_people()[0].profile_id, PASSPHRASE)
    return store


def assert_same(read: Profile, written: Profile) -> None:
    assert (read.profile_id, read.name, read.created_at, read.demo, read.poses) == (
        written.profile_id,
        written.name,
        written.created_at,
        written.demo,
        written.poses,
    )
    assert read.network == written.network
    assert read.appearances == written.appearances
    assert read.thresholds == written.thresholds
    for mine, theirs in zip(read.samples, written.samples, strict=True):
        np.testing.assert_array_equal(mine.embedding, theirs.embedding)
        np.testing.assert_array_equal(mine.feature, theirs.feature)
        assert (mine.pose, mine.appearance) == (theirs.pose, theirs.appearance)
        assert (mine.crop is None) is (theirs.crop is None)
        if mine.crop is not None and theirs.crop is not None:
            np.testing.assert_array_equal(mine.crop.pixels, theirs.crop.pixels)
    for one, other in zip(read.references, written.references, strict=True):
        np.testing.assert_allclose(one.embedding, other.embedding, atol=1e-6)
        assert one.appearance == other.appearance


@pytest.mark.parametrize("version", EXPECTED)
def test_a_store_of_any_version_opens_as_it_was(version: int, tmp_path: Path) -> None:
    store = opened(tmp_path / "store", version)
    assert store.damaged == ()
    # Without a keyring the machine record is taken as it is found, vouched for by the passphrase.
    assert replace(store.machine, head_sha256="", heads=()) == MACHINE
    for read, written in zip(store.profiles, EXPECTED[version], strict=True):
        assert_same(read, written)
    store.close()


def test_the_head_in_force_opens_as_it_was(tmp_path: Path) -> None:
    store = opened(tmp_path / "store", 4)
    (found,), wanted = store.heads, a_head()
    assert store.head_in_force is found
    assert_same_head(found, wanted)
    store.close()


def assert_same_head(found: HeadVersion, wanted: HeadVersion) -> None:
    np.testing.assert_array_equal(found.head.weight, wanted.head.weight)
    np.testing.assert_array_equal(found.head.bias, wanted.head.bias)
    for name in ("fmr_grid", "distance_grid"):
        np.testing.assert_array_equal(getattr(found.table, name), getattr(wanted.table, name))
    for mine, theirs in (
        (found.table.densities, wanted.table.densities),
        (found.before.densities, wanted.before.densities),
    ):
        assert mine is not None
        assert theirs is not None
        for name in ("edges", "mated", "non_mated"):
            np.testing.assert_array_equal(getattr(mine, name), getattr(theirs, name))
    assert (found.before.people, found.after) == (wanted.before.people, wanted.after)
    for name in (
        "created_at", "network", "options", "profile_ids", "negatives", "samples", "impostors"
    ):  # fmt: skip
        assert getattr(found, name) == getattr(wanted, name)
    for name in ("mated_median", "people", "comparisons"):
        assert getattr(found.table, name) == getattr(wanted.table, name)


def test_before_there_were_heads_the_bundled_one_is_in_force(tmp_path: Path) -> None:
    for version in (1, 2, 3):
        store = opened(tmp_path / str(version), version)
        assert store.heads == ()
        assert store.head_in_force is None
        store.close()


def test_in_the_first_version_features_are_embeddings_and_the_model_is_the_backbone(
    tmp_path: Path,
) -> None:
    store = opened(tmp_path / "store", 1)
    for profile in store.profiles:
        assert profile.network.backbone_sha256 == profile.network.model_sha256 == MODEL
        for sample in profile.samples:
            np.testing.assert_array_equal(sample.feature, sample.embedding)
    store.close()


def test_a_write_makes_a_record_of_the_newest_version_and_nothing_is_lost(tmp_path: Path) -> None:
    folder = tmp_path / "store"
    store = opened(folder, 1)
    ada = store.profiles[0]
    sealed = folder / "people" / f"{ada.profile_id}.sealed"
    assert read_header(sealed.read_bytes()).version == 1
    store.replace(ada)
    assert read_header(sealed.read_bytes()).version == PROFILE_VERSION == NEWEST[Kind.PROFILE]
    store.close()
    store = open_store(folder, NoKeyring())
    store.open_key(ada.profile_id, PASSPHRASE)
    assert_same(store.profiles[0], first_people()[0])
    store.close()


def test_there_is_a_golden_store_of_every_version() -> None:
    there = {int(path.name.removeprefix("store-v")) for path in GOLDEN.glob("store-v*")}
    assert there == set(EXPECTED) == set(range(1, PROFILE_VERSION + HEAD_VERSION + 1))
