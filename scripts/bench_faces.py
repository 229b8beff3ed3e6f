"""What the benchmarks of sessions and of groups share: options, and the networks that look."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from facelock.cli.progress_bar import ProgressBar
from facelock.cli.workers import add_workers, workers_of
from facelock.core.comparison import Embedding
from facelock.core.threshold import Calibration
from facelock.services.calibration import load_calibration
from facelock.services.calibration_file import calibration_from_bytes
from facelock.services.evaluation_faces import FaceReader, Treatment, load_reader, read_faces
from facelock.vision.networks import NETWORKS, NetworkName

BOTH: tuple[NetworkName, ...] = ("bundled", "bare")


def add_options(parser: argparse.ArgumentParser) -> None:
    """Add the options that both benchmarks have."""
    parser.add_argument("--network", choices=BOTH, help="only this one (default: both, paired)")
    parser.add_argument(
        "--calibration",
        type=Path,
        help="of the bare backbone (facelock calibrate --network bare --out FILE), for thresholds",
    )
    parser.add_argument("--degrade", type=int, choices=range(5), default=0, metavar="S")
    parser.add_argument("--json", action="store_true")
    add_workers(parser)


@dataclass(frozen=True, eq=False)
class Eyes:
    """The networks that were asked for, and a calibration for each that has one."""

    reader: FaceReader
    workers: int
    calibrations: dict[str, Calibration] = field(repr=False)

    @property
    def networks(self) -> tuple[NetworkName, ...]:
        """Their names, in the order of the embeddings."""
        return self.reader.treatment.networks

    def see(self, paths: Sequence[Path]) -> list[tuple[Embedding, ...] | None]:
        """Return an embedding of each network for each picture, None where no face was found."""
        bar = ProgressBar(sys.stderr)
        faces = read_faces(
            paths,
            self.reader,
            workers=self.workers,
            tell=lambda done: bar.tell("faces", done / len(paths)),
        )
        bar.clear()
        return [face.embeddings for face in faces]


def open_eyes(options: argparse.Namespace) -> Eyes:
    """Load what the options ask for.

    A calibration holds for the network it was measured with: without --calibration the bare
    backbone has thresholds only as long as the head changes nothing.
    """
    names = BOTH if options.network is None else (options.network,)
    reader = load_reader(Treatment(networks=names, severity=options.degrade))
    known = [load_calibration()]
    if options.calibration is not None:
        head = NETWORKS["bare"].load_head()
        known.append(calibration_from_bytes(options.calibration.read_bytes(), head))
    calibrations = {
        name: calibration
        for name, sha256 in zip(names, reader.model_sha256, strict=True)
        for calibration in known
        if calibration.model_sha256 == sha256
    }
    return Eyes(reader, workers_of(options), calibrations)
