"""Where the device secret lives: the operating system's keyring, or nowhere.

`keyring` is imported only when asked for, and its usual choice of a backend is not used: that scans
every installed package (0.2 s), obeys an environment variable and a configuration file, and may end
at a backend that keeps secrets in a plain file. We name the backends that are the operating
system's own and take the first that works.
"""

from __future__ import annotations

import base64
import binascii
import importlib
import logging
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Protocol

from facelock.core.errors import KeyringUnavailable
from facelock.core.ports import SecretKeeper

SERVICE = "facelock-desktop"

_BACKENDS = {
    "darwin": ("keyring.backends.macOS.Keyring",),
    "win32": ("keyring.backends.Windows.WinVaultKeyring",),
}
_FREEDESKTOP = (
    "facelock.vault.secret_service.Keyring",
    "keyring.backends.kwallet.DBusKeyring",
)
# What backends let through of the libraries below them. Any that is not installed is left out.
_FOREIGN_ERRORS = (
    "keyring.errors.KeyringError",
    "secretstorage.exceptions.SecretStorageException",
    "jeepney.wrappers.DBusErrorResponse",
    "dbus.exceptions.DBusException",
    "win32ctypes.pywin32.pywintypes.error",
)

_log = logging.getLogger(__name__)


class Backend(Protocol):
    """What we use of a keyring backend."""

    def get_password(self, service: str, username: str) -> str | None: ...  # noqa: D102
    def set_password(self, service: str, username: str, password: str) -> None: ...  # noqa: D102
    def delete_password(self, service: str, username: str) -> None: ...  # noqa: D102


class OsKeyring(SecretKeeper):
    """The operating system's keyring. Every call may ask the user to unlock it, and so take long.

    Never call it from the GUI thread.
    """

    def __init__(self, backend: Backend) -> None:
        self._backend = backend

    @property
    def is_persistent(self) -> bool:
        """True: the secret is there after a restart."""
        return True

    def get(self, name: str) -> bytes | None:
        """Return a secret, None if there is none of that name. Raises KeyringUnavailable."""
        with _translated("read"):
            text = self._backend.get_password(SERVICE, name)
        if text is None:
            return None
        try:
            return base64.b64decode(text, validate=True)
        except binascii.Error:
            raise KeyringUnavailable("the keyring holds something that is not ours") from None

    def put(self, name: str, secret: bytes) -> None:
        """Keep a secret. Raises KeyringUnavailable."""
        with _translated("write"):
            self._backend.set_password(SERVICE, name, base64.b64encode(secret).decode("ascii"))

    def delete(self, name: str) -> None:
        """Forget a secret; nothing happens if there is none. Raises KeyringUnavailable."""
        with _translated("delete"):
            # Asked first: backends raise the same error for "not there" and "could not".
            if self._backend.get_password(SERVICE, name) is not None:
                self._backend.delete_password(SERVICE, name)


class NoKeyring(SecretKeeper):
    """No keyring: secrets are forgotten when the app closes. Demo stores use it on purpose.

    Callers never ask whether there is a keyring; they see a store that needs the passphrase.
    """

    def __init__(self) -> None:
        self._secrets: dict[str, bytes] = {}

    @property
    def is_persistent(self) -> bool:
        """False."""
        return False

    def get(self, name: str) -> bytes | None:
        """Return a secret, None if there is none of that name."""
        return self._secrets.get(name)

    def put(self, name: str, secret: bytes) -> None:
        """Keep a secret until the app closes."""
        self._secrets[name] = secret

    def delete(self, name: str) -> None:
        """Forget a secret; nothing happens if there is none."""
        self._secrets.pop(name, None)


def find_keyring() -> SecretKeeper:
    """Return the operating system's keyring, or `NoKeyring` if there is none that is safe."""
    for dotted in _BACKENDS.get(sys.platform, _FREEDESKTOP):
        backend = _backend(dotted)
        if backend is not None:
            _log.info("keyring: %s", dotted)
            return OsKeyring(backend)
    _log.info("no keyring of the operating system: secrets last until the app closes")
    return NoKeyring()


def _backend(dotted: str) -> Backend | None:
    """Return a backend that works here, None if it does not."""
    module, _, name = dotted.rpartition(".")
    try:
        kind = getattr(importlib.import_module(module), name)
        with _translated("look for"):
            if kind.priority <= 0:  # asks the keyring service whether it is there
                return None
            backend: Backend = kind()
    except (ImportError, AttributeError, KeyringUnavailable) as error:
        _log.info("keyring %s is not usable here: %s", dotted, type(error).__name__)
        return None
    return backend


@contextmanager
def _translated(doing: str) -> Iterator[None]:
    """Turn what a backend raises into KeyringUnavailable, without the secret it may quote."""
    try:
        yield
    except _foreign_errors() as error:
        raise KeyringUnavailable(f"cannot {doing} the keyring: {type(error).__name__}") from None


def _foreign_errors() -> tuple[type[Exception], ...]:
    found: list[type[Exception]] = [OSError, RuntimeError]
    for dotted in _FOREIGN_ERRORS:
        module, _, name = dotted.rpartition(".")
        # Not imported here: an exception of a library that is not loaded cannot have been raised.
        if (loaded := sys.modules.get(module)) is not None:
            found.append(getattr(loaded, name))
    return tuple(found)
