"""`facelock calibrate DIR`: which distances keep which false match rate."""

from __future__ import annotations

import argparse
import hashlib
from pathlib import Path
from typing import TYPE_CHECKING

from facelock.cli.arguments import About, add_command
from facelock.cli.exit_codes import Exit
from facelock.cli.output import Output
from facelock.cli.workers import add_workers, workers_of
from facelock.core.errors import CalibrationError

if TYPE_CHECKING:
    from facelock.cli.arguments import Commands
    from facelock.services.calibrating_folder import CalibrationReport
    from facelock.vision.networks import NetworkName

_DESCRIPTION = """\
Measure, on pictures of many people, how far apart strangers are: what thresholds rest on.

DIR holds one folder per person. None of these people may have been used to train the network, nor
may the network be tested on them: --people is a table (tab-separated, columns fold and person) and
--folds says which are to be calibrated on; whoever is in another fold too, under any name, is left
out. Labels err: --merge A=B and --merges (columns person, same_as, reason) say which names are one
person's, and people with the very same picture are taken for one.

Measured are one image against one image, and a template fused of a person's images against every
image of the others; the larger rate counts. Its upper 95 % bound is the larger of Clopper-Pearson
with one trial for each pair of people and a bootstrap over people. A level is held to its false
match rate divided by the three looks of an attempt; one that these people cannot carry says so and
uses the strictest they can.

--out writes what Facelock ships: anonymous features in random order, the table, the densities of
the distances. No name and no picture is in it. Ctrl+C ends it, and a file already there stays."""


def add_to(commands: Commands) -> None:
    """Add the command."""
    parser = add_command(
        commands,
        "calibrate",
        run,
        About(
            summary="measure which distances keep which false match rate",
            description=_DESCRIPTION,
            examples=(
                "facelock calibrate people/",
                "facelock calibrate lfw/images --people lfw/people.tsv --folds 5,6,7",
                "facelock calibrate people/ --merge Jim_Doe=James_Doe --out new.safetensors",
            ),
            exits={Exit.OK: "it was measured"},
        ),
    )
    parser.add_argument("folder", type=Path, metavar="DIR", help="one folder per person")
    parser.add_argument("--people", type=Path, metavar="FILE.tsv", help="who is in which fold")
    parser.add_argument("--folds", type=_folds, metavar="N,N...", help="folds to calibrate on")
    parser.add_argument(
        "--merge",
        type=_merge,
        action="append",
        default=[],
        metavar="A=B",
        help="one person's names",
    )
    parser.add_argument("--merges", type=Path, metavar="FILE.tsv", help="a table of such names")
    parser.add_argument(
        "--network",
        choices=("bundled", "bare"),
        default="bundled",
        help="the network that ships, or the backbone before our training (default: bundled)",
    )
    parser.add_argument("--out", type=Path, metavar="FILE.safetensors", help="write it down")
    add_workers(parser)


def run(args: argparse.Namespace) -> int:
    """Measure and print. Raises CalibrationError, EvaluationError, ModelError."""
    from facelock.cli.calibration_text import as_lines, as_values
    from facelock.services.calibrating_folder import check_target, write_calibration

    if args.out is not None:
        check_target(args.out)  # before minutes of work
    report = _measured(args)
    folds = args.folds or ()
    values, lines = as_values(report, folds), list(as_lines(report, folds))
    if args.out is not None:
        data = write_calibration(report.measured, args.out)
        sha256 = hashlib.sha256(data).hexdigest()
        values["file"] = {"path": str(args.out), "sha256": sha256, "size": len(data)}
        lines.append(f"written: {args.out}, {len(data):,} bytes, SHA-256 {sha256}")
    Output(as_json=args.json).result(values, lines)
    return Exit.OK


def _measured(args: argparse.Namespace) -> CalibrationReport:
    from facelock.cli.progress_bar import ProgressBar
    from facelock.services.calibrating_folder import calibrate, features_of, read_people
    from facelock.services.calibrating_people import Merge, read_folds, read_merges
    from facelock.services.evaluation_faces import load_reader

    if (args.people is None) != (args.folds is None):
        raise CalibrationError("--people and --folds belong together")
    fold_of = None if args.people is None else read_folds(args.people)
    merges = [Merge(name, same_as, "as --merge says") for name, same_as in args.merge]
    if args.merges is not None:
        merges += read_merges(args.merges)
    given = read_people(args.folder, merges, fold_of=fold_of, folds=args.folds or ())
    network: NetworkName = args.network
    reader = load_reader(features_of(network))
    bar = ProgressBar()
    try:
        return calibrate(given, reader, workers=workers_of(args), tell=bar.tell)
    finally:
        bar.clear()


def _folds(text: str) -> tuple[int, ...]:
    try:
        return tuple(sorted({int(part) for part in text.split(",")}))
    except ValueError:
        raise argparse.ArgumentTypeError("numbers with commas between, as in 5,6,7") from None


def _merge(text: str) -> tuple[str, str]:
    name, equals, same_as = text.partition("=")
    if not (name and equals and same_as):
        raise argparse.ArgumentTypeError("two names with = between")
    return name, same_as
