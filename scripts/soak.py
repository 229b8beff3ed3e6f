"""`make soak`: an hour of coming and going before the real window, on a simulated camera.

    python scripts/soak.py --seconds 3600

Nothing is sped up. The owner works, leaves, comes back; locks by hand; types the passphrase; is
looked over the shoulder; a stranger tries; the camera is unplugged; the machine sleeps. Each minute
prints what it has cost so far, and the end a verdict: exit code 1 if it missed a lock, did not
open, or kept what it should have let go.
"""

from __future__ import annotations

import argparse
import itertools
import os
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from statistics import median

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests"))

from PySide6.QtCore import QObject, QTimer, Slot
from PySide6.QtWidgets import QApplication
from soak_plays import Day
from staged_home import enrol_owner, open_home

from facelock import app
from facelock.core.levels import Level
from facelock.core.scene import Scene
from facelock.desktop.paths import Paths
from facelock.desktop.process_age import resident_mb
from facelock.services.staged_cast import StagedCast
from facelock.session.watch import SessionWatch
from facelock.ui.player import Player

WARM_UP = 0.1  # of the whole time
GROWTH = 0.05  # of the memory after it


@dataclass(frozen=True)
class Cost:
    """What the process holds at one moment."""

    at: float  # seconds since the beginning
    rss_mb: float
    threads: int
    files: int
    cameras: int

    @classmethod
    def now(cls, at: float, cast: StagedCast) -> Cost:
        """Count; what the system does not tell is 0."""
        return cls(at, resident_mb(), _held("task"), _held("fd"), cast.cameras_open)

    def __str__(self) -> str:
        return (
            f"{self.rss_mb:7.1f} MB, {self.threads} threads, {self.files} files, "
            f"{self.cameras} cameras"
        )


def _held(what: str) -> int:
    folder = Path("/proc/self") / what
    return len(list(folder.iterdir())) if folder.is_dir() else 0


class Soak(QObject):
    """Plays one round after the other until the time is over."""

    def __init__(self, day: Day, cast: StagedCast, session: SessionWatch, seconds: float) -> None:
        super().__init__()
        self._day, self._cast, self._seconds = day, cast, seconds
        self._began = time.monotonic()
        self._rounds = itertools.cycle(day.with_camera_and_session(cast, session))
        self._name = "arriving"
        self.counts: dict[str, int] = {}
        self.failures: list[str] = []
        self.costs: list[Cost] = []
        self._player = Player(self)
        self._player.ended.connect(self._on_ended)
        self._minute = QTimer(self)
        self._minute.timeout.connect(self._tell)
        self._minute.start(60_000)

    def begin(self) -> None:
        """Let the owner arrive."""
        self._player.begin(self._day.arrive())

    @Slot(str)
    def _on_ended(self, failure: str) -> None:
        self.counts[self._name] = self.counts.get(self._name, 0) + 1
        at = time.monotonic() - self._began
        if failure:
            self.failures.append(f"{at:.0f} s, {self._name}: {failure}")
            print(f"FAILED {self.failures[-1]}", flush=True)
        else:
            self.costs.append(Cost.now(at, self._cast))
        if at >= self._seconds:
            QApplication.quit()
            return
        if failure:
            self._name, play = "recovering", self._day.recover
        else:
            self._name, play = next(self._rounds)
        QTimer.singleShot(0, self, lambda: self._player.begin(play()))

    @Slot()
    def _tell(self) -> None:
        at = time.monotonic() - self._began
        rounds = sum(self.counts.values())
        print(
            f"{at / 60:5.1f} min {rounds:5} rounds {Cost.now(at, self._cast)}, "
            f"{len(self.failures)} failures",
            flush=True,
        )


def verdict(costs: list[Cost], seconds: float) -> Iterator[str]:
    """Yield what was kept that should have been let go. Every cost is of an open, quiet window."""
    warm = [one for one in costs if one.at <= seconds * WARM_UP] or costs[:1]
    before = [one for one in costs if seconds * WARM_UP <= one.at <= seconds * 2 * WARM_UP] or warm
    after = [one for one in costs if one.at >= seconds * (1 - WARM_UP)] or costs[-1:]
    old, new = (median(one.rss_mb for one in part) for part in (before, after))
    growth = new / old - 1
    print(f"memory after the warm-up {old:.1f} MB, at the end {new:.1f} MB: {growth:+.1%}")
    if growth > GROWTH:
        yield f"memory grew by {growth:.1%}"
    counts: tuple[tuple[str, Callable[[Cost], int]], ...] = (
        ("threads", lambda one: one.threads),
        ("files", lambda one: one.files),
        ("cameras", lambda one: one.cameras),
    )
    for name, count in counts:
        first, last = max(map(count, warm)), min(map(count, after))
        print(f"{name}: at most {first} in the warm-up, {last} at the end")
        if last > first:
            yield f"{last - first} more {name}"


def _spread(name: str, times: list[float]) -> str:
    if not times:
        return f"{name}: never"
    ordered = sorted(times)
    p95 = ordered[min(int(len(ordered) * 0.95), len(ordered) - 1)]
    return f"{name}: {len(times)} times, median {median(ordered):.2f} s, 95 % {p95:.2f} s"


def soak(paths: Paths, level: Level, seconds: float) -> int:
    """Run; return the exit code."""
    enrol_owner(paths, level)
    application = QApplication([])
    cast = StagedCast(Scene.EMPTY)
    session = SessionWatch()
    outside = replace(app.real_outside(cast), session=lambda: session)
    program = app.build(open_home(paths), paths, outside)
    program.window.show()
    day = Day(program, cast)
    run = Soak(day, cast, session, seconds)
    run.begin()
    application.exec()
    program.window.close()
    program.stop()
    print(", ".join(f"{name} {count}" for name, count in run.counts.items()))
    print(_spread("leaving to locked", day.times.to_lock))
    print(_spread("coming back to open", day.times.to_open))
    kept = [*verdict(run.costs, seconds)] if run.costs else ["nothing was measured"]
    if cast.cameras_open:
        kept.append("a camera is still open after the end")
    for line in (*run.failures, *kept):
        print(f"FAILED {line}")
    print("it held" if not run.failures and not kept else "it did not hold")
    return 1 if run.failures or kept else 0


def main() -> int:
    """Run it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=3600.0)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="fl-") as folder:
        return soak(Paths.below(Path(folder)), Level.STRICT, options.seconds)


if __name__ == "__main__":
    sys.exit(main())
