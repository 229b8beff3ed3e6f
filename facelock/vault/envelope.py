"""Sealed bytes: a versioned header, then AES-256-GCM over the content with the header bound in.

    offset  size
    0       8    magic "FACELOCK"
    8       2    version of the record's format, big-endian; each kind counts its own
    10      1    kind of record
    11      1    flags: bit 0 = demo; the others are zero
    12      8    generation, big-endian: more at every write
    20      32   SHA-256 of the network the record belongs to; zeros if to none
    52      12   nonce, random at every write
    64      n    ciphertext
    64 + n  16   tag

Associated data: the 64 bytes of the header and the record's id. The id is not in the file but is
what the reader expects (it comes from the sealed index), so a file swapped between two people does
not open. A random 96-bit nonce is safe for 2^32 writes under one key (NIST SP 800-38D).
"""

from __future__ import annotations

import secrets
import struct
from collections.abc import Mapping
from dataclasses import dataclass
from enum import IntEnum
from types import MappingProxyType
from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from facelock.core.errors import StoreDamaged, StoreTooNew
from facelock.vault.keys import NONCE_BYTES

MAX_SEALED_BYTES = 32 * 1024 * 1024
"""More than 800 samples with pictures; checked before anything is parsed."""

NO_MODEL = bytes(32).hex()
_MAGIC = b"FACELOCK"
_HEADER = struct.Struct(">8sHBBQ32s12s")
_TAG_BYTES = 16
_DEMO = 0x01


class Kind(IntEnum):
    """What a sealed file holds."""

    MACHINE = 1
    PROFILE = 2
    VAULT_INDEX = 3
    BACKUP = 4  # the list of what is in one
    HEAD = 5  # that was trained on this machine


NEWEST: Final[Mapping[int, int]] = MappingProxyType(
    {Kind.MACHINE: 5, Kind.PROFILE: 3, Kind.VAULT_INDEX: 1, Kind.BACKUP: 1, Kind.HEAD: 1}
)
"""The latest version of each kind that we know; every earlier one is still read."""


@dataclass(frozen=True)
class Header:
    """What a sealed file says about itself. Trustworthy only once the file has opened."""

    kind: Kind
    demo: bool
    generation: int  # 1 or more
    model_sha256: str = NO_MODEL  # 64 hex digits
    version: int = 1  # of the content's format


def seal(key: bytes, header: Header, record_id: str, content: bytes) -> bytes:
    """Return `content` sealed under a 32-byte key. Raises ValueError if it is too large."""
    if len(content) > MAX_SEALED_BYTES - _HEADER.size - _TAG_BYTES:
        raise ValueError("the record is too large to be sealed")
    nonce = secrets.token_bytes(NONCE_BYTES)
    packed = _HEADER.pack(
        _MAGIC,
        header.version,
        header.kind,
        _DEMO if header.demo else 0,
        header.generation,
        bytes.fromhex(header.model_sha256),
        nonce,
    )
    return packed + AESGCM(key).encrypt(nonce, content, _bound(packed, record_id))


def read_header(sealed: bytes) -> Header:
    """Return the header, unverified. Raises StoreDamaged or StoreTooNew."""
    if not _HEADER.size + _TAG_BYTES <= len(sealed) <= MAX_SEALED_BYTES:
        raise StoreDamaged("a sealed record has an impossible size")
    magic, version, kind, flags, generation, model, _ = _HEADER.unpack_from(sealed)
    if magic != _MAGIC or version < 1:
        raise StoreDamaged("not a sealed record")
    if version > NEWEST.get(kind, max(NEWEST.values())):
        raise StoreTooNew(f"a sealed record of version {version} is newer than we are")
    if kind not in list(Kind) or flags not in (0, _DEMO) or generation < 1:
        raise StoreDamaged("a sealed record has an impossible header")
    return Header(Kind(kind), flags == _DEMO, generation, model.hex(), version)


def open_sealed(
    key: bytes, sealed: bytes, *, kind: Kind, demo: bool, record_id: str
) -> tuple[Header, bytes]:
    """Return the header and the content.

    Raises StoreDamaged if it is of another kind or person, demo where a real one is wanted or the
    reverse, sealed under another key, or changed in any byte; StoreTooNew if of a later format.
    """
    header = read_header(sealed)
    if header.kind is not kind or header.demo is not demo:
        raise StoreDamaged("a sealed record is of another kind, or demo and real were mixed")
    packed, ciphertext = sealed[: _HEADER.size], sealed[_HEADER.size :]
    nonce = packed[-NONCE_BYTES:]
    try:
        content = AESGCM(key).decrypt(nonce, ciphertext, _bound(packed, record_id))
    except InvalidTag as error:
        raise StoreDamaged("a sealed record does not open") from error
    return header, content


def _bound(packed: bytes, record_id: str) -> bytes:
    return packed + record_id.encode("ascii")
