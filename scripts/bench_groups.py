"""Impostor scores by group on UTKFace, of both networks.

    python scripts/bench_groups.py ../shared/data/utkface [--network bundled|bare] [--json]

There are no identities in UTKFace: every pair of pictures is taken as non-mated, so there are
false match rates by group and no false non-match rates (the people of NUAA, in bench_sessions.py,
are of one group). Rates are given where the pooled FMR is 1e-3, so that networks can be compared,
and at the thresholds of the lock. Pairs within d 0.4 of each other are listed as possible
duplicates, to be looked at. The four found so show one person each, and one picture of each is left
out of the rates; --keep-duplicates keeps them. Intervals by bootstrap over pictures, since the
pairs of one picture are not independent of each other.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from bench_faces import add_options, open_eyes
from numpy.typing import NDArray

from facelock.core.comparison import Embedding
from facelock.core.intervals import percentiles
from facelock.core.levels import Level
from facelock.core.metrics import distance_at_fmr
from facelock.core.person_bootstrap import draw_people
from facelock.core.threshold import Calibration
from facelock.services.evaluation_levels import level_thresholds

GROUPS = {"0": "White", "1": "Black", "2": "Asian", "3": "Indian", "4": "Other"}
SUSPECT = 0.4
DUPLICATES = {  # the other picture of the person stays
    "38_1_3_20170104235005720.jpg.chip.jpg",
    "40_0_4_20170103235124292.jpg.chip.jpg",
    "62_1_0_20170110160643782.jpg.chip.jpg",
    "85_0_1_20170111210314652.jpg.chip.jpg",
}
POOLED_FMR = 1e-3
RESAMPLES = 2000
SEED = 1

Distances = NDArray[np.float64]


def group_of(path: Path) -> str:
    """Return the group in a UTKFace name, `age_gender_race_date`."""
    return GROUPS[path.name.split("_")[2]]


def between_all(embeddings: Sequence[Embedding]) -> Distances:
    """Return the squared distances, (N, N)."""
    rows = np.stack(embeddings).astype(np.float64)
    return np.asarray(2 - 2 * rows @ rows.T, np.float64)


def interval(matched: NDArray[np.bool_]) -> tuple[float, float] | None:
    """Return the 95 % interval of the FMR among these pictures, (N, N), resampling pictures."""
    hits = np.triu(matched, 1).astype(np.float64)
    hits += hits.T
    rates = np.empty(RESAMPLES)
    for resample in range(RESAMPLES):
        drawn = draw_people(len(hits), SEED, resample)
        rates[resample] = drawn @ hits @ drawn / (drawn.sum() ** 2 - drawn @ drawn)
    return percentiles(rates)


def by_group(distance: Distances, groups: NDArray[np.str_], threshold: float) -> dict[str, Any]:
    """Return the rates among the pictures of each group, two of the same, at a threshold."""
    rows = {}
    for group in GROUPS.values():
        inside = distance[np.ix_(groups == group, groups == group)] <= threshold
        pairs = len(inside) * (len(inside) - 1) // 2
        matched = int(np.count_nonzero(np.triu(inside, 1)))
        rows[group] = {
            "pictures": len(inside),
            "pairs": pairs,
            "false_matches": matched,
            "fmr": matched / pairs,
            "interval": interval(inside),
            "times_pooled": matched / pairs / POOLED_FMR,
        }
    return rows


def judge(
    distance: Distances, groups: NDArray[np.str_], calibration: Calibration | None
) -> dict[str, Any]:
    """Return the report of one network."""
    upper = np.triu_indices(len(distance), 1)
    every = distance[upper]
    within = every[(groups[:, None] == groups[None, :])[upper]]
    at = {
        "FMR 1e-3 pooled over all pairs": distance_at_fmr(every, POOLED_FMR),
        "FMR 1e-3 pooled over pairs within a group": distance_at_fmr(within, POOLED_FMR),
    }
    if calibration is not None:
        lines = level_thresholds(calibration)
        at["margin term"] = lines[Level.BALANCED].margin_term
        at |= {f"FMR term of {level.value}": line.fmr_term for level, line in lines.items()}
    return {
        "pairs": int(every.size),
        "pairs_within_a_group": int(within.size),
        "at": {
            name: {
                "distance": round(threshold, 4),
                "false_matches": int(np.count_nonzero(every <= threshold)),
                "groups": by_group(distance, groups, threshold),
            }
            for name, threshold in at.items()
        },
    }


def suspects(distance: Distances, names: Sequence[str]) -> list[dict[str, Any]]:
    """Return the pairs so near that they may show one person."""
    near = zip(*np.nonzero(np.triu(distance < SUSPECT, 1)), strict=True)
    return [
        {"a": names[i], "b": names[j], "distance": round(float(distance[i, j]), 3)} for i, j in near
    ]


def as_lines(report: Mapping[str, Any]) -> Iterator[str]:
    """Yield the report as text."""
    missed = report["not_detected"]
    yield f"{report['pictures']} pictures, no face in {len(missed)}: {', '.join(missed) or '-'}"
    for network, block in report["networks"].items():
        yield ""
        yield f"{network} network, {block['pairs']} pairs"
        yield f"possible duplicates (d < {SUSPECT}): {len(block['possible_duplicates'])}"
        for row in block["possible_duplicates"]:
            yield f"  {row['distance']:.3f}  {row['a']}  {row['b']}"
        for name, cell in block["at"].items():
            yield f"{name}: d = {cell['distance']:.3f}, {cell['false_matches']} false matches"
            for group, row in cell["groups"].items():
                low, high = row["interval"]
                yield (
                    f"  {group:7} {row['false_matches']:4}/{row['pairs']:5} = {row['fmr']:.5f}"
                    f"  95 % {low:.5f}-{high:.5f}  {row['times_pooled']:.2f} times 1e-3"
                )


def main() -> int:
    """Run the benchmark; return 0."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--keep-duplicates", action="store_true", help="leave no picture out")
    add_options(parser)
    options = parser.parse_args()

    eyes = open_eyes(options)
    left_out = set() if options.keep_duplicates else DUPLICATES
    paths = [path for path in sorted(options.folder.glob("*.jpg")) if path.name not in left_out]
    seen = dict(zip(paths, eyes.see(paths), strict=True))
    found = {path: rows for path, rows in seen.items() if rows is not None}
    groups = np.array([group_of(path) for path in found])
    report: dict[str, Any] = {
        "pictures": len(found),
        "not_detected": [path.name for path in paths if path not in found],
        "degrade": options.degrade,
        "networks": {},
    }
    for number, name in enumerate(eyes.networks):
        distance = between_all([rows[number] for rows in found.values()])
        report["networks"][name] = {
            "possible_duplicates": suspects(distance, [path.name for path in found]),
            **judge(distance, groups, eyes.calibrations.get(name)),
        }
    print(json.dumps(report, indent=2) if options.json else "\n".join(as_lines(report)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
