"""What is given to the vault: by drop, by paste or from a dialog; folders are walked."""

from __future__ import annotations

import os
import stat
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMimeData
from PySide6.QtGui import QImage

MOST_FILES = 20_000
"""Of one drop: beyond it somebody dropped the wrong folder."""


@dataclass(frozen=True)
class Given:
    """What a drop or a paste holds: files before pixels before text. All empty: nothing of use."""

    paths: tuple[Path, ...] = ()
    picture: bytes = b""  # PNG
    text: str = ""


@dataclass(frozen=True)
class Walked:
    """Every plain file of what was given."""

    files: tuple[tuple[Path, int], ...]  # with bytes
    folders: int  # how many folders were given; what is below them was found by walking
    unreadable: tuple[str, ...] = ()
    too_many: bool = False


def what_is_given(data: QMimeData | None) -> Given:
    """Return what can be put into the vault. A browser offers a picture's file and its pixels."""
    if data is None:
        return Given()
    if paths := tuple(Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()):
        return Given(paths=paths)
    image = data.imageData() if data.hasImage() else None
    if isinstance(image, QImage) and not image.isNull():
        return Given(picture=_png(image))
    return Given(text=data.text() if data.hasText() else "")


def can_be_given(data: QMimeData) -> bool:
    """Tell whether it is worth showing where to drop it."""
    return data.hasImage() or data.hasText() or any(url.isLocalFile() for url in data.urls())


def walk(paths: Sequence[Path]) -> Walked:
    """Find all files; in a task. Links are not followed: they could lead anywhere."""
    files: list[tuple[Path, int]] = []
    unreadable: list[str] = []
    folders = 0
    for path in paths:
        try:
            status = path.stat()  # what somebody gave by hand may be a link
        except OSError:
            unreadable.append(path.name)
            continue
        if stat.S_ISDIR(status.st_mode):
            folders += 1
            _walk_folder(path, files, unreadable)
        elif stat.S_ISREG(status.st_mode):
            files.append((path, status.st_size))
        else:
            unreadable.append(path.name)
        if len(files) > MOST_FILES:
            return Walked((), folders, too_many=True)
    return Walked(tuple(files), folders, tuple(unreadable))


def _walk_folder(folder: Path, files: list[tuple[Path, int]], unreadable: list[str]) -> None:
    def note(error: OSError) -> None:
        unreadable.append(Path(error.filename or "").name)

    for place, _, names in os.walk(folder, onerror=note):
        for name in sorted(names):
            path = Path(place, name)
            try:
                status = path.lstat()
            except OSError:
                unreadable.append(name)
                continue
            if stat.S_ISREG(status.st_mode):
                files.append((path, status.st_size))
        if len(files) > MOST_FILES:
            return


def _png(image: QImage) -> bytes:
    kept = QByteArray()
    buffer = QBuffer(kept)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")  # type: ignore[call-overload]  # the stubs want bytes, Qt a str
    return bytes(kept.data())
