"""Backups: everything of a person in one file, and nobody else's way in."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import tarfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from fakes import FakeClock, FakeEmbedder, FakeSecrets, fake_pipeline, made_up_calibration
from made_up_heads import a_version
from sealed_people import BACKBONE, FAST, PASSPHRASE, a_profile, keys_for

from facelock.core.activity import Happening, Journal
from facelock.core.errors import (
    BackupUnreadable,
    BackupUnwritable,
    Cancelled,
    FacelockError,
    NameTaken,
    PassphraseConfirmationNeeded,
    VaultLocked,
    WrongPassphrase,
    WrongRecoveryKey,
)
from facelock.core.head_version import calibration_of
from facelock.core.template import Profile
from facelock.services.access import Access
from facelock.services.backup import BackupDesk, OpenVaultKey, by_passphrase, by_recovery_key
from facelock.services.vault_desk import VaultDesk
from facelock.vault import age
from facelock.vault.backup_format import header, padding
from facelock.vault.store import ProfileStore

FILES = {"a.txt": b"one", "b.bin": bytes(300_000), "empty": b""}


class Notes(Journal):
    def __init__(self) -> None:
        self.notes: list[Happening] = []

    def note(self, what: Happening, profile_id: str = "") -> None:
        self.notes.append(what)


@dataclass
class Running:
    access: Access
    store: ProfileStore
    desk: VaultDesk
    backups: BackupDesk
    journal: Notes

    def enter(self, profile: Profile, passphrase: str = PASSPHRASE) -> None:
        self.access.accept(self.access.slow_open(profile.profile_id, passphrase))

    def contents(self) -> dict[str, bytes]:
        vault = self.desk.open()
        return {item.name: vault.read(item.item_id, limit=1 << 30) for item in vault.items}


class Computer:
    """One machine: its disk and its keyring."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.secrets = FakeSecrets()
        self.clock = FakeClock()

    @contextmanager
    def started(self, *, demo: bool = False) -> Iterator[Running]:
        store = ProfileStore.open(self.folder / "store", self.secrets, demo=demo, kdf_floor=FAST)
        journal = Notes()
        access = Access(store, self.clock, journal)
        vaults = self.folder / "vaults"
        desk = VaultDesk(access, store, vaults)
        backups = BackupDesk(access, store, desk, vaults, kdf_floor=FAST)
        try:
            yield Running(access, store, desk, backups, journal)
        finally:
            access.lock()
            access.close()
            store.close()

    def files(self) -> dict[str, bytes]:
        found = (path for path in self.folder.rglob("*") if path.is_file())
        return {str(path): path.read_bytes() for path in found if "activity" not in path.name}


@dataclass(frozen=True)
class Made:
    computer: Computer
    profile: Profile
    recovery_key: str
    file: Path


def unheard(done: int, total: int) -> None:
    """Hear nothing."""


@pytest.fixture
def made(tmp_path: Path) -> Made:
    computer = Computer(tmp_path / "old")
    profile = a_profile("Ada")
    keys = keys_for(profile)
    recovery_key = keys.recovery_key.text
    file = tmp_path / "ada.facelock"
    with computer.started() as running:
        running.access.enrol(profile, keys, enter=True)
        vault = running.desk.open()
        for name, data in FILES.items():
            vault.add_bytes(name, data)
        heard: list[tuple[int, int]] = []
        items = running.backups.make(file, lambda done, total: heard.append((done, total)))
        assert items == len(FILES)
        assert heard[-1][0] == heard[-1][1] > 300_000
        assert Happening.BACKUP_MADE in running.journal.notes
        assert running.contents() == FILES
    return Made(computer, profile, recovery_key, file)


@pytest.fixture
def new(tmp_path: Path) -> Computer:
    return Computer(tmp_path / "new")


def openers(made: Made) -> dict[str, OpenVaultKey]:
    return {
        "passphrase": by_passphrase(PASSPHRASE),
        "recovery": by_recovery_key(made.recovery_key),
    }


