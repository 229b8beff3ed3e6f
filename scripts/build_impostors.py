"""Measures the FMR table and bundles anonymous impostor features: models/impostors.safetensors.

    python scripts/build_impostors.py ../shared/data/lfw [--out models] [--features CACHE.npz]

People of LFW folds 5 to 7 only: folds 1-4 are for training, fold 8 for testing. The bundle holds
unit features (float16) and a person number for each, in random order; no names, no pictures.

Two statistics are measured, and at each distance the larger FMR counts:
- one image against one image, all people against all;
- a template fused of all images of a person (those with two or more) against every image of
  everybody else: what a lock really compares.
The upper 95 % bound is the larger of Clopper-Pearson with as many trials as there are pairs of
*people* (images of one person are not independent), and a bootstrap over people.
"""

from __future__ import annotations

import argparse
import csv
import hashlib
import json
import sys
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from safetensors.numpy import save
from scipy.stats import beta

from facelock.services.loading import load_pipeline
from facelock.services.picture_file import read_picture
from facelock.vision.models import PINNED

FOLDS = (5, 6, 7)
SAME_IN_TRUTH = {
    # Labelled as two people, seen to be one when the closest non-mated pairs were looked at.
    "Raul_Ibanez": "Carlos_Beltran",  # the same photograph
    "John_Barnett": "John_Burnett",
    "Wang_Nan": "Nan_Wang",
}
DISTANCES = np.arange(0.30, 1.3001, 0.002)
FMRS = np.logspace(-7, -1, 151)
RESAMPLES = 1000
SEED = 20261123
TEMPLATE_IMAGES = 10


@dataclass(frozen=True)
class Faces:
    """Features of the calibration people: (N, 192) and the person of each, (N,)."""

    features: np.ndarray
    people: np.ndarray


def gather(lfw: Path) -> Faces:
    """Run the shipped pipeline over the images of the calibration folds."""
    with (lfw / "people.tsv").open(encoding="utf-8") as lines:
        rows = csv.DictReader(lines, delimiter="\t")
        names = sorted(row["person"] for row in rows if int(row["fold"]) in FOLDS)
    pipeline = load_pipeline()
    features, people = [], []
    for number, name in enumerate(names):
        for path in sorted((lfw / "images" / name).glob("*.jpg")):
            pipeline.restart()
            look = pipeline.look(read_picture(path))
            if look.face is not None:
                features.append(pipeline.embed(look.face))
                people.append(SAME_IN_TRUTH.get(name, name))
        if number % 50 == 0:
            print(f"\r{number}/{len(names)} people", end="", file=sys.stderr)
    print(file=sys.stderr)
    return Faces(np.stack(features), np.array(people))


def templates(faces: Faces) -> Faces:
    """Fuse the images of each person who has two or more."""
    fused, owners = [], []
    for person in np.unique(faces.people):
        images = faces.features[faces.people == person][:TEMPLATE_IMAGES]
        if len(images) >= 2:
            mean = images.mean(axis=0)
            fused.append(mean / np.linalg.norm(mean))
            owners.append(person)
    return Faces(np.stack(fused), np.array(owners))


@dataclass(frozen=True)
class NearPairs:
    """Non-mated comparisons that came within the largest distance of the table."""

    rows: np.ndarray  # (K,) number of the person on the one side
    columns: np.ndarray  # (K,) and on the other
    distance: np.ndarray  # (K,) ascending


def compare(rows: Faces, columns: Faces, order: np.ndarray) -> tuple[NearPairs, np.ndarray]:
    """Return the near pairs, and how many comparisons each two people had, (P, P).

    `order` is the sorted list of all people.
    """
    row_number = np.searchsorted(order, rows.people)
    column_number = np.searchsorted(order, columns.people)
    size = len(order)
    trials = np.zeros((size, size))
    np.add.at(trials, (row_number[:, None], column_number[None, :]), 1.0)
    np.fill_diagonal(trials, 0.0)
    distance = 2 - 2 * rows.features.astype(np.float64) @ columns.features.T.astype(np.float64)
    distance[row_number[:, None] == column_number[None, :]] = np.inf
    near = np.nonzero(distance <= DISTANCES[-1])
    ascending = np.argsort(distance[near])
    found = NearPairs(
        row_number[near[0]][ascending], column_number[near[1]][ascending], distance[near][ascending]
    )
    return found, trials


