"""`facelock evaluate DIR|PAIRS.tsv`: how well the network tells these people apart."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from facelock.cli.arguments import About, add_command
from facelock.cli.exit_codes import Exit
from facelock.cli.output import Output
from facelock.cli.workers import add_workers, workers_of

if TYPE_CHECKING:
    from facelock.cli.arguments import Commands
    from facelock.vision.networks import NetworkName

_DESCRIPTION = """\
Measure error rates on pictures of your own (after ISO/IEC 19795-1).

DIR holds one folder per person, with pictures at any depth; every picture is compared with every
other, exact duplicates are left out. PAIRS.tsv lists pairs, with tabs between: either with a header
naming the columns image_a, image_b, mated and, if wanted, fold; or without one, as
image_a, image_b, 0 or 1[, fold]. Pairs with folds give the accuracy of the LFW protocol.

FMR: share of non-mated comparisons that match. TMR = 1 - FNMR: share of mated ones that match.
At a level one comparison is held to the smaller of the margin term (the calibration's median mated
distance plus half the margin) and the FMR term (the distance at which the calibration keeps the
level's FMR divided by the three looks of an attempt). A person's own threshold may be tighter.

Intervals are 95 %, by bootstrap over people; beside FMR and FNMR at a level stands Clopper-Pearson
with one trial for each (pair of) people. What the comparisons cannot carry is unknown, or null.

Pictures without a detected face are left out and counted; for pairs all figures are given a second
time with them as non-matches. Nothing is stored, and nothing leaves this machine."""


def add_to(commands: Commands) -> None:
    """Add the command."""
    parser = add_command(
        commands,
        "evaluate",
        run,
        About(
            summary="measure error rates on a folder of people or a table of pairs",
            description=_DESCRIPTION,
            examples=(
                "facelock evaluate people/",
                "facelock evaluate pairs.tsv --images pictures/ --json",
                "facelock evaluate people/ --degrade 3 --beside-bare --plot report.svg",
            ),
            exits={
                Exit.OK: "it was measured",
                Exit.NO_FACE: "no face was found in any of the pictures",
            },
        ),
    )
    parser.add_argument("source", type=Path, metavar="DIR|PAIRS.tsv", help="what to measure on")
    parser.add_argument(
        "--images",
        type=Path,
        metavar="ROOT",
        help="where the pictures of PAIRS.tsv are (default: beside it, or in images/ beside it)",
    )
    parser.add_argument(
        "--all-pairs",
        action="store_true",
        help="compare every picture of PAIRS.tsv with every other; its pairs give the accuracy",
    )
    parser.add_argument(
        "--degrade",
        type=int,
        choices=range(5),
        default=0,
        metavar="S",
        help="make the faces webcam-like first, severity 1 to 4 (default: 0, as they are)",
    )
    parser.add_argument(
        "--network",
        choices=("bundled", "bare"),
        default="bundled",
        help="the network that ships, or the backbone before our training (default: bundled)",
    )
    parser.add_argument(
        "--beside-bare",
        action="store_true",
        help="the bare backbone on the same faces too, and the paired difference",
    )
    parser.add_argument(
        "--mirror", action="store_true", help="mean of the face and its mirror image"
    )
    add_workers(parser)
    parser.add_argument(
        "--seed", type=_seed, default=1, metavar="N", help="of the bootstrap (default: 1)"
    )
    parser.add_argument(
        "--plot",
        type=Path,
        metavar="FILE",
        help="draw DET curve and score histograms: .svg, .png or .pdf",
    )


def run(args: argparse.Namespace) -> int:
    """Measure and print. Raises EvaluationError, NoUsableFace, ModelError."""
    from facelock.cli.evaluation_text import as_lines, as_values
    from facelock.cli.progress_bar import ProgressBar
    from facelock.services.calibration import load_calibration
    from facelock.services.evaluation import evaluate, read_set
    from facelock.services.evaluation_faces import Treatment, load_reader
    from facelock.services.evaluation_plot import check_plot, write_plot

    if args.plot is not None:
        check_plot(args.plot)  # before minutes of work
    given = read_set(args.source, args.images, all_pairs=args.all_pairs)
    network: NetworkName = args.network
    beside: tuple[NetworkName, ...] = ("bare",) if args.beside_bare and network != "bare" else ()
    treatment = Treatment((network, *beside), args.degrade, args.mirror)
    bar = ProgressBar()
    try:
        report = evaluate(
            given,
            load_reader(treatment),
            load_calibration(),
            workers=workers_of(args),
            seed=args.seed,
            tell=bar.tell,
        )
    finally:
        bar.clear()
    if args.plot is not None:
        write_plot(report, args.plot)
    Output(as_json=args.json).result(as_values(report), as_lines(report))
    return Exit.OK


def _seed(text: str) -> int:
    number = int(text)
    if number < 0:
        raise argparse.ArgumentTypeError("0 or more")
    return number
