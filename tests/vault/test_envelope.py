"""Sealed bytes open whole or not at all."""

from __future__ import annotations

import struct

import pytest

from facelock.core.errors import StoreDamaged, StoreError, StoreTooNew
from facelock.vault.envelope import (
    MAX_SEALED_BYTES,
    NEWEST,
    Header,
    Kind,
    open_sealed,
    read_header,
    seal,
)

KEY = b"k" * 32
HEADER = Header(Kind.PROFILE, demo=False, generation=7, model_sha256="cd" * 32)
SEALED = seal(KEY, HEADER, "ada", b"the content")


def opened(sealed: bytes, key: bytes = KEY, record_id: str = "ada") -> tuple[Header, bytes]:
    return open_sealed(key, sealed, kind=Kind.PROFILE, demo=False, record_id=record_id)


def test_sealed_bytes_open_again() -> None:
    assert opened(SEALED) == (HEADER, b"the content")
    assert read_header(SEALED) == HEADER
    assert b"content" not in SEALED


@pytest.mark.parametrize("bit", [0x01, 0x80])
@pytest.mark.parametrize("at", range(len(SEALED)))
def test_every_flipped_byte_is_refused(at: int, bit: int) -> None:
    flipped = bytearray(SEALED)
    flipped[at] ^= bit
    with pytest.raises(StoreError):
        opened(bytes(flipped))


@pytest.mark.parametrize("length", [0, 1, 63, 64, 79, 80, len(SEALED) - 1])
def test_truncated_bytes_are_refused(length: int) -> None:
    with pytest.raises(StoreDamaged):
        opened(SEALED[:length])


def test_another_key_person_kind_or_mark_is_refused() -> None:
    with pytest.raises(StoreDamaged):
        opened(SEALED, key=b"x" * 32)
    with pytest.raises(StoreDamaged):
        opened(SEALED, record_id="eve")
    with pytest.raises(StoreDamaged):
        open_sealed(KEY, SEALED, kind=Kind.MACHINE, demo=False, record_id="ada")
    with pytest.raises(StoreDamaged):
        open_sealed(KEY, SEALED, kind=Kind.PROFILE, demo=True, record_id="ada")


def test_a_later_format_is_not_called_damaged() -> None:
    later = SEALED[:8] + struct.pack(">H", NEWEST[Kind.PROFILE] + 1) + SEALED[10:]
    with pytest.raises(StoreTooNew):
        opened(later)


def test_size_is_bounded_before_anything_is_parsed() -> None:
    with pytest.raises(StoreDamaged):
        read_header(bytes(MAX_SEALED_BYTES + 1))
    with pytest.raises(ValueError, match="large"):
        seal(KEY, HEADER, "ada", bytes(MAX_SEALED_BYTES))


def test_the_same_content_never_seals_to_the_same_bytes() -> None:
    assert seal(KEY, HEADER, "ada", b"x") != seal(KEY, HEADER, "ada", b"x")


def test_every_kind_has_a_number_of_its_own_and_a_newest_version() -> None:
    assert Kind.__members__.keys() == {kind.name for kind in Kind}, "two kinds share a number"
    assert NEWEST.keys() == set(Kind)
