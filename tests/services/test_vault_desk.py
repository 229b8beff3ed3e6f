"""The desk of the vault: open for who is inside, closed by the lock, out only on the passphrase."""

from __future__ import annotations

from pathlib import Path

import pytest
from lock_machine import ADA, Machine
from sealed_people import PASSPHRASE

from facelock.core.activity import Happening
from facelock.core.errors import (
    Cancelled,
    PassphraseConfirmationNeeded,
    VaultLocked,
    VaultRolledBack,
)
from facelock.services.access import Access
from facelock.services.vault_desk import VaultDesk
from facelock.vault.vault import Vault


class Notes:
    def __init__(self) -> None:
        self.notes: list[tuple[Happening, str]] = []

    def note(self, what: Happening, profile_id: str = "") -> None:
        self.notes.append((what, profile_id))


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    return Machine(tmp_path / "store")


def a_desk(machine: Machine, access: Access) -> VaultDesk:
    return VaultDesk(access, machine.store, machine.folder.parent / "vaults")


def enter(access: Access) -> None:
    access.accept(access.slow_open(ADA.profile_id, PASSPHRASE))


def test_it_is_open_while_somebody_is_inside_and_closed_by_the_lock(machine: Machine) -> None:
    with machine.started() as access:
        desk = a_desk(machine, access)
        with pytest.raises(VaultLocked):
            desk.open()
        enter(access)
        vault = desk.open()
        assert desk.is_open
        assert desk.open() is vault
        vault.add_bytes("a", b"x")
        access.lock()
        assert not desk.is_open
        with pytest.raises(VaultLocked):
            vault.add_bytes("b", b"x")
        for call in (lambda: desk.export([], Path()), lambda: desk.slow_export([], Path())):
            with pytest.raises(VaultLocked):
                call()
        enter(access)
        assert [item.name for item in desk.open().items] == ["a"]
        access.lock()


def test_nothing_is_exported_without_the_passphrase(machine: Machine, tmp_path: Path) -> None:
    with machine.started() as access:
        notes = Notes()
        access.journal = notes
        desk = a_desk(machine, access)
        enter(access)
        vault = desk.open()
        ids = [vault.add_bytes(name, data).item_id for name, data in (("a", b"1"), ("b", b"22"))]
        out = tmp_path / "out"
        out.mkdir()
        heard: list[tuple[int, int]] = []
        written = desk.export(ids, out, lambda done, total: heard.append((done, total)))
        assert [path.read_bytes() for path in written] == [b"1", b"22"]
        assert heard == [(1, 3), (3, 3)]
        assert (Happening.ITEMS_EXPORTED, ADA.profile_id) in notes.notes
        machine.clock.advance(3600)
        with pytest.raises(PassphraseConfirmationNeeded):
            desk.export(ids, out)
        assert len(list(out.iterdir())) == 2
        access.lock()


def test_an_old_vault_is_taken_on_the_passphrase_alone(machine: Machine) -> None:
    with machine.started() as access:
        notes = Notes()
        access.journal = notes
        desk = a_desk(machine, access)
        enter(access)
        vault = desk.open()
        index = machine.folder.parent / "vaults" / ADA.profile_id / "index.sealed"
        old = index.read_bytes()
        vault.add_bytes("a", b"x")
        desk.close()
        desk.close()
        index.write_bytes(old)
        with pytest.raises(VaultRolledBack):
            desk.open()
        assert (Happening.VAULT_ROLLED_BACK, ADA.profile_id) in notes.notes
        machine.clock.advance(3600)
        with pytest.raises(PassphraseConfirmationNeeded):
            desk.open(accept_rollback=True)
        access.confirm(access.slow_open(ADA.profile_id, PASSPHRASE))
        assert len(desk.open(accept_rollback=True).items) == 1
        access.lock()


def test_an_opening_that_the_lock_overtook_ends_closed(
    machine: Machine, monkeypatch: pytest.MonkeyPatch
) -> None:
    real, opened = Vault.open, []

    with machine.started() as access:
        desk = a_desk(machine, access)
        enter(access)

        def slow(*arguments: object, **named: object) -> Vault:
            vault = real(*arguments, **named)  # type: ignore[arg-type]  # passes all on
            opened.append(vault)
            access.lock()
            return vault

        monkeypatch.setattr(Vault, "open", slow)
        with pytest.raises(VaultLocked):
            desk.open()
        assert not desk.is_open
        with pytest.raises(VaultLocked):
            opened[0].add_bytes("a", b"x")


def test_an_export_that_is_cancelled_keeps_what_was_whole(machine: Machine, tmp_path: Path) -> None:
    with machine.started() as access:
        desk = a_desk(machine, access)
        enter(access)
        vault = desk.open()
        ids = [vault.add_bytes(name, b"x").item_id for name in ("a", "b")]

        def cancel(done: int, total: int) -> None:
            if done > 1:
                raise Cancelled

        out = tmp_path / "out"
        out.mkdir()
        with pytest.raises(Cancelled):
            desk.export(ids, out, cancel)
        assert [path.name for path in out.iterdir()] == ["a"]
        access.lock()
