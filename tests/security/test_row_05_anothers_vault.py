"""Rows 5 and 21: who is inside reads their own vault and nobody else's."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from lock_machine import ADA, BOB, Machine
from sealed_people import PASSPHRASE, keys_for

from facelock.core.errors import FacelockError, WrongPassphrase
from facelock.services.access import Access
from facelock.services.vault_desk import VaultDesk

OTHER = "nine loud herons"
SECRET = b"a letter of Bob's"


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    """Ada and Bob are enrolled, and Bob has put something into his vault."""
    made = Machine(tmp_path / "store")
    with made.started() as access:
        access.confirm(access.slow_open(ADA.profile_id, PASSPHRASE))
        access.enrol(BOB, keys_for(BOB, OTHER))
    with entered(made, BOB.profile_id, OTHER) as access:
        desk(made, access).open().add_bytes("letter.txt", SECRET)
        access.lock()
    return made


@contextmanager
def entered(machine: Machine, profile_id: str, passphrase: str) -> Iterator[Access]:
    """Run Facelock, unlocked by this passphrase."""
    with machine.started() as access:
        access.accept(access.slow_open(profile_id, passphrase))
        yield access


def desk(machine: Machine, access: Access) -> VaultDesk:
    return VaultDesk(access, machine.store, machine.folder.parent / "vaults")


@pytest.fixture
def ada_inside(machine: Machine) -> Iterator[Access]:
    with entered(machine, ADA.profile_id, PASSPHRASE) as access:
        yield access
        access.lock()


def test_ada_sees_her_own_empty_vault(machine: Machine, ada_inside: Access) -> None:
    assert desk(machine, ada_inside).open().items == ()


def test_adas_passphrase_does_not_open_bobs_key(ada_inside: Access) -> None:
    with pytest.raises(WrongPassphrase):
        ada_inside.slow_open(BOB.profile_id, PASSPHRASE)


def test_adas_key_opens_neither_bobs_identity_nor_his_face_path(
    machine: Machine, ada_inside: Access
) -> None:
    key = bytearray(ada_inside.vault_key())
    with pytest.raises(FacelockError):
        machine.store.vault_identity(BOB.profile_id, key)
    with pytest.raises(FacelockError):
        machine.store.arm_face(BOB.profile_id, key)


def test_bobs_vault_put_in_the_place_of_adas_shows_her_nothing(
    machine: Machine, ada_inside: Access
) -> None:
    vaults = machine.folder.parent / "vaults"
    shutil.rmtree(vaults / ADA.profile_id, ignore_errors=True)
    shutil.copytree(vaults / BOB.profile_id, vaults / ADA.profile_id)
    vault = desk(machine, ada_inside).open(accept_rollback=True)
    assert vault.items == vault.deleted == ()  # nothing of Bob's is taken for hers
    everything = b"".join(one.read_bytes() for one in vaults.rglob("*") if one.is_file())
    assert SECRET not in everything
    assert b"letter" not in everything
