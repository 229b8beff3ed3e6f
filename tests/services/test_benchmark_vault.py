"""The vault's figures are measured on a real one, and its memory does not grow with the file."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from facelock.services.benchmark_vault import run_vault_benchmark

MEASURE = """
import re, sys
from pathlib import Path
from facelock.vault import age
from facelock.vault.vault import Vault
from facelock.vault.vault_book import VaultKeys
folder = Path(sys.argv[1])
with (folder / "source").open("wb") as file:
    file.truncate(int(sys.argv[2]))
keys = VaultKeys.of("a" * 32, bytes(32), age.new_identity())
vault = Vault.open(folder / "vault", keys, known_generation=None, keep_generation=lambda _: None)
def peak():
    # Not getrusage, whose figure of a forked process begins at its parent's.
    status = Path("/proc/self/status").read_text()
    return int(re.search(r"VmHWM:\\s+(\\d+) kB", status).group(1)) * 1024
before = peak()
item = vault.add_file(folder / "source")
(folder / "out").mkdir()
vault.export(item.item_id, folder / "out")
print(before, peak())
"""


def test_a_file_is_put_in_and_taken_out() -> None:
    result = run_vault_benchmark(mib=2)
    assert result.mib == 2
    assert result.import_mib_s > 0
    assert result.export_mib_s > 0


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="reads /proc")
def test_memory_does_not_grow_with_the_file(tmp_path: Path) -> None:
    """Goal: under 150 MB for 2 GB. Here 128 MB may add 24 MB to what the program takes itself."""
    done = subprocess.run(
        [sys.executable, "-c", MEASURE, str(tmp_path), str(128 * 1024 * 1024)],
        capture_output=True,
        text=True,
        check=True,
    )
    before, after = map(int, done.stdout.split())
    assert after - before < 24e6
    assert after < 150e6