@pytest.mark.parametrize("way", ["passphrase", "recovery"])
def test_a_new_machine_gets_everything_back(made: Made, new: Computer, way: str) -> None:
    with new.started() as running:
        restored = running.backups.restore(made.file, openers(made)[way], unheard)
        assert (restored.profile.name, restored.items) == ("Ada", len(FILES))
        assert Happening.BACKUP_RESTORED in running.journal.notes
        assert len(running.store.profiles[0].samples) == len(made.profile.samples)
        # The face is armed by the passphrase alone.
        assert running.store.open_key_by_face(made.profile.profile_id) is None
        running.enter(made.profile)
        assert running.contents() == FILES
        assert running.store.open_key_by_face(made.profile.profile_id) is not None
    with new.started() as running:
        running.enter(made.profile)
        assert running.contents() == FILES
    assert sorted(path.name for path in (new.folder / "vaults").iterdir()) == [
        made.profile.profile_id
    ]


def test_whoever_comes_back_is_renewed_to_the_head_in_force_there(
    made: Made, new: Computer, tmp_path: Path
) -> None:
    """Backups hold no head, and templates of another one are never compared."""
    head = a_version(5, made.profile.profile_id, backbone=BACKBONE)
    file = tmp_path / "under-a-head.facelock"
    with made.computer.started() as running:
        running.enter(made.profile)
        under = [replace(made.profile, model_sha256=head.network.model_sha256)]
        assert running.store.adopt_head(running.store.stage_head(head, under))
        running.backups.make(file, unheard)
    pipeline = fake_pipeline(FakeEmbedder(backbone=BACKBONE))
    calibration = replace(made_up_calibration(), model_sha256=pipeline.model_sha256)
    with new.started() as running:
        running.backups.restore(file, by_passphrase(PASSPHRASE), unheard)
        assert running.store.heads == ()
        assert running.access.gallery(pipeline.model_sha256).people == 0
        running.access.renewal.run(pipeline, lambda: calibration)
        assert running.access.gallery(pipeline.model_sha256).people == 1
    with made.computer.started() as running:  # in place, where that head is in force by now
        running.enter(made.profile)
        running.backups.restore(made.file, by_passphrase(PASSPHRASE), unheard, in_place=True)
        assert running.store.head_in_force is not None
        measured = calibration_of(head, calibration.features, calibration.person_index)
        running.access.renewal.run(pipeline.with_head(head.head), lambda: measured)
        assert running.access.gallery(head.network.model_sha256).people == 1


def test_a_backup_asks_for_the_passphrase_and_overwrites_nothing(
    made: Made, tmp_path: Path
) -> None:
    with made.computer.started() as running:
        with pytest.raises(VaultLocked):
            running.backups.make(tmp_path / "x", unheard)
        running.enter(made.profile)
        before = made.file.read_bytes()
        with pytest.raises(BackupUnwritable):
            running.backups.make(made.file, unheard)
        with pytest.raises(BackupUnwritable):
            running.backups.make(tmp_path / "nowhere" / "x", unheard)
        assert made.file.read_bytes() == before
        running.backups.make(made.file, unheard, overwrite=True)
        assert made.file.read_bytes() != before

        def cancel(done: int, total: int) -> None:
            raise Cancelled

        with pytest.raises(Cancelled):
            running.backups.make(tmp_path / "x", cancel)
        made.computer.clock.advance(3600)
        with pytest.raises(PassphraseConfirmationNeeded):
            running.backups.make(tmp_path / "x", unheard)
    assert not [
        path.name for path in tmp_path.iterdir() if "x" in path.suffixes or ".tmp" in path.name
    ]


def test_nothing_of_it_is_readable(made: Made) -> None:
    data = made.file.read_bytes()
    for word in (b"a.txt", b"Ada", made.recovery_key.encode(), b"AGE-SECRET-KEY"):
        assert word not in data


def test_a_wrong_secret_opens_nothing_and_changes_nothing(made: Made, new: Computer) -> None:
    with new.started() as running:
        before = new.files()
        with pytest.raises(WrongPassphrase):
            running.backups.restore(made.file, by_passphrase("another one"), unheard)
        with pytest.raises(WrongRecoveryKey):
            running.backups.restore(made.file, by_recovery_key(age.new_identity()), unheard)
        assert new.files() == before
        assert running.store.people == ()


