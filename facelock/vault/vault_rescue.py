"""Files in a vault's folder that its index does not know, after an old index was accepted."""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Iterable
from dataclasses import replace

from facelock.core.errors import StoreDamaged, VaultError
from facelock.vault import age
from facelock.vault.item_names import clean_name
from facelock.vault.items import Item, ItemKind
from facelock.vault.vault_book import VaultBook
from facelock.vault.vault_folder import VaultFolder
from facelock.vault.vault_index import Entry

_log = logging.getLogger(__name__)


class _Measure:
    """Takes content and keeps only its size and hash."""

    def __init__(self) -> None:
        self.size = 0
        self.digest = hashlib.sha256()

    def write(self, data: bytes, /) -> None:
        self.size += len(data)
        self.digest.update(data)

    def flush(self) -> None:
        """Nothing waits here."""


def rescue(book: VaultBook, folder: VaultFolder, unknown: Iterable[str], now: float) -> None:
    """Take files that nobody vouches for as items, under names that say so. Nothing is deleted.

    Reads all of them, so it takes as long as they are large. One that does not open is put aside.
    Raises VaultFull or VaultUnwritable.
    """
    names = book.known_names()
    entries = dict(book.index.entries)
    for file_id in sorted(unknown):
        number = 1 + len(entries) - len(book.index.entries)
        entry = _measured(book, folder, file_id, now)
        if entry is None:
            folder.set_aside(file_id)
            continue
        name = clean_name(f"Recovered file {number} {names.get(file_id, '')}")
        entries[entry.item.item_id] = replace(entry, item=replace(entry.item, name=name))
    if not book.is_written or len(entries) != len(book.index.entries):
        book.write(replace(book.index, entries=entries))


def _measured(book: VaultBook, folder: VaultFolder, file_id: str, now: float) -> Entry | None:
    measure = _Measure()
    try:
        with folder.opened_item(file_id) as source:
            age.decrypt_stream(source, measure, book.keys.identity)
    except (StoreDamaged, VaultError) as error:
        _log.info("a file of a vault that nothing is known of does not open: %s", error)
        return None
    # Its own id serves: no item has it, since ids are random.
    sha256 = measure.digest.hexdigest()
    item = Item(file_id, ItemKind.FILE, "", measure.size, now, now, sha256)
    return Entry(item, file_id)
