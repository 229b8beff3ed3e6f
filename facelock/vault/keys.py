"""Keys, and how they are wrapped: under a passphrase (Argon2id), or under a random secret (HKDF).

What a person proves never encrypts anything itself: it wraps a random 32-byte vault key, so that a
passphrase can change, and a second way in be added or destroyed, without touching what the key
protects. Wrapping is AES-256-GCM; the context (purpose and person) is associated data, so that a
wrapped key moved to another person or purpose does not open.

Keys are bytearrays so that they can be wiped when the lock closes. That shortens their life in
memory; it is no promise of erasure, since Python and OpenSSL make copies of their own.
"""

from __future__ import annotations

import secrets
import unicodedata
from dataclasses import dataclass, field

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from facelock.core.errors import StoreDamaged, WrongPassphrase
from facelock.vault.locked_memory import lock_pages

KEY_BYTES = 32
SALT_BYTES = 16
NONCE_BYTES = 12
_TAG_BYTES = 16
MAX_PASSPHRASE_BYTES = 1024
_MAX_WRAPPED_BYTES = 1024

Key = bytes | bytearray


@dataclass(frozen=True)
class KdfParameters:
    """Cost of Argon2id. Written beside what it protects. Raises ValueError outside the bounds.

    The upper bounds keep a forged file from exhausting memory or patience; the lower ones are only
    what the algorithm itself demands. What is too cheap to be accepted is `KDF_FLOOR`'s matter.
    """

    memory_kib: int
    iterations: int
    lanes: int

    def __post_init__(self) -> None:
        if not (
            1 <= self.lanes <= 16
            and 8 * self.lanes <= self.memory_kib <= 1_048_576
            and 1 <= self.iterations <= 64
        ):
            raise ValueError("Argon2id parameters out of bounds")

    def is_at_least(self, floor: KdfParameters) -> bool:
        """True if neither memory nor iterations lie below `floor`'s."""
        return self.memory_kib >= floor.memory_kib and self.iterations >= floor.iterations


INTERACTIVE = KdfParameters(memory_kib=131_072, iterations=3, lanes=4)
"""For a person who waits: RFC 9106's second recommendation with twice the memory. Measured 0.5 s of
one core on the development machine (OpenSSL runs the lanes one after the other here)."""

KDF_FLOOR = KdfParameters(memory_kib=19_456, iterations=2, lanes=1)
"""OWASP's minimum for Argon2id. A store refuses anything cheaper."""


@dataclass(frozen=True)
class SecretWrappedKey:
    """A key under a random secret. Raises ValueError if a part has the wrong length."""

    salt: bytes
    nonce: bytes
    ciphertext: bytes = field(repr=False)

    def __post_init__(self) -> None:
        _check_lengths(self.salt, self.nonce, self.ciphertext)


@dataclass(frozen=True)
class SecretWrappedBytes:
    """A short text under a key. Raises ValueError if a part has an impossible length."""

    salt: bytes
    nonce: bytes
    ciphertext: bytes = field(repr=False)

    def __post_init__(self) -> None:
        if not (
            (len(self.salt), len(self.nonce)) == (SALT_BYTES, NONCE_BYTES)
            and _TAG_BYTES <= len(self.ciphertext) <= _MAX_WRAPPED_BYTES
        ):
            raise ValueError("wrapped bytes have parts of the wrong length")


@dataclass(frozen=True)
class WrappedKey:
    """A key under a passphrase. Raises ValueError if a part has the wrong length."""

    kdf: KdfParameters
    salt: bytes
    nonce: bytes
    ciphertext: bytes = field(repr=False)

    def __post_init__(self) -> None:
        _check_lengths(self.salt, self.nonce, self.ciphertext)


def _check_lengths(salt: bytes, nonce: bytes, ciphertext: bytes) -> None:
    wanted = (SALT_BYTES, NONCE_BYTES, KEY_BYTES + _TAG_BYTES)
    if (len(salt), len(nonce), len(ciphertext)) != wanted:
        raise ValueError("a wrapped key has parts of the wrong length")


def new_vault_key() -> bytearray:
    """Return 32 random bytes."""
    return _kept(secrets.token_bytes(KEY_BYTES))


def _kept(key: bytes) -> bytearray:
    """Return a key that can be wiped, on pages that are not swapped out where that can be had."""
    held = bytearray(key)
    lock_pages(held)
    return held