def test_beside_others_it_asks_for_the_passphrase(made: Made, new: Computer) -> None:
    bob = a_profile("Robert")
    with new.started() as running:
        running.access.enrol(bob, keys_for(bob), enter=True)
        new.clock.advance(3600)
        with pytest.raises(PassphraseConfirmationNeeded):
            running.backups.restore(made.file, by_passphrase(PASSPHRASE), unheard)
        running.enter(bob)
        running.backups.restore(made.file, by_passphrase(PASSPHRASE), unheard)
        assert [one.name for one in running.store.profiles] == ["Ada", "Robert"]


def test_somebody_elses_name_is_not_taken(made: Made, new: Computer) -> None:
    other = a_profile("ADA")
    with new.started() as running:
        running.access.enrol(other, keys_for(other), enter=True)
        before = new.files()
        with pytest.raises(NameTaken):
            running.backups.restore(made.file, by_passphrase(PASSPHRASE), unheard)
        assert {**new.files(), **before} == new.files()
        assert running.store.people == (other.profile_id,)


def test_who_is_enrolled_is_replaced_only_when_asked(made: Made) -> None:
    with made.computer.started() as running:
        running.enter(made.profile)
        running.desk.open().add_bytes("newer", b"2")
        running.store.rename(made.profile.profile_id, "Ada Lovelace")
        running.desk.close()
        with pytest.raises(NameTaken):
            running.backups.restore(made.file, by_passphrase(PASSPHRASE), unheard)
        running.backups.restore(made.file, by_passphrase(PASSPHRASE), unheard, in_place=True)
        assert running.store.profiles[0].name == "Ada"
        assert running.store.open_key_by_face(made.profile.profile_id) is None
    with made.computer.started() as running:
        assert [one.name for one in running.store.profiles] == ["Ada"]
        running.enter(made.profile)
        assert running.contents() == FILES
    vaults = made.computer.folder / "vaults"
    assert [path.name for path in vaults.iterdir()] == [made.profile.profile_id]


def test_a_backup_exchanged_after_the_passphrase_is_refused(made: Made) -> None:
    with made.computer.started() as running:
        running.enter(made.profile)
        before = made.computer.files()
        with pytest.raises(BackupUnreadable):
            running.backups.restore(
                made.file, by_passphrase(PASSPHRASE), unheard, in_place=True, of="e" * 32
            )
        assert made.computer.files() == before


def test_a_demo_takes_no_real_backup(made: Made, new: Computer) -> None:
    with new.started(demo=True) as running:
        with pytest.raises(FacelockError):
            running.backups.restore(made.file, by_passphrase(PASSPHRASE), unheard)
        assert running.store.people == ()


def repacked(made: Made, change: Callable[[bytes], bytes]) -> bytes:
    """Return the backup with its inner tar changed by somebody who knows the recipients."""
    with tarfile.open(made.file) as tar:
        keys = tar.extractfile("keys.json")
        payload = tar.extractfile("backup.age")
        assert keys is not None
        assert payload is not None
        key_file = keys.read()
        inner = age.decrypt(payload.read(), made.recovery_key)
    evil = age.encrypt(change(inner), json.loads(key_file)["slots"]["recipient"])
    out = b""
    for name, data in (("keys.json", key_file), ("backup.age", evil)):
        out += header(name, len(data)) + data + padding(len(data))
    return out + bytes(1024)


def with_member(
    name: str, kind: bytes = tarfile.REGTYPE, data: bytes = b"evil"
) -> Callable[[bytes], bytes]:
    """Return what puts one more member before the others."""
    member = tarfile.TarInfo(name)
    member.type, member.linkname = kind, "/etc/passwd"
    member.size = len(data) if kind == tarfile.REGTYPE else 0
    block = member.tobuf(tarfile.GNU_FORMAT) + data.ljust(512, b"\0") * (member.size > 0)
    return lambda inner: block + inner


def huge(inner: bytes) -> bytes:
    member = tarfile.TarInfo("profile.sealed")
    member.size = 1 << 40
    return member.tobuf(tarfile.GNU_FORMAT) + inner


