"""The freedesktop Secret Service through `keyring`, with an end to waiting for its prompt.

`keyring` waits for ever for somebody to answer the desktop's "unlock your keyring", or for a prompt
that never comes up, as in a session without a display. Here it ends after a minute, and is then a
keyring that stays locked.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import secretstorage
from keyring.backends import SecretService
from keyring.errors import InitError, KeyringLocked
from secretstorage.defines import SS_PATH, SS_PREFIX
from secretstorage.util import DBusAddressWrapper, exec_prompt

if TYPE_CHECKING:
    from jeepney.io.blocking import DBusConnection
    from secretstorage import Collection

PROMPT_SECONDS = 60.0
_LABEL = "org.freedesktop.Secret.Collection.Label"


class Keyring(SecretService.Keyring):
    """As `keyring` has it, but nothing waits longer than `prompt_seconds`."""

    prompt_seconds = PROMPT_SECONDS

    def get_preferred_collection(self) -> Collection:
        """Return the default collection, unlocked. Raises KeyringLocked, InitError."""
        bus = secretstorage.dbus_init()
        try:
            return _unlocked(bus, self.prompt_seconds)
        except TimeoutError:
            bus.close()
            raise KeyringLocked("nobody answered the prompt") from None
        except secretstorage.exceptions.SecretStorageException as error:
            bus.close()
            raise InitError(f"no collection: {type(error).__name__}") from None
        except BaseException:
            bus.close()
            raise


def _unlocked(bus: DBusConnection, seconds: float) -> Collection:
    try:
        collection = secretstorage.Collection(bus)
    except secretstorage.ItemNotFoundException:
        collection = _new_collection(bus, seconds)
    if collection.is_locked():
        collection.unlock(timeout=seconds)
        if collection.is_locked():
            raise KeyringLocked("the prompt was dismissed")
    return collection


def _new_collection(bus: DBusConnection, seconds: float) -> Collection:
    """Make the default collection; secretstorage's own waits for ever."""
    service = DBusAddressWrapper(SS_PATH, SS_PREFIX + "Service", bus)
    label = {_LABEL: ("s", "Default")}
    path, prompt = service.call("CreateCollection", "a{sv}s", label, "default")
    if len(path) <= 1:  # "/": a password is asked for first
        dismissed, (_, path) = exec_prompt(bus, prompt, timeout=seconds)
        if dismissed:
            raise KeyringLocked("the prompt was dismissed")
    return secretstorage.Collection(bus, path)
