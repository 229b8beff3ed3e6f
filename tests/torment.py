"""Writers that are killed in the middle, by SIGKILL and at a random moment, again and again.

Each scenario is a sequence of numbered steps whose outcome is known: after step k the disk must
show state k. A child process does steps and says when each has returned; it is killed; whoever
opens the folder afterwards must find the state of the last confirmed step, or of the one that was
under way. Nothing that was confirmed may be lost, nothing may fail to open.

For a process of one thread: it forks.
"""

from __future__ import annotations

import os
import random
import select
import signal
import time
from collections.abc import Callable, Hashable
from pathlib import Path
from typing import Protocol

from facelock.core.atomic_file import private_folder, read_private, write_atomically
from facelock.core.ports import SecretKeeper


class Scenario(Protocol):
    """One kind of writer. `state` is what `observe` must return after step k, for every k."""

    name: str
    longest: float  # seconds from the first step to the kill

    def do(self, step: int) -> None:
        """Do a step, in the child. Returns when it is on the disk."""
        ...

    def state(self, step: int) -> Hashable:
        """Return what must be found after this step; step 0 is the beginning."""
        ...

    def observe(self) -> Hashable:
        """Open the folder and return what is found; in the parent, after the kill."""
        ...

    def begin(self) -> None:
        """Open the folder to write in it; in the child."""
        ...


class FolderKeeper(SecretKeeper):
    """A keyring that outlives the process: one file for each secret."""

    def __init__(self, folder: Path) -> None:
        private_folder(folder)
        self._folder = folder

    @property
    def is_persistent(self) -> bool:
        """True, as of a real keyring."""
        return True

    def _file(self, name: str) -> Path:
        return self._folder / name.replace("/", "_")

    def get(self, name: str) -> bytes | None:
        """Return a secret."""
        try:
            return read_private(self._file(name), limit=4096)
        except FileNotFoundError:
            return None

    def put(self, name: str, secret: bytes) -> None:
        """Keep a secret."""
        write_atomically(self._file(name), secret)

    def delete(self, name: str) -> None:
        """Forget a secret."""
        self._file(name).unlink(missing_ok=True)


def torment(scenario: Scenario, kills: int, dice: random.Random) -> int:
    """Kill a writer so often; return how many steps were confirmed in all.

    Raises AssertionError if something confirmed was lost, or neither the old nor the new state is
    there.
    """
    at, steps = 0, 0
    assert scenario.observe() == scenario.state(0)
    for number in range(kills):
        confirmed = _killed(scenario, at, dice.uniform(0.0, scenario.longest))
        found = scenario.observe()
        allowed = {
            scenario.state(confirmed): confirmed,
            scenario.state(confirmed + 1): 1 + confirmed,
        }
        assert found in allowed, f"{scenario.name}, kill {number}: {found} after step {confirmed}"
        steps += confirmed - at
        at = allowed[found]
    return steps


def _killed(scenario: Scenario, at: int, after: float) -> int:
    """Do steps in a child from `at` on until it is killed; return the last confirmed one."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)
        _be_the_child(scenario, at, writing)
    os.close(writing)
    try:
        told = _listen(reading, after)
        os.kill(child, signal.SIGKILL)
        told += _rest(reading)
    finally:
        os.close(reading)
        _, status = os.waitpid(child, 0)
    if not os.WIFSIGNALED(status):
        raise AssertionError(f"{scenario.name}: the writer ended by itself after step {at}")
    return at + told.count(b".")


def _be_the_child(scenario: Scenario, at: int, writing: int) -> None:
    try:
        scenario.begin()
        os.write(writing, b"!")  # ready: the time to live begins
        step = at
        while True:
            step += 1
            scenario.do(step)
            os.write(writing, b".")
    except BaseException:  # noqa: BLE001 - a child must not return into its parent's code
        import traceback

        traceback.print_exc()
    finally:
        os._exit(1)


def _listen(reading: int, after: float) -> bytes:
    told = os.read(reading, 1)
    until = time.monotonic() + after
    while (left := until - time.monotonic()) > 0:
        if select.select([reading], [], [], left)[0]:
            more = os.read(reading, 4096)
            if not more:
                break  # it ended by itself
            told += more
    return told


def _rest(reading: int) -> bytes:
    told = b""
    while more := os.read(reading, 4096):
        told += more
    return told


Make = Callable[[Path], Scenario]
