"""`facelock train`: train networks by a recipe, with everything saved that was done."""

from __future__ import annotations

import argparse
import shlex
import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from facelock.cli.arguments import About, add_command
from facelock.cli.exit_codes import Exit
from facelock.cli.output import Output
from facelock.core.errors import Cancelled

if TYPE_CHECKING:
    from types import FrameType

    from facelock.cli.arguments import Commands
    from facelock.cli.progress_bar import ProgressBar
    from facelock.services.training_recipe import Recipe
    from facelock.services.training_run import Event

_DESCRIPTION = """\
Train networks by a recipe, from data to figures, and keep weights, log and result in a folder.

recipes:
{recipes}

The same data and seed give the same weights. Ctrl+C stops after the step under way; all that was
done is saved, and the same command with --resume goes on from there, to the same weights as if it
had not been interrupted. A run that was ended by force goes on from its last finished epoch.

What is written to OUT: run.json (the settings), log.jsonl (one line an epoch), the weights of each
part as .safetensors, and result.json (what is printed with --json). Nothing that Facelock uses is
changed by it."""


def add_to(commands: Commands) -> None:
    """Add the command."""
    from facelock.services.training import RECIPES  # light: neither numpy nor torch

    recipes = "\n".join(_about(recipe) for recipe in RECIPES.values())
    parser = add_command(
        commands,
        "train",
        run,
        About(
            summary="train networks by a recipe and measure them",
            description=_DESCRIPTION.format(recipes=recipes),
            examples=(
                "facelock train --recipe reference-orl --data orl/ --out run/",
                "facelock train --recipe reference-orl --data orl/ --out run/ --resume --json",
            ),
            exits={
                Exit.OK: "it was trained and measured",
                Exit.NO: "the training failed; what was saved stands",
                Exit.NO_FACE: "a picture cannot be read",
                Exit.INTERRUPTED: "stopped by Ctrl+C; --resume goes on",
            },
        ),
    )
    parser.add_argument(
        "--recipe", required=True, choices=tuple(RECIPES), metavar="NAME", help="what to train"
    )
    parser.add_argument(
        "--data", required=True, type=Path, metavar="DIR", help="the pictures it needs"
    )
    parser.add_argument(
        "--out", required=True, type=Path, metavar="OUT", help="folder of the run, new or empty"
    )
    parser.add_argument(
        "--seed", type=_at_least(0), metavar="N", help="of everything random (default: 1)"
    )
    parser.add_argument(
        "--epochs", type=_at_least(1), metavar="N", help="at most, of each training"
    )
    parser.add_argument(
        "--resume", action="store_true", help="go on with the run in OUT, with its settings"
    )


def run(args: argparse.Namespace) -> int:
    """Train and print. Raises TrainingError, PictureError, ModelError."""
    from facelock.cli.progress_bar import ProgressBar
    from facelock.services.training import RECIPES, open_run, run_recipe

    out, bar, recipe = Output(as_json=args.json), ProgressBar(), RECIPES[args.recipe]
    folder, settings = open_run(
        recipe, args.data, args.out, seed=args.seed, epochs=args.epochs, resume=args.resume
    )
    out.note(f"{recipe.name} in {args.out}, seed {settings.seed}; Ctrl+C stops and saves.")
    try:
        with _stopping(out, bar) as should_stop:
            outcome = run_recipe(
                recipe,
                args.data,
                folder,
                settings,
                tell=lambda event: _show(event, out, bar),
                should_stop=should_stop,
            )
    except Cancelled:
        bar.clear()
        out.failure("Cancelled", f"stopped, and saved. To go on: {_again(args)}", Exit.INTERRUPTED)
        return Exit.INTERRUPTED
    finally:
        bar.clear()
    out.result(outcome.values, outcome.lines)
    return Exit.OK


@contextmanager
def _stopping(out: Output, bar: ProgressBar) -> Iterator[Callable[[], bool]]:
    """Let the first Ctrl+C ask for an end, and the second one make it at once.

    Yields what tells whether it was asked for.
    """
    asked = threading.Event()

    def ask(_number: int, _frame: FrameType | None) -> None:
        signal.signal(signal.SIGINT, before)
        bar.clear()
        out.note("Stopping after this step; Ctrl+C once more stops at once.")
        asked.set()

    before = signal.signal(signal.SIGINT, ask)
    try:
        yield asked.is_set
    finally:
        signal.signal(signal.SIGINT, before)


def _show(event: Event, out: Output, bar: ProgressBar) -> None:
    from facelock.services.training_run import Progress

    if isinstance(event, Progress):
        bar.tell(event.what, event.done / max(event.total, 1))
        return
    bar.clear()
    out.note(event.text)


def _again(args: argparse.Namespace) -> str:
    """Return the command that goes on."""
    given = ["--recipe", args.recipe, "--data", str(args.data), "--out", str(args.out)]
    return shlex.join(["facelock", "train", *given, "--resume"])


def _about(recipe: Recipe) -> str:
    return (
        f"  {recipe.name}: {recipe.summary}\n"
        f"      DIR holds {recipe.needs}; {recipe.epochs} epochs unless --epochs says otherwise"
    )


def _at_least(least: int) -> Callable[[str], int]:
    def number(text: str) -> int:
        value = int(text)
        if not least <= value < 2**31:
            raise argparse.ArgumentTypeError(f"{least} or more")
        return value

    return number
