"""Machine records of versions 2 to 5 open for ever, with every field; a later one is refused."""

from __future__ import annotations

import shutil
import struct
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from facelock.core.errors import StoreTooNew
from facelock.core.levels import Level
from facelock.core.policy import Why
from facelock.vault.envelope import read_header
from facelock.vault.records import MACHINE_VERSION, MachineFile, MachineRecord, PassphraseGiven
from facelock.vault.sealed_folder import MACHINE, SealedFolder
from facelock.vault.sealed_records import SealedRecords

GOLDEN = Path(__file__).parent.parent / "golden"
SECRET, ADA, BOB = b"g" * 32, "a" * 32, "b" * 32
SECOND = MachineFile(
    MachineRecord(
        level=Level.STRICT,
        failures=3,
        non_matches=2,
        passphrase_only=Why.TOO_MANY_FAILURES,
        cooldown_until_wall=1_700_000_030.5,
        last_passphrase_wall=1_700_000_000.0,
        camera_id="046d:0825",
        cooldown_until_monotonic=130.5,
        boot_id="3f0c0ffe-0000-4000-8000-000000000001",
        written_wall=1_700_000_010.0,
        passphrase_given={ADA: PassphraseGiven(1_700_000_000.0, 100.0, "a boot")},
        wrong_passphrases={BOB: 6},
        passphrase_next_wall={BOB: 1_700_000_020.0},
        passphrase_next_monotonic={BOB: 120.0},
        snapshots_for=(BOB,),
        activity_head="5e" * 32,
        activity_count=12,
    ),
    generations={ADA: 4, BOB: 1},
    unfinished=("c" * 32,),
)


THIRD = replace(
    SECOND,
    machine=replace(
        SECOND.machine,
        cameras={ADA: ("usb:046d:0825:1234:0", "pci:0000:00:14.0")},
        eyes_required=False,
        challenge_by_blinking=True,
    ),
)


FOURTH = replace(
    THIRD,
    machine=replace(
        THIRD.machine,
        lock_when_idle_seconds=90.0,
        head_sha256="1d" * 32,
        heads=("2d" * 32, "1d" * 32),
    ),
)


FIFTH = replace(
    FOURTH,
    machine=replace(
        FOURTH.machine,
        lock_when_away_seconds=12.5,
        onlooker_shield=False,
        ask_before_unlocking=True,
    ),
)


def records(folder: Path) -> SealedRecords:
    return SealedRecords(SealedFolder(folder), demo=False)


def copied(version: int, tmp_path: Path) -> Path:
    (tmp_path / "store").mkdir(mode=0o700)
    shutil.copy(GOLDEN / f"machine-v{version}" / MACHINE, tmp_path / "store" / MACHINE)
    (tmp_path / "store" / MACHINE).chmod(0o600)
    return tmp_path / "store"


@pytest.mark.parametrize(("version", "file"), [(2, SECOND), (3, THIRD), (4, FOURTH), (5, FIFTH)])
def test_the_golden_machine_record_opens_as_it_was(
    version: int, file: MachineFile, tmp_path: Path
) -> None:
    assert records(copied(version, tmp_path)).read_machine(SECRET) == (7, file)


def test_who_was_enrolled_before_cameras_were_bound_has_none() -> None:
    assert SECOND.machine.cameras == {}
    assert SECOND.machine.eyes_required


def test_a_facelock_that_knows_less_refuses_it_as_too_new(tmp_path: Path) -> None:
    folder = copied(5, tmp_path)
    sealed = bytearray((folder / MACHINE).read_bytes())
    assert read_header(bytes(sealed)).version == MACHINE_VERSION == 5
    struct.pack_into(">H", sealed, 8, MACHINE_VERSION + 1)
    (folder / MACHINE).write_bytes(sealed)
    with pytest.raises(StoreTooNew):
        records(folder).read_machine(SECRET)


if __name__ == "__main__":  # once, by the code of its time: no golden file is ever changed
    records(Path(sys.argv[1])).write_machine(SECRET, FIFTH, 7)
