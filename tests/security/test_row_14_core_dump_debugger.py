"""Threat-model row 14: core dump, debugger, a neighbour's read; and keys that outlive the lock.

Each attack is made by another process of the same user without rights: where the tests run as
root, both become `nobody` first, since root may read everything.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from lock_machine import ADA, Machine
from sealed_people import PASSPHRASE

pytestmark = [
    pytest.mark.security,
    pytest.mark.skipif("not sys.platform.startswith('linux')", reason="Linux's way of looking in"),
]

TESTS = Path(__file__).parents[1]
NOBODY = 65534
BECOME_NOBODY = f"""
import ctypes, os, resource, sys
libc = ctypes.CDLL(None, use_errno=True)
if os.geteuid() == 0:
    os.setgroups([]); os.setgid({NOBODY}); os.setuid({NOBODY})
    libc.prctl(4, 1, 0, 0, 0)  # becoming somebody else closed it: open, as any program begins
"""
VICTIM = f"""
from facelock.desktop.hardening import harden
{BECOME_NOBODY}
if sys.argv[1] == "hardened":
    harden()
key = ctypes.create_string_buffer(b"the key of the vault", 32)
libc.prctl(0x59616d61, ctypes.c_ulong(-1), 0, 0, 0) if sys.argv[1] != "hardened" else None
print(ctypes.addressof(key), flush=True)
sys.stdin.readline()
"""
NEIGHBOUR = f"""
{BECOME_NOBODY}
pid, address = int(sys.argv[1]), int(sys.argv[2])
try:
    with open(f"/proc/{{pid}}/mem", "rb", 0) as memory:
        memory.seek(address)
        print(memory.read(20))
except OSError as error:
    print(type(error).__name__)
attached = libc.ptrace(16, pid, None, None) == 0  # PTRACE_ATTACH
print("attached" if attached else "refused")
if attached:
    os.waitpid(pid, 0)
    libc.ptrace(17, pid, None, None)
"""


def _look_into(kind: str) -> list[str]:
    """Start a program with a key in its memory; return what another gets to see of it."""
    with subprocess.Popen(
        [sys.executable, "-c", VICTIM, kind],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as victim:
        assert victim.stdin is not None
        assert victim.stdout is not None
        address = victim.stdout.readline().strip()
        seen = subprocess.run(
            [sys.executable, "-c", NEIGHBOUR, str(victim.pid), address],
            capture_output=True,
            text=True,
            check=False,
        )
        victim.stdin.close()
    assert seen.returncode == 0, seen.stderr
    return seen.stdout.split("\n")[:2]


def test_a_neighbour_reads_no_memory_and_attaches_no_debugger() -> None:
    assert _look_into("hardened") == ["PermissionError", "refused"]


def test_the_neighbour_would_see_the_key_without_the_hardening() -> None:
    seen, _ = _look_into("as it came")
    if seen == "PermissionError":
        pytest.skip("this system lets nobody look into anybody")
    assert seen == "b'the key of the vault'"


def test_a_crash_leaves_no_core_dump(tmp_path: Path) -> None:
    program = (
        "import os, resource\n"
        "hard = resource.getrlimit(resource.RLIMIT_CORE)[1]\n"
        "resource.setrlimit(resource.RLIMIT_CORE, (hard, hard))\n"
        "from facelock.desktop.hardening import harden\n"
        "harden()\nos.abort()\n"
    )
    pid = os.posix_spawn(sys.executable, [sys.executable, "-c", program], dict(os.environ))
    _, status = os.waitpid(pid, 0)
    assert os.WTERMSIG(status) == signal.SIGABRT
    assert not os.WCOREDUMP(status)


def test_the_key_is_zeros_once_it_is_locked(tmp_path: Path) -> None:
    machine = Machine(tmp_path / "store")
    with machine.started() as access:
        opened = access.slow_open(ADA.profile_id, PASSPHRASE)
        access.accept(opened)
        assert any(opened.vault_key)
        access.lock()
        assert bytes(opened.vault_key) == bytes(len(opened.vault_key))


SEARCH = """
import gc, sys
from pathlib import Path
from lock_machine import ADA, Machine
from sealed_people import PASSPHRASE

def copies(masked):
    wanted = bytearray(one ^ 0x5A for one in masked)
    found = 0
    with open("/proc/self/maps") as maps, open("/proc/self/mem", "rb", 0) as memory:
        for line in maps.read().splitlines():
            place, access = line.split()[:2]
            if access[:2] != "rw":
                continue
            begin, end = (int(one, 16) for one in place.split("-"))
            try:
                memory.seek(begin)
                found += memory.read(end - begin).count(wanted)
            except (OSError, ValueError):
                continue
    for index in range(len(wanted)):
        wanted[index] = 0
    return found - 1  # what is looked for lies in memory too

machine = Machine(Path(sys.argv[1]))
with machine.started() as access:
    opened = access.slow_open(ADA.profile_id, PASSPHRASE)
    masked = bytes(one ^ 0x5A for one in opened.vault_key)
    access.accept(opened)
    unlocked = copies(masked)
    access.lock()
    gc.collect()
    print(unlocked, copies(masked))
"""


def test_no_copy_of_the_key_is_left_in_the_whole_memory_after_the_lock(tmp_path: Path) -> None:
    """No promise (SECURITY.md), but what holds today is held to."""
    done = subprocess.run(
        [sys.executable, "-c", SEARCH, str(tmp_path / "store")],
        env={**os.environ, "PYTHONPATH": str(TESTS)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    unlocked, locked = (int(one) for one in done.stdout.split())
    assert unlocked >= 1
    assert locked == 0
