"""What a local retraining is worth: people's clips, before and after, on what was held back.

    python scripts/bench_retraining.py ../shared/data [--enrolled 0|3] [--people NAME ...]

Each person is enrolled from the first half of their clip (twenty samples, pictures kept) and
retrained for, through the service that the window uses. Then the second half, made webcam-like at
severity 3 (`learning.degradation`), is compared picture by picture with the references and the
threshold at Balanced, before and after; and so are people who are in neither the training nor the
bundled strangers: LFW's fold 8, as they are and at severity 3. `--enrolled`: severity of the first
half, 0 for a good light that is then left, 3 for one as bad as later. NUAA's eight people, who sat
before a real webcam in several sessions, come with `--nuaa`: enrolled in one session, seen in the
others as they are.
"""

from __future__ import annotations

import argparse
import csv
import hashlib
import json
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Final

import cv2
import numpy as np
from numpy.typing import NDArray

from facelock.core.comparison import Embedding
from facelock.core.frames import FaceCrop, Frame, HeadPose, Pixels
from facelock.core.head import Head
from facelock.core.levels import Level
from facelock.core.metrics import Rate
from facelock.core.renewal import renewed
from facelock.core.retraining import RetrainingOptions
from facelock.core.template import Profile, Sample, make_references, make_thresholds
from facelock.core.threshold import Calibration
from facelock.desktop.clock import SystemClock
from facelock.learning.degradation import degrade
from facelock.services.access import Access
from facelock.services.calibration import load_calibration
from facelock.services.loading import load_pipeline
from facelock.services.recognition import FacePipeline
from facelock.services.retraining import Outcome, Retraining
from facelock.vault.key_files import prepare_keys
from facelock.vault.keyring import NoKeyring
from facelock.vault.store import ProfileStore

CLIPS: Final = ("tran-live", *(f"person-{letter}" for letter in "abcdef"))
SAMPLES: Final = 20
PER_SECOND: Final = 10  # pictures of a clip
SEVERITY: Final = 3
STRANGER_PICTURES: Final = 4  # of one person of fold 8, at most


@dataclass(frozen=True, eq=False)
class Person:
    """Whom to enrol with what, and what to look at afterwards."""

    name: str
    samples: list[FaceCrop] = field(repr=False)
    probes: list[FaceCrop] = field(repr=False)


@dataclass(frozen=True, eq=False)
class Strangers:
    """Features of people nobody was trained on."""

    clean: NDArray[np.float32] = field(repr=False)
    degraded: NDArray[np.float32] = field(repr=False)


def faces(pipeline: FacePipeline, frames: Iterator[tuple[Pixels, float]]) -> Iterator[FaceCrop]:
    """Yield the aligned faces of frames that show one."""
    pipeline.restart()
    for pixels, at in frames:
        face = pipeline.look(Frame(pixels, at, simulated=True)).face
        if face is not None:
            yield face.crop


def clip(path: Path) -> tuple[list[tuple[Pixels, float]], list[tuple[Pixels, float]]]:
    """Return some frames of the first half of a clip, and of the second."""
    capture = cv2.VideoCapture(str(path))
    fps, count = capture.get(cv2.CAP_PROP_FPS), capture.get(cv2.CAP_PROP_FRAME_COUNT)
    step = max(1, round(fps / PER_SECOND))
    halves: tuple[list[tuple[Pixels, float]], list[tuple[Pixels, float]]] = ([], [])
    number = 0
    while True:
        found, pixels = capture.read()
        if not found:
            return halves
        if number % step == 0:
            halves[number / fps > count / fps / 2].append((np.asarray(pixels), number / fps))
        number += 1


def from_clips(
    pipeline: FacePipeline, folder: Path, names: Sequence[str], enrolled: int
) -> Iterator[Person]:
    """Yield the people of the clips."""
    for name in names:
        first, second = (list(faces(pipeline, iter(half))) for half in clip(folder / f"{name}.mp4"))
        rows = np.linspace(0, len(first) - 1, min(SAMPLES, len(first))).astype(int)
        yield Person(
            name,
            [degrade(first[row], enrolled) for row in rows],
            [degrade(one, SEVERITY) for one in second],
        )


