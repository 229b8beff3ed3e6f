"""How long `facelock verify` takes, from the start of its process to its end, on a demo profile."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import time

import numpy as np

_MOST_SECONDS = 60.0  # one that takes longer has failed


def seconds_to_verdict(runs: int) -> float:
    """Return the median of so many runs; the profile is made before.

    Raises ValueError if the demo's owner does not match.
    """
    with tempfile.TemporaryDirectory(prefix="facelock-bench-") as folder:
        _verify(folder)  # makes the profile
        return round(float(np.median([_verify(folder) for _ in range(runs)])), 3)


def _verify(folder: str) -> float:
    began = time.perf_counter()
    done = subprocess.run(  # noqa: S603 - our own interpreter, our own options
        [sys.executable, "-m", "facelock", "verify", "--json", "--demo-folder", folder],
        capture_output=True,
        check=False,
        text=True,
        timeout=_MOST_SECONDS,
    )
    took = time.perf_counter() - began
    if json.loads(done.stdout).get("verdict") != "match":
        raise ValueError("the demo's owner did not match")
    return took
