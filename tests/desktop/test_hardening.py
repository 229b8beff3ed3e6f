"""Hardening is tried measure by measure, in processes of their own, and reported as it is."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time

import pytest

from facelock.desktop import hardening
from facelock.desktop.hardening import Hardening, Measure, taken

linux = pytest.mark.skipif("not sys.platform.startswith('linux')")


def _in_a_process(program: str) -> str:
    done = subprocess.run(
        [sys.executable, "-X", "faulthandler", "-c", program],
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


@linux
def test_on_linux_everything_holds() -> None:
    told = _in_a_process(
        "import json, resource\n"
        "from facelock.desktop.hardening import harden\n"
        "found = harden()\n"
        "print(json.dumps([sorted(one.name for one in found.held),"
        " resource.getrlimit(resource.RLIMIT_CORE)]))"
    )
    assert json.loads(told) == [["CORE_DUMPS", "DEBUGGER", "MEMORY"], [0, 0]]


@linux
def test_it_takes_a_few_milliseconds() -> None:
    program = (
        "import time, resource\n"
        "from facelock.desktop.hardening import harden\n"
        "began = time.perf_counter()\nharden()\nprint(time.perf_counter() - began)"
    )
    assert min(float(_in_a_process(program)) for _ in range(3)) < 0.05  # 0.003 measured


@linux
def test_what_we_read_of_ourselves_and_worker_processes_go_on_working() -> None:
    program = (
        "import math, multiprocessing\n"
        "from facelock.desktop.hardening import harden\n"
        "from facelock.desktop.memory import available_memory\n"
        "from facelock.desktop.process_age import process_age, resident_mb\n"
        "harden(starts_workers=True)\n"
        "assert available_memory() and 0 < process_age() < 60 and not math.isnan(resident_mb())\n"
        "with multiprocessing.get_context('spawn').Pool(1) as pool:\n"
        "    print(pool.map(abs, [-3]))\n"
    )
    indented = program.replace("\n", "\n    ")
    assert _in_a_process(f"if __name__ == '__main__':\n    {indented}pass").strip() == "[3]"


@linux
@pytest.mark.skipif("not hasattr(os, 'geteuid') or os.geteuid() != 0", reason="becomes nobody")
def test_it_holds_for_a_user_without_rights_too() -> None:
    program = (
        "import os\n"
        "from facelock.desktop.process_age import process_age, resident_mb\n"
        "from facelock.desktop.hardening import harden\n"
        "import ctypes, resource\n"
        "process_age(), resident_mb()  # whatever has yet to be imported lies in another's home\n"
        "os.setgid(65534); os.setuid(65534)\n"
        "print(len(harden().held), process_age() > 0, resident_mb() > 1,"
        " os.listdir('/proc/self/fd') != [])"
    )
    assert _in_a_process(program).split() == ["3", "True", "True", "True"]


@linux
def test_both_ways_in_begin_with_it() -> None:
    for entrance in ("facelock.app", "facelock.cli.main"):
        program = (
            f"import sys; sys.argv = ['facelock', '--nonsense']\nimport ctypes, {entrance} as way\n"
            "from contextlib import suppress\n"
            "with suppress(SystemExit):\n    way.main()\n"
            "print(ctypes.CDLL(None).prctl(3, 0, 0, 0, 0))"
        )
        expected = "0" if entrance == "facelock.app" else "1"  # wrong usage reads nothing at all
        assert _in_a_process(program).strip() == expected
    program = (
        "import sys; sys.argv = ['facelock', 'lock']\nimport ctypes, facelock.cli.main as way\n"
        "way.main()\nprint(ctypes.CDLL(None).prctl(3, 0, 0, 0, 0))"
    )
    assert _in_a_process(program).splitlines()[-1] == "0"


def test_a_measure_that_fails_keeps_no_other_from_being_taken() -> None:
    def refused() -> bool:
        raise OSError(1, "not permitted")

    def unknown() -> bool:
        raise AttributeError("no such function in this libc")

    found = taken(
        {Measure.CORE_DUMPS: refused, Measure.MEMORY: unknown, Measure.DEBUGGER: lambda: True}
    )
    assert found == Hardening(frozenset({Measure.DEBUGGER}))
    assert found.missing == (Measure.CORE_DUMPS, Measure.MEMORY)


@pytest.mark.parametrize("platform", ["win32", "darwin", "linux", "freebsd14"])
def test_each_system_has_its_measures(platform: str) -> None:
    measures = hardening._measures(platform, starts_workers=False)
    assert Measure.CORE_DUMPS in measures
    with_workers = hardening._measures(platform, starts_workers=True)
    assert (Measure.MEMORY in with_workers) is (platform == "linux")


def test_no_library_is_loaded_before_it_is_needed() -> None:
    began = time.perf_counter()
    told = _in_a_process(
        "import sys\nimport facelock.desktop.hardening\nprint('ctypes' in sys.modules)"
    )
    assert told.strip() == "False", time.perf_counter() - began
    assert os.name  # the module is imported on every system
