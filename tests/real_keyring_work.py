"""What tests have done in a session with a real keyring: one program run, told by its argument.

Prints one line of JSON. Run in a process of its own: the session is in its environment.
"""

from __future__ import annotations

import json
import statistics
import sys
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from lock_machine import ADA
from sealed_people import FAST, PASSPHRASE, keys_for

from facelock.core.errors import FacelockError
from facelock.core.observation import Match, NonMatch
from facelock.core.policy import PassphraseOnly, Scanning, Unlocked
from facelock.desktop.clock import SystemClock
from facelock.services.access import Access
from facelock.vault.kdf_calibration import calibrated
from facelock.vault.key_files import prepare_keys
from facelock.vault.keyring import find_keyring
from facelock.vault.secret_service import Keyring
from facelock.vault.store import ProfileStore

YES = Match(ADA.profile_id, 5, 0.2, 0.6)
NO = NonMatch(5, 1.3, 0.6)
_TIMES = 20


def opened(folder: Path) -> Access:
    """Open a store with this session's keyring."""
    store = ProfileStore.open(folder, find_keyring(), demo=False, kdf_floor=FAST)
    return Access(store, SystemClock())


def basics(_folder: Path) -> object:
    keyring = find_keyring()
    before = keyring.get("a")
    keyring.put("a", b"\x00\xff secret")
    kept = keyring.get("a")
    keyring.put("a", b"another")
    replaced = keyring.get("a")
    keyring.delete("a")
    keyring.delete("a")
    return {
        "persistent": keyring.is_persistent,
        "before": before is None,
        "kept": kept == b"\x00\xff secret",
        "replaced": replaced == b"another",
        "gone": keyring.get("a") is None,
    }


def enrol(folder: Path) -> object:
    with closing(opened(folder)) as access:
        access.enrol(ADA, keys_for(ADA))
        return {"enrolled": access.is_enrolled}


def face(folder: Path) -> object:
    with closing(opened(folder)) as access:
        if access.needs_passphrase:
            return {"needs_passphrase": True}
        if not isinstance(access.start_scan(), Scanning):
            return {"open": False, "state": type(access.state).__name__}
        access.observe(YES)
        return {"open": isinstance(access.state, Unlocked), "state": type(access.state).__name__}


def lock_out(folder: Path) -> object:
    with closing(opened(folder)) as access:
        while not isinstance(access.state, PassphraseOnly):
            access._clock = _Later(access._clock)
            access.tick()
            access.start_scan()
            access.observe(NO)
        return {"passphrase_only": True}


def passphrase(folder: Path) -> object:
    with closing(opened(folder)) as access:
        access.accept(access.slow_open(ADA.profile_id, PASSPHRASE))
        return {"open": isinstance(access.state, Unlocked)}


def stuck(_folder: Path) -> object:
    Keyring.prompt_seconds = 1.0
    began = time.perf_counter()
    try:
        find_keyring().get("a")
    except FacelockError as error:
        return {"error": type(error).__name__, "seconds": time.perf_counter() - began}
    return {"error": ""}


def times(folder: Path) -> object:
    """Milliseconds of key work for an unlock by face, seconds of one by passphrase."""
    kdf = calibrated()
    store = ProfileStore.open(folder / "timed", find_keyring(), demo=False)
    with closing(store):
        keys = prepare_keys(ADA.profile_id, PASSPHRASE, kdf=kdf)
        store.enrol(ADA, keys)
        store.arm_face(ADA.profile_id, keys.vault_key)
        by_face = [_seconds(lambda: store.open_key_by_face(ADA.profile_id)) for _ in range(_TIMES)]
        typed = [_seconds(lambda: store.open_key(ADA.profile_id, PASSPHRASE)) for _ in range(3)]
    return {
        "face_median_ms": statistics.median(by_face) * 1000,
        "face_max_ms": max(by_face) * 1000,
        "passphrase_seconds": statistics.median(typed),
        "kdf": [kdf.memory_kib, kdf.iterations, kdf.lanes],
    }


def _seconds(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


class _Later(SystemClock):
    """A minute and more after another clock."""

    def __init__(self, clock: object) -> None:
        self._ahead = getattr(clock, "_ahead", 0.0) + 61.0

    def monotonic(self) -> float:
        return super().monotonic() + self._ahead

    def wall(self) -> float:
        return super().wall() + self._ahead


if __name__ == "__main__":
    steps = {one.__name__: one for one in (basics, enrol, face, lock_out, passphrase, stuck, times)}
    print(json.dumps(steps[sys.argv[1]](Path(sys.argv[2]))))
