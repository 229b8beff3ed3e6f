"""Rebuilds models/impostors.safetensors by `facelock calibrate`, and pins what came out.

    python scripts/build_impostors.py ../shared/data/lfw [--out models]

People of LFW folds 5 to 7 only: folds 1-4 are for training, fold 8 for testing. Names that label
one person twice are in `lfw_same_person.tsv`, with what was seen.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import re
import sys
from pathlib import Path

from facelock.cli.main import main as facelock
from facelock.core.head import network_sha256
from facelock.services.calibration_file import calibration_from_bytes
from facelock.vision.networks import NETWORKS

FILE = "impostors.safetensors"
FOLDS = "5,6,7"
HERE = Path(__file__).parent
PINS = HERE.parent / "facelock" / "vision" / "models.py"


def note_in_manifest(path: Path, data: bytes, people: int, network: str) -> None:
    """Write the calibration's entry in the manifest."""
    manifest = json.loads(path.read_text(encoding="utf-8"))
    manifest["calibration"] = [
        {
            "file": FILE,
            "sha256": hashlib.sha256(data).hexdigest(),
            "size": len(data),
            "purpose": f"anonymous unit features of {people} people (float16), the FMR table and "
            "score densities",
            "licence": "Apache-2.0 (the numbers are ours; no picture or name is in them)",
            "licence_files": ["LICENSES/MobileFaceNet_TF-Apache-2.0.txt"],
            "source": "Labeled Faces in the Wild, folds 5-7, through the shipped pipeline",
            "network_sha256": network,
        }
    ]
    path.write_text(json.dumps(manifest, indent=2) + "\n", encoding="utf-8", newline="\n")


def pin(path: Path, data: bytes) -> None:
    """Write hash and size of the file into the table of pins."""
    entry = (
        f'"{FILE}": PinnedModel(\n            sha256="{hashlib.sha256(data).hexdigest()}",\n'
        f"            size={len(data):_},\n        )"
    )
    text, found = re.subn(
        rf'"{re.escape(FILE)}": PinnedModel\([^)]*\)', entry, path.read_text(encoding="utf-8")
    )
    if found != 1:
        raise SystemExit(f"{path.name} does not pin {FILE} once")
    path.write_text(text, encoding="utf-8", newline="\n")


def main() -> int:
    """Measure, write the file, its manifest entry and its pin; return the exit code."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("lfw", type=Path)
    parser.add_argument("--out", type=Path, default=HERE.parent / "models")
    options = parser.parse_args()

    target = options.out / FILE
    code = facelock(
        [
            *("calibrate", str(options.lfw / "images"), "--out", str(target)),
            *("--people", str(options.lfw / "people.tsv"), "--folds", FOLDS),
            *("--merges", str(HERE / "lfw_same_person.tsv")),
        ]
    )
    if code != 0:
        return code
    data, network = target.read_bytes(), NETWORKS["bundled"]
    head = network.load_head()
    people = calibration_from_bytes(data, head).people
    sha256 = network_sha256(network.backbone_sha256, head)
    note_in_manifest(options.out / "MANIFEST.json", data, people, sha256)
    pin(PINS, data)
    return 0


if __name__ == "__main__":
    sys.exit(main())
