"""Across sessions: what the margin term costs, and how well people are told apart by a webcam.

    python scripts/bench_sessions.py ../shared/data [--network bundled|bare] [--degrade S] [--json]

Three protocols (see session_scores.py): NUAA live as the lock compares, Yale single pictures, and
NUAA live every picture against every other of another session, with the true match rate at fixed
false match rates. Both networks see the same faces; ours minus bare has a paired interval, by
bootstrap over people. There are few of them, and intervals over few people are too narrow.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from bench_faces import Eyes, add_options, open_eyes
from session_scores import (
    AttemptScores,
    across_sessions,
    lock_attempts,
    nuaa_sessions,
    single_frames,
)

from facelock.cli.evaluation_text import (
    difference_lines,
    difference_values,
    figure_lines,
    figure_values,
)
from facelock.core.comparison import Embedding
from facelock.core.levels import Level
from facelock.core.metrics import fmr, fnmr
from facelock.core.threshold import Calibration
from facelock.services.evaluation import paired_difference
from facelock.services.evaluation_figures import Figures, figures
from facelock.services.evaluation_levels import level_thresholds

SEED = 1
Seen = Mapping[Any, Sequence[tuple[Embedding, ...]]]
"""The embeddings, one of each network, of each picture of a session or person."""


def see(eyes: Eyes, groups: Mapping[Any, Sequence[Path]]) -> Seen:
    """Look at all pictures; those without a face are left out."""
    found = iter(eyes.see([path for paths in groups.values() for path in paths]))
    seen = {key: [next(found) for _ in paths] for key, paths in groups.items()}
    return {key: [one for one in rows if one is not None] for key, rows in seen.items()}


def of_network(seen: Seen, number: int) -> dict[Any, list[Embedding]]:
    """Return the embeddings of one network."""
    return {key: [row[number] for row in rows] for key, rows in seen.items()}


def attempts(scores: AttemptScores, calibration: Calibration | None) -> dict[str, Any]:
    """Return error rates at the two terms of the threshold, where there is a calibration."""
    mated, non_mated = np.array(scores.mated), np.array(scores.non_mated)
    report: dict[str, Any] = {
        "mated": mated.size,
        "non_mated": non_mated.size,
        "mated_q50_q95_max": [round(float(q), 3) for q in np.quantile(mated, (0.5, 0.95, 1))],
        "non_mated_min": round(float(non_mated.min()), 3),
        "at": {},
    }
    if calibration is None:
        return report
    balanced = level_thresholds(calibration)[Level.BALANCED]
    for term, threshold in (
        ("margin term", balanced.margin_term),
        ("FMR term of Balanced", balanced.fmr_term),
    ):
        wrong, matched = fnmr(mated, threshold), fmr(non_mated, threshold)
        report["at"][term] = {
            "threshold": round(threshold, 4),
            "fnmr": wrong.value,
            "fnmr_interval": wrong.interval,
            "fmr": matched.value,
            "fmr_interval": matched.interval,
        }
    return report


def attempt_lines(name: str, block: Mapping[str, Any]) -> Iterator[str]:
    """Yield the attempts of one protocol and network as text."""
    median, q95, largest = block["mated_q50_q95_max"]
    yield f"{name}: {block['mated']} mated, {block['non_mated']} non-mated attempts"
    yield (
        f"  mated median {median}, 95 % {q95}, largest {largest}; "
        f"nearest non-mated {block['non_mated_min']}"
    )
    for term, cell in block["at"].items():
        low, high = cell["fnmr_interval"]
        yield (
            f"  {term:22} d <= {cell['threshold']:.3f}: FNMR {cell['fnmr']:.4f}"
            f" ({low:.4f}-{high:.4f}), FMR {cell['fmr']:.5f} (<= {cell['fmr_interval'][1]:.5f})"
        )


def judged(eyes: Eyes, seen: Seen) -> list[Figures]:
    """Return the figures of each network, every picture against every other session's."""
    found = []
    for number, name in enumerate(eyes.networks):
        calibration = eyes.calibrations.get(name)
        thresholds = None if calibration is None else level_thresholds(calibration)
        scores = across_sessions(of_network(seen, number))
        found.append(figures(scores, thresholds, seed=SEED, tell=lambda _: None))
    return found


def main() -> int:
    """Run the protocols; return 0."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("data", type=Path, help="folder with nuaa/live and yale")
    add_options(parser)
    options = parser.parse_args()
    eyes = open_eyes(options)
    yale = {
        person.name: sorted(person.iterdir())
        for person in sorted((options.data / "yale").iterdir())
        if person.is_dir()
    }
    nuaa_seen = see(eyes, nuaa_sessions(options.data / "nuaa" / "live"))
    yale_seen = see(eyes, yale)
    protocols: tuple[tuple[str, Seen, Callable[..., AttemptScores]], ...] = (
        ("NUAA live as the lock compares", nuaa_seen, lock_attempts),
        ("Yale", yale_seen, single_frames),
    )
    report: dict[str, Any] = {"networks": list(eyes.networks), "degrade": options.degrade}
    lines: list[str] = []
    for title, seen, compare in protocols:
        report[title] = {}
        for number, name in enumerate(eyes.networks):
            block = attempts(compare(of_network(seen, number)), eyes.calibrations.get(name))
            report[title][name] = block
            lines += attempt_lines(f"{title}, {name}", block)
    every = judged(eyes, nuaa_seen)
    title = "NUAA live, every picture against every other of another session"
    report[title] = {
        name: figure_values(one) for name, one in zip(eyes.networks, every, strict=True)
    }
    for name, one in zip(eyes.networks, every, strict=True):
        lines += ["", f"{title}, {name}", *figure_lines(one), *one.notes]
    if len(every) > 1:
        difference = paired_difference(every[0], every[1])
        report[title]["difference"] = difference_values(difference)
        lines += ["", *difference_lines(difference)]
    print(json.dumps(report, indent=2) if options.json else "\n".join(lines))
    return 0


if __name__ == "__main__":
    sys.exit(main())
