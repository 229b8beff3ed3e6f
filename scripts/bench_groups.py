"""Impostor scores by group on UTKFace, at the distance where the pooled FMR is 1e-3.

    python scripts/bench_groups.py ../shared/data/utkface [--json]

There are no identities in UTKFace: every pair of pictures is taken as non-mated, and pairs within
d 0.4 of each other are listed as possible duplicates, to be looked at, and left out of the rates
only if named with --duplicate. Intervals by bootstrap over pictures, since the pairs of one picture
are not independent of each other.
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import Any

import numpy as np

from facelock.core.metrics import distance_at_fmr
from facelock.core.threshold import MARGIN
from facelock.services.calibration import load_calibration
from facelock.services.loading import load_pipeline
from facelock.services.picture_file import read_picture

GROUPS = {"0": "White", "1": "Black", "2": "Asian", "3": "Indian", "4": "Other"}
SUSPECT = 0.4
POOLED_FMR = 1e-3
RESAMPLES = 2000


def group_of(path: Path) -> str:
    """Return the group in a UTKFace name, `age_gender_race_date`."""
    return GROUPS[path.name.split("_")[2]]


def bootstrap(distance: np.ndarray, threshold: float, seed: int) -> tuple[float, float]:
    """Return the 95 % interval of the FMR among these pictures, resampling pictures."""
    rng = np.random.default_rng(seed)
    count = len(distance)
    hits = np.triu(distance <= threshold, 1)
    hits = (hits | hits.T).astype(np.float64)
    weights = rng.multinomial(count, np.full(count, 1 / count), size=RESAMPLES).astype(np.float64)
    matched = np.einsum("bi,bi->b", weights @ hits, weights)
    pairs = count**2 - np.einsum("bi,bi->b", weights, weights)  # pairs of different pictures
    low, high = np.quantile(matched / pairs, (0.025, 0.975))
    return float(low), float(high)


def main() -> int:
    """Run the benchmark; return 0."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--duplicate", nargs="*", default=[], help="picture names to leave out")
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()

    pipeline = load_pipeline()
    files, features, missed = [], [], []
    for path in sorted(options.folder.glob("*.jpg")):
        if path.name in options.duplicate:
            continue
        pipeline.restart()
        look = pipeline.look(read_picture(path))
        if look.face is None:
            missed.append(path.name)
            continue
        files.append(path)
        features.append(pipeline.embed(look.face))
    matrix = np.stack(features).astype(np.float64)
    distance = 2 - 2 * matrix @ matrix.T
    upper = np.triu_indices(len(files), 1)
    suspects = [
        {"a": files[i].name, "b": files[j].name, "distance": round(float(distance[i, j]), 3)}
        for i, j in zip(*upper, strict=True)
        if distance[i, j] < SUSPECT
    ]
    groups = np.array([group_of(path) for path in files])
    same_group = groups[:, None] == groups[None, :]
    pooled_all = distance[upper]
    pooled_within = distance[upper][same_group[upper]]
    report: dict[str, Any] = {"pictures": len(files), "not_detected": missed}
    report["possible_duplicates"] = suspects
    for label, pool in (("all pairs", pooled_all), ("pairs within a group", pooled_within)):
        threshold = distance_at_fmr(pool, POOLED_FMR)
        rows = {}
        for group in GROUPS.values():
            members = np.flatnonzero(groups == group)
            inside = distance[np.ix_(members, members)]
            pairs = len(members) * (len(members) - 1) // 2
            matched = int(np.count_nonzero(inside[np.triu_indices(len(members), 1)] <= threshold))
            rows[group] = {
                "pictures": len(members),
                "pairs": pairs,
                "false_matches": matched,
                "fmr": matched / pairs,
                "interval": bootstrap(inside, threshold, seed=1),
                "times_pooled": matched / pairs / POOLED_FMR,
            }
        report[label] = {"pairs": int(pool.size), "distance": threshold, "groups": rows}
    lock = load_calibration().mated_median + MARGIN / 2
    report["at_the_margin_term"] = {
        "distance": lock,
        "false_matches": int(np.count_nonzero(pooled_all <= lock)),
        "pairs": int(pooled_all.size),
    }
    if options.json:
        print(json.dumps(report, indent=2))
        return 0
    print(f"{len(files)} pictures, no face found in {len(missed)}: {', '.join(missed) or '-'}")
    print(f"possible duplicates (d < {SUSPECT}): {len(suspects)}")
    for row in suspects:
        print(f"  {row['distance']:.3f}  {row['a']}  {row['b']}")
    for label in ("all pairs", "pairs within a group"):
        block = report[label]
        print(f"pooled over {label} ({block['pairs']}): FMR 1e-3 at d = {block['distance']:.3f}")
        for group, row in block["groups"].items():
            low, high = row["interval"]
            print(
                f"  {group:7} {row['false_matches']:4}/{row['pairs']:5} = {row['fmr']:.5f}"
                f"  95 % {low:.5f}-{high:.5f}  {row['times_pooled']:.2f} times pooled"
            )
    at_lock = report["at_the_margin_term"]
    print(
        f"at the margin term, d = {at_lock['distance']:.3f}: "
        f"{at_lock['false_matches']} false matches in {at_lock['pairs']} pairs"
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
