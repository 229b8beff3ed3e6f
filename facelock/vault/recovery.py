"""The recovery key: an age identity to which a person's vault key is encrypted.

It opens everything without the passphrase, and with the standard age tool even without Facelock
(docs/recovery.md). Shown once, when it is made; no copy of it is kept anywhere.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from facelock.core.errors import StoreDamaged, WrongRecoveryKey
from facelock.vault import age
from facelock.vault.keys import KEY_BYTES, Key

MAX_RECOVERY_TEXT = 4096  # characters: a saved file with its comment, and more
_PREFIX = "AGE-SECRET-KEY-1"
_GROUP = 4


@dataclass(frozen=True)
class RecoveryKey:
    """A recovery key in the clear. Its text is an age identity of one line, shown once."""

    text: str = field(repr=False)

    @property
    def recipient(self) -> str:
        """Its public half, `age1...`."""
        return age.recipient_of(self.text)

    @property
    def groups(self) -> tuple[str, ...]:
        """The text cut for the eye: the prefix, then letters by four. Joined, it is the text."""
        rest = self.text.removeprefix(_PREFIX)
        cut = (rest[start : start + _GROUP] for start in range(0, len(rest), _GROUP))
        return (_PREFIX, *cut)


def new_recovery_key() -> RecoveryKey:
    """Make a recovery key."""
    return RecoveryKey(age.new_identity())


def read_recovery_key(text: str) -> RecoveryKey:
    """Return the recovery key a person typed, pasted, or saved to a file.

    Spaces, line breaks, small letters and lines that begin with # do no harm.
    Raises WrongRecoveryKey if there is none in it.
    """
    lines = (line for line in text[:MAX_RECOVERY_TEXT].splitlines() if not line.startswith("#"))
    typed = re.sub(r"\s+", "", "".join(lines)).upper()
    try:
        age.recipient_of(typed)
    except StoreDamaged:
        raise WrongRecoveryKey("no recovery key") from None
    return RecoveryKey(typed)


def seal_for_recovery(vault_key: Key, recipient: str) -> bytes:
    """Return an age file that holds the vault key as 64 hexadecimal digits."""
    return age.encrypt(bytes(vault_key).hex().encode("ascii"), recipient)


def open_by_recovery(sealed: bytes, recovery: RecoveryKey) -> bytearray:
    """Return the vault key. Raises WrongRecoveryKey."""
    try:
        vault_key = bytearray.fromhex(age.decrypt(sealed, recovery.text).decode("ascii"))
    except (StoreDamaged, ValueError):
        raise WrongRecoveryKey("the recovery key does not open the vault key") from None
    if len(vault_key) != KEY_BYTES:
        raise WrongRecoveryKey("a recovery copy holds no vault key")
    return vault_key