def upper_bounds(near: NearPairs, trials: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """Return the upper 95 % bound of the FMR at each distance, (D,)."""
    total = trials.sum()
    involved = np.flatnonzero(trials.sum(axis=1))
    pairs = len(involved) * (len(trials) - 1)
    if len(involved) == len(trials):
        pairs //= 2
    weights = rng.multinomial(len(trials), np.full(len(trials), 1 / len(trials)), size=RESAMPLES)
    weights = weights.astype(np.float32)
    resampled_trials = np.einsum("bi,bi->b", weights @ trials.astype(np.float32), weights)
    bounds = np.empty(len(DISTANCES))
    running = np.zeros(RESAMPLES, np.float64)
    done = 0
    for index, limit in enumerate(DISTANCES):
        now = int(np.searchsorted(near.distance, limit, side="right"))
        for start in range(done, now, 4096):
            part = slice(start, min(start + 4096, now))
            running += np.einsum(
                "bk,bk->b", weights[:, near.rows[part]], weights[:, near.columns[part]]
            )
        done = now
        measured = now / total
        events = np.ceil(measured * pairs - 1e-9)
        exact = beta.ppf(0.95, events + 1, max(pairs - events, 1))
        bounds[index] = max(exact, float(np.quantile(running / resampled_trials, 0.95)))
        if bounds[index] > FMRS[-1]:
            bounds[index:] = bounds[index]
            break
    return np.maximum.accumulate(bounds)


def fmr_table(faces: Faces) -> tuple[np.ndarray, np.ndarray, int, int]:
    """Return (FMR grid, distance grid, people, comparisons)."""
    rng = np.random.default_rng(SEED)
    order = np.unique(faces.people)
    bounds, comparisons = None, 0
    for rows in (faces, templates(faces)):
        near, trials = compare(rows, faces, order)
        new = upper_bounds(near, trials, rng)
        bounds = new if bounds is None else np.maximum(bounds, new)
        comparisons += int(trials.sum()) // (2 if rows is faces else 1)
    kept = [(fmr, DISTANCES[bounds <= fmr]) for fmr in FMRS]
    kept = [(fmr, allowed.max()) for fmr, allowed in kept if allowed.size]
    grid = np.array(kept)
    # safetensors stores a strided column as if it were contiguous.
    fmr, distance = np.ascontiguousarray(grid[:, 0]), np.ascontiguousarray(grid[:, 1])
    return fmr, distance, len(order), comparisons


def mated_median(faces: Faces) -> float:
    """Return the median over people of the median distance between two of their images.

    LFW images of a person were taken on different days: sessions. Each person counts once.
    """
    medians = []
    for person in np.unique(faces.people):
        own = faces.features[faces.people == person]
        if len(own) >= 2:
            distance = 2 - 2 * own @ own.T
            medians.append(float(np.median(distance[np.triu_indices(len(own), 1)])))
    return float(np.median(medians))


def note_in_manifest(path: Path, data: bytes, people: int) -> None:
    """Write the calibration's entry in the manifest."""
    manifest = json.loads(path.read_text(encoding="utf-8"))
    manifest["calibration"] = [
        {
            "file": "impostors.safetensors",
            "sha256": hashlib.sha256(data).hexdigest(),
            "size": len(data),
            "purpose": f"anonymous unit features of {people} people (float16) and the FMR table",
            "licence": "Apache-2.0 (the numbers are ours; no picture or name is in them)",
            "licence_files": ["LICENSES/MobileFaceNet_TF-Apache-2.0.txt"],
            "source": "Labeled Faces in the Wild, folds 5-7, through the shipped pipeline",
            "network_sha256": PINNED["mobilefacenet.onnx"].sha256,
        }
    ]
    path.write_text(json.dumps(manifest, indent=2) + "\n", encoding="utf-8", newline="\n")


def main() -> int:
    """Build the bundle and print the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("lfw", type=Path)
    parser.add_argument("--out", type=Path, default=Path("models"))
    parser.add_argument("--features", type=Path, help="cache of the features (npz), for trials")
    options = parser.parse_args()

    if options.features and options.features.exists():
        with np.load(options.features) as cache:
            faces = Faces(cache["features"], cache["people"])
    else:
        faces = gather(options.lfw)
        if options.features:
            np.savez(options.features, features=faces.features, people=faces.people)

    fmr_grid, distance_grid, people, comparisons = fmr_table(faces)
    median = mated_median(faces)
    shuffled = np.random.default_rng(SEED).permutation(len(faces.people))
    _, number = np.unique(faces.people, return_inverse=True)
    renumbered = np.random.default_rng(SEED + 1).permutation(people)[number]
    data = save(
        {
            "features": faces.features[shuffled].astype(np.float16),
            "person_index": renumbered[shuffled].astype(np.int32),
            "fmr_grid": fmr_grid,
            "distance_grid": distance_grid,
            "mated_median": np.array([median]),
            "people": np.array([people], np.int64),
            "comparisons": np.array([comparisons], np.int64),
        }
    )
    (options.out / "impostors.safetensors").write_bytes(data)
    note_in_manifest(options.out / "MANIFEST.json", data, people)
    print(f"{people} people, {len(faces.people)} images, {comparisons} non-mated comparisons")
    print(f"median cross-session mated distance {median:.4f}")
    for fmr in (1e-2, 1e-3, 1e-3 / 3, 1e-4, 1e-4 / 3, 1e-5, 1e-5 / 3, 1e-6):
        at = int(np.searchsorted(fmr_grid, fmr * (1 + 1e-9), side="right")) - 1
        shown = f"{distance_grid[at]:.3f}" if at >= 0 else "not supported"
        print(f"  FMR {fmr:.2e}: distance {shown}")
    print(f"strictest FMR the data carry: {fmr_grid[0]:.2e}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
