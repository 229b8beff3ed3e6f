"""age files (age-encryption.org/v1) through `pyrage`, typed, with our errors.

The one place that imports `pyrage`. Keys are passed as text, as the age tools print them: an
identity (`AGE-SECRET-KEY-1...`) opens what was encrypted to its recipient (`age1...`).

pyrage turns whatever a stream raises into text of its own. Here the stream's own exception (a full
disk, a `Cancelled`) comes out as it was raised.
"""

from __future__ import annotations

import re
from typing import Any, Protocol

import pyrage

from facelock.core.errors import StoreDamaged

IDENTITY = re.compile(r"AGE-SECRET-KEY-1[02-9AC-HJ-NP-Z]{58}")
RECIPIENT = re.compile(r"age1[02-9ac-hj-np-z]{58}")


class Readable(Protocol):
    """What is read from: `read(n)` returns at most n bytes, none at the end."""

    def read(self, size: int = -1, /) -> bytes: ...  # noqa: D102


class Writable(Protocol):
    """What is written to: all of the bytes are taken."""

    def write(self, data: bytes, /) -> object: ...  # noqa: D102
    def flush(self) -> object: ...  # noqa: D102


def new_identity() -> str:
    """Return a new X25519 identity: a secret."""
    return str(pyrage.x25519.Identity.generate())


def recipient_of(identity: str) -> str:
    """Return the public recipient of an identity. Raises StoreDamaged if it is none."""
    return str(_identity(identity).to_public())


def encrypt(data: bytes, *recipients: str) -> bytes:
    """Return an age file. Raises StoreDamaged if a recipient is none; ValueError without any."""
    sealed: bytes = pyrage.encrypt(data, _recipients(recipients))
    return sealed


def decrypt(data: bytes, identity: str) -> bytes:
    """Return what an age file holds. Raises StoreDamaged if changed, cut, or not for `identity`."""
    opener = [_identity(identity)]
    try:
        opened: bytes = pyrage.decrypt(data, opener)
    except (pyrage.DecryptError, OSError):
        raise StoreDamaged("an age file does not open") from None
    return opened


def encrypt_stream(source: Readable, target: Writable, *recipients: str) -> None:
    """Encrypt everything `source` gives into `target`. Raises what they raise, and as `encrypt`."""
    readers = _recipients(recipients)
    reading, writing = _Stream(source), _Stream(target)
    try:
        pyrage.encrypt_io(reading, writing, readers)
    except (pyrage.EncryptError, OSError) as error:
        raise _cause(reading, writing) or StoreDamaged("age cannot encrypt") from error


def decrypt_stream(source: Readable, target: Writable, identity: str) -> None:
    """Decrypt `source` into `target`. Raises what they raise, and as `decrypt`.

    What was written before a StoreDamaged must be thrown away: each 64 KiB is authentic by itself,
    but only the end says that nothing is missing.
    """
    opener = [_identity(identity)]
    reading, writing = _Stream(source), _Stream(target)
    try:
        pyrage.decrypt_io(reading, writing, opener)
    except BaseException as error:
        if (cause := _cause(reading, writing)) is not None:
            raise cause from None
        if isinstance(error, (pyrage.DecryptError, OSError)):
            raise StoreDamaged("an age file does not open") from None
        raise


class _Stream:
    """Passes on to a stream, and remembers the first exception it raised."""

    def __init__(self, stream: Any) -> None:  # noqa: ANN401 - Readable or Writable
        self._stream = stream
        self.raised: BaseException | None = None

    def read(self, size: int = -1) -> bytes:
        data: bytes = self._pass_on(self._stream.read, size)
        return data

    def write(self, data: bytes) -> int:
        self._pass_on(self._stream.write, data)
        return len(data)

    def flush(self) -> None:
        self._pass_on(self._stream.flush)

    def _pass_on(self, method: Any, *arguments: Any) -> Any:  # noqa: ANN401 - whatever it takes
        try:
            return method(*arguments)
        except BaseException as error:
            self.raised = self.raised or error
            raise


def _cause(*streams: _Stream) -> BaseException | None:
    return next((one.raised for one in streams if one.raised is not None), None)


def _identity(text: str) -> Any:  # noqa: ANN401 - pyrage publishes no types
    # Ours first: pyrage takes keys of other spellings too.
    if IDENTITY.fullmatch(text):
        try:
            return pyrage.x25519.Identity.from_str(text)
        except pyrage.IdentityError:
            pass  # a mistyped letter: the check sum does not fit
    raise StoreDamaged("no age identity")


def _recipients(texts: tuple[str, ...]) -> list[Any]:
    if not texts:
        raise ValueError("nobody to encrypt to")
    try:
        return [pyrage.x25519.Recipient.from_str(text) for text in texts]
    except pyrage.RecipientError:
        raise StoreDamaged("no age recipient") from None
