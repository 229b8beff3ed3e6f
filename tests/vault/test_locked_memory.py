"""Keys are kept out of the swap file where that can be had, and nothing breaks where it cannot."""

from __future__ import annotations

import ctypes
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from sealed_people import FAST

from facelock.vault import keys, locked_memory
from facelock.vault.keys import new_vault_key, unwrap_with_passphrase, wipe, wrap_with_passphrase
from facelock.vault.locked_memory import lock_pages, system_locker


@pytest.fixture(autouse=True)
def _fresh() -> Iterator[None]:
    system_locker.cache_clear()
    yield
    system_locker.cache_clear()


def locked_kilobytes() -> int:
    for line in Path("/proc/self/status").read_text(encoding="ascii").splitlines():
        if line.startswith("VmLck:"):
            return int(line.split()[1])
    raise AssertionError


@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
def test_the_kernel_counts_the_page_as_locked() -> None:
    page = bytearray(1 << 16)  # pages of its own, locked by nobody yet
    before = locked_kilobytes()
    if not lock_pages(page):
        pytest.skip("this machine lets nobody lock memory")
    assert locked_kilobytes() >= before + 64


def test_an_empty_key_has_no_pages() -> None:
    assert not lock_pages(bytearray())


@pytest.mark.parametrize("error", [OSError, AttributeError])
def test_a_system_without_the_call_goes_on_without(
    error: type[Exception], monkeypatch: pytest.MonkeyPatch
) -> None:
    def none(_name: object) -> object:
        raise error

    monkeypatch.setattr(ctypes, "CDLL", none)
    assert not lock_pages(bytearray(32))
    assert len(new_vault_key()) == 32


def test_every_key_is_locked_when_it_comes_into_being_and_can_still_be_wiped(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    seen: list[bytearray] = []

    def note(key: bytearray) -> bool:
        seen.append(key)
        return locked_memory.lock_pages(key)

    monkeypatch.setattr(keys, "lock_pages", note)
    key = new_vault_key()
    wrapped = wrap_with_passphrase(key, "otters", kdf=FAST, context=b"c")
    opened = unwrap_with_passphrase(wrapped, "otters", context=b"c")
    under = keys.wrap_with_secret(key, b"s" * 32, context=b"c")
    by_secret = keys.unwrap_with_secret(under, b"s" * 32, context=b"c")
    assert [id(one) for one in seen] == [id(key), id(opened), id(by_secret)]
    wipe(opened)
    assert opened == bytearray(32)
