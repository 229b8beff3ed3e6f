"""age files through pyrage: typed, and with the errors of whoever reads or writes."""

from __future__ import annotations

import io
from collections.abc import Callable

import pyrage
import pytest

from facelock.core.errors import Cancelled, StoreDamaged
from facelock.vault import age

IDENTITY = age.new_identity()
RECIPIENT = age.recipient_of(IDENTITY)
LONG = bytes(range(256)) * 1024  # several of age's 64 KiB chunks


class Failing(io.BytesIO):
    """A stream that fails at once, and remembers nothing."""

    error: BaseException = OSError(28, "no space left")

    def read(self, size: int | None = -1, /) -> bytes:
        raise self.error

    def write(self, data: object, /) -> int:
        raise self.error


def test_bytes_and_streams_come_back() -> None:
    assert age.IDENTITY.fullmatch(IDENTITY)
    assert age.RECIPIENT.fullmatch(RECIPIENT)
    assert age.decrypt(age.encrypt(LONG, RECIPIENT), IDENTITY) == LONG
    sealed, opened = io.BytesIO(), io.BytesIO()
    age.encrypt_stream(io.BytesIO(LONG), sealed, RECIPIENT)
    age.decrypt_stream(io.BytesIO(sealed.getvalue()), opened, IDENTITY)
    assert opened.getvalue() == LONG


def test_every_recipient_can_read() -> None:
    other = age.new_identity()
    sealed = age.encrypt(b"both", RECIPIENT, age.recipient_of(other))
    assert age.decrypt(sealed, IDENTITY) == age.decrypt(sealed, other) == b"both"


def test_what_is_cut_changed_or_for_somebody_else_does_not_open() -> None:
    sealed = age.encrypt(LONG, RECIPIENT)
    for bad in (b"", b"x", sealed[:100], sealed[:-1], sealed[:-1] + b"!", sealed[: 1 << 17]):
        with pytest.raises(StoreDamaged):
            age.decrypt(bad, IDENTITY)
        with pytest.raises(StoreDamaged):
            age.decrypt_stream(io.BytesIO(bad), io.BytesIO(), IDENTITY)
    with pytest.raises(StoreDamaged):
        age.decrypt(sealed, age.new_identity())


def test_what_is_no_key_is_refused() -> None:
    wrong = IDENTITY[:-1] + ("Q" if IDENTITY[-1] != "Q" else "P")  # the check sum does not fit
    for bad in ("", "AGE-SECRET-KEY-1", IDENTITY.lower(), wrong, IDENTITY + "\n"):
        with pytest.raises(StoreDamaged):
            age.recipient_of(bad)
    with pytest.raises(StoreDamaged):
        age.encrypt(b"x", "age1nobody")
    with pytest.raises(ValueError, match="nobody"):
        age.encrypt(b"x")


@pytest.mark.parametrize("error", [OSError(28, "full"), Cancelled()])
def test_the_streams_own_exception_comes_out(error: BaseException) -> None:
    failing = Failing()
    failing.error = error
    sealed = age.encrypt(LONG, RECIPIENT)
    attempts: tuple[Callable[[], None], ...] = (
        lambda: age.encrypt_stream(failing, io.BytesIO(), RECIPIENT),
        lambda: age.encrypt_stream(io.BytesIO(LONG), failing, RECIPIENT),
        lambda: age.decrypt_stream(failing, io.BytesIO(), IDENTITY),
        lambda: age.decrypt_stream(io.BytesIO(sealed), failing, IDENTITY),
    )
    for attempt in attempts:
        with pytest.raises(type(error)) as caught:
            attempt()
        assert caught.value is error


def test_a_stream_that_is_none_is_our_own_mistake_and_shows(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def broken(*_: object) -> None:
        raise TypeError("not of the streams")

    monkeypatch.setattr(pyrage, "decrypt_io", broken)
    with pytest.raises(TypeError):
        age.decrypt_stream(io.BytesIO(), io.BytesIO(), IDENTITY)


def test_what_pyrage_itself_cannot_encrypt_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise pyrage.EncryptError("something within")

    monkeypatch.setattr(pyrage, "encrypt_io", broken)
    with pytest.raises(StoreDamaged):
        age.encrypt_stream(io.BytesIO(), io.BytesIO(), RECIPIENT)


def test_flushing_reaches_the_stream() -> None:
    stream = Failing()
    stream.close()
    wrapped = age._Stream(stream)
    with pytest.raises(ValueError, match="closed"):
        wrapped.flush()
    assert wrapped.raised is not None
