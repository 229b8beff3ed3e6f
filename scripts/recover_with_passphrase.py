"""Get a person's files out of a vault with the passphrase, without Facelock.

Needs `pip install cryptography pyrage` and nothing else. docs/recovery.md tells how to use it:
    python recover_with_passphrase.py people/ID.keys vaults/ID OUT
"""

from __future__ import annotations

import base64
import getpass
import json
import sys
import unicodedata
from pathlib import Path
from typing import Any

import pyrage
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id
from cryptography.hazmat.primitives.kdf.hkdf import HKDF


def part(slot: dict[str, Any], name: str) -> bytes:
    """Return one part of a wrapped key."""
    return base64.b64decode(slot[name])


def unwrapped(slot: dict[str, Any], key: bytes, context: str) -> bytes:
    """Return what a slot of the key file holds. Raises InvalidTag if the key is another."""
    return AESGCM(key).decrypt(part(slot, "nonce"), part(slot, "ciphertext"), context.encode())


def identity_of(keys: dict[str, Any], passphrase: str) -> str:
    """Return the age identity: passphrase -> vault key -> identity."""
    person, slots = keys["profile_id"], keys["slots"]
    slot, cost = slots["passphrase"], slots["passphrase"]["kdf"]
    stretched = Argon2id(
        salt=part(slot, "salt"),
        length=32,
        iterations=cost["iterations"],
        lanes=cost["lanes"],
        memory_cost=cost["memory_kib"],
    ).derive(unicodedata.normalize("NFKC", passphrase).encode())
    vault_key = unwrapped(slot, stretched, f"facelock key v1 passphrase {person}")
    slot = slots["identity"]
    context = f"facelock key v1 identity {person} {slots['recipient']} "
    context += slots["recovery_recipient"]
    hkdf = HKDF(algorithm=SHA256(), length=32, salt=part(slot, "salt"), info=context.encode())
    return unwrapped(slot, hkdf.derive(vault_key), context).decode()


def main() -> None:
    """Decrypt every item into a new folder."""
    key_file, vault, out = (Path(argument) for argument in sys.argv[1:4])
    keys = json.loads(key_file.read_text())
    try:
        text = identity_of(keys, getpass.getpass("Passphrase: "))
    except InvalidTag:
        sys.exit("That passphrase does not open this key file.")
    identity = [pyrage.x25519.Identity.from_str(text)]
    if vault.is_file():  # a backup: OUT becomes an ordinary tar file with the vault's folder in it
        with vault.open("rb") as source, out.open("xb") as file:
            pyrage.decrypt_io(source, file, identity)
        return
    out.mkdir(mode=0o700)
    listing = pyrage.decrypt((vault / "names.age").read_bytes(), identity).decode()
    names = dict(line.split("\t") for line in listing.splitlines())
    for item in sorted((vault / "items").glob("*.age")):
        name = names.get(item.name, item.stem)  # made safe and unique by Facelock...
        target = out / name.replace("/", "_").replace("\\", "_")  # ...and not believed
        with item.open("rb") as source, target.open("xb") as file:
            pyrage.decrypt_io(source, file, identity)
        print(name)


if __name__ == "__main__":
    main()
