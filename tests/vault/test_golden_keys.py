"""A key file of every version opens for ever, in each of the ways it had."""

from __future__ import annotations

from pathlib import Path

import pytest
from golden_keys import CONTENT, DEVICE_SECRET, ITEM, KEYS, PROFILE_ID, RECOVERY
from sealed_people import FAST, PASSPHRASE

from facelock.vault import age
from facelock.vault.key_files import (
    KEY_FILE_VERSION,
    context,
    decode_slots,
    identity_of,
    stored_secret,
)
from facelock.vault.keys import unwrap_with_passphrase
from facelock.vault.recovery import open_by_recovery, read_recovery_key

GOLDEN = Path(__file__).parent.parent / "golden"
FIRST_WITH_RECOVERY = 2


@pytest.mark.parametrize("version", range(FIRST_WITH_RECOVERY, KEY_FILE_VERSION + 1))
def test_passphrase_and_recovery_key_open_it_and_the_item_with_it(version: int) -> None:
    folder = GOLDEN / f"keys-v{version}"
    slots = decode_slots((folder / KEYS).read_bytes(), PROFILE_ID, kdf_floor=FAST)
    bound = context("passphrase", PROFILE_ID)
    by_passphrase = unwrap_with_passphrase(slots.passphrase, PASSPHRASE, context=bound)
    recovery = read_recovery_key((folder / RECOVERY).read_text(encoding="ascii"))
    assert slots.recovery is not None
    assert open_by_recovery(slots.recovery, recovery) == by_passphrase
    assert stored_secret(slots, PROFILE_ID, by_passphrase) == DEVICE_SECRET
    identity = identity_of(slots, PROFILE_ID, by_passphrase)
    assert age.decrypt((folder / ITEM).read_bytes(), identity) == CONTENT


def test_there_are_golden_keys_of_every_version_with_a_recovery_key() -> None:
    there = {int(path.name.removeprefix("keys-v")) for path in GOLDEN.glob("keys-v*")}
    assert there == set(range(FIRST_WITH_RECOVERY, KEY_FILE_VERSION + 1))
