"""`facelock compare A B`: whether two pictures show the same person."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from facelock.cli.arguments import About, add_command, level_of
from facelock.cli.exit_codes import Exit
from facelock.cli.output import Output

if TYPE_CHECKING:
    from facelock.cli.arguments import Commands

_DESCRIPTION = """\
Compare the faces in two pictures and say MATCHED or NOT MATCHED.

The distance is the squared Euclidean distance of the two embeddings, 0 to 4; lower is more alike.
Up to the level's threshold the pictures count as mated: as showing the same person. The threshold
holds the level's false match rate for one comparison; an enrolled person's own one is tighter.
Reads JPEG, PNG, WebP, BMP, PGM and PPM. Nothing is stored, and nothing leaves this machine."""


def add_to(commands: Commands) -> None:
    """Add the command."""
    parser = add_command(
        commands,
        "compare",
        run,
        About(
            summary="compare the faces in two pictures",
            description=_DESCRIPTION,
            examples=(
                "facelock compare passport.jpg selfie.jpg",
                "facelock compare --level strict --json a.png b.png",
            ),
            exits={
                Exit.OK: "mated: the same person",
                Exit.NO: "not mated",
                Exit.NO_FACE: "a picture has no usable face; it says which one and why",
            },
        ),
        has_level=True,
    )
    parser.add_argument("a", type=Path, metavar="A", help="a picture with one face")
    parser.add_argument("b", type=Path, metavar="B", help="another one")


def run(args: argparse.Namespace) -> int:
    """Compare. Raises PictureUnreadable, NoUsableFace, ModelError."""
    from facelock.core.renewal import check_calibration
    from facelock.services.calibration import load_calibration
    from facelock.services.loading import load_pipeline
    from facelock.services.pictures import compare_pictures, picture_threshold, read_picture

    frames = read_picture(args.a), read_picture(args.b)
    pipeline, calibration = load_pipeline(), load_calibration()
    check_calibration(calibration, pipeline.model_sha256)
    threshold = picture_threshold(level_of(args), calibration)
    compared = compare_pictures(*frames, pipeline, threshold, names=(str(args.a), str(args.b)))
    Output(as_json=args.json).result(
        {
            "distance": round(compared.distance, 4),
            "threshold": round(threshold.distance, 4),
            "mated": compared.mated,
            "level": threshold.level.value,
            "fmr": threshold.fmr,
            "level_supported": threshold.level_supported,
        },
        (
            "MATCHED" if compared.mated else "NOT MATCHED",
            (
                f"distance {compared.distance:.3f}, threshold {threshold.distance:.3f} "
                f"at {threshold.level.value} (false match rate at most {threshold.fmr:.0e})"
            ),
        ),
    )
    return Exit.OK if compared.mated else Exit.NO
