"""The index of a vault in force: read with suspicion, written with what it vouches for.

Order of a write (threat-model row 25): everything that needs room on the disk is written and synced
beside what is there; then the item's file is put in its place, then the index, then the names, then
the keyring learns the generation. The index decides: before it stands the old state holds, and an
item's file that it does not know is a leftover; after it the new state holds, and what comes later
is caught up with at the next opening.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from contextlib import ExitStack, suppress
from dataclasses import dataclass, field, replace

from facelock.core.atomic_file import StagedFile
from facelock.core.errors import (
    KeyringUnavailable,
    NotEnrolled,
    StoreDamaged,
    VaultError,
    VaultLocked,
    VaultRolledBack,
)
from facelock.vault import age
from facelock.vault.item_names import file_name, marked
from facelock.vault.keys import Key, wipe
from facelock.vault.vault_folder import IDENTITY, INDEX, NAMES, VaultFolder, vault_writing
from facelock.vault.vault_index import Entry, Index, index_key, open_index, seal_index

_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class VaultKeys:
    """What opens one person's vault."""

    profile_id: str
    demo: bool
    index_key: bytearray = field(repr=False)
    identity: str = field(repr=False)  # AGE-SECRET-KEY-1...
    recovery_recipient: str  # age1... of the recovery key; empty: there is none

    @classmethod
    def of(
        cls,
        profile_id: str,
        vault_key: Key,
        identity: str,
        *,
        recovery_recipient: str | None = None,
        demo: bool = False,
    ) -> VaultKeys:
        """Derive them from a vault key, which they keep no copy of."""
        return cls(profile_id, demo, index_key(vault_key), identity, recovery_recipient or "")

    @property
    def recipient(self) -> str:
        """Whom items are encrypted to."""
        return age.recipient_of(self.identity)


