"""`facelock evaluate-liveness DIR`: how well attacks are told from living faces."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from facelock.cli.arguments import About, add_command, level_of
from facelock.cli.exit_codes import Exit
from facelock.cli.output import Output

if TYPE_CHECKING:
    from collections.abc import Iterator

    from facelock.cli.arguments import Commands
    from facelock.services.liveness_evaluation import LivenessReport, SpeciesReport

_DESCRIPTION = """\
Measure presentation attack detection on recordings of your own (after ISO/IEC 30107-3).

DIR holds a folder live/ and, beside it, one folder for each attack species, such as print/ or
phone/, with clips and pictures at any depth. Each clip and each picture is one presentation. A clip
is judged by the layers of the level but the challenge, which no recording can answer; it ends with
the first denial, or when all layers have what they need. A single picture, such as a face crop, is
judged by its surroundings alone: nothing moves in it.

APCER: share of a species taken for live. BPCER: share of live/ that was denied. Both are of the
presentations that got an answer; the share that got none (no face, too short, too little seen) is
given apart. No mean over species is given: the worst one counts. Intervals are 95 %,
Clopper-Pearson. Recognition takes no part, nothing is stored, and nothing leaves this machine."""


def add_to(commands: Commands) -> None:
    """Add the command."""
    parser = add_command(
        commands,
        "evaluate-liveness",
        run,
        About(
            summary="measure how attacks are told from living faces, on a folder of recordings",
            description=_DESCRIPTION,
            examples=(
                "facelock evaluate-liveness recordings/",
                "facelock evaluate-liveness recordings/ --level convenient --json",
                "facelock evaluate-liveness recordings/ --pictures sheets/",
            ),
            exits={Exit.OK: "it was measured", Exit.USAGE: "the folder cannot be evaluated"},
        ),
        has_level=True,
    )
    parser.add_argument("source", type=Path, metavar="DIR", help="what to measure on")
    parser.add_argument(
        "--pictures",
        type=Path,
        metavar="FOLDER",
        help="write a contact sheet of each folder of DIR there, errors first (PNG)",
    )


def run(args: argparse.Namespace) -> int:
    """Measure and print. Raises EvaluationError, ModelError."""
    from facelock.cli.progress_bar import ProgressBar
    from facelock.services.liveness_evaluation import evaluate_liveness, find_presentations
    from facelock.services.liveness_sheet import check_folder, write_sheets
    from facelock.services.loading import load_pipeline

    presentations = find_presentations(args.source)
    if args.pictures is not None:
        check_folder(args.pictures)  # before minutes of work
    bar = ProgressBar()
    try:
        report = evaluate_liveness(presentations, load_pipeline(), level_of(args), bar.tell)
    finally:
        bar.clear()
    if args.pictures is not None:
        write_sheets(report, args.pictures)
    Output(as_json=args.json).result(as_values(report), as_lines(report))
    return Exit.OK


def as_values(report: LivenessReport) -> dict[str, object]:
    """Return the JSON object. A rate of nothing is null."""
    live, attacks = report.species[0], report.attacks
    return {
        "bpcer": _short(live.error_rate),
        "apcer": {one.species: _short(one.error_rate) for one in attacks},
        "non_response": {one.species: _short(one.non_response) for one in report.species},
        "presentations": {one.species: one.presentations for one in report.species},
        "intervals": {
            one.species: [round(end, 6) for end in one.interval] if one.responses else None
            for one in report.species
        },
        "denied_by": {
            one.species: {layer.value: count for layer, count in one.denied_by.items()}
            for one in report.species
        },
        "no_response_because": {one.species: one.reasons for one in report.species},
        "pictures": {one.species: one.pictures for one in report.species},
        "worst_species": report.worst.species if report.worst else None,
        "level": report.level.value,
        "layers": sorted(layer.value for layer in report.layers),
    }


def as_lines(report: LivenessReport) -> Iterator[str]:
    """Yield the report as text."""
    yield f"Level {report.level.value}: {', '.join(sorted(one.value for one in report.layers))}"
    yield ""
    yield f"{'folder':20} {'n':>5} {'':5} {'rate':>7}  {'95 % interval':15}  no answer  denied by"
    for one in report.species:
        yield _line(one)
    pictures = sum(one.pictures for one in report.species)
    if pictures:
        yield ""
        yield f"{pictures} are single pictures, judged by their surroundings alone."
    if report.worst is not None:
        yield f"The worst species is {report.worst.species}."


def _line(one: SpeciesReport) -> str:
    kind = "BPCER" if one.species == "live" else "APCER"
    low, high = one.interval
    rate = "-" if one.error_rate is None else f"{one.error_rate:.1%}"
    between = f"{low:.1%} - {high:.1%}" if one.responses else "-"
    by = ", ".join(f"{layer.value} {count}" for layer, count in one.denied_by.items()) or "-"
    return (
        f"{one.species:20} {one.presentations:5} {kind:5} {rate:>7}  {between:15}  "
        f"{one.non_response:9.1%}  {by}"
    )


def _short(value: float | None) -> float | None:
    return None if value is None else round(value, 6)
