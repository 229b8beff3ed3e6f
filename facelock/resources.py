"""Finds the files that ship with Facelock: in the package, or beside it in a source checkout."""

from importlib.resources import files
from pathlib import Path, PurePosixPath

_PACKAGED = Path(str(files("facelock")))
_ROOTS = (_PACKAGED, _PACKAGED.parent)  # wheel or frozen program, then source checkout


def resource(relative: str) -> Path:
    """Return the path of e.g. ``models/mobilefacenet.onnx``, or raise FileNotFoundError.

    `relative` is written with slashes and stays inside the roots; anything else is ValueError.
    """
    parts = PurePosixPath(relative)
    if parts.is_absolute() or ".." in parts.parts or "\\" in relative:
        raise ValueError(f"not a path inside Facelock: {relative!r}")
    for root in _ROOTS:
        if (path := root / parts).is_file():
            return path
    raise FileNotFoundError(relative)
