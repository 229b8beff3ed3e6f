"""The sealed index of a vault: what is in it, under which names, and what must be in each file.

Content of `index.sealed` (envelope.py, kind VAULT_INDEX): msgpack, strict. The key is derived from
the vault key, the person's id is bound in, so nobody else's index opens here; the generation is
compared with the keyring's. The index keeps the SHA-256 of every item's content, because an age
file by itself only proves that somebody knew the public recipient, which anybody may.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass, field

import msgspec

from facelock.core.errors import StoreDamaged, VaultFull
from facelock.vault import age
from facelock.vault.envelope import Header, Kind, open_sealed, seal
from facelock.vault.item_names import MAX_NAME_CHARACTERS
from facelock.vault.items import Item, ItemKind
from facelock.vault.keys import Key, derive

DEFAULT_QUOTA = 10 * 1024**3
MAX_ITEMS = 50_000
MAX_TEXT_CHARACTERS = 2_000
"""Of a note, to be found in; a longer one is opened when something is searched for."""
MAX_TEXTS_CHARACTERS = 4_000_000  # of all notes together: 16 MiB at most
_MAX_SIZE = 1 << 50
_FILE_ID = re.compile(r"[0-9a-f]{32}")
_SHA256 = re.compile(r"[0-9a-f]{64}")
_PURPOSE = b"facelock vault index v1"


@dataclass(frozen=True)
class Entry:
    """An item and where its content lies."""

    item: Item
    file_id: str  # items/<file id>.age; another one with every new content
    text: str | None = None  # of a note that is short enough


@dataclass(frozen=True)
class Index:
    """Everything a vault knows about what it holds. Replaced whole, never changed."""

    entries: Mapping[str, Entry] = field(default_factory=dict)  # by item id
    quota_bytes: int = DEFAULT_QUOTA
    leaving: tuple[str, ...] = ()  # file ids whose files are to go
    recovery_recipient: str = ""  # whom identity.age was encrypted to

    @property
    def file_ids(self) -> frozenset[str]:
        """The files that belong to an item."""
        return frozenset(entry.file_id for entry in self.entries.values())

    @property
    def used_bytes(self) -> int:
        """Bytes of everything that was not deleted."""
        kept = (entry.item for entry in self.entries.values())
        return sum(item.size for item in kept if item.deleted_at is None)

    def check_room(self, more: int) -> None:
        """Raise VaultFull if the quota has no room for so many bytes more."""
        if more > 0 and self.used_bytes + more > self.quota_bytes:
            raise VaultFull("the quota is used up")

    def text_to_keep(self, text: str | None) -> str | None:
        """Return the text of a note if it is short enough to be kept in the index."""
        if text is None or len(text) > MAX_TEXT_CHARACTERS:
            return None
        kept = sum(len(entry.text or "") for entry in self.entries.values())
        return text if kept + len(text) <= MAX_TEXTS_CHARACTERS else None


class _Entry(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    item_id: str
    file_id: str
    kind: ItemKind
    name: str
    size: int
    added_at: float
    changed_at: float
    sha256: str
    deleted_at: float | None
    text: str | None


class _Index(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    entries: list[_Entry]
    quota_bytes: int
    leaving: list[str]
    recovery_recipient: str


def index_key(vault_key: Key) -> bytearray:
    """Return the key of the index."""
    return bytearray(derive(vault_key, salt=b"", info=_PURPOSE))


def seal_index(key: Key, index: Index, *, profile_id: str, demo: bool, generation: int) -> bytes:
    """Return the sealed file. Raises VaultFull if it would be too large to be opened again."""
    if len(index.entries) > MAX_ITEMS:
        raise VaultFull("more items than an index holds")
    header = Header(Kind.VAULT_INDEX, demo, generation)
    try:
        return seal(bytes(key), header, profile_id, encode_index(index))
    except ValueError as error:
        raise VaultFull("the index is too large") from error


def open_index(key: Key, sealed: bytes, *, profile_id: str, demo: bool) -> tuple[int, Index]:
    """Return the generation and the index. Raises StoreDamaged or StoreTooNew."""
    header, content = open_sealed(
        bytes(key), sealed, kind=Kind.VAULT_INDEX, demo=demo, record_id=profile_id
    )
    return header.generation, decode_index(content)


def encode_index(index: Index) -> bytes:
    """Return an index as msgpack bytes."""
    entries = [_packed(entry) for entry in index.entries.values()]
    record = _Index(entries, index.quota_bytes, list(index.leaving), index.recovery_recipient)
    return msgspec.msgpack.encode(record)


def decode_index(data: bytes) -> Index:
    """Return the index. Raises StoreDamaged if anything does not fit."""
    try:
        record = msgspec.msgpack.decode(data, type=_Index, strict=True)
    except (msgspec.DecodeError, ValueError) as error:
        raise StoreDamaged(f"a vault index is not as it was written: {error}") from error
    entries = {one.item_id: _unpacked(one) for one in record.entries}
    index = Index(entries, record.quota_bytes, tuple(record.leaving), record.recovery_recipient)
    if len(entries) != len(record.entries) or len(index.file_ids) != len(entries):
        raise StoreDamaged("a vault index names an item twice")
    if len(entries) > MAX_ITEMS or not 0 <= index.quota_bytes <= _MAX_SIZE:
        raise StoreDamaged("a vault index holds impossible values")
    known_recipient = not index.recovery_recipient or age.RECIPIENT.fullmatch(
        index.recovery_recipient
    )
    if not known_recipient or not all(map(_FILE_ID.fullmatch, index.leaving)):
        raise StoreDamaged("a vault index holds impossible values")
    return index


def _packed(entry: Entry) -> _Entry:
    item = entry.item
    return _Entry(
        item_id=item.item_id,
        file_id=entry.file_id,
        kind=item.kind,
        name=item.name,
        size=item.size,
        added_at=item.added_at,
        changed_at=item.changed_at,
        sha256=item.sha256,
        deleted_at=item.deleted_at,
        text=entry.text,
    )


def _unpacked(one: _Entry) -> Entry:
    times = (one.added_at, one.changed_at, one.deleted_at or 0.0)
    if not (
        _FILE_ID.fullmatch(one.item_id)
        and _FILE_ID.fullmatch(one.file_id)
        and _SHA256.fullmatch(one.sha256)
        and 0 <= one.size <= _MAX_SIZE
        and 1 <= len(one.name) <= MAX_NAME_CHARACTERS
        and all(map(math.isfinite, times))
    ):
        raise StoreDamaged("an item of a vault index holds impossible values")
    item = Item(
        one.item_id,
        one.kind,
        one.name,
        one.size,
        one.added_at,
        one.changed_at,
        one.sha256,
        one.deleted_at,
    )
    return Entry(item, one.file_id, one.text)
