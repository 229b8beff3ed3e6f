"""Who is in the stores under tests/golden, each written by the code of its time.

A store is opened for ever: no file there is ever changed, and a new version of a record, or a new
kind of record, brings a new store beside them (`python tests/golden_people.py
tests/golden/store-v<N>`, with the repository and tests/ on PYTHONPATH).
"""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
from sealed_people import FAST, PASSPHRASE, a_threshold, an_embedding

from facelock.core.frames import FaceCrop, HeadPose
from facelock.core.head import Head, NetworkId, network_sha256
from facelock.core.head_version import HeadTable, HeadVersion
from facelock.core.levels import Level
from facelock.core.retraining import Figures, Loss, PersonFigures, RetrainingOptions
from facelock.core.template import Appearance, Profile, Sample, Source, make_references
from facelock.core.threshold import Bound, ScoreDensities
from facelock.vault.key_files import prepare_keys
from facelock.vault.keyring import NoKeyring
from facelock.vault.records import MachineRecord
from facelock.vault.store import ProfileStore

MODEL, BACKBONE = "ab" * 32, "cd" * 32
MACHINE = MachineRecord(Level.STRICT, failures=2, camera_id="046d:0825")


def first_people() -> tuple[Profile, Profile]:
    """Return the people of store-v1: no heads, so features are embeddings, of the same network."""
    return _person(1, "Ada", crops=True), _person(2, "Zoë", crops=False)


def second_people() -> tuple[Profile, ...]:
    """Return the people of store-v2: features of their own, and a backbone of its own."""
    return tuple(
        replace(
            one,
            backbone_sha256=BACKBONE,
            samples=tuple(
                replace(sample, feature=an_embedding(np.random.default_rng((index, 9))))
                for index, sample in enumerate(one.samples)
            ),
        )
        for one in first_people()
    )


def third_people() -> tuple[Profile, ...]:
    """Return the people of store-v3: the first one's second appearance was remembered."""
    ada, *others = second_people()
    usual = Appearance("usual", ada.created_at)
    remembered = Appearance("glasses", 1_000.0, Source.REMEMBERED, 1_000.0 + 90 * 86_400.0)
    return replace(ada, appearances=(usual, remembered)), *others


def people() -> tuple[Profile, ...]:
    """Return the people of store-v4: under a head that both had a part in."""
    model = a_head().network.model_sha256
    return tuple(replace(one, model_sha256=model) for one in third_people())


def a_head() -> HeadVersion:
    """Return the head of store-v4, smaller than any that was ever trained."""
    head = Head(
        np.array([[1.0, 0.25, -0.5], [0.125, 2.0, 0.0]], np.float32),
        np.array([0.5, -0.0625], np.float32),
    )
    ids = tuple(one.profile_id for one in first_people())
    trained, told_apart = ids
    densities = ScoreDensities(
        np.array([0.0, 1.0, 4.0]), np.array([0.75, 0.25]), np.array([0.125, 0.875])
    )
    return HeadVersion(
        created_at=5_000.0,
        head=head,
        network=NetworkId(BACKBONE, network_sha256(BACKBONE, head)),
        table=HeadTable(
            fmr_grid=np.array([1e-5, 1e-4, 1e-3]),
            distance_grid=np.array([0.5, 0.75, 0.75]),
            mated_median=0.375,
            people=40,
            comparisons=9_000,
            densities=densities,
        ),
        options=RetrainingOptions(loss=Loss.CONTRASTIVE, margin=0.9, epochs=7, seed=3),
        profile_ids=(trained,),
        negatives=(told_apart,),
        samples=2,
        impostors=300,
        before=Figures(
            level=Level.STRICT, people=_figures(ids, 5), attempt_fmr=2e-4, densities=densities
        ),
        after=Figures(level=Level.STRICT, people=_figures(ids, 1), attempt_fmr=1e-4),
    )


def _figures(ids: tuple[str, ...], misses: int) -> tuple[PersonFigures, ...]:
    return tuple(
        PersonFigures(
            profile_id=one,
            mated=30,
            misses=misses,
            threshold=0.5,
            bound=Bound.MARGIN,
            non_mated=600,
            false_matches=1,
            close=2,
            separation=3.5,
            nearest=0.625,
        )
        for one in ids
    )


def _person(number: int, name: str, *, crops: bool) -> Profile:
    generator = np.random.default_rng(number)
    samples = []
    for index, appearance in enumerate(("usual", "glasses" if crops else "usual")):
        embedding = an_embedding(generator)
        pixels = generator.integers(0, 256, (112, 112, 3), np.uint8) if crops else None
        crop = None if pixels is None else FaceCrop(pixels)
        pose = HeadPose(float(index), -2.0, 0.5)
        samples.append(Sample(embedding, embedding, crop, pose, appearance))
    return Profile(
        profile_id=f"{number:032x}",
        name=name,
        created_at=float(number),
        demo=False,
        backbone_sha256=MODEL,
        model_sha256=MODEL,
        samples=tuple(samples),
        references=make_references(samples),
        thresholds={level: a_threshold(0.5 + 0.1 * i) for i, level in enumerate(Level)},
        poses=("centre", "left"),
    )


def write(folder: Path) -> None:
    """Write a store of the present version."""
    store = ProfileStore.open(folder, NoKeyring(), demo=False, kdf_floor=FAST)
    for one in third_people():
        store.enrol(one, prepare_keys(one.profile_id, PASSPHRASE, kdf=FAST))
    store.adopt_head(store.stage_head(a_head(), people()))
    store.save_machine(MACHINE)
    store.close()
    for left_over in (*folder.rglob("*.previous"), folder / "store.lock"):
        left_over.unlink(missing_ok=True)


if __name__ == "__main__":
    write(Path(sys.argv[1]))
