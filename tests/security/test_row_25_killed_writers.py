"""Row 25: killed while it writes. The old state or the new one, and nothing confirmed is lost.

A sample; `make torture` kills a thousand times. In a process of its own, because it forks.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.security

_ROOT = Path(__file__).parents[2]
_KILLS = 30  # of each writer


@pytest.mark.skipif(sys.platform == "win32", reason="forks")
def test_killed_writers_leave_the_old_state_or_the_new_one() -> None:
    done = subprocess.run(
        [sys.executable, "scripts/torture.py", f"--kills={_KILLS}", "--damages=0", "--seed=25"],
        cwd=_ROOT,
        capture_output=True,
        text=True,
        check=False,
        timeout=110,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    confirmed = [line for line in done.stdout.splitlines() if line.endswith("steps confirmed")]
    assert confirmed, "no writer was killed"
    assert all(" 0 steps" not in line for line in confirmed), "the writers never got to write"