def wipe(key: bytearray) -> None:
    """Overwrite a key with zeros, in place."""
    key[:] = bytes(len(key))


def normalised(passphrase: str) -> str:
    """Return the passphrase in NFKC: the same on every keyboard, however it composes letters."""
    return unicodedata.normalize("NFKC", passphrase)


def wrap_with_passphrase(
    key: Key, passphrase: str, *, kdf: KdfParameters, context: bytes
) -> WrappedKey:
    """Wrap `key`. Takes as long as `kdf` costs. Raises ValueError on a passphrase over 1 KiB."""
    salt, nonce = secrets.token_bytes(SALT_BYTES), secrets.token_bytes(NONCE_BYTES)
    stretched = stretch(_encoded(passphrase), salt, kdf)
    return WrappedKey(kdf, salt, nonce, AESGCM(stretched).encrypt(nonce, bytes(key), context))


def unwrap_with_passphrase(wrapped: WrappedKey, passphrase: str, *, context: bytes) -> bytearray:
    """Return the key. Takes as long as the KDF costs.

    Raises WrongPassphrase; also if the wrapped key is damaged or belongs to another context, which
    cannot be told apart.
    """
    try:
        stretched = stretch(_encoded(passphrase), wrapped.salt, wrapped.kdf)
        return _kept(AESGCM(stretched).decrypt(wrapped.nonce, wrapped.ciphertext, context))
    except (InvalidTag, ValueError):
        # From None: the encoding error behind a ValueError shows the passphrase in a traceback.
        raise WrongPassphrase("the passphrase does not open the key") from None


def _encoded(passphrase: str) -> bytes:
    """Return the bytes to stretch. Raises ValueError if too long or not encodable."""
    data = normalised(passphrase).encode("utf-8")
    if len(data) > MAX_PASSPHRASE_BYTES:
        raise ValueError("the passphrase is longer than 1 KiB")
    return data


def stretch(passphrase: bytes, salt: bytes, kdf: KdfParameters) -> bytes:
    """Return 32 bytes by Argon2id: slow and large, as `kdf` says."""
    return Argon2id(
        salt=salt,
        length=KEY_BYTES,
        iterations=kdf.iterations,
        lanes=kdf.lanes,
        memory_cost=kdf.memory_kib,
    ).derive(passphrase)


def wrap_with_secret(key: Key, secret: Key, *, context: bytes) -> SecretWrappedKey:
    """Wrap `key` under a random secret of 32 bytes."""
    return SecretWrappedKey(*_seal(bytes(key), secret, context))


def unwrap_with_secret(wrapped: SecretWrappedKey, secret: Key, *, context: bytes) -> bytearray:
    """Return the key. Raises StoreDamaged if the secret is another one or a byte has changed."""
    return _kept(_open(wrapped, secret, context))


def wrap_bytes(data: bytes, key: Key, *, context: bytes) -> SecretWrappedBytes:
    """Wrap a short text, of 1008 bytes at most, under a key."""
    return SecretWrappedBytes(*_seal(data, key, context))


def unwrap_bytes(wrapped: SecretWrappedBytes, key: Key, *, context: bytes) -> bytes:
    """Return the text. Raises StoreDamaged if the key is another one or a byte has changed."""
    return _open(wrapped, key, context)


def _seal(data: bytes, secret: Key, context: bytes) -> tuple[bytes, bytes, bytes]:
    """Return salt, nonce and ciphertext."""
    salt, nonce = secrets.token_bytes(SALT_BYTES), secrets.token_bytes(NONCE_BYTES)
    wrapping = derive(secret, salt=salt, info=context)
    return salt, nonce, AESGCM(wrapping).encrypt(nonce, data, context)


def _open(wrapped: SecretWrappedKey | SecretWrappedBytes, secret: Key, context: bytes) -> bytes:
    wrapping = derive(secret, salt=wrapped.salt, info=context)
    try:
        return AESGCM(wrapping).decrypt(wrapped.nonce, wrapped.ciphertext, context)
    except InvalidTag as error:
        raise StoreDamaged("a key does not open under this secret") from error


def derive(secret: Key, *, salt: bytes, info: bytes) -> bytes:
    """Return 32 bytes by HKDF-SHA256: one independent key per salt and purpose."""
    return HKDF(algorithm=SHA256(), length=KEY_BYTES, salt=salt, info=info).derive(bytes(secret))
