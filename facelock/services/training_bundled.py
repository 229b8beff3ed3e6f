"""The recipes of the network that ships: `bundled` makes it, `bundled-routes` compares the ways.

    bundled          trains along the route that won, and writes backbone.onnx and head.safetensors
    bundled-routes   trains along all of them, for the table in the model card

Both judge on people held out of the training folds. Nobody of the test fold is looked at here:
that is for `facelock evaluate`, once a candidate.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from facelock.services.training_recipe import Outcome, Recipe
from facelock.services.training_run import Remark, Run

if TYPE_CHECKING:
    from facelock.services.training_judge import Figures

_NEEDS = "images/ with one folder per person, and people.tsv with the columns fold and person"


def make(run: Run) -> Outcome:
    """Train the network that ships. Raises TrainingError, ModelError, Cancelled."""
    from facelock.services.training_routes import BUNDLED

    return _compare(run, (BUNDLED,))


def compare(run: Run) -> Outcome:
    """Train along every route. Raises TrainingError, ModelError, Cancelled."""
    from facelock.services.training_routes import ROUTES

    return _compare(run, tuple(ROUTES))


def _compare(run: Run, names: tuple[str, ...]) -> Outcome:
    from facelock.learning.threads import one_thread
    from facelock.services.training_faces import read_training_faces
    from facelock.services.training_route import FEW_SHARES, SHARES, choose, follow, survey
    from facelock.services.training_routes import ROUTES
    from facelock.vision.head_file import head_to_bytes

    faces = read_training_faces(run.data, lambda *done: run.progress("faces", *done))
    training, held_out = faces.training, faces.held_out
    about = (
        f"{len(training.crops)} faces of {training.count} people train, "
        f"{len(held_out.crops)} of {held_out.count} are held out, "
        f"{faces.not_detected} pictures without a face"
    )
    run.tell(Remark(about))
    with one_thread():  # the same weights on every machine, and quicker on a busy one
        ground = survey(run, faces)
        lines = [about, *_row("bare backbone", ground.bare)]
        run.tell(Remark(lines[-1]))
        values: dict[str, object] = {"bare": _as_values(ground.bare)}
        for name in names:
            shares = SHARES if len(names) == 1 else FEW_SHARES
            candidates = follow(run, name, ROUTES[name], ground, shares)
            chosen = choose(candidates, ground.bare)
            for one in candidates:
                mark = " *" if one is chosen else ""
                lines += _row(f"{name}, {one.share:.2f} of the way{mark}", one.figures)
                run.tell(Remark(lines[-1]))
            values[name] = {f"{one.share:.2f}": _as_values(one.figures) for one in candidates}
            prefix = "" if len(names) == 1 else f"{name}-"
            run.folder.write(f"{prefix}backbone.onnx", chosen.backbone)
            run.folder.write(f"{prefix}head.safetensors", head_to_bytes(chosen.head))
    return Outcome(values, (*lines, "* chosen: no worse on clean faces, and the best so"))


def _row(name: str, figures: Figures) -> list[str]:
    cells = [
        f"severity {severity}: " + " ".join(f"{100 * rate:6.2f}" for rate in rates)
        for severity, rates in figures.items()
    ]
    return [f"{name:38} " + "   ".join(cells)]


def _as_values(figures: Figures) -> dict[str, list[float]]:
    return {str(severity): list(rates) for severity, rates in figures.items()}


RECIPES = (
    Recipe(
        name="bundled",
        summary="the network that ships, from the backbone as converted",
        needs=_NEEDS,
        epochs=8,
        run=make,
    ),
    Recipe(
        name="bundled-routes",
        summary="every way that was tried to a better network, side by side",
        needs=_NEEDS,
        epochs=2,
        run=compare,
    ),
)
