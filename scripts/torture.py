"""`make torture`: a hundred thousand damaged files, a thousand kills. CI runs a sample of both.

Each damage is made from a seed that is printed when something goes wrong, so it can be made again.
"""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

from fuzz_targets import TARGETS
from kill_scenarios import SCENARIOS
from mangling import mangled
from store_mangling import MangledStore
from torment import torment
from vault_mangling import MangledVault

_Dice = random.Random  # damage that can be repeated needs no cryptographic chance
_STORE_SHARE = 0.2  # of all damages: a whole store takes longer than one file


def torture_formats(damages: int, seed: int) -> int:
    """Read damaged files of every format; return how many defects were found."""
    defects = 0
    for name, make in TARGETS.items():
        target, dice, taken, slowest = make(), _Dice(f"{seed} {name}"), 0, 0.0
        tries = damages // len(TARGETS)
        for number in range(tries):
            bad = mangled(target.good, dice)
            began = time.monotonic()
            try:
                was_taken = target.survives(bad)
            except Exception as error:  # noqa: BLE001 - what is looked for
                defects += 1
                print(f"DEFECT {name}, damage {number} of seed {seed}: {error!r}")
                continue
            slowest = max(slowest, time.monotonic() - began)
            taken += was_taken
            if was_taken and target.sealed:
                defects += 1
                print(f"DEFECT {name}, damage {number} of seed {seed}: a changed file was taken")
        print(f"{name}: {tries} damages, {taken} harmless, slowest {slowest * 1000:.0f} ms")
    return defects


def torture_folders(damages: int, seed: int) -> int:
    """Open damaged stores and vaults; return how many defects were found."""
    return sum(
        _torture_folder(name, make, damages // 2, seed)
        for name, make in (("store", MangledStore), ("vault", MangledVault))
    )


def _torture_folder(
    name: str, make: Callable[[Path], MangledStore | MangledVault], damages: int, seed: int
) -> int:
    outcomes: Counter[str] = Counter()
    defects = 0
    with tempfile.TemporaryDirectory() as folder:
        mangle, dice = make(Path(folder)), _Dice(f"{seed} {name}")
        for number in range(damages):
            try:
                outcomes[mangle.try_once(dice)] += 1
            except Exception as error:  # noqa: BLE001 - what is looked for
                defects += 1
                print(f"DEFECT {name}, damage {number} of seed {seed}: {error!r}")
    print(f"whole {name}: {damages} damages, {dict(outcomes)}")
    return defects


def torture_writers(kills: int, seed: int) -> int:
    """Kill whoever writes, in the middle; return how many defects were found."""
    defects = 0
    for make in SCENARIOS:
        with tempfile.TemporaryDirectory() as folder:
            scenario = make(Path(folder))
            try:
                steps = torment(scenario, kills, _Dice(f"{seed} kills"))
            except AssertionError as error:
                defects += 1
                print(f"DEFECT {error}")
            else:
                print(f"{scenario.name}: {kills} kills, {steps} steps confirmed")
    return defects


def main() -> int:
    """Run it; 1 if anything was found."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--damages", type=int, default=100_000)
    parser.add_argument("--kills", type=int, default=1000, help="of each writer")
    parser.add_argument("--seed", type=int, default=20261123)
    options = parser.parse_args()
    defects = torture_writers(options.kills, options.seed)
    whole = int(options.damages * _STORE_SHARE)
    defects += torture_formats(options.damages - whole, options.seed)
    defects += torture_folders(whole, options.seed)
    print(f"{defects} defects")
    return 1 if defects else 0


if __name__ == "__main__":
    sys.exit(main())
