"""The key files under tests/golden/keys-v<N>, each written by the code of its time.

They open for ever: no file there is ever changed, and a new version of the key file brings a new
folder beside them (`python tests/golden_keys.py tests/golden/keys-v<N>`, with the repository and
tests/ on PYTHONPATH). Version 1 is in store-v1 and store-v2.
"""

from __future__ import annotations

import sys
from pathlib import Path

from sealed_people import FAST, PASSPHRASE

from facelock.vault import age
from facelock.vault.key_files import encode_slots, identity_of, make_slots, prepare_keys

PROFILE_ID = f"{7:032x}"
DEVICE_SECRET = b"d" * 32
KEYS, RECOVERY, ITEM = f"{PROFILE_ID}.keys", "recovery-key.txt", "item.age"
CONTENT = b"what the vault held"


def write(folder: Path) -> None:
    """Write a key file of the present version, its recovery key, and something to open with it."""
    keys = prepare_keys(PROFILE_ID, PASSPHRASE, kdf=FAST)
    slots = make_slots(keys, DEVICE_SECRET)
    identity = identity_of(slots, PROFILE_ID, keys.vault_key)
    folder.mkdir(parents=True)
    (folder / KEYS).write_bytes(encode_slots(PROFILE_ID, slots))
    (folder / RECOVERY).write_text(keys.recovery_key.text + "\n", encoding="ascii")
    (folder / ITEM).write_bytes(age.encrypt(CONTENT, age.recipient_of(identity)))


if __name__ == "__main__":
    write(Path(sys.argv[1]))
