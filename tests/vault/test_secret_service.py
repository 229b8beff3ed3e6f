"""A prompt of the Secret Service is waited for, but not for ever (test_real_keyring: for real)."""

from __future__ import annotations

import sys
from typing import Any

import pytest

if sys.platform != "linux":
    pytest.skip("the freedesktop Secret Service", allow_module_level=True)

import secretstorage
from keyring.errors import InitError, KeyringLocked

from facelock.vault import secret_service
from facelock.vault.secret_service import PROMPT_SECONDS, Keyring


class Service:
    """A bus with a Secret Service behind it."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.closed = False
        self.there = True
        self.locked = False
        self.answer: Exception | bool | None = True  # to a prompt
        self.asks = False  # before a collection is made
        self.waited: list[float | None] = []
        monkeypatch.setattr(secretstorage, "dbus_init", lambda: self)
        monkeypatch.setattr(secretstorage, "Collection", self._collection)
        monkeypatch.setattr(secret_service, "DBusAddressWrapper", lambda *_: self)
        monkeypatch.setattr(secret_service, "exec_prompt", self._prompt)

    def close(self) -> None:
        self.closed = True

    def _collection(self, _bus: object, path: str = "") -> Service:
        if not self.there:
            raise secretstorage.ItemNotFoundException("none")
        return self

    def is_locked(self) -> bool:
        return self.locked

    def unlock(self, timeout: float | None = None) -> None:
        self.waited.append(timeout)
        if isinstance(self.answer, Exception):
            raise self.answer
        self.locked = not self.answer

    def call(self, *_: object) -> tuple[str, str]:
        self.there = not self.asks
        return ("/", "/prompt") if self.asks else ("/collection", "/")

    def _prompt(self, _bus: object, _path: str, *, timeout: float) -> Any:  # noqa: ANN401
        self.waited.append(timeout)
        if isinstance(self.answer, Exception):
            raise self.answer
        self.there = bool(self.answer)
        return not self.answer, ("o", "/collection")


def collection() -> object:
    keyring: Keyring = Keyring()  # type: ignore[no-untyped-call]
    return keyring.get_preferred_collection()


@pytest.fixture
def service(monkeypatch: pytest.MonkeyPatch) -> Service:
    return Service(monkeypatch)


def test_an_open_collection_is_used_as_it_is(service: Service) -> None:
    assert collection() is service
    assert not service.waited
    assert not service.closed


def test_a_locked_one_is_asked_for_and_waited_for(service: Service) -> None:
    service.locked = True
    assert collection() is service
    assert service.waited == [PROMPT_SECONDS]


@pytest.mark.parametrize("answer", [None, TimeoutError()])
def test_a_prompt_that_nobody_answers_ends_as_a_locked_keyring(
    service: Service, answer: Exception | None
) -> None:
    service.locked, service.answer = True, answer
    with pytest.raises(KeyringLocked):
        collection()
    assert service.closed


@pytest.mark.parametrize("asks", [True, False])
def test_a_collection_is_made_where_there_is_none(service: Service, *, asks: bool) -> None:
    service.there, service.asks = False, asks
    assert collection() is service
    assert service.waited == ([PROMPT_SECONDS] if asks else [])


@pytest.mark.parametrize("answer", [None, TimeoutError()])
def test_nobody_waits_for_ever_for_a_new_collection(
    service: Service, answer: Exception | None
) -> None:
    service.there, service.asks, service.answer = False, True, answer
    with pytest.raises(KeyringLocked):
        collection()
    assert service.closed


def test_what_the_service_raises_is_translated(service: Service) -> None:
    service.locked = True
    service.answer = secretstorage.exceptions.SecretServiceNotAvailableException("gone")
    with pytest.raises(InitError):
        collection()
    assert service.closed
