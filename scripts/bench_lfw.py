"""Labeled Faces in the Wild through the shipped pipeline: accuracy, TMR at low FMR, misses.

    python scripts/bench_lfw.py ../shared/data/lfw [--mirror] [--json]

Two protocols: the official pairs of `pairs.tsv`, each fold judged at the threshold of the others;
and all images those pairs name, all against all. Prints the figures of README and model card.
"""

from __future__ import annotations

import argparse
import csv
import json
import sys
from pathlib import Path

import numpy as np

from facelock.core.frames import FaceCrop, Frame
from facelock.core.metrics import accuracy_by_folds
from facelock.services.loading import load_pipeline
from facelock.services.picture_file import read_picture
from facelock.services.recognition import FacePipeline

FMRS = (1e-2, 1e-3, 1e-4, 1e-5)


def read_pairs(table: Path) -> list[tuple[int, str, str, bool]]:
    """Return (fold, image a, image b, mated) of each pair."""
    with table.open(encoding="utf-8") as lines:
        rows = csv.DictReader(lines, delimiter="\t")
        return [(int(r["fold"]), r["image_a"], r["image_b"], r["mated"] == "1") for r in rows]


def embed(pipeline: FacePipeline, frame: Frame, *, mirror: bool) -> np.ndarray | None:
    """Return the embedding of the principal face of a picture, None if no face is found."""
    pipeline.restart()
    look = pipeline.look(frame)
    if look.face is None:
        return None
    embedding = pipeline.embed_crop(look.face.crop)
    if mirror:
        flipped = FaceCrop(np.ascontiguousarray(look.face.crop.pixels[:, ::-1]))
        embedding = embedding + pipeline.embed_crop(flipped)
        embedding = embedding / np.linalg.norm(embedding)
    return embedding


def all_against_all(features: np.ndarray, people: np.ndarray) -> dict[str, object]:
    """Return TMR at each FMR over every pair of images, by histograms (exact to 1e-5)."""
    bins = np.linspace(0, 4, 400_001)
    mated = np.zeros(bins.size - 1, np.int64)
    non_mated = np.zeros(bins.size - 1, np.int64)
    for start in range(0, len(features), 512):
        block = slice(start, start + 512)
        distance = np.clip(2 - 2 * features[block].astype(np.float64) @ features.T, 0, 4)
        later = np.arange(len(features))[None, :] > np.arange(len(features))[block, None]
        same = people[block, None] == people[None, :]
        mated += np.histogram(distance[later & same], bins)[0]
        non_mated += np.histogram(distance[later & ~same], bins)[0]
    matches, false_matches = np.cumsum(mated), np.cumsum(non_mated)
    table = {}
    for fmr in FMRS:
        at = int(np.searchsorted(false_matches, fmr * non_mated.sum(), side="right")) - 1
        table[f"{fmr:.0e}"] = {
            "tmr": float(matches[at] / mated.sum()),
            "distance": float(bins[at + 1]),
        }
    return {"mated": int(mated.sum()), "non_mated": int(non_mated.sum()), "tmr_at_fmr": table}


def main() -> int:
    """Run the benchmark; return 0."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("lfw", type=Path, help="folder with images/ and pairs.tsv")
    parser.add_argument("--mirror", action="store_true", help="mean of image and mirror image")
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()

    pairs = read_pairs(options.lfw / "pairs.tsv")
    names = sorted({name for pair in pairs for name in pair[1:3]})
    pipeline = load_pipeline()
    found: dict[str, np.ndarray] = {}
    for number, name in enumerate(names):
        embedding = embed(
            pipeline, read_picture(options.lfw / "images" / name), mirror=options.mirror
        )
        if embedding is not None:
            found[name] = embedding
        if number % 200 == 0:
            print(f"\r{number}/{len(names)}", end="", file=sys.stderr)
    print(file=sys.stderr)

    # A pair with an undetected face counts as the farthest distance: a mated one is then missed.
    scores = np.array(
        [
            float(np.sum((found[a] - found[b]) ** 2)) if a in found and b in found else 4.0
            for _, a, b, _ in pairs
        ]
    )
    mated = np.array([pair[3] for pair in pairs])
    folds = np.array([pair[0] for pair in pairs])
    accuracy = accuracy_by_folds(scores, mated, folds)
    kept = sorted(found)
    people = np.array([name.split("/")[0] for name in kept])
    report = {
        "images": len(names),
        "not_detected": len(names) - len(found),
        "not_detected_share": (len(names) - len(found)) / len(names),
        "mirror": options.mirror,
        "pairs": len(pairs),
        "accuracy_mean": float(np.mean(accuracy)),
        "accuracy_sem": float(np.std(accuracy, ddof=1) / np.sqrt(len(accuracy))),
        **all_against_all(np.stack([found[name] for name in kept]), people),
    }
    if options.json:
        print(json.dumps(report, indent=2))
        return 0
    print(f"images {report['images']}, without a detected face {report['not_detected']}")
    print(
        f"accuracy on {len(pairs)} pairs, {len(accuracy)} folds: "
        f"{report['accuracy_mean']:.4f} +- {report['accuracy_sem']:.4f}"
    )
    print(f"all against all: {report['mated']} mated, {report['non_mated']} non-mated")
    for fmr, cell in report["tmr_at_fmr"].items():
        print(f"  TMR at FMR {fmr}: {cell['tmr']:.4f}  (distance {cell['distance']:.3f})")
    return 0


if __name__ == "__main__":
    sys.exit(main())
