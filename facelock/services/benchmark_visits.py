"""How soon the window itself locks and opens as its owner comes and goes: part of `facelock bench`.

A process of its own runs the real window at Strict on a demo store, in real time, before a
simulated camera at 30 frames a second. The faces are rendered, so liveness is left out: it would
find them.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from facelock.core.levels import RULES, Level
from facelock.desktop.clock import SystemClock
from facelock.desktop.paths import Paths
from facelock.services.demo_cast import DemoCast
from facelock.services.demo_store import enrol_demo_owner, open_demo_folder
from facelock.services.leaving_rules import fitted

if TYPE_CHECKING:
    from collections.abc import Sequence

    from facelock.core.threshold import Calibration
    from facelock.services.recognition import FacePipeline

LEVEL = Level.STRICT
_START_SECONDS, _VISIT_SECONDS = 120.0, 40.0  # a visit that takes longer has failed


@dataclass(frozen=True)
class TimesOfVisits:
    """Seconds from the moment somebody begins to leave, or to come into the picture.

    To open: until the pages are shown. `failure`: what did not happen in time; then the visits end.
    """

    tries: int
    locked: int
    opened: int
    away_s: float  # what the level sets
    lock_p50_s: float | None  # None if it never locked
    lock_p95_s: float | None
    open_p50_s: float | None
    open_p95_s: float | None
    failure: str


def time_visits(
    pipeline: FacePipeline, calibration: Calibration, tries: int
) -> TimesOfVisits | None:
    """Let the owner leave and come back so many times, nine seconds each; None without a display.

    Raises StoreUnwritable.
    """
    with tempfile.TemporaryDirectory(prefix="facelock-bench-") as name:
        folder = Path(name)
        data, cast = Paths.below(folder).data, DemoCast(realtime=False)
        enrol_demo_owner(data, cast, pipeline, calibration, SystemClock())
        with closing(open_demo_folder(data)) as store:
            store.save_machine(fitted(store.machine, LEVEL))
        options = ["--demo-folder", str(folder), "--time-visits", str(tries)]
        done = subprocess.run(  # noqa: S603 - our own interpreter, our own options
            [sys.executable, "-m", "facelock.app", *options],
            capture_output=True,
            check=False,
            text=True,
            timeout=_START_SECONDS + tries * _VISIT_SECONDS,
        )
    lines = done.stdout.strip().splitlines()
    return None if done.returncode != 0 or not lines else summed_up(lines[-1], tries)


def summed_up(told: str, tries: int) -> TimesOfVisits:
    """Return what the window told of its visits, as percentiles."""
    said = json.loads(told)
    to_lock, to_open = said["to_lock"], said["to_open"]
    lock_p50, lock_p95 = _percentiles(to_lock)
    open_p50, open_p95 = _percentiles(to_open)
    return TimesOfVisits(
        tries=tries,
        locked=len(to_lock),
        opened=len(to_open),
        away_s=RULES[LEVEL].lock_when_away or 0.0,
        lock_p50_s=lock_p50,
        lock_p95_s=lock_p95,
        open_p50_s=open_p50,
        open_p95_s=open_p95,
        failure=said["failure"],
    )


def _percentiles(seconds: Sequence[float]) -> tuple[float | None, float | None]:
    if not seconds:
        return None, None
    p50, p95 = np.percentile(seconds, [50, 95])
    return round(float(p50), 2), round(float(p95), 2)
