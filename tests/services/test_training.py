"""Runs of a recipe: begun, interrupted, taken up again, refused."""

from __future__ import annotations

import errno
import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import torch

from facelock.core.atomic_file import write_atomically
from facelock.core.errors import (
    Cancelled,
    RunFolderUnusable,
    RunFolderUnwritable,
    TrainingDataUnusable,
    TrainingDiverged,
)
from facelock.learning.losses import BatchLoss
from facelock.learning.optimisation import TrainingConfig
from facelock.learning.seeds import generator
from facelock.learning.training import Training
from facelock.services.training import RECIPES, open_run, run_recipe
from facelock.services.training_folder import RunFolder, file_name, fingerprint
from facelock.services.training_recipe import Outcome, Recipe
from facelock.services.training_run import Event, Progress, Run

STEPS = 3  # of an epoch
PARTS = ("first", "second part")


def two_small_trainings(run: Run) -> Outcome:
    """Train two lines, with random numbers of both kinds."""
    weights = {}
    for part in PARTS:
        torch.manual_seed(run.seed)
        model = torch.nn.Linear(3, 1)
        run.train(part, _line(model, run), model)
        weights[part] = model.weight.flatten().tolist()
    return Outcome({"weights": weights}, ("done",))


def _line(model: torch.nn.Linear, run: Run) -> Training[torch.Tensor]:
    def batches(epoch: int) -> Iterator[torch.Tensor]:
        for step in range(STEPS):
            yield torch.from_numpy(generator(run.seed, epoch, step).normal(size=(4, 3))).float()

    def loss(batch: torch.Tensor) -> BatchLoss:
        batch = torch.nn.functional.dropout(batch, 0.2)
        return BatchLoss((model(batch) - batch.sum(dim=1, keepdim=True)).square().mean())

    config = TrainingConfig(seed=run.seed, epochs=run.epochs, learning_rate=0.05)
    return Training(model, config, batches=batches, step=loss)


RECIPE = Recipe("lines", "two lines", "anything", 4, two_small_trainings)


@pytest.fixture
def data(tmp_path: Path) -> Path:
    folder = tmp_path / "data"
    folder.mkdir()
    (folder / "a.txt").write_text("a")
    return folder


def go(  # noqa: PLR0913 - everything a run may be given, all optional
    data: Path,
    out: Path,
    *,
    tell: Callable[[Event], object] = lambda _event: None,
    should_stop: Callable[[], bool] = lambda: False,
    recipe: Recipe = RECIPE,
    resume: bool = False,
    seed: int | None = None,
    epochs: int | None = None,
) -> Outcome:
    folder, settings = open_run(recipe, data, out, resume=resume, seed=seed, epochs=epochs)
    return run_recipe(recipe, data, folder, settings, tell=tell, should_stop=should_stop)


def after(calls: int) -> Callable[[], bool]:
    """Return a `should_stop` that says yes from a given call on."""
    made = 0

    def stop() -> bool:
        nonlocal made
        made += 1
        return made > calls

    return stop


def contents(out: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in out.iterdir()}


def test_a_run_leaves_settings_weights_log_and_result(data: Path, tmp_path: Path) -> None:
    told: list[Event] = []
    outcome = go(data, tmp_path / "run", tell=told.append)
    kept = contents(tmp_path / "run")
    assert set(kept) == {
        "run.json",
        "first.safetensors",
        "second-part.safetensors",
        "log.jsonl",
        "result.json",
    }
    assert json.loads(kept["result.json"]) == outcome.values
    lines = [json.loads(line) for line in kept["log.jsonl"].splitlines()]
    assert [(line["part"], line["epoch"]) for line in lines] == [
        (part, epoch) for part in PARTS for epoch in range(1, 5)
    ]
    assert Progress("first", 4, 4) in told


@pytest.mark.parametrize("calls", [0, 1, STEPS + 2, 5 * STEPS, 9 * STEPS])
def test_an_interrupted_run_ends_as_one_that_was_not(
    data: Path, tmp_path: Path, calls: int
) -> None:
    go(data, tmp_path / "whole")
    with pytest.raises(Cancelled):
        go(data, tmp_path / "halved", should_stop=after(calls))
    go(data, tmp_path / "halved", resume=True)
    assert contents(tmp_path / "halved") == contents(tmp_path / "whole")


@pytest.mark.parametrize("epoch", [1, 3, 4])
def test_a_run_ended_by_force_goes_on_from_its_last_epoch(
    data: Path, tmp_path: Path, epoch: int
) -> None:
    def pull_the_plug(event: Event) -> None:
        if event == Progress("second part", epoch, 4):
            raise KeyboardInterrupt

    go(data, tmp_path / "whole")
    with pytest.raises(KeyboardInterrupt):
        go(data, tmp_path / "halved", tell=pull_the_plug)
    (tmp_path / "halved" / ".log.jsonl.0123.tmp").write_text("half a")
    go(data, tmp_path / "halved", resume=True)
    assert contents(tmp_path / "halved") == contents(tmp_path / "whole")


def test_a_finished_run_only_tells_its_result_again(data: Path, tmp_path: Path) -> None:
    first = go(data, tmp_path / "run")
    before = contents(tmp_path / "run")
    again = go(data, tmp_path / "run", resume=True, should_stop=lambda: True)
    assert again == first
    assert contents(tmp_path / "run") == before


