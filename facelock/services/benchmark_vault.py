"""How fast files go into a vault and out of it, with all that makes them safe on the disk."""

from __future__ import annotations

import os
import secrets
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from facelock.vault import age
from facelock.vault.vault import Vault
from facelock.vault.vault_book import VaultKeys

_MIB = 1024 * 1024


@dataclass(frozen=True)
class VaultBenchmark:
    """What was measured: hashing, encryption, and fsync of file and folder included."""

    import_mib_s: float
    export_mib_s: float
    mib: int  # size of the file


def run_vault_benchmark(mib: int = 256) -> VaultBenchmark:
    """Put a random file into a throw-away vault and take it out again.

    Raises VaultFull, VaultUnwritable.
    """
    with tempfile.TemporaryDirectory(prefix="facelock-bench-") as name:
        folder = Path(name)
        source = folder / "source"
        with source.open("wb") as file:
            for _ in range(mib):
                file.write(secrets.token_bytes(_MIB))
            file.flush()
            os.fsync(file.fileno())  # else its way to the disk would be measured as ours
        keys = VaultKeys.of("0" * 32, secrets.token_bytes(32), age.new_identity())
        vault = Vault.open(
            folder / "vault", keys, known_generation=None, keep_generation=lambda _: None
        )
        began = time.perf_counter()
        item = vault.add_file(source)
        put_in = time.perf_counter()
        vault.export(item.item_id, folder)
        taken_out = time.perf_counter()
        vault.close()
    return VaultBenchmark(
        import_mib_s=round(mib / (put_in - began), 1),
        export_mib_s=round(mib / (taken_out - put_in), 1),
        mib=mib,
    )