ATTACKS: dict[str, Callable[[bytes], bytes]] = {
    "absolute": with_member("/tmp/evil"),
    "parent": with_member("vault/../../evil"),
    "unknown": with_member("vault/evil"),
    "folder": with_member("vault/items", tarfile.DIRTYPE),
    "link": with_member("vault/index.sealed", tarfile.SYMTYPE),
    "hard link": with_member("vault/index.sealed", tarfile.LNKTYPE),
    "device": with_member("vault/index.sealed", tarfile.CHRTYPE),
    "pipe": with_member("vault/index.sealed", tarfile.FIFOTYPE),
    "long name": with_member("vault/" + "x" * 300),
    "twice": with_member("vault/index.sealed"),
    "one more item": with_member("vault/items/" + "0" * 32 + ".age"),
    "empty item": with_member("vault/items/" + "0" * 32 + ".age", data=b""),
    "another profile": with_member("profile.sealed"),
    "huge": huge,
    "cut": lambda inner: inner[: len(inner) // 2],
    "no end": lambda inner: inner[:-1024],
    "more after the end": lambda inner: inner + inner,
    "one byte": lambda inner: inner[:600] + bytes([inner[600] ^ 1]) + inner[601:],
    "nothing": lambda inner: b"",
    "only an end": lambda inner: bytes(1024),
    "junk": lambda inner: b"junk" * 1000,
}


@pytest.mark.parametrize("attack", ATTACKS)
def test_a_forged_backup_is_refused_and_nothing_changes(
    made: Made, new: Computer, attack: str
) -> None:
    made.file.write_bytes(repacked(made, ATTACKS[attack]))
    with new.started() as running:
        before = new.files()
        with pytest.raises(BackupUnreadable):
            running.backups.restore(made.file, by_recovery_key(made.recovery_key), unheard)
        assert new.files() == before
        assert running.store.people == ()


def test_only_the_change_makes_it_a_forgery(made: Made, new: Computer) -> None:
    made.file.write_bytes(repacked(made, lambda inner: inner))
    with new.started() as running:
        running.backups.restore(made.file, by_recovery_key(made.recovery_key), unheard)
        assert len(running.store.people) == 1


def test_a_damaged_file_is_no_backup(made: Made, new: Computer, tmp_path: Path) -> None:
    whole = made.file.read_bytes()
    for data in (b"", b"junk", bytes(5000), whole[:-1], whole[:700], whole[:3000], whole + b"x"):
        made.file.write_bytes(data)
        with new.started() as running, pytest.raises(BackupUnreadable):
            running.backups.restore(made.file, by_passphrase(PASSPHRASE), unheard)
    with new.started() as running, pytest.raises(BackupUnreadable):
        running.backups.restore(tmp_path / "missing", by_passphrase(PASSPHRASE), unheard)


@pytest.mark.skipif(shutil.which("age") is None, reason="the age tool is not installed")
def test_standard_tools_open_it(made: Made, tmp_path: Path) -> None:
    out = tmp_path / "out"
    out.mkdir()
    (out / "recovery.txt").write_text(made.recovery_key)
    commands = f"tar -xf '{made.file}' && age -d -i recovery.txt backup.age | tar -x"
    subprocess.run(["sh", "-e", "-c", commands], cwd=out, check=True)
    assert len(list((out / "vault" / "items").iterdir())) == len(FILES)
    assert (out / "keys.json").read_text().startswith("{")


def test_the_passphrase_script_opens_it_too(made: Made, tmp_path: Path) -> None:
    """As docs/recovery.md tells: once for the tar, once for the vault in it."""
    script = Path(__file__).parents[2] / "scripts" / "recover_with_passphrase.py"
    subprocess.run(["tar", "-xf", made.file, "-C", tmp_path], check=True)

    def run(source: str, out: str) -> None:
        subprocess.run(
            [sys.executable, "-I", script, "keys.json", source, out],
            input=PASSPHRASE + "\n",
            cwd=tmp_path,
            text=True,
            check=True,
            capture_output=True,
            start_new_session=True,  # no terminal: getpass reads what is given
        )

    run("backup.age", "vault.tar")
    subprocess.run(["tar", "-xf", tmp_path / "vault.tar", "-C", tmp_path], check=True)
    run("vault", "recovered")
    found = {path.name: path.read_bytes() for path in (tmp_path / "recovered").iterdir()}
    assert found == FILES
