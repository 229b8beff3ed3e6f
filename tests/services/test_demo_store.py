"""The demo store that `facelock bench` starts on."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pytest

from facelock.core.errors import StoreDamaged
from facelock.desktop.clock import SystemClock
from facelock.services.access import Access
from facelock.services.calibration import load_calibration
from facelock.services.demo_cast import DemoCast
from facelock.services.demo_store import SecretsInFolder, enrol_demo_owner, open_demo_folder
from facelock.services.loading import load_pipeline
from facelock.vault.store import ProfileStore


def test_the_owner_is_enrolled_and_found_again_after_a_restart(tmp_path: Path) -> None:
    cast = DemoCast(realtime=False)
    enrol_demo_owner(tmp_path, cast, load_pipeline(), load_calibration(), SystemClock())
    with closing(Access(open_demo_folder(tmp_path), SystemClock())) as access:
        assert [profile.name for profile in access.profiles] == [cast.owner_name]
        assert access.demo
        assert not access.needs_passphrase


def test_what_lies_in_such_a_folder_can_never_be_a_real_store(tmp_path: Path) -> None:
    open_demo_folder(tmp_path).close()
    secrets = SecretsInFolder(tmp_path / "secrets")
    with pytest.raises(StoreDamaged):
        ProfileStore.open(tmp_path / "store", secrets, demo=False)


def test_a_secret_can_be_kept_and_forgotten(tmp_path: Path) -> None:
    secrets = SecretsInFolder(tmp_path / "secrets")
    assert secrets.get("one") is None
    secrets.put("one", b"1")
    assert SecretsInFolder(tmp_path / "secrets").get("one") == b"1"
    secrets.delete("one")
    secrets.delete("one")
    assert secrets.get("one") is None