def test_resuming_takes_the_settings_of_the_run(data: Path, tmp_path: Path) -> None:
    with pytest.raises(Cancelled):
        go(data, tmp_path / "run", seed=5, epochs=2, should_stop=after(1))
    _, settings = open_run(RECIPE, data, tmp_path / "run", resume=True)
    assert (settings.seed, settings.epochs) == (5, 2)


@pytest.mark.parametrize(
    ("seed", "epochs", "why"),
    [(2, None, "its seed is 1"), (None, 9, "its epochs are 4")],
)
def test_a_run_of_other_settings_is_refused(
    data: Path, tmp_path: Path, seed: int | None, epochs: int | None, why: str
) -> None:
    go(data, tmp_path / "run")
    before = contents(tmp_path / "run")
    with pytest.raises(RunFolderUnusable, match=why):
        go(data, tmp_path / "run", resume=True, seed=seed, epochs=epochs)
    assert contents(tmp_path / "run") == before


def test_other_data_and_another_recipe_are_refused(data: Path, tmp_path: Path) -> None:
    go(data, tmp_path / "run")
    (data / "b.txt").write_text("b")
    other = Recipe("circles", "", "", 4, two_small_trainings)
    with pytest.raises(RunFolderUnusable, match="its recipe is lines, its data are other files"):
        go(data, tmp_path / "run", resume=True, recipe=other)


def test_a_run_is_never_begun_over_another_one(data: Path, tmp_path: Path) -> None:
    go(data, tmp_path / "run")
    with pytest.raises(RunFolderUnusable, match="--resume"):
        go(data, tmp_path / "run")


def test_a_folder_of_something_else_is_left_alone(data: Path, tmp_path: Path) -> None:
    with pytest.raises(RunFolderUnusable, match="not empty"):
        go(data, data)
    with pytest.raises(RunFolderUnusable, match="no folder"):
        go(data, data / "a.txt")
    assert [path.name for path in data.iterdir()] == ["a.txt"]


def test_there_must_be_something_to_resume(data: Path, tmp_path: Path) -> None:
    with pytest.raises(RunFolderUnusable, match="no run"):
        go(data, tmp_path / "new", resume=True)
    assert not (tmp_path / "new").exists()


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"format": 2}', '{"format": 1, "seed": 1}'])
def test_damaged_settings_are_refused(data: Path, tmp_path: Path, text: str) -> None:
    (tmp_path / "run.json").write_text(text)
    with pytest.raises(RunFolderUnusable):
        RunFolder(tmp_path).settings()


@pytest.mark.parametrize("name", ["first.checkpoint", "first.safetensors"])
def test_damaged_weights_are_named(data: Path, tmp_path: Path, name: str) -> None:
    with pytest.raises(Cancelled):
        go(data, tmp_path / "run", should_stop=after(1))
    (tmp_path / "run" / name).write_bytes(b"no weights")
    with pytest.raises(RunFolderUnusable, match=name):
        go(data, tmp_path / "run", resume=True)


def test_a_full_disk_is_told_and_the_last_epoch_stands(
    data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    go(data, tmp_path / "whole")
    written = 0

    def fill(path: Path, content: bytes) -> None:
        nonlocal written
        written += 1
        if written > 6:
            raise OSError(errno.ENOSPC, "No space left on device")
        write_atomically(path, content)

    monkeypatch.setattr("facelock.services.training_folder.write_atomically", fill)
    with pytest.raises(RunFolderUnwritable, match="No space left"):
        go(data, tmp_path / "run")
    monkeypatch.undo()
    go(data, tmp_path / "run", resume=True)
    assert contents(tmp_path / "run") == contents(tmp_path / "whole")


def test_a_loss_that_is_no_number_ends_the_run(data: Path, tmp_path: Path) -> None:
    def diverge(run: Run) -> Outcome:
        model = torch.nn.Linear(1, 1)
        training = Training(
            model,
            TrainingConfig(seed=1, epochs=1, learning_rate=1.0),
            batches=lambda epoch: [0],
            step=lambda batch: BatchLoss(model.weight.sum() * torch.inf),
        )
        run.train("lost", training, model)
        return Outcome({}, ())

    with pytest.raises(TrainingDiverged, match="lost"):
        go(data, tmp_path / "run", recipe=Recipe("bad", "", "", 1, diverge))


def test_data_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(TrainingDataUnusable, match="no folder"):
        go(tmp_path / "nowhere", tmp_path / "run")
    assert not (tmp_path / "run").exists()


def test_a_moved_folder_has_the_same_fingerprint(data: Path, tmp_path: Path) -> None:
    before = fingerprint(data)
    moved = data.rename(tmp_path / "moved")
    assert fingerprint(moved) == before
    (moved / "a.txt").write_text("more")
    assert fingerprint(moved) != before


def test_progress_ends_a_run_that_is_to_stop(tmp_path: Path) -> None:
    run = Run(tmp_path, 1, 1, RunFolder(tmp_path), lambda _event: None, lambda: True)
    with pytest.raises(Cancelled):
        run.progress("pictures", 1, 2)


def test_parts_have_names_that_every_disk_takes() -> None:
    assert file_name("reference, people 2 of 3", "safetensors") == (
        "reference-people-2-of-3.safetensors"
    )


def test_the_registry_names_its_recipes_and_is_light() -> None:
    assert all(name == recipe.name for name, recipe in RECIPES.items())
    assert "reference-orl" in RECIPES
    program = (
        "import sys, facelock.services.training;print({'torch', 'numpy', 'cv2'} & set(sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, check=True)
    assert done.stdout.strip() == b"set()"
