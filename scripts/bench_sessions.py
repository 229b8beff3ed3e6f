"""What the margin term costs: FNMR across sessions, at it and at the FMR term of Balanced.

    python scripts/bench_sessions.py ../shared/data [--json]

NUAA live: webcam crops of people in two or three sessions. Every tenth of a session's pictures
(ten at most) is fused into a template; in each other session of the person every run of 25
consecutive pictures is an attempt, compared at 5, 12 and 25 pictures as the lock does.
Yale: five random pictures of a person are the template, each other one a probe of a single frame.
Impostors are the other people's attempts and probes.
"""

from __future__ import annotations

import argparse
import json
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

from facelock.core.attempt import LOOKS
from facelock.core.comparison import Embedding, fuse, squared_distance
from facelock.core.levels import RULES, Level
from facelock.core.metrics import fmr, fnmr
from facelock.core.threshold import MARGIN
from facelock.services.calibration import load_calibration
from facelock.services.loading import load_pipeline
from facelock.services.picture_file import decode_picture

_SEED = 7


@dataclass
class Scores:
    """Smallest distances of the attempts of one protocol."""

    mated: list[float] = field(default_factory=list)
    non_mated: list[float] = field(default_factory=list)

    def add(self, distance: float, *, mated: bool) -> None:
        """Put one attempt where it belongs."""
        (self.mated if mated else self.non_mated).append(distance)


def embed_all(paths: list[Path]) -> list[Embedding]:
    """Return the embeddings of the pictures in which a face was found."""
    pipeline = load_pipeline()
    found = []
    for path in paths:
        pipeline.restart()
        look = pipeline.look(decode_picture(path.read_bytes(), path.name))
        if look.face is not None:
            found.append(pipeline.embed(look.face))
    return found


def nuaa(folder: Path) -> Scores:
    """Compare sessions with each other. Names are subject_glasses_light_session_number."""
    sessions: dict[tuple[str, str], list[Embedding]] = {}
    for subject in sorted(folder.iterdir()):
        names = sorted(subject.iterdir())
        for session in sorted({name.stem.split("_")[3] for name in names}):
            own = [name for name in names if name.stem.split("_")[3] == session]
            own.sort(key=lambda name: int(name.stem.split("_")[4]))
            sessions[subject.name, session] = embed_all(own)
    scores = Scores()
    for (owner, enrolled), samples in sessions.items():
        if len(samples) < LOOKS[-1]:
            continue
        template = fuse(samples[:: max(1, len(samples) // 10)][:10])
        for (person, session), probes in sessions.items():
            if (person, session) == (owner, enrolled):
                continue
            for start in range(0, max(len(probes) - LOOKS[-1] + 1, 1), 5):
                run = probes[start : start + LOOKS[-1]]
                best = min(squared_distance(template, fuse(run[:count])) for count in LOOKS)
                scores.add(best, mated=person == owner)
    return scores


def yale(folder: Path) -> Scores:
    """Compare single pictures with templates of five others."""
    people = {
        person.name: embed_all(sorted(person.iterdir()))
        for person in sorted(folder.iterdir())
        if person.is_dir()
    }
    rng = np.random.default_rng(_SEED)
    scores = Scores()
    for owner, pictures in people.items():
        for index, probe in enumerate(pictures):
            rest = [one for other, one in enumerate(pictures) if other != index]
            template = fuse([rest[i] for i in rng.choice(len(rest), 5, replace=False)])
            scores.add(squared_distance(template, probe), mated=True)
            for other, strangers in people.items():
                if other != owner:
                    scores.add(
                        squared_distance(template, strangers[index % len(strangers)]), mated=False
                    )
    return scores


def main() -> int:
    """Run both protocols; return 0."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("data", type=Path, help="folder with nuaa/live and yale")
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    calibration = load_calibration()
    per_comparison = RULES[Level.BALANCED].attempt_fmr / len(LOOKS)
    thresholds = {
        "margin term": calibration.mated_median + MARGIN / 2,
        "FMR term at Balanced": calibration.distance_at(per_comparison)[0],
    }
    report: dict[str, Any] = {}
    for name, scores in (
        ("NUAA live", nuaa(options.data / "nuaa" / "live")),
        ("Yale", yale(options.data / "yale")),
    ):
        mated, non_mated = np.array(scores.mated), np.array(scores.non_mated)
        report[name] = {
            "mated": mated.size,
            "non_mated": non_mated.size,
            "mated_q50_q95_max": [round(float(q), 3) for q in np.quantile(mated, (0.5, 0.95, 1))],
            "non_mated_min": round(float(non_mated.min()), 3),
            "at": {
                term: {
                    "threshold": round(threshold, 4),
                    "fnmr": fnmr(mated, threshold).value,
                    "fnmr_interval": fnmr(mated, threshold).interval,
                    "fmr": fmr(non_mated, threshold).value,
                    "fmr_interval": fmr(non_mated, threshold).interval,
                }
                for term, threshold in thresholds.items()
            },
        }
    if options.json:
        print(json.dumps(report, indent=2))
        return 0
    for name, block in report.items():
        median, q95, largest = block["mated_q50_q95_max"]
        print(f"{name}: {block['mated']} mated, {block['non_mated']} non-mated attempts")
        print(f"  mated median {median}, 95 % {q95}, largest {largest}", end="")
        print(f"; nearest non-mated {block['non_mated_min']}")
        for term, cell in block["at"].items():
            low, high = cell["fnmr_interval"]
            print(
                f"  {term:22} d <= {cell['threshold']:.3f}: FNMR {cell['fnmr']:.4f}"
                f" ({low:.4f}-{high:.4f}), FMR {cell['fmr']:.5f} (<= {cell['fmr_interval'][1]:.5f})"
            )
    return 0


if __name__ == "__main__":
    sys.exit(main())
