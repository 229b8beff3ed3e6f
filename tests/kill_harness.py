"""Processes that write in a loop and are killed at a random moment, as often as one likes.

A worker is a function `worker(folder, seed, report)` of an importable module. It reports what it
begins and what it has done, one JSON line each, and goes on until it is killed. One process imports
everything once and forks a child for each kill, so that a thousand of them take minutes.
"""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

from a_vault import VaultDisk

from facelock.core.atomic_file import write_atomically
from facelock.vault.items import Item, ItemKind
from facelock.vault.vault import Vault

Report = Callable[[dict[str, Any]], None]
LONGEST_SECONDS = 0.06
_NURSERY = """
import importlib, json, os, sys, traceback
from pathlib import Path
sys.path[:0] = json.loads(sys.argv[2])
module, _, function = sys.argv[1].partition(":")
work = getattr(importlib.import_module(module), function)
def report(what):
    os.write(1, (json.dumps(what) + "\\n").encode())
for line in sys.stdin:
    seed, folder = json.loads(line)
    child = os.fork()
    if child == 0:
        try:
            work(Path(folder), seed, report)
        except BaseException:
            report({"failed": traceback.format_exc()})
        os._exit(1)
    report({"pid": child})
    os.waitpid(child, 0)
    report({"over": True})
"""


class Nursery:
    """Starts workers and kills them."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        assert process.stdin is not None
        assert process.stdout is not None
        self._to: IO[str] = process.stdin
        self._from: IO[str] = process.stdout

    def run_and_kill(self, folder: Path, seed: int) -> list[dict[str, Any]]:
        """Return everything that a worker reported before it was killed."""
        print(json.dumps([seed, str(folder)]), file=self._to, flush=True)
        said: list[dict[str, Any]] = []
        pid = 0
        while not (pid and {"ready": True} in said):
            line = self._next()
            pid = line.get("pid", pid)
            said.append(line)
        # The moment is drawn from the seed, so that a failure can be looked for again.
        threading.Event().wait(random.Random(seed).uniform(0, LONGEST_SECONDS))  # noqa: S311
        os.kill(pid, signal.SIGKILL)
        while said[-1] != {"over": True}:
            said.append(self._next())
        return said

    def _next(self) -> dict[str, Any]:
        line: dict[str, Any] = json.loads(self._from.readline())
        assert "failed" not in line, line["failed"]
        return line


@contextmanager
def nursery(worker: str) -> Iterator[Nursery]:
    """Give a nursery for the worker "module:function"."""
    command = [sys.executable, "-c", _NURSERY, worker, json.dumps(sys.path)]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, bufsize=1
    ) as process:
        yield Nursery(process)
        assert process.stdin is not None
        process.stdin.close()


Contents = dict[str, str]
"""The items of a vault: text by name."""


class DiskWithKeyring(VaultDisk):
    """A vault whose keyring is a file, since its memory must outlive a killed process."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder / "vault")
        self._keyring = folder / "keyring.json"
        if self._keyring.exists():
            self.identity, self.recovery, self.known = json.loads(self._keyring.read_text())
        else:
            self.keep(0)
            self.known = None

    def keep(self, generation: int) -> None:
        super().keep(generation)
        kept = json.dumps([self.identity, self.recovery, self.known])
        write_atomically(self._keyring, kept.encode())


def contents(vault: Vault) -> Contents:
    """Read everything there is."""
    return {item.name: vault.read(item.item_id, limit=1 << 30).decode() for item in vault.items}


def write_vault(folder: Path, seed: int, report: Report) -> None:
    """Put in, change, rename, delete and bring back, for ever."""
    chance = random.Random(seed)  # noqa: S311
    vault = DiskWithKeyring(folder).open()
    report({"ready": True})
    for number in range(1_000_000):
        item = chance.choice([None, *vault.items])
        if len(vault.items) > 12:
            item = vault.items[-1]
        change = _change(vault, item, f"{seed}-{number}", chance)
        report({"begin": change})
        _do(vault, item, change)
        report({"done": True})


Change = Sequence[Any]
"""(name it had or "", name it has then or "", a word or None, how often the word is its text)."""


def _change(vault: Vault, item: Item | None, fresh: str, chance: random.Random) -> Change:
    times = chance.randrange(1, 3_000)
    if item is None:
        return ("", fresh, fresh, times)
    if len(vault.items) > 12 or chance.random() < 0.2:
        return (item.name, "", None, 0)
    if item.kind is ItemKind.NOTE and chance.random() < 0.6:
        return (item.name, item.name, fresh, times)
    return (item.name, fresh, None, 0)


def _do(vault: Vault, item: Item | None, change: Change) -> None:
    before, after, word, times = change
    if item is None:
        vault.add_note(after, word * times)
    elif not after:
        vault.delete([item.item_id])
    elif before == after:
        vault.change_note(item.item_id, word * times)
    else:
        vault.rename(item.item_id, after)


def changed(state: Contents, change: Change) -> Contents:
    """Return what a change makes of the contents."""
    before, after, word, times = change
    state = dict(state)
    old = state.pop(before, "")
    if after:
        state[after] = old if word is None else word * times
    return state


def check_vault(folder: Path, said: Sequence[dict[str, Any]], before: Contents) -> Contents:
    """Open what a killed worker left, and return what is in it: the old state or the new one.

    Nothing that was reported as done may be missing, and nothing may be left over.
    """
    state, begun = before, None
    for line in said:
        if "begin" in line:
            begun = line["begin"]
        elif "done" in line:
            assert begun is not None
            state, begun = changed(state, begun), None
    allowed = [state] if begun is None else [state, changed(state, begun)]
    disk = DiskWithKeyring(folder)
    vault = disk.open()
    found = contents(vault)
    assert found in allowed
    assert len(list(disk.items.iterdir())) == len(vault.items)
    assert not [name for name in disk.files() if name.endswith(".tmp")]
    vault.close()
    return found
