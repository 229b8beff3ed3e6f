"""The vault key while the app is open, and how long its passphrase serves sensitive actions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from facelock.core.errors import PassphraseConfirmationNeeded
from facelock.vault.keys import wipe

if TYPE_CHECKING:
    from facelock.core.ports import Clock

CONFIRMED_SECONDS = 120.0
"""How long a passphrase typed for one sensitive action serves the next ones (threat row 18)."""


class HeldKey:
    """One key at a time; wiped when it is replaced or forgotten."""

    def __init__(self) -> None:
        self._key: bytearray | None = None

    def take(self, key: bytearray) -> None:
        """Hold this key. The buffer is wiped later, so it must be nobody else's."""
        if key is not self._key:
            self.forget()
        self._key = key

    @property
    def key(self) -> bytearray | None:
        """The buffer itself, None if there is none. It is all zeros once it was forgotten."""
        return self._key

    def holds(self, key: bytearray) -> bool:
        """True if it is this very buffer."""
        return key is self._key

    def forget(self) -> None:
        """Wipe the key; nothing happens if there is none."""
        if self._key is not None:
            wipe(self._key)
            self._key = None


class Confirmation:
    """Remembers for two minutes that the passphrase was typed."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._until = -1.0

    @property
    def stands(self) -> bool:
        """True if a sensitive action needs no further passphrase now."""
        return self._clock.monotonic() < self._until

    def note(self) -> None:
        """The passphrase was typed just now, and fitted."""
        self._until = self._clock.monotonic() + CONFIRMED_SECONDS

    def end(self) -> None:
        """It serves no more."""
        self._until = -1.0

    def require(self) -> None:
        """Raise PassphraseConfirmationNeeded unless it stands."""
        if not self.stands:
            raise PassphraseConfirmationNeeded("the passphrase is needed for this")
