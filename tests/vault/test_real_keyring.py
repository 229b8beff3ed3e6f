"""A real Secret Service daemon: what fakes cannot promise."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from secret_service_daemon import Session, private_session, require_daemon

ROOT = Path(__file__).parents[2]
PASSWORD = "login password"

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="the freedesktop Secret Service")


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Session]:
    require_daemon()
    with private_session(tmp_path / "session") as made:
        yield made


def run(session: Session, step: str, folder: Path) -> dict[str, Any]:
    """Run one step of `real_keyring_work` in a program of its own in this session."""
    environment = {**session.environment, "PYTHONPATH": f"{ROOT}:{ROOT / 'tests'}"}
    ran = subprocess.run(
        [sys.executable, ROOT / "tests" / "real_keyring_work.py", step, folder],
        env=environment,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert ran.returncode == 0, ran.stderr
    said: dict[str, Any] = json.loads(ran.stdout)
    return said


def test_secrets_are_put_got_replaced_and_deleted(session: Session, tmp_path: Path) -> None:
    with session.daemon(PASSWORD):
        said = run(session, "basics", tmp_path)
    assert set(said.values()) == {True}, said


def test_from_enrolment_over_a_restart_to_the_lock_out_that_destroys_the_face_path(
    session: Session, tmp_path: Path
) -> None:
    store = tmp_path / "store"
    with session.daemon(PASSWORD):
        assert run(session, "enrol", store) == {"enrolled": True}
    with session.daemon(PASSWORD):  # the keyring comes back from its file
        assert run(session, "face", store)["open"]
        assert run(session, "lock_out", store) == {"passphrase_only": True}
        assert run(session, "face", store) == {"open": False, "state": "PassphraseOnly"}
        assert run(session, "passphrase", store) == {"open": True}
        assert run(session, "face", store)["open"]


def test_another_accounts_keyring_ends_at_the_passphrase(session: Session, tmp_path: Path) -> None:
    store = tmp_path / "store"
    with session.daemon(PASSWORD):
        run(session, "enrol", store)
    with private_session(tmp_path / "other") as other, other.daemon(PASSWORD):
        assert run(other, "face", store) == {"needs_passphrase": True}
        assert run(other, "passphrase", store) == {"open": True}


def test_a_locked_keyring_is_told_and_never_hangs(session: Session, tmp_path: Path) -> None:
    with session.daemon(PASSWORD):
        run(session, "basics", tmp_path)
    with session.daemon(None):
        said = run(session, "stuck", tmp_path)
    assert said["error"] == "KeyringUnavailable"
    assert said["seconds"] < 20


def test_a_keyring_that_was_never_set_up_does_not_hang_either(
    session: Session, tmp_path: Path
) -> None:
    with session.daemon(None):
        said = run(session, "stuck", tmp_path)
    assert said["error"] == "KeyringUnavailable"
    assert said["seconds"] < 20


def test_without_a_daemon_there_is_no_keyring(session: Session, tmp_path: Path) -> None:
    store = tmp_path / "store"
    assert run(session, "enrol", store) == {"enrolled": True}
    assert run(session, "face", store) == {"needs_passphrase": True}
    assert run(session, "passphrase", store) == {"open": True}


def test_the_key_work_of_a_face_is_small(session: Session, tmp_path: Path) -> None:
    """At most 50 ms where nothing else runs; three times that here, beside other tests."""
    with session.daemon(PASSWORD):
        said = run(session, "times", tmp_path)
    assert said["face_median_ms"] < 150, said
    assert said["passphrase_seconds"] < 3, said
