"""Keys wrapped and unwrapped, and what refuses to."""

from __future__ import annotations

import time
from dataclasses import replace

import pytest
from sealed_people import FAST

from facelock.core.errors import StoreDamaged, WrongPassphrase
from facelock.vault.keys import (
    INTERACTIVE,
    KDF_FLOOR,
    KdfParameters,
    SecretWrappedKey,
    WrappedKey,
    new_vault_key,
    unwrap_with_passphrase,
    unwrap_with_secret,
    wipe,
    wrap_with_passphrase,
    wrap_with_secret,
)

CONTEXT = b"test"


def test_a_passphrase_opens_what_it_wrapped_and_nothing_else_does() -> None:
    key = new_vault_key()
    wrapped = wrap_with_passphrase(key, "grüße aus köln", kdf=FAST, context=CONTEXT)
    assert unwrap_with_passphrase(wrapped, "grüße aus köln", context=CONTEXT) == key
    for passphrase in ("", "grüße aus kölN", "x" * 2000, "\ud800"):
        with pytest.raises(WrongPassphrase):
            unwrap_with_passphrase(wrapped, passphrase, context=CONTEXT)
    with pytest.raises(WrongPassphrase):
        unwrap_with_passphrase(wrapped, "grüße aus köln", context=b"somebody else")


def test_a_passphrase_is_the_same_however_it_is_composed() -> None:
    wrapped = wrap_with_passphrase(b"k" * 32, "ﬁne caf\u00e9", kdf=FAST, context=CONTEXT)
    assert unwrap_with_passphrase(wrapped, "fine cafe\u0301", context=CONTEXT) == b"k" * 32


def test_every_part_of_a_wrapped_key_matters() -> None:
    wrapped = wrap_with_passphrase(new_vault_key(), "otters", kdf=FAST, context=CONTEXT)
    changed = [
        replace(wrapped, salt=bytes(16)),
        replace(wrapped, nonce=bytes(12)),
        replace(wrapped, ciphertext=bytes(48)),
        replace(wrapped, kdf=KdfParameters(16, 2, 1)),
    ]
    for one in changed:
        with pytest.raises(WrongPassphrase):
            unwrap_with_passphrase(one, "otters", context=CONTEXT)


def test_a_wrong_passphrase_error_does_not_carry_the_passphrase() -> None:
    wrapped = wrap_with_passphrase(new_vault_key(), "otters", kdf=FAST, context=CONTEXT)
    with pytest.raises(WrongPassphrase) as caught:
        unwrap_with_passphrase(wrapped, "badgers\ud800", context=CONTEXT)
    assert caught.value.__cause__ is None
    assert "badgers" not in str(caught.value)


def test_a_secret_opens_what_it_wrapped_and_nothing_else_does() -> None:
    key = new_vault_key()
    wrapped = wrap_with_secret(key, b"s" * 32, context=CONTEXT)
    assert unwrap_with_secret(wrapped, b"s" * 32, context=CONTEXT) == key
    for secret, context in ((b"t" * 32, CONTEXT), (b"s" * 32, b"other")):
        with pytest.raises(StoreDamaged):
            unwrap_with_secret(wrapped, secret, context=context)


def test_keys_are_fresh_and_wiped_in_place() -> None:
    key = new_vault_key()
    assert key != new_vault_key()
    wipe(key)
    assert key == bytearray(32)


@pytest.mark.parametrize(
    "cost",
    [(7, 1, 1), (16, 1, 4), (2_000_000, 1, 1), (16, 0, 1), (16, 65, 1), (16, 1, 0), (1024, 1, 17)],
)
def test_impossible_costs_are_refused(cost: tuple[int, int, int]) -> None:
    with pytest.raises(ValueError, match="Argon2id"):
        KdfParameters(*cost)


def test_parts_of_the_wrong_length_are_refused() -> None:
    with pytest.raises(ValueError, match="length"):
        SecretWrappedKey(b"", b"", b"")
    with pytest.raises(ValueError, match="length"):
        WrappedKey(FAST, bytes(16), bytes(12), bytes(47))


def test_the_shipped_cost_is_above_the_published_minimum() -> None:
    assert INTERACTIVE.is_at_least(KDF_FLOOR)
    assert KdfParameters(19_456, 2, 1) == KDF_FLOOR  # OWASP
    assert INTERACTIVE.memory_kib >= 65_536  # RFC 9106, second recommendation
    assert INTERACTIVE.iterations >= 3
    started = time.process_time()
    wrap_with_passphrase(bytes(32), "otters", kdf=INTERACTIVE, context=CONTEXT)
    assert time.process_time() - started > 0.05


def test_secrets_do_not_show_in_a_repr() -> None:
    wrapped = wrap_with_secret(b"k" * 32, b"s" * 32, context=CONTEXT)
    assert repr(wrapped.ciphertext) not in repr(wrapped)
