"""A person's vault of files and notes, open: from `Vault.open` until `close`.

Safe for several threads: long work (`add_file`, `export`) streams outside the lock and only its
last step, by which it counts, is taken one at a time; everything that is read (`items`) is replaced
whole. Whatever fails or is cancelled leaves the vault as it was.

Errors: VaultLocked once closed, of work under way too; VaultFull (quota or disk) and
VaultUnwritable, which change nothing; ItemMissing; ItemDamaged; Cancelled, if `progress` raises it.
"""

from __future__ import annotations

import secrets
import time
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from facelock.core.atomic_file import StagedFile
from facelock.core.errors import (
    ExportUnwritable,
    ItemDamaged,
    ItemMissing,
    ItemTooLarge,
    SettingsError,
    StoreDamaged,
    VaultError,
)
from facelock.vault import age
from facelock.vault.item_names import clean_name, file_name
from facelock.vault.item_search import ItemSearch
from facelock.vault.item_streams import (
    BytesSource,
    Intake,
    Outlet,
    Sink,
    Source,
    opened_source,
    unheard,
)
from facelock.vault.items import Item, ItemKind, Progress, note_bytes
from facelock.vault.vault_book import VaultBook, VaultKeys
from facelock.vault.vault_folder import VaultFolder, put_beside, vault_writing
from facelock.vault.vault_index import DEFAULT_QUOTA, Entry, Index
from facelock.vault.vault_rescue import rescue
from facelock.vault.vault_workers import Workers