class VaultBook:
    """The index of one vault. Not for two threads at once; `index` may be read by any."""

    def __init__(
        self, folder: VaultFolder, keys: VaultKeys, keep_generation: Callable[[int], None]
    ) -> None:
        self._folder = folder
        self._keys: VaultKeys | None = keys
        self._keep_generation = keep_generation
        self._listing: bytes | None = None  # what names.age says
        self._generation = 0
        self.index = Index()
        self.is_written = True  # False: `load` took an index that was in doubt

    @property
    def keys(self) -> VaultKeys:
        """The keys. Raises VaultLocked once they are forgotten."""
        if self._keys is None:
            raise VaultLocked("the vault is closed")
        return self._keys

    def load(self, known: int | None, *, accept_rollback: bool) -> frozenset[str]:
        """Read the index; return the files it does not know and that may be somebody's.

        `known` is the generation that the keyring knows. Raises VaultRolledBack unless accepted, if
        the index is older, gone or does not open; StoreTooNew; and for a new vault VaultFull or
        VaultUnwritable.
        """
        on_disk = self._folder.file_ids()
        found = self._read()
        if found is None and not (known or on_disk or self._folder.exists(INDEX)):
            self.write(Index())
            return frozenset()
        doubtful = found is None or found[0] < (known or 0)
        if doubtful and not accept_rollback:
            raise VaultRolledBack("the index is older than the one last written, or gone")
        if found is None:
            self._folder.keep_damaged_index()
        self._generation, index = found or (0, Index())
        self._generation = max(self._generation, known or 0)
        unknown = on_disk - index.file_ids - frozenset(index.leaving)
        if doubtful:  # not written before `unknown` is in it: else they would be leftovers
            self.index, self.is_written = _all_back(index, on_disk), False
            return unknown
        self.index = index
        if self._generation != known:
            self._tell_keyring()
        if known is None:  # no keyring: it cannot be told whether an older index was put back
            return unknown
        self._folder.delete_items(unknown)  # an import that was cut off
        return frozenset()

    def _read(self) -> tuple[int, Index] | None:
        keys = self.keys
        try:
            if (names := self._folder.read(NAMES)) is not None:
                self._listing = age.decrypt(names, keys.identity)
        except StoreDamaged:
            _log.info("the list of names is written anew")
        try:
            sealed = self._folder.read(INDEX)
            if sealed is None:
                return None
            return open_index(keys.index_key, sealed, profile_id=keys.profile_id, demo=keys.demo)
        except StoreDamaged as error:
            _log.info("the index of a vault was not loaded: %s", error)
            return None

    def known_names(self) -> Mapping[str, str]:
        """Return the names that names.age gives to files, by file id; they are not vouched for."""
        lines = (self._listing or b"").decode("utf-8", "replace").splitlines()
        pairs = (line.partition("\t") for line in lines)
        return {file.removesuffix(".age"): name for file, _, name in pairs}

    def write(self, index: Index, arrived: StagedFile | None = None) -> None:
        """Put an index in force, together with the file of an item that it vouches for.

        Raises VaultFull or VaultUnwritable: then nothing has changed.
        """
        gone = tuple(one for one in index.leaving if not self._folder.has_item(one))
        index = replace(index, leaving=tuple(one for one in index.leaving if one not in gone))
        keys, listing, generation = self.keys, _listing(index), self._generation + 1
        sealed = seal_index(
            keys.index_key, index, profile_id=keys.profile_id, demo=keys.demo, generation=generation
        )
        with vault_writing(), ExitStack() as stack:
            staged = stack.enter_context(self._folder.staged(INDEX))
            staged.write(sealed)
            staged.finish()
            names = stack.enter_context(self._folder.staged(NAMES))
            names.write(age.encrypt(listing, keys.recipient))
            names.finish()
            self._put_in_place(staged, arrived)
            self._generation, self.index, self.is_written = generation, index, True
            with suppress(OSError):  # else at the next opening
                names.commit()
                self._listing = listing
        self._tell_keyring()

    @staticmethod
    def _put_in_place(index: StagedFile, arrived: StagedFile | None) -> None:
        if arrived is not None:
            arrived.commit()
        try:
            index.commit()
        except OSError:
            if arrived is not None:
                with suppress(OSError):
                    arrived.path.unlink()
            raise

    def _tell_keyring(self) -> None:
        try:
            self._keep_generation(self._generation)
        except (KeyringUnavailable, NotEnrolled):  # the new state stands; the next opening takes it
            _log.info("the keyring did not take the generation of a vault")

    def catch_up(self) -> None:
        """Do what a power cut or a full disk left undone. Never fails: it can wait once more."""
        index = self.index
        deleted = [one for one in index.entries.values() if one.item.deleted_at is not None]
        leaving = (*index.leaving, *(one.file_id for one in deleted))
        self._folder.delete_items(leaving)
        kept = {key: one for key, one in index.entries.items() if one.item.deleted_at is None}
        with suppress(VaultError):
            if leaving:
                self.write(replace(index, entries=kept, leaving=leaving))
            elif (listing := _listing(index)) != self._listing:
                self._folder.write(NAMES, age.encrypt(listing, self.keys.recipient))
                self._listing = listing
            self._keep_identity(self.keys)

    def _keep_identity(self, keys: VaultKeys) -> None:
        """Encrypt the vault's identity to the recovery key there is now, if there is one."""
        wanted = keys.recovery_recipient
        if not wanted:
            return
        if wanted != self.index.recovery_recipient or not self._folder.exists(IDENTITY):
            self._folder.write(IDENTITY, age.encrypt(keys.identity.encode() + b"\n", wanted))
            self.write(replace(self.index, recovery_recipient=wanted))

    def close(self) -> None:
        """Catch up, and forget the keys, whatever happens. Never fails.

        The keyring is asked nothing: it may ask a person, and a lock waits for nobody. What is
        still written is newer than it knows, which the next opening accepts and tells it.
        """
        self._keep_generation = lambda _: None
        try:
            self.catch_up()
        except OSError as error:  # a disk that fails otherwise than by refusing to write
            _log.info("a vault was not tidied up: %s", error.strerror)
        finally:
            self.forget()

    def forget(self) -> None:
        """Wipe the index key, and drop everything that was read."""
        if self._keys is not None:
            wipe(self._keys.index_key)
        self._keys, self._listing, self.index = None, None, Index()


def _all_back(index: Index, on_disk: frozenset[str]) -> Index:
    """Return an old index with nothing deleted in it: the deletion may have been taken back."""
    entries: dict[str, Entry] = {}
    for key, entry in index.entries.items():
        if entry.item.deleted_at is None or entry.file_id in on_disk:
            entries[key] = replace(entry, item=replace(entry.item, deleted_at=None))
    return replace(index, entries=entries)


def _listing(index: Index) -> bytes:
    """Return lines of "<file>.age TAB name", each name a safe file name that occurs once."""
    taken: set[str] = set()
    lines: list[str] = []
    for entry in index.entries.values():
        if entry.item.deleted_at is not None:
            continue
        name = file_name(entry.item.name)
        if name.casefold() in taken:
            name = marked(name, entry.file_id)
        taken.add(name.casefold())
        lines.append(f"{entry.file_id}.age\t{name}\n")
    return "".join(lines).encode()
