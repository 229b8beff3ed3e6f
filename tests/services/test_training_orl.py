"""The recipe `reference-orl` from folder to report, on people who do not exist."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import cv2
import numpy as np
import pytest
from fakes import made_up_calibration, person_embedding

from facelock.core.errors import Cancelled, TrainingDataUnusable
from facelock.services import orl_experiment
from facelock.services.evaluation_faces import Faced
from facelock.services.orl_faces import OrlFaces
from facelock.services.orl_figures import MEASURES
from facelock.services.training import RECIPES, open_run, run_recipe
from facelock.services.training_recipe import Outcome

RECIPE = RECIPES["reference-orl"]


@pytest.fixture
def orl(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Make a folder of fourteen people with two or three small pictures, one without a face."""
    random = np.random.default_rng(0)
    for number in range(1, 15):
        folder = tmp_path / "orl" / ("training" if number <= 12 else "testing") / f"s{number}"
        folder.mkdir(parents=True)
        own = random.integers(0, 200, (14, 12))
        for picture in range(2 + number % 2):
            noisy = own + random.integers(0, 50, own.shape)
            cv2.imwrite(str(folder / f"{picture}.png"), noisy.astype(np.uint8))

    def look(faces: OrlFaces, tell: Callable[[int, int], object], *, workers: int) -> list[Faced]:
        tell(1, 1)
        found = []
        for row, person in enumerate(faces.people):
            one = person_embedding(int(person), 0.5, row)
            found.append(Faced(None if row == 0 else (one, one)))
        return found

    monkeypatch.setattr(orl_experiment, "look", look)
    monkeypatch.setattr(orl_experiment, "load_calibration", made_up_calibration)
    monkeypatch.setattr(orl_experiment, "RESAMPLES", 20)
    monkeypatch.setattr(orl_experiment, "TIMES", 20)
    monkeypatch.setattr(orl_experiment, "FOLDS", 2)
    return tmp_path / "orl"


def go(
    data: Path, out: Path, stop: Callable[[], bool] = lambda: False, *, resume: bool = False
) -> Outcome:
    folder, settings = open_run(RECIPE, data, out, epochs=1, resume=resume)
    return run_recipe(RECIPE, data, folder, settings, tell=lambda _event: None, should_stop=stop)


def test_four_networks_are_judged_on_the_same_pairs(orl: Path, tmp_path: Path) -> None:
    outcome = go(orl, tmp_path / "run")
    values = json.loads(json.dumps(outcome.values))  # what a program reads
    assert values["people"] == 14
    assert values["testing_people"] == ["s13", "s14"]
    assert values["not_detected"] == 1
    assert values["undetected"] == ["training/s1/0.png"]
    split, everybody = values["split"], values["leave_people_out"]
    assert (split["people"], split["mated"], split["non_mated"]) == (2, 4, 6)
    assert (everybody["people"], everybody["mated"]) == (14, 7 * 1 + 7 * 3)
    for protocol in (split, everybody):
        assert list(protocol["networks"]) == ["reference", "head", "bare", "bundled"]
        for network in protocol["networks"].values():
            assert set(MEASURES) < set(network)
    assert split["networks"]["reference"]["threshold_given"] == 9
    assert split["networks"]["bare"]["intervals"]["eer"] is None
    assert everybody["networks"]["bare"]["intervals"]["auc"] is not None
    assert everybody["networks"]["bare"]["fnmr_given"] > 0  # who is not detected matches nobody
    assert len(everybody["networks"]["reference"]["thresholds_chosen"]) == orl_experiment.FOLDS
    assert set(values["fifteen_pairs"]["networks"]) == set(split["networks"])
    text = "\n".join(outcome.lines)
    assert "The customer's split: test people s13 and s14" in text
    assert "unknown" in text
    assert all(len(line) <= 200 for line in outcome.lines)


def test_stopped_in_the_middle_it_comes_to_the_same(orl: Path, tmp_path: Path) -> None:
    whole = go(orl, tmp_path / "whole")

    def in_the_second_fold() -> bool:
        return (tmp_path / "halved" / "head-people-1-of-2.safetensors").exists()

    with pytest.raises(Cancelled):
        go(orl, tmp_path / "halved", in_the_second_fold)
    assert (tmp_path / "halved" / "reference-people-2-of-2.checkpoint").exists()
    assert go(orl, tmp_path / "halved", resume=True).values == whole.values
    assert not list((tmp_path / "halved").glob("*.checkpoint"))


def test_too_few_faces_are_told(orl: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def blind(faces: OrlFaces, _tell: object, *, workers: int) -> list[Faced]:
        return [Faced(None) for _ in faces.paths]

    monkeypatch.setattr(orl_experiment, "look", blind)
    with pytest.raises(TrainingDataUnusable, match="faces were found of 0 people"):
        go(orl, tmp_path / "run")