class Vault:
    """Files and notes of one person. Made by `open`."""

    def __init__(
        self, folder: VaultFolder, book: VaultBook, wall: Callable[[], float] = time.time
    ) -> None:
        self._folder = folder
        self._book = book
        self._wall = wall
        self._workers = Workers()
        self._refresh()

    @classmethod
    def open(
        cls,
        folder: Path,
        keys: VaultKeys,
        *,
        known_generation: int | None,
        keep_generation: Callable[[int], None],
        accept_rollback: bool = False,
        wall: Callable[[], float] = time.time,
    ) -> Vault:
        """Open a person's vault, or make an empty one. The keys are wiped by `close`.

        Leftovers of what was cut off are cleared away. `accept_rollback` takes an index that is
        older than the keyring knows (`known_generation`), or that is gone; files it does not know
        are kept as "Recovered file N".
        Raises VaultRolledBack, StoreTooNew, StoreDamaged (no identity); VaultFull, VaultUnwritable.
        """
        files = VaultFolder(folder)
        book = VaultBook(files, keys, keep_generation)
        unknown = book.load(known_generation, accept_rollback=accept_rollback)
        rescue(book, files, unknown, wall())
        book.catch_up()
        return cls(files, book, wall)

    @property
    def items(self) -> tuple[Item, ...]:
        """Everything that is not deleted, newest first; nothing once closed."""
        return self._items

    @property
    def deleted(self) -> tuple[Item, ...]:
        """What `undo_delete` can bring back until the vault closes, newest first."""
        return self._deleted

    @property
    def used_bytes(self) -> int:
        """Size of everything that is not deleted."""
        return self._book.index.used_bytes

    @property
    def quota_bytes(self) -> int:
        """How much may be in it."""
        return self._book.index.quota_bytes

    def set_quota(self, size: int) -> None:
        """Bound what may be in it, in bytes; what is in it stays. Raises SettingsError."""
        if not 0 < size <= 1024 * DEFAULT_QUOTA:
            raise SettingsError("a quota out of range")
        with self._workers.working():
            self._write(replace(self._book.index, quota_bytes=size))

    def add_file(self, source: Path, progress: Progress | None = None) -> Item:
        """Put a copy of a file in; the file itself stays where it is. Raises SourceUnreadable."""
        with self._workers.working(), opened_source(source) as opened:
            return self._add(opened, source.name, ItemKind.FILE, progress=progress)

    def add_bytes(self, name: str, data: bytes, kind: ItemKind = ItemKind.FILE) -> Item:
        """Put pasted or dropped data in."""
        if kind is ItemKind.NOTE:
            return self.add_note(name, data.decode("utf-8", "replace"))
        with self._workers.working():
            return self._add(BytesSource(data), name, kind)

    def add_note(self, name: str, text: str) -> Item:
        """Put a note in; without a name it is called by its first line. Raises ItemTooLarge."""
        data = note_bytes(text)
        with self._workers.working():
            called = name.strip() or text.strip().partition("\n")[0]
            return self._add(BytesSource(data), called, ItemKind.NOTE, text=text)

    def change_note(self, item_id: str, text: str) -> Item:
        """Give a note another text. Raises ItemTooLarge; ItemMissing also if it is a file."""
        data = note_bytes(text)
        with self._workers.working():
            old = self._entry(item_id)
            if old.item.kind is not ItemKind.NOTE:
                raise ItemMissing("a file is no note")
            return self._add(BytesSource(data), old.item.name, ItemKind.NOTE, text=text, old=old)

    def read(self, item_id: str, *, limit: int) -> bytes:
        """Return an item's content, verified, in memory. Raises ItemTooLarge above `limit`."""
        with self._workers.working():
            entry = self._entry(item_id)
            if entry.item.size > limit:
                raise ItemTooLarge("an item is too large to be held in memory")
            return self._read(entry)

    def export(self, item_id: str, folder: Path, progress: Progress | None = None) -> Path:
        """Write an item into a folder, under a name nothing has there, mode 0600; return where.

        Raises ExportUnwritable; nothing is left there then.
        """
        with self._workers.working():
            entry = self._entry(item_id)
            name = file_name(entry.item.name)
            try:
                with StagedFile(folder / name) as staged:
                    self._decrypt(entry, staged.write, progress or unheard)
                    return put_beside(staged, folder, name)
            except OSError as error:
                raise ExportUnwritable(f"cannot write there: {error.strerror}") from error

    def rename(self, item_id: str, name: str) -> Item:
        """Give an item another name. Raises SettingsError if it is empty."""
        if not name.strip():
            raise SettingsError("an item needs a name")
        with self._workers.working(), self._workers.turn:
            entry = self._entry(item_id)
            renamed = replace(entry, item=replace(entry.item, name=clean_name(name)))
            self._put(renamed)
            return renamed.item

    def delete(self, ids: Iterable[str]) -> None:
        """Delete items; they can be brought back until the vault closes."""
        self._mark(ids, self._wall(), deleted=False)

    def undo_delete(self, ids: Iterable[str]) -> None:
        """Bring deleted items back."""
        self._mark(ids, None, deleted=True)

    def search(self, text: str) -> tuple[Item, ...]:
        """Return items in whose name, or text if they are notes, every word occurs; newest first.

        The first search may open notes that are long.
        """
        with self._workers.working():
            return self._search.find(text, self._items)

    def close(self) -> None:
        """End work under way, purge what was deleted, forget the keys. Never fails."""
        with self._workers.ending() as first:
            if first:
                self._book.close()
                self._refresh()

    def _entry(self, item_id: str) -> Entry:
        entry = self._book.index.entries.get(item_id)
        if entry is None or entry.item.deleted_at is not None:
            raise ItemMissing("no such item")
        return entry

    def _add(
        self,
        source: Source,
        name: str,
        kind: ItemKind,
        *,
        text: str | None = None,
        old: Entry | None = None,
        progress: Progress | None = None,
    ) -> Item:
        """Encrypt a new content, and let it count."""
        replaced = old.item.size if old else 0
        self._book.index.check_room(source.size - replaced)
        self._folder.check_room(source.size)
        intake = Intake(source, progress or unheard, self._workers.check)
        file_id = secrets.token_hex(16)
        with vault_writing(), self._folder.staged_item(file_id) as staged:
            age.encrypt_stream(intake, Sink(staged.write), self._book.keys.recipient)
            staged.finish()
            with self._workers.turn:
                self._workers.check()
                item = self._new_item(name, kind, intake, old)
                self._book.index.check_room(item.size - replaced)
                self._put(Entry(item, file_id, self._book.index.text_to_keep(text)), old, staged)
        if old is not None:
            self._folder.delete_items((old.file_id,))
        return item

    def _new_item(self, name: str, kind: ItemKind, intake: Intake, old: Entry | None) -> Item:
        now = self._wall()
        if old is None:
            item_id = secrets.token_hex(16)
            return Item(item_id, kind, clean_name(name), intake.size, now, now, intake.sha256)
        before = self._entry(old.item.item_id)  # raises ItemMissing if it went meanwhile
        if before.file_id != old.file_id:
            raise ItemMissing("the note was changed meanwhile")
        return replace(before.item, size=intake.size, changed_at=now, sha256=intake.sha256)

    def _put(
        self, entry: Entry, old: Entry | None = None, arrived: StagedFile | None = None
    ) -> None:
        """Write an index with this entry, in the place of the one of its id."""
        index = self._book.index
        leaving = index.leaving if old is None else (*index.leaving, old.file_id)
        entries = {**index.entries, entry.item.item_id: entry}
        self._write(replace(index, entries=entries, leaving=leaving), arrived)

    def _mark(self, ids: Iterable[str], deleted_at: float | None, *, deleted: bool) -> None:
        with self._workers.working(), self._workers.turn:
            index = self._book.index
            entries = dict(index.entries)
            for item_id in ids:
                entry = entries.get(item_id)
                if entry is None or (entry.item.deleted_at is not None) is not deleted:
                    raise ItemMissing("no such item")
                entries[item_id] = replace(entry, item=replace(entry.item, deleted_at=deleted_at))
            self._write(replace(index, entries=entries))

    def _write(self, index: Index, arrived: StagedFile | None = None) -> None:
        with self._workers.turn:
            self._workers.check()
            self._book.write(index, arrived)
            self._refresh()

    def _read(self, entry: Entry) -> bytes:
        content = bytearray()
        self._decrypt(entry, content.extend, unheard)
        return bytes(content)

    def _decrypt(self, entry: Entry, write: Callable[[bytes], object], progress: Progress) -> None:
        outlet = Outlet(write, entry.item.size, progress, self._workers.check)
        try:
            with self._folder.opened_item(entry.file_id) as source:
                age.decrypt_stream(source, outlet, self._book.keys.identity)
        except StoreDamaged as error:
            raise ItemDamaged("an item does not open") from error
        outlet.verify(entry.item.sha256)

    def _note_text(self, item_id: str) -> str:
        """Return the text of a note that is not in the index; none if it does not open."""
        with suppress(VaultError):
            return self._read(self._entry(item_id)).decode("utf-8", "replace")
        return ""

    def _refresh(self) -> None:
        """Make what is read fit the index in force."""
        entries = self._book.index.entries
        newest = sorted(
            (entry.item for entry in entries.values()),
            key=lambda item: item.changed_at,
            reverse=True,
        )
        self._items = tuple(item for item in newest if item.deleted_at is None)
        self._deleted = tuple(item for item in newest if item.deleted_at is not None)
        self._search = ItemSearch(entries, self._note_text)
