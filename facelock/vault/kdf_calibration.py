"""How much Argon2id may cost on this machine: about half a second, whenever a passphrase is set.

Measured then and there, because the next passphrase is tried on the same machine; the choice is
written beside the key (`WrappedKey.kdf`), so a store moved elsewhere still opens. A machine that is
busy while it is measured gets a cheaper setting, but never one below `KDF_FLOOR`.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace

from facelock.vault.keys import INTERACTIVE, KDF_FLOOR, SALT_BYTES, KdfParameters, stretch

TARGET_SECONDS = 0.5
MOST_SECONDS = 0.9  # the rest of an unlock takes some, and all of it is to stay below a second
_MOST_ITERATIONS = 24
_TRIES = 2  # the quicker one counts: the first also pays for fresh memory

Clock = Callable[[], float]  # seconds
Derive = Callable[[KdfParameters], object]


def _derive(kdf: KdfParameters) -> object:
    return stretch(b"how long does this take", bytes(SALT_BYTES), kdf)


def calibrated(clock: Clock = time.perf_counter, derive: Derive = _derive) -> KdfParameters:
    """Return parameters of about half a second here. Takes less than that to find out.

    128 MiB, and as many rounds as fit, but `INTERACTIVE`'s at least as long as an unlock stays
    below a second with them; on slower machines less memory, never below `KDF_FLOOR`.
    """
    kdf = replace(INTERACTIVE, iterations=1)
    seconds = _seconds(kdf, clock, derive)  # of one round: the cost is linear in rounds
    while KDF_FLOOR.iterations * seconds > MOST_SECONDS and kdf.memory_kib > KDF_FLOOR.memory_kib:
        kdf = replace(kdf, memory_kib=max(kdf.memory_kib // 2, KDF_FLOOR.memory_kib))
        seconds = _seconds(kdf, clock, derive)
    wanted = max(round(TARGET_SECONDS / seconds), INTERACTIVE.iterations)
    affordable = max(int(MOST_SECONDS / seconds), KDF_FLOOR.iterations)
    return replace(kdf, iterations=min(wanted, affordable, _MOST_ITERATIONS))


def _seconds(kdf: KdfParameters, clock: Clock, derive: Derive) -> float:
    """Return how long one derivation takes, at least a microsecond."""
    quickest = float("inf")
    for _ in range(_TRIES):
        began = clock()
        derive(kdf)
        quickest = min(quickest, clock() - began)
    return max(quickest, 1e-6)
