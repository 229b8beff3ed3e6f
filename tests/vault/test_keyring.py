"""The operating system's keyring, and none."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from types import ModuleType, SimpleNamespace

import pytest

from facelock.core.errors import KeyringUnavailable
from facelock.vault import keyring as ours
from facelock.vault.keyring import NoKeyring, OsKeyring, find_keyring


class FakeBackend:
    """A keyring backend with a working service behind it."""

    priority = 5.0

    def __init__(self) -> None:
        self.kept: dict[tuple[str, str], str] = {}
        self.error: Exception | None = None

    def get_password(self, service: str, username: str) -> str | None:
        self._fail()
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self._fail()
        self.kept[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        del self.kept[service, username]

    def _fail(self) -> None:
        if self.error:
            raise self.error


def offer(monkeypatch: pytest.MonkeyPatch, **kinds: object) -> None:
    """Make the named classes the only backends of this machine."""
    module = ModuleType("fake_keyring_backends")
    vars(module).update(kinds)
    monkeypatch.setitem(sys.modules, module.__name__, module)
    dotted = tuple(f"{module.__name__}.{name}" for name in kinds)
    monkeypatch.setattr(ours, "_BACKENDS", {sys.platform: (*dotted, "no_such_module.Keyring")})


def test_secrets_come_back_from_the_keyring() -> None:
    backend = FakeBackend()
    keyring = OsKeyring(backend)
    assert keyring.is_persistent
    assert keyring.get("a") is None
    keyring.put("a", b"\x00\xff secret")
    assert keyring.get("a") == b"\x00\xff secret"
    assert list(backend.kept) == [("facelock-desktop", "a")]
    keyring.delete("a")
    keyring.delete("a")
    assert keyring.get("a") is None


def test_what_a_backend_raises_is_translated_without_its_text() -> None:
    import keyring.errors

    backend = FakeBackend()
    for error in (keyring.errors.KeyringLocked("hunter2"), OSError("hunter2"), RuntimeError()):
        backend.error = error
        calls: list[Callable[[], object]] = [
            lambda: OsKeyring(backend).get("a"),
            lambda: OsKeyring(backend).put("a", b"x"),
            lambda: OsKeyring(backend).delete("a"),
        ]
        for call in calls:
            with pytest.raises(KeyringUnavailable) as caught:
                call()
            assert "hunter2" not in str(caught.value)
            assert caught.value.__cause__ is None


def test_an_entry_that_is_not_ours_is_refused() -> None:
    backend = FakeBackend()
    backend.kept["facelock-desktop", "a"] = "not base64!"
    with pytest.raises(KeyringUnavailable):
        OsKeyring(backend).get("a")


def test_no_keyring_forgets() -> None:
    keyring = NoKeyring()
    assert not keyring.is_persistent
    keyring.put("a", b"x")
    assert keyring.get("a") == b"x"
    keyring.delete("a")
    keyring.delete("a")
    assert keyring.get("a") is None


def test_the_first_backend_that_works_is_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    class Broken:
        @property
        def unrelated(self) -> int:
            return 0

    class Absent(type):
        @property
        def priority(cls) -> float:
            raise RuntimeError("no service")

    class NoService(metaclass=Absent):
        pass

    hopeless = SimpleNamespace(priority=0)
    offer(monkeypatch, Broken=Broken, NoService=NoService, Hopeless=hopeless, Good=FakeBackend)
    found = find_keyring()
    assert isinstance(found, OsKeyring)
    assert isinstance(found._backend, FakeBackend)


def test_where_no_backend_works_there_is_no_keyring(monkeypatch: pytest.MonkeyPatch) -> None:
    offer(monkeypatch)
    assert isinstance(find_keyring(), NoKeyring)


def test_no_environment_variable_chooses_the_keyring() -> None:
    program = (
        "import sys, facelock.vault.store\n"
        "from facelock.vault.keyring import find_keyring\n"
        "assert 'keyring' not in sys.modules, 'loaded before it is needed'\n"
        "print(type(find_keyring()).__name__, 'keyring.backends.null' in sys.modules)"
    )
    environment = {
        "PYTHON_KEYRING_BACKEND": "keyring.backends.null.Keyring",
        "DBUS_SESSION_BUS_ADDRESS": "disabled:",
        "PYTHONPATH": ":".join(sys.path),
    }
    if sys.platform in ("darwin", "win32"):
        pytest.skip("would ask for the developer's own keychain")
    run = subprocess.run(
        [sys.executable, "-c", program],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (run.stdout.strip(), run.stderr) == ("NoKeyring False", "")