def from_nuaa(pipeline: FacePipeline, folder: Path) -> Iterator[Person]:
    """Yield the people of NUAA who have several sessions: enrolled in the first of them.

    Its pictures are tight crops: a black border, as alignment's own, leaves room for detection.
    """
    for person in sorted(one for one in folder.iterdir() if one.is_dir()):
        sessions: dict[str, list[tuple[Pixels, float]]] = {}
        for path in sorted(person.iterdir()):
            pixels = cv2.imread(str(path))
            if pixels is not None:
                border = max(pixels.shape[:2]) // 2
                wide = cv2.copyMakeBorder(pixels, *(border,) * 4, cv2.BORDER_CONSTANT)
                sessions.setdefault(path.stem.split("_")[3], []).append((np.asarray(wide), 0.0))
        seen = {name: one for name, one in sessions.items() if len(one) >= SAMPLES // 2}
        if len(seen) < 2:
            continue
        first, *rest = (list(each_alone(pipeline, seen[name])) for name in sorted(seen))
        rows = np.linspace(0, len(first) - 1, min(SAMPLES, len(first))).astype(int)
        probes = [one for session in rest for one in session]
        yield Person(f"nuaa-{person.name}", [first[row] for row in rows], probes)


def each_alone(
    pipeline: FacePipeline, pictures: Sequence[tuple[Pixels, float]]
) -> Iterator[FaceCrop]:
    """Yield the faces of single pictures."""
    for picture in pictures:
        yield from faces(pipeline, iter([picture]))


def fold_8(pipeline: FacePipeline, folder: Path) -> Strangers:
    """Return the features of LFW's test people."""
    with (folder / "people.tsv").open(encoding="utf-8") as table:
        rows = csv.DictReader(table, delimiter="\t", quoting=csv.QUOTE_NONE)
        names = [row["person"] for row in rows if row["fold"] == "8"]
    clean, degraded = [], []
    for name in names:
        for path in sorted((folder / "images" / name).iterdir())[:STRANGER_PICTURES]:
            for crop in each_alone(pipeline, [(np.asarray(cv2.imread(str(path))), 0.0)]):
                clean.append(pipeline.feature_of(crop))
                degraded.append(pipeline.feature_of(degrade(crop, SEVERITY)))
    return Strangers(np.stack(clean), np.stack(degraded))


def profile_of(person: Person, pipeline: FacePipeline, calibration: Calibration) -> Profile:
    """Return the person enrolled, as a demo profile: simulated frames make no other."""
    features = [pipeline.feature_of(crop) for crop in person.samples]
    samples = tuple(
        Sample(pipeline.head.apply(feature), feature, crop, HeadPose(0.0, 0.0, 0.0))
        for feature, crop in zip(features, person.samples, strict=True)
    )
    references = make_references(samples)
    return Profile(
        profile_id=hashlib.sha256(person.name.encode()).hexdigest()[:32],
        name=person.name,
        created_at=0.0,
        demo=True,
        backbone_sha256=pipeline.network.backbone_sha256,
        model_sha256=pipeline.model_sha256,
        samples=samples,
        references=references,
        thresholds=make_thresholds(samples, references, calibration),
    )


def at_the_lock(
    profile: Profile, head: Head, probes: NDArray[np.float32], strangers: Strangers
) -> dict[str, Any]:
    """Return misses and false matches of single pictures at Balanced."""
    threshold = profile.thresholds[Level.BALANCED]
    references = np.stack([one.embedding for one in profile.references])

    def distances(features: NDArray[np.float32]) -> NDArray[np.float32]:
        nearest: NDArray[np.float32] = (2 - 2 * head.apply(features) @ references.T).min(axis=1)
        return nearest

    misses = int((distances(probes) > threshold.value).sum())
    clean, degraded = (distances(one) for one in (strangers.clean, strangers.degraded))
    return {
        "fnmr": round(misses / len(probes), 4),
        "misses": misses,
        "probes": len(probes),
        "threshold": round(threshold.value, 3),
        "bound": threshold.bound.value,
        "false_matches": int((clean <= threshold.value).sum()),
        "false_matches_degraded": int((degraded <= threshold.value).sum()),
        "strangers": len(clean),
        "nearest": round(float(min(clean.min(), degraded.min())), 3),
    }


def retrained(profile: Profile, options: RetrainingOptions) -> Outcome:
    """Run the service on a throw-away demo store with this one person."""
    with tempfile.TemporaryDirectory() as folder:
        store = ProfileStore.open(Path(folder) / "store", NoKeyring(), demo=True)
        try:
            access = Access(store, SystemClock())
            keys = prepare_keys(profile.profile_id, "a long passphrase")
            access.enrol(profile, keys, enter=True)
            service = Retraining(access, load_pipeline, SystemClock().wall)
            return service.slow_run(
                service.plan(), options, progress=lambda _: None, should_stop=lambda: False
            )
        finally:
            store.close()


def compared(
    person: Person, pipeline: FacePipeline, strangers: Strangers, options: RetrainingOptions
) -> dict[str, Any]:
    """Return one row: before, after, and what the gate says."""
    calibration = load_calibration()
    profile = profile_of(person, pipeline, calibration)
    probes = np.stack([pipeline.feature_of(crop) for crop in person.probes])
    outcome = retrained(profile, options)
    row: dict[str, Any] = {
        "person": person.name,
        "before": at_the_lock(profile, pipeline.head, probes, strangers),
        "refused": [one.reason.value for one in outcome.refusals],
        "seconds": round(outcome.seconds, 1),
    }
    version = outcome.version
    if version is None:
        return row
    after = renewed(profile, version.network, version.head, load_calibration(version), _no_pictures)
    row["after"] = at_the_lock(after, version.head, probes, strangers)
    for name, figures in (("before", version.before), ("after", version.after)):
        one = figures.people[0]
        row[f"gate_{name}"] = {
            "fnmr": round(one.fnmr, 4),
            "mated": one.mated,
            "false_matches": one.false_matches,
            "close": one.close,
            "separation": round(one.separation, 2),
            "attempt_fmr": figures.attempt_fmr,
        }
    return row


def _no_pictures(_crop: FaceCrop) -> Embedding:
    raise AssertionError("features of the same backbone need no picture")


def summary(rows: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """Return the sums over the people whose head the gate lets pass, the others as they were."""
    sums: dict[str, Any] = {"people": len(rows), "refused": sum(bool(r["refused"]) for r in rows)}
    for when in ("before", "after"):
        used = [row["before" if row["refused"] else when] for row in rows]
        trials = sum(one["strangers"] for one in used)
        for name in ("false_matches", "false_matches_degraded"):
            events = sum(one[name] for one in used)
            sums[f"{name}_{when}"] = [events, trials, *Rate(events, trials).interval]
        misses, probes = (sum(one[name] for one in used) for name in ("misses", "probes"))
        sums[f"fnmr_{when}"] = [misses, probes, round(misses / probes, 4)]
        sums[f"mean_fnmr_{when}"] = round(float(np.mean([one["fnmr"] for one in used])), 4)
    return sums


def main() -> int:
    """Run and print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("data", type=Path)
    parser.add_argument("--enrolled", type=int, default=0, choices=range(5))
    parser.add_argument("--people", nargs="*", default=list(CLIPS))
    parser.add_argument("--nuaa", action="store_true", help="NUAA's people and not the clips")
    parser.add_argument("--loss", default="triplet", choices=("triplet", "contrastive"))
    options = parser.parse_args()
    pipeline = load_pipeline(threads=1)
    strangers = fold_8(pipeline, options.data / "lfw")
    if options.nuaa:
        people = from_nuaa(pipeline, options.data / "nuaa" / "live")
    else:
        people = from_clips(pipeline, options.data / "clips", options.people, options.enrolled)
    chosen = RetrainingOptions()
    chosen = replace(chosen, loss=type(chosen.loss)(options.loss))
    rows = []
    for person in people:
        rows.append(compared(person, pipeline, strangers, chosen))
        print(json.dumps(rows[-1]), flush=True)
    print(json.dumps(summary(rows), indent=2))
    return 0


if __name__ == "__main__":
    sys.exit(main())
