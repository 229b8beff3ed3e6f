"""Makes this process hard to look into: no core dumps, no debugger, no memory read by a neighbour.

Called by the two ways in, before any secret is read, and only for a process that is ours. Each
measure is tried by itself; what holds is reported (`facelock doctor` shows it). It keeps out other
programs of the same user as far as the system lets it, and never an administrator.

Prices, both known. Linux: a process that is not dumpable is refused by most versions of
xdg-desktop-portal, which read /proc/<pid>/root of whoever asks (flatpak/xdg-desktop-portal#1490);
so the window shows Qt's own file dialogs. macOS: a debugger that is already attached ends us.

Sources: prctl(2), core(5), ptrace(2) of macOS; SetErrorMode, WerSetFlags and "Process Security and
Access Rights" in Microsoft's documentation.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from enum import Enum
from functools import cache

Take = Callable[[], bool]
"""Takes one measure. True if it holds now. May raise OSError or AttributeError: it does not."""


class Measure(Enum):
    """What is kept from looking into the process, and by which name doctor's JSON knows it."""

    CORE_DUMPS = "no core dumps"  # nothing of the memory reaches the disk when it crashes
    MEMORY = "memory closed to neighbours"  # other programs of this user cannot read it
    DEBUGGER = "no debugger"  # none can attach


@dataclass(frozen=True)
class Hardening:
    """What holds for this process, and what this system does not offer or refused."""

    held: frozenset[Measure]

    @property
    def missing(self) -> tuple[Measure, ...]:
        """What does not hold here."""
        return tuple(one for one in Measure if one not in self.held)


@cache
def harden(*, starts_workers: bool = False) -> Hardening:
    """Take every measure this system has; some milliseconds. A process does it once.

    `starts_workers`: on Windows the memory stays open, as a worker process of ours must be able to
    take over handles; commands that do so open no lock.
    """
    return taken(_measures(sys.platform, starts_workers=starts_workers))


def taken(measures: Mapping[Measure, Take]) -> Hardening:
    """Take these measures, none of which may keep the others from being taken."""
    held = set()
    for measure, take in measures.items():
        with suppress(OSError, AttributeError, ImportError, ValueError):
            if take():
                held.add(measure)
    return Hardening(frozenset(held))


def _measures(platform: str, *, starts_workers: bool) -> dict[Measure, Take]:
    if platform == "win32":
        closed = {} if starts_workers else {Measure.MEMORY: _close_memory_on_windows}
        # What may not be opened for reading can have no debugger attached either.
        debugger = {one: closed[Measure.MEMORY] for one in (Measure.DEBUGGER,) if closed}
        return {Measure.CORE_DUMPS: _no_crash_reports_on_windows, **closed, **debugger}
    if platform == "darwin":
        return {Measure.CORE_DUMPS: _no_core_files, Measure.DEBUGGER: _deny_attach_on_macos}
    if platform.startswith("linux"):
        return {
            Measure.CORE_DUMPS: _no_core_dumps_on_linux,
            Measure.MEMORY: _not_dumpable,
            Measure.DEBUGGER: _no_tracer,
        }
    return {Measure.CORE_DUMPS: _no_core_files}


def _no_core_files() -> bool:
    import resource

    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    return resource.getrlimit(resource.RLIMIT_CORE) == (0, 0)


# Linux. `ctypes` is imported late: 3 to 5 ms that `--help` need not wait for twice.

_PR_GET_DUMPABLE, _PR_SET_DUMPABLE = 3, 4
_PR_SET_PTRACER = 0x59616D61  # Yama's own number: its name


def _no_core_dumps_on_linux() -> bool:
    # The limit alone does not keep a dump from a collecting program such as systemd's: core(5).
    return _no_core_files() and _not_dumpable()


def _not_dumpable() -> bool:
    _prctl(_PR_SET_DUMPABLE, 0)
    return _prctl(_PR_GET_DUMPABLE, 0) == 0


def _no_tracer() -> bool:
    with suppress(OSError):  # a kernel without Yama does not know it, and has nothing to withdraw
        _prctl(_PR_SET_PTRACER, 0)
    # Nobody without CAP_SYS_PTRACE may attach to what is not dumpable: ptrace(2).
    return _not_dumpable()


def _prctl(option: int, value: int) -> int:
    import ctypes

    libc = ctypes.CDLL(None, use_errno=True)
    zero, wanted = ctypes.c_ulong(0), ctypes.c_ulong(value)
    done = int(libc.prctl(ctypes.c_int(option), wanted, zero, zero, zero))
    if done < 0:
        raise OSError(ctypes.get_errno(), "prctl")
    return done


# macOS

_PT_DENY_ATTACH = 31


def _deny_attach_on_macos() -> bool:
    import ctypes

    libc = ctypes.CDLL(None, use_errno=True)
    done = libc.ptrace(ctypes.c_int(_PT_DENY_ATTACH), ctypes.c_int(0), None, ctypes.c_int(0))
    return int(done) == 0


# Windows

_QUIET_CRASH = 0x0001 | 0x0002  # SEM_FAILCRITICALERRORS, SEM_NOGPFAULTERRORBOX: no report at all
_REPORT_WITHOUT_MEMORY = 0x0001 | 0x0020  # WER_FAULT_REPORTING_FLAG_NOHEAP, _NO_UI
_DACL_SECURITY_INFORMATION = 4
_SDDL_REVISION_1 = 1
# To the owner: terminate, query little, synchronise. Neither read nor write, nor change this list.
_DACL = "D:P(A;;0x00101001;;;OW)(A;;GA;;;SY)"


def _no_crash_reports_on_windows() -> bool:
    import ctypes

    windll = ctypes.windll  # type: ignore[attr-defined,unused-ignore]  # Windows alone has it
    windll.kernel32.SetErrorMode(_QUIET_CRASH)
    return int(windll.kernel32.WerSetFlags(_REPORT_WITHOUT_MEMORY)) == 0


def _close_memory_on_windows() -> bool:
    import ctypes

    windll = ctypes.windll  # type: ignore[attr-defined,unused-ignore]  # Windows alone has it
    kernel32, advapi32 = windll.kernel32, windll.advapi32
    descriptor = ctypes.c_void_p()
    made = advapi32.ConvertStringSecurityDescriptorToSecurityDescriptorW(
        ctypes.c_wchar_p(_DACL), _SDDL_REVISION_1, ctypes.byref(descriptor), None
    )
    if not made:
        return False
    try:
        kernel32.GetCurrentProcess.restype = ctypes.c_void_p
        ours = ctypes.c_void_p(kernel32.GetCurrentProcess())
        done = advapi32.SetKernelObjectSecurity(ours, _DACL_SECURITY_INFORMATION, descriptor)
        return bool(done)
    finally:
        kernel32.LocalFree(descriptor)
