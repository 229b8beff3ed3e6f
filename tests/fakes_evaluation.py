"""Folders of painted people, and readers that see them without any network."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import cv2
from fakes import FakeEmbedder, fake_pipeline, synthetic_frame

from facelock.services.evaluation_faces import FaceReader, Treatment


def write_picture(path: Path, person: int | None, number: int = 0) -> Path:
    """Write a picture of a painted person; each `number` gives other bytes."""
    path.parent.mkdir(parents=True, exist_ok=True)
    frame = synthetic_frame(person, left=100 + 4 * number)
    cv2.imwrite(str(path), frame.pixels)
    return path


def write_people(folder: Path, images: Mapping[str, int]) -> Path:
    """Write so many pictures of each person, in a folder of the person's name."""
    for person, (name, count) in enumerate(images.items(), start=1):
        for number in range(count):
            write_picture(folder / name / f"{number}.png", person, number)
    return folder


def fake_reader(treatment: Treatment | None = None) -> FaceReader:
    """Return a reader on fake networks, one for each that the treatment names."""
    treatment = treatment or Treatment()
    pipelines = [fake_pipeline(FakeEmbedder()) for _ in treatment.networks]
    return FaceReader(pipelines, treatment)
