"""Threat-model row 7: killed, crashed or restarted, Facelock opens and forgives nothing."""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path

import pytest
from fakes import FakeClock
from lock_machine import ADA, Machine
from sealed_people import enrolled, open_store

from facelock.core.attempt import LOOKS, Rejected
from facelock.core.observation import Match, NonMatch
from facelock.core.policy import Locked
from facelock.services.access import Access
from facelock.services.demo_store import SecretsInFolder

pytestmark = pytest.mark.security

NO = NonMatch(5, 1.3, 0.6)
_TESTS = Path(__file__).parents[1]

_VICTIM = """
import sys, time
from pathlib import Path
sys.path.insert(0, sys.argv[2])
from fakes import FakeClock
from lock_machine import ADA
from sealed_people import open_store
from facelock.core.observation import NonMatch
from facelock.services.access import Access
from facelock.services.demo_store import SecretsInFolder
folder = Path(sys.argv[1])
access = Access(open_store(folder / "store", SecretsInFolder(folder / "secrets")), FakeClock())
access.start_scan()
for _ in range(int(sys.argv[3])):
    access.observe(NonMatch(5, 1.3, 0.6))
access.refused(ADA.profile_id)
print("told", flush=True)
while True:
    time.sleep(60)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="has no SIGKILL")
@pytest.mark.parametrize("looks", [1, len(LOOKS)], ids=["in an attempt", "after its verdict"])
def test_what_was_owed_at_sigkill_is_still_owed(tmp_path: Path, looks: int) -> None:
    secrets = SecretsInFolder(tmp_path / "secrets")
    enrolled(tmp_path / "store", secrets, ADA)
    with subprocess.Popen(
        [sys.executable, "-c", _VICTIM, str(tmp_path), str(_TESTS), str(looks)],
        stdout=subprocess.PIPE,
        text=True,
    ) as victim:
        assert victim.stdout is not None
        assert victim.stdout.readline() == "told\n"
        victim.send_signal(signal.SIGKILL)
    store = open_store(tmp_path / "store", secrets)
    access = Access(store, FakeClock())
    record = store.machine
    assert (record.failures, record.non_matches) == divmod(looks, len(LOOKS))
    assert record.wrong_passphrases == {ADA.profile_id: 1}
    assert access.state == Locked(record.failures)
    access.close()


def test_a_kill_while_open_leaves_it_locked(tmp_path: Path) -> None:
    machine = Machine(tmp_path / "store")
    with machine.started() as access:
        access.start_scan()
        access.observe(Match(ADA.profile_id, 5, 0.2, 0.6))
        assert access.unlocked_for is not None
    with machine.started() as access:
        assert access.state == Locked()
        assert access._key.key is None


def test_counters_are_on_the_disk_before_any_verdict_is_told(tmp_path: Path) -> None:
    machine = Machine(tmp_path / "store")
    with machine.started() as access:
        access.start_scan()
        for count in range(1, len(LOOKS)):
            assert access.observe(NO) is None
            assert machine.store.saved[-1].non_matches == count
        told_before = list(machine.journal.noted)
        written_before = len(machine.store.saved)
        assert access.observe(NO) == Rejected("no-match")
        assert machine.store.saved[-1].failures == 1
        assert len(machine.store.saved) == written_before + 1, "one write, one put, per verdict"
        assert len(machine.journal.noted) == len(told_before) + 1


def test_a_kill_between_the_counter_and_the_keyring_is_made_good_at_the_next_start(
    tmp_path: Path,
) -> None:
    machine = Machine(tmp_path / "store")
    with machine.started() as access:
        face = [one for one in machine.secrets.kept if one.startswith("face/")]
        kept = {one: machine.secrets.kept[one] for one in face}
        while access._store.machine.passphrase_only is None:
            machine.clock.advance(61.0)
            access.tick()
            access.start_scan()
            access.observe(NO)
    machine.secrets.kept.update(kept)  # as if it had never been deleted
    with machine.started():
        assert not any(one.startswith("face/") for one in machine.secrets.kept)
