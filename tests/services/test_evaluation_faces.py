"""From pictures to embeddings: in this process, in others, and when these cannot be had."""

from __future__ import annotations

from concurrent.futures.process import BrokenProcessPool
from pathlib import Path

import cv2
import numpy as np
import pytest
from fakes import FakeEmbedder, fake_pipeline
from fakes_evaluation import fake_reader, write_people, write_picture
from real_face import moved, portrait

from facelock.core.comparison import squared_distance
from facelock.services import evaluation_faces
from facelock.services.evaluation_faces import (
    Faced,
    FaceReader,
    Treatment,
    load_reader,
    read_faces,
)


def pictures(folder: Path, count: int) -> list[Path]:
    write_people(folder, {"ada": count})
    return [folder / "ada" / f"{number}.png" for number in range(count)]


def test_pictures_come_back_in_order_and_are_counted(tmp_path: Path) -> None:
    paths = [write_picture(tmp_path / f"{person}.png", person) for person in (3, 1, 2)]
    told: list[int] = []
    faces = read_faces(paths, fake_reader(), workers=1, tell=told.append)
    assert told == [1, 2, 3]
    again = read_faces(paths[1:2], fake_reader(), workers=1, tell=told.append)
    assert squared_distance(_one(faces[1]), _one(again[0])) < 0.3
    assert squared_distance(_one(faces[0]), _one(again[0])) > 1.0


def test_nobody_and_no_picture_are_told_apart(tmp_path: Path) -> None:
    nobody = write_picture(tmp_path / "nobody.png", None)
    broken = tmp_path / "broken.jpg"
    broken.write_bytes(b"not a picture")
    faces = read_faces([nobody, broken], fake_reader(), workers=1, tell=lambda _: None)
    assert [(face.embeddings, face.unreadable) for face in faces] == [(None, False), (None, True)]


def test_each_network_embeds_the_same_face(tmp_path: Path) -> None:
    treatment = Treatment(("bundled", "bare"))
    ours, bare = FakeEmbedder(), FakeEmbedder(backbone="b" * 64)
    reader = FaceReader([fake_pipeline(ours), fake_pipeline(bare)], treatment)
    face = reader.read(write_picture(tmp_path / "a.png", 1))
    assert face.embeddings is not None
    assert len(face.embeddings) == 2
    assert (ours.calls, bare.calls) == (1, 1)
    assert reader.model_sha256 == (ours.model_sha256, bare.model_sha256)


def test_with_the_mirror_image_the_embedding_is_the_mean_of_both(tmp_path: Path) -> None:
    axes = np.eye(192, dtype=np.float32)
    pipeline = fake_pipeline(FakeEmbedder([axes[0], axes[1]]))
    reader = FaceReader([pipeline], Treatment(mirror=True))
    embedding = _one(reader.read(write_picture(tmp_path / "a.png", 1)))
    assert embedding[:3] == pytest.approx([0.5**0.5, 0.5**0.5, 0])


def test_a_severity_changes_the_face_the_same_way_each_time(tmp_path: Path) -> None:
    path = tmp_path / "collins.png"
    cv2.imwrite(str(path), portrait())
    plain, bad, again = (
        _one(load_reader(Treatment(severity=severity)).read(path)) for severity in (0, 3, 3)
    )
    assert np.array_equal(bad, again)
    assert 0.01 < squared_distance(plain, bad) < 1.5


def test_other_processes_find_what_this_one_does(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(evaluation_faces, "_WORTH_A_PROCESS", 4)
    monkeypatch.setattr(evaluation_faces, "_CHUNK", 2)
    paths = []
    for number in range(7):
        paths.append(tmp_path / f"{number}.png")
        cv2.imwrite(str(paths[-1]), moved(degrees=3.0 * number)[0])
    paths[3].write_bytes(b"not a picture")
    told: list[int] = []
    reader = load_reader(Treatment())
    shared = read_faces(paths, reader, workers=2, tell=told.append)
    alone = read_faces(paths, reader, workers=1, tell=lambda _: None)
    assert told[-1] == 7
    assert told == sorted(told)
    for one, other in zip(shared, alone, strict=True):
        assert one.unreadable == other.unreadable
        if other.embeddings is not None:
            assert _one(one) == pytest.approx(_one(other), abs=1e-4)
    assert shared[3].unreadable


@pytest.mark.parametrize("why", [OSError, ImportError, NotImplementedError, BrokenProcessPool])
def test_where_no_process_can_be_had_this_one_does_the_work(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, why: type[Exception]
) -> None:
    def refuse(*arguments: object) -> None:
        raise why

    monkeypatch.setattr(evaluation_faces, "ProcessPoolExecutor", refuse)
    told: list[int] = []
    paths = pictures(tmp_path, 41)
    faces = read_faces(paths, fake_reader(), workers=2, tell=told.append)
    assert len(faces) == len(paths)
    assert all(face.embeddings is not None for face in faces)
    assert told == list(range(1, 42))


def test_what_was_found_before_the_processes_died_is_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def die_after_one(
        paths: object, treatment: object, workers: int, found: list[Faced | None], tell: object
    ) -> None:
        found[0] = Faced(None)
        raise BrokenProcessPool

    monkeypatch.setattr(evaluation_faces, "_read_in_processes", die_after_one)
    told: list[int] = []
    faces = read_faces(pictures(tmp_path, 41), fake_reader(), workers=2, tell=told.append)
    assert faces[0].embeddings is None
    assert all(face.embeddings is not None for face in faces[1:])
    assert told[0] == 2


def test_few_pictures_are_not_worth_a_process(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(evaluation_faces, "_read_in_processes", pytest.fail)
    read_faces(pictures(tmp_path, 5), fake_reader(), workers=4, tell=lambda _: None)


def _one(face: Faced) -> np.ndarray[tuple[int, ...], np.dtype[np.float32]]:
    assert face.embeddings is not None
    return face.embeddings[0]
