"""Trains networks by recipe: what `facelock train` runs.

To add recipes, write one module `services/training_<idea>.py` with `RECIPES`, and name the module
in `_MODULES` below; command line, run folder, resumption and `--json` are then there. Of
the module only the standard library may be loaded at its top (the registry is read for
`facelock train --help`); numpy, OpenCV and `facelock.learning` are imported where they are used.

    RECIPES = (
        Recipe(
            name="example",
            summary="one line for the list of recipes",
            needs="a folder with one folder per person",  # what --data must hold
            epochs=30,
            run=run,
        ),
    )

    def run(run: Run) -> Outcome:
        faces = read(run.data, run.progress)      # raises TrainingDataUnusable
        model, training = build(faces, run.seed, run.epochs)  # learning.training.Training
        run.train("head", training, model)        # saves, resumes, stops; then `model` is trained
        run.folder.write("head.bin", ...)         # what else is worth keeping
        return Outcome(values={...}, lines=(...))

A recipe trains as many parts as it likes, one after the other, each under its own name; a run
taken up again goes through the same code, and parts that are finished are loaded. So a recipe
must build the same thing from the same data and seed, and may draw random numbers only from
generators of its own.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from types import MappingProxyType

from facelock.core.errors import RunFolderUnusable
from facelock.services import training_bundled, training_orl
from facelock.services.training_folder import RunFolder, RunSettings, fingerprint
from facelock.services.training_recipe import Outcome, Recipe
from facelock.services.training_run import Event, Run

_MODULES = (training_orl, training_bundled)

RECIPES: Mapping[str, Recipe] = MappingProxyType(
    {recipe.name: recipe for module in _MODULES for recipe in module.RECIPES}
)


def open_run(
    recipe: Recipe,
    data: Path,
    out: Path,
    *,
    seed: int | None = None,
    epochs: int | None = None,
    resume: bool = False,
) -> tuple[RunFolder, RunSettings]:
    """Return the folder of a run and its settings, begun or to be taken up again.

    Not given, seed and epochs are those of the run to be taken up, else 1 and the recipe's.
    Raises TrainingDataUnusable; RunFolderUnusable if the folder holds a run and `resume` is not
    asked for, or the run is one of other settings, or there is none to resume;
    RunFolderUnwritable.
    """
    of_data = fingerprint(data)
    folder = RunFolder(out)
    kept = folder.settings()
    if kept is None:
        if resume:
            raise RunFolderUnusable(f"there is no run in {out} to go on with")
        settings = RunSettings(
            recipe=recipe.name,
            seed=1 if seed is None else seed,
            epochs=recipe.epochs if epochs is None else epochs,
            data=of_data,
        )
        folder.begin(settings)
        return folder, settings
    if not resume:
        raise RunFolderUnusable(
            f"{out} holds a run already: go on with --resume, or choose another folder"
        )
    _need_same(kept, recipe, of_data, seed, epochs)
    folder.tidy()
    return folder, kept


def run_recipe(
    recipe: Recipe,
    data: Path,
    folder: RunFolder,
    settings: RunSettings,
    *,
    tell: Callable[[Event], object],
    should_stop: Callable[[], bool],
) -> Outcome:
    """Run a recipe in a folder of `open_run`, and write down what came of it.

    Raises Cancelled once `should_stop` says so, with everything saved; TrainingError and what the
    recipe raises.
    """
    run = Run(data, settings.seed, settings.epochs, folder, tell, should_stop)
    outcome = recipe.run(run)
    folder.write_result(outcome.values)
    return outcome


def _need_same(
    kept: RunSettings, recipe: Recipe, of_data: str, seed: int | None, epochs: int | None
) -> None:
    """Raise RunFolderUnusable, naming what differs, unless these are the settings of the run."""
    differing = []
    if kept.recipe != recipe.name:
        differing.append(f"its recipe is {kept.recipe}")
    if seed not in (None, kept.seed):
        differing.append(f"its seed is {kept.seed}")
    if epochs not in (None, kept.epochs):
        differing.append(f"its epochs are {kept.epochs}")
    if kept.data != of_data:
        differing.append("its data are other files")
    if differing:
        raise RunFolderUnusable("it holds a run of other settings: " + ", ".join(differing))
