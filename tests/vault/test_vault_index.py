"""The index of a vault: strict in what it reads, and quick where there is much in it."""

from __future__ import annotations

import time
from dataclasses import replace
from pathlib import Path

import msgspec
import pytest
from a_vault import PERSON, VaultDisk

from facelock.core.errors import StoreDamaged, VaultFull
from facelock.vault import vault_index
from facelock.vault.items import Item, ItemKind
from facelock.vault.vault_index import (
    MAX_TEXT_CHARACTERS,
    Entry,
    Index,
    decode_index,
    encode_index,
    seal_index,
)

ITEM = Item("1" * 32, ItemKind.NOTE, "n", 4, 1.0, 2.0, "a" * 64, None)
ENTRY = Entry(ITEM, "2" * 32, "text")
INDEX = Index({ITEM.item_id: ENTRY}, 100, ("3" * 32,), "age1" + "q" * 58)


def test_an_index_comes_back_as_it_was() -> None:
    assert decode_index(encode_index(INDEX)) == INDEX
    deleted = replace(ENTRY, item=replace(ITEM, deleted_at=3.0), text=None)
    index = Index({ITEM.item_id: deleted})
    assert decode_index(encode_index(index)) == index


@pytest.mark.parametrize(
    "wrong",
    [
        {"item_id": "x"},
        {"file_id": "../../../../etc/passwd0000000000"},
        {"sha256": "a"},
        {"size": -1},
        {"name": ""},
        {"name": "n" * 256},
        {"added_at": float("nan")},
        {"changed_at": float("inf")},
        {"deleted_at": float("nan")},
        {"kind": "folder"},
        {"size": "4"},
        {"more": 1},
    ],
)
def test_an_impossible_item_is_refused(wrong: dict[str, object]) -> None:
    record = msgspec.msgpack.decode(encode_index(INDEX))
    record["entries"][0].update(wrong)
    with pytest.raises(StoreDamaged):
        decode_index(msgspec.msgpack.encode(record))


@pytest.mark.parametrize(
    "wrong",
    [
        {"quota_bytes": -1},
        {"leaving": ["x"]},
        {"recovery_recipient": "me"},
        {"version": 2},
    ],
)
def test_an_impossible_index_is_refused(wrong: dict[str, object]) -> None:
    record = msgspec.msgpack.decode(encode_index(INDEX))
    record.update(wrong)
    with pytest.raises(StoreDamaged):
        decode_index(msgspec.msgpack.encode(record))
    with pytest.raises(StoreDamaged):
        decode_index(b"junk")


def test_no_two_items_share_an_id_or_a_file(monkeypatch: pytest.MonkeyPatch) -> None:
    twice = Index({"1": ENTRY, "2": ENTRY})
    with pytest.raises(StoreDamaged):
        decode_index(encode_index(twice))
    other = replace(ENTRY, item=replace(ITEM, item_id="4" * 32))
    with pytest.raises(StoreDamaged):
        decode_index(encode_index(Index({"1": ENTRY, "4": other})))
    monkeypatch.setattr(vault_index, "MAX_ITEMS", 0)
    with pytest.raises(StoreDamaged):
        decode_index(encode_index(INDEX))


def test_an_index_has_an_end(monkeypatch: pytest.MonkeyPatch) -> None:
    def sealed(index: Index) -> bytes:
        return seal_index(bytes(32), index, profile_id=PERSON, demo=False, generation=1)

    huge = replace(ENTRY, text="x" * (33 * 1024 * 1024))
    with pytest.raises(VaultFull):
        sealed(Index({ITEM.item_id: huge}))
    monkeypatch.setattr(vault_index, "MAX_ITEMS", 0)
    with pytest.raises(VaultFull):
        sealed(INDEX)


def test_texts_of_notes_are_kept_while_there_is_room(monkeypatch: pytest.MonkeyPatch) -> None:
    assert INDEX.text_to_keep(None) is None
    assert INDEX.text_to_keep("x" * (MAX_TEXT_CHARACTERS + 1)) is None
    assert INDEX.text_to_keep("four") == "four"
    monkeypatch.setattr(vault_index, "MAX_TEXTS_CHARACTERS", 7)
    assert INDEX.text_to_keep("four") is None
    assert INDEX.text_to_keep("fit") == "fit"


def test_ten_thousand_items_open_and_are_found_at_once(tmp_path: Path) -> None:
    """Goals: 0.3 s and 50 ms. A busy machine that also counts lines gets far longer."""
    disk = VaultDisk(tmp_path / "v")
    vault = disk.open()
    entries = {}
    for number in range(10_000):
        one = f"{number:032x}"
        item = replace(ITEM, item_id=one, name=f"Document {number} of the year.pdf")
        entries[one] = Entry(item, one, f"some words in note {number}")
    vault._book.write(replace(vault._book.index, entries=entries))
    began = time.perf_counter()
    back = disk.open()
    opened = time.perf_counter() - began
    back.search("first")
    began = time.perf_counter()
    assert len(back.search("note 9999")) == 1
    found = time.perf_counter() - began
    print(f"open {opened:.3f} s, search {found * 1000:.1f} ms")
    assert opened < 6
    assert found < 1
