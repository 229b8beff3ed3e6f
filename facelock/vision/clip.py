"""Clips, folders of pictures and ranges of seconds: which frames they have, and when.

Reading is sequential from the very beginning, also to a later `start`: seeking in a video lands
on key frames, and two ranges that meet would share frames or lose some.
"""

from __future__ import annotations

import re
from collections.abc import Generator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

import cv2
import numpy as np

from facelock.core.errors import PictureUnreadable
from facelock.core.frames import Pixels

FOLDER_FPS = 15.0
"""Pictures per second of a folder: about what a webcam gives in dim light."""

Played: TypeAlias = Generator[tuple[float, Pixels], None, None]
"""Pairs of (seconds from the clip's start, picture); times always grow."""

_PICTURES = frozenset({".bmp", ".jpeg", ".jpg", ".pgm", ".png", ".ppm", ".tif", ".tiff", ".webp"})
_USUAL_FPS = 30.0  # for clips that name no rate, or an absurd one
_TIME = r"(?:(?:\d+:)?\d{1,2}:)?\d+(?:\.\d*)?"  # seconds, m:s or h:m:s
_FRAGMENT = re.compile(rf"(?:npt:)?(?P<start>{_TIME})?(?:,(?P<end>{_TIME}))?", re.ASCII)


@dataclass(frozen=True)
class ClipRange:
    """A clip or folder, and which seconds of it: `start` belongs to it, `end` no longer does.

    So the frames of ``#t=0,10`` and ``#t=10,20`` are exactly those of ``#t=0,20``, each once.
    """

    path: Path
    start: float = 0.0  # seconds
    end: float | None = None  # seconds; None: to the end


def parse_clip(text: str) -> ClipRange:
    """Read ``clip.mp4``, ``clip.mp4#t=5``, ``#t=,10`` or ``#t=0:05,0:10`` (W3C media fragments).

    Raises PictureUnreadable if the times make no sense.
    """
    name, mark, fragment = text.rpartition("#t=")
    if not mark:
        return ClipRange(Path(text))
    found = _FRAGMENT.fullmatch(fragment)
    if not name or found is None or not (found["start"] or found["end"]):
        raise PictureUnreadable(f"not a time range: #t={fragment}; expected e.g. #t=5,12.5")
    start = _seconds(found["start"]) if found["start"] else 0.0
    end = _seconds(found["end"]) if found["end"] else None
    if end is not None and end <= start:
        raise PictureUnreadable(f"the time range ends before it begins: #t={fragment}")
    return ClipRange(Path(name), start, end)


def _seconds(text: str) -> float:
    total = 0.0
    for part in text.split(":"):
        total = total * 60 + float(part)
    return total


def play(clip: ClipRange) -> Played:
    """Play the range once. Raises PictureUnreadable, at the first picture asked for."""
    if clip.path.is_dir():
        pictures = (path for path in clip.path.iterdir() if path.suffix.lower() in _PICTURES)
        yield from _within(clip, _play_pictures(sorted(pictures, key=_natural_order)))
    elif not clip.path.is_file():
        raise PictureUnreadable(f"no such file or folder: {clip.path.name}")
    elif clip.path.suffix.lower() in _PICTURES:
        yield from _within(clip, _play_pictures([clip.path]))
    else:
        yield from _play_video(clip)


def play_memory(frames: Sequence[Pixels], fps: float) -> Played:
    """Play pictures in memory; each is copied."""
    for index, pixels in enumerate(frames):
        yield index / fps, pixels.copy(order="C")


def _play_video(clip: ClipRange) -> Played:
    """A truncated clip plays what it has."""
    if _is_text(clip.path):
        # FFmpeg would "play" a text file as a terminal recording, and follow a playlist elsewhere.
        raise PictureUnreadable(f"a text, not a clip: {clip.path.name}")
    capture = cv2.VideoCapture(str(clip.path), cv2.CAP_FFMPEG)
    try:
        if not capture.isOpened():
            raise PictureUnreadable(f"not a clip that can be decoded: {clip.path.name}")
        fps = capture.get(cv2.CAP_PROP_FPS)
        step = 1.0 / (fps if 1.0 <= fps <= 240.0 else _USUAL_FPS)
        position = -step
        while capture.grab():
            told = capture.get(cv2.CAP_PROP_POS_MSEC) / 1000.0
            # Some files carry no or broken times; a time that does not grow is one of those.
            position = told if told > position else position + step
            if clip.end is not None and position >= clip.end:
                return
            if position >= clip.start:
                decoded, picture = capture.retrieve()
                if decoded:
                    yield position, np.ascontiguousarray(picture, dtype=np.uint8)
    finally:
        capture.release()


def _play_pictures(paths: Sequence[Path]) -> Played:
    """A picture that cannot be decoded is left out; the time goes on."""
    for index, path in enumerate(paths):
        try:
            # Not cv2.imread: on Windows it cannot open names beyond its code page.
            content = np.fromfile(path, dtype=np.uint8)
            picture = cv2.imdecode(content, cv2.IMREAD_COLOR) if content.size else None
        except (OSError, cv2.error):
            continue
        if picture is not None:
            yield index / FOLDER_FPS, np.ascontiguousarray(picture, dtype=np.uint8)


def _within(clip: ClipRange, played: Played) -> Played:
    for position, pixels in played:
        if clip.end is not None and position >= clip.end:
            return
        if position >= clip.start:
            yield position, pixels


def _natural_order(path: Path) -> list[tuple[int, str]]:
    """frame2 before frame10."""
    parts = re.findall(r"\d+|\D+", path.name.lower())
    return [(int(part), "") if part.isdecimal() else (-1, part) for part in parts]


def _is_text(path: Path) -> bool:
    """True if the beginning holds no zero byte: every container of video has some there."""
    try:
        with path.open("rb") as file:
            return b"\0" not in file.read(4096)
    except OSError as error:
        raise PictureUnreadable(f"cannot be read: {path.name}") from error
