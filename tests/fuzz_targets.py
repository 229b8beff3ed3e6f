"""Every format that Facelock reads, each with good examples and with what must hold of bad ones.

A target takes bytes and returns True if they were taken for good. It may raise FacelockError, which
a person then reads as a sentence. Anything else it raises is a defect, and so is taking bytes that
somebody changed where the format is sealed.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from made_up_heads import a_version
from sealed_people import FAST, PASSPHRASE, a_profile, keys_for

from facelock.core.activity import Activity, Happening
from facelock.core.errors import FacelockError
from facelock.core.head import Head
from facelock.core.settings import Settings
from facelock.desktop.settings_file import load_settings, save_settings
from facelock.resources import resource
from facelock.services.calibration_file import calibration_from_bytes
from facelock.vault import age
from facelock.vault.activity_log import ActivityLog, Anchor
from facelock.vault.backup_file import BackupKeys, opened_backup, write_backup
from facelock.vault.envelope import Header, Kind, open_sealed, seal
from facelock.vault.head_record import HEAD_VERSION, decode_head, encode_head
from facelock.vault.items import Item, ItemKind
from facelock.vault.key_files import context, decode_slots, encode_slots, make_slots
from facelock.vault.keys import unwrap_with_passphrase
from facelock.vault.profile_record import PROFILE_VERSION, decode_profile, encode_profile
from facelock.vault.records import MachineFile, MachineRecord, decode_machine, encode_machine
from facelock.vault.vault import Vault
from facelock.vault.vault_book import VaultKeys
from facelock.vault.vault_index import Entry, Index, index_key, open_index, seal_index
from facelock.vision.head_file import head_from_bytes, head_to_bytes

Read = Callable[[bytes], bool]


@dataclass(frozen=True)
class Target:
    """One format. `sealed`: changed bytes may never be taken."""

    good: bytes
    read: Read
    sealed: bool = False

    def survives(self, data: bytes) -> bool:
        """Return whether the bytes were taken; a refusal by FacelockError is no."""
        try:
            return self.read(data)
        except FacelockError:
            return False


_KEY = bytes(range(32))
_ID = "0" * 32


def _envelope() -> Target:
    good = seal(_KEY, Header(Kind.PROFILE, demo=False, generation=7), _ID, b"content" * 20)

    def read(data: bytes) -> bool:
        open_sealed(_KEY, data, kind=Kind.PROFILE, demo=False, record_id=_ID)
        return True

    return Target(good, read, sealed=True)


def _key_file() -> Target:
    profile = a_profile()
    keys = keys_for(profile)
    owner = profile.profile_id
    good = encode_slots(owner, make_slots(keys, _KEY))

    def read(data: bytes) -> bool:
        slots = decode_slots(data, owner, kdf_floor=FAST)
        if slots.passphrase.kdf != FAST:
            return False  # it would be stretched for seconds, and then not open
        opened = unwrap_with_passphrase(
            slots.passphrase, PASSPHRASE, context=context("passphrase", owner)
        )
        if opened != keys.vault_key:
            raise AssertionError("another key was made of a changed file")
        return True

    return Target(good, read)


def _machine() -> Target:
    good = encode_machine(MachineFile(MachineRecord(failures=2), {"a" * 32: 3}))
    return Target(good, lambda data: bool(decode_machine(data)))


def _profile() -> Target:
    good = encode_profile(a_profile(crops=False))
    return Target(good, lambda data: bool(decode_profile(data, PROFILE_VERSION)))


def _head() -> Target:
    return Target(head_to_bytes(Head.identity(8)), lambda data: bool(head_from_bytes(data)))


def _head_record() -> Target:
    good = encode_head(a_version(5, _ID))
    return Target(good, lambda data: bool(decode_head(data, HEAD_VERSION)))


def _calibration() -> Target:
    good = resource("models/impostors.safetensors").read_bytes()
    whose = Head.identity(192)
    return Target(good, lambda data: bool(calibration_from_bytes(data, whose)))


def _settings() -> Target:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "settings.json"
        save_settings(path, Settings(camera_id="usb:046d:0825"))
        good = path.read_bytes()

    def read(data: bytes) -> bool:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "settings.json"
            path.write_bytes(data)
            return load_settings(path) != Settings()

    return Target(good, read)


def _vault_index() -> Target:
    item = Item("1" * 32, ItemKind.FILE, "a name", 5, 1.0, 2.0, "0" * 64, None)
    index = Index(entries={item.item_id: Entry(item, "2" * 32)})
    key = index_key(_KEY)
    good = seal_index(key, index, profile_id=_ID, generation=3, demo=False)

    def read(data: bytes) -> bool:
        open_index(key, data, profile_id=_ID, demo=False)
        return True

    return Target(good, read, sealed=True)


def _age_file() -> Target:
    identity = age.new_identity()
    good = age.encrypt(b"content" * 50, age.recipient_of(identity))

    def read(data: bytes) -> bool:
        if age.decrypt(data, identity) != b"content" * 50:
            raise AssertionError("another content came out of a changed file")
        return True

    return Target(good, read)


def _backup() -> Target:
    identity = age.new_identity()
    with tempfile.TemporaryDirectory() as folder:
        vault_folder, path = Path(folder) / "vault", Path(folder) / "backup"
        vault = Vault.open(
            vault_folder,
            VaultKeys.of(_ID, _KEY, identity),
            known_generation=None,
            keep_generation=lambda _: None,
        )
        vault.add_bytes("a", b"content" * 500)
        vault.close()
        profile = replace(a_profile(crops=False), profile_id=_ID)
        keys = BackupKeys(_ID, _KEY, identity, None, b"{}", demo=False)
        write_backup(path, keys, vault_folder, profile, progress=lambda *_: None)
        good = path.read_bytes()
    whole = encode_profile(profile)

    def read(data: bytes) -> bool:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "backup"
            path.write_bytes(data)
            with opened_backup(path) as backup:
                found = backup.read_all(keys, None).profile
        if found is None or encode_profile(found) != whole:
            raise AssertionError("something else came out of a changed backup")
        return True

    return Target(good, read)


def _activity_log() -> Target:
    entries = tuple(
        Activity(kind, 1000.0 + number, "a" * 32) for number, kind in enumerate(Happening)
    )
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "activity.log"
        log = ActivityLog(path, _KEY, demo=False)
        log.append(entries, Anchor(), 2000.0)
        good, known = path.read_bytes(), log.anchor

    def read(data: bytes) -> bool:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "activity.log"
            path.write_bytes(data)
            path.chmod(0o600)
            found = ActivityLog(path, _KEY, demo=False).read(known, 3000.0)
        cut = [one for one in found if one.what is Happening.LOG_CUT and one.at == 3000.0]
        if not set(found) - set(cut) <= set(entries):
            raise AssertionError("an entry came out that was never written")
        if not cut and found != entries:
            raise AssertionError("entries went missing, and nothing says so")
        return not cut

    return Target(good, read)


TARGETS: Mapping[str, Callable[[], Target]] = {
    "envelope": _envelope,
    "vault index": _vault_index,
    "age file": _age_file,
    "backup": _backup,
    "activity log": _activity_log,
    "key file": _key_file,
    "machine record": _machine,
    "profile": _profile,
    "head": _head,
    "head record": _head_record,
    "calibration": _calibration,
    "preferences": _settings,
}
"""Made when asked for: some take a moment."""
