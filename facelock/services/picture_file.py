"""Reads a picture file that a person gave: bounded before it is decoded, upright afterwards.

Only JPEG, PNG, WebP, BMP and the binary kinds of PGM and PPM with 8 bits are read, and their own
headers say how large the picture will be, so that neither a huge picture nor an exotic decoder is
reached by accident or on purpose.
"""

from __future__ import annotations

import re
import struct
from pathlib import Path

import numpy as np

import facelock.vision  # noqa: F401 - tells OpenCV its settings, which it reads when loaded

import cv2  # isort: skip

from facelock.core.errors import PictureUnreadable
from facelock.core.frames import Frame

MAX_BYTES = 64 * 2**20
MAX_PIXELS = 128 * 10**6
_LONGEST_SIDE = 4096  # pixels kept; a face that is then too small was too small before
SUFFIXES = (".bmp", ".jpeg", ".jpg", ".pgm", ".png", ".ppm", ".webp")

# "P5 width height 255" with any white space and comments between, then exactly one white space.
_GAP = rb"(?:\s|#[^\n]*\n)++"  # possessive: a hostile header is read once
_PORTABLE = re.compile(rb"P([56])%b(\d{1,9})%b(\d{1,9})%b255\s" % (_GAP, _GAP, _GAP))
_PORTABLE_HEADER = 4096  # bytes, comments included
_START_OF_FRAME = re.compile(rb"\xff[\xc0-\xc3\xc5-\xc7\xc9-\xcb\xcd-\xcf]..", re.DOTALL)


def read_picture(path: Path) -> Frame:
    """Return the picture in a file, turned as its EXIF orientation says.

    The frame counts as simulated: a file is never a camera. Raises PictureUnreadable, whose text
    names the file, if it is missing, too large, cut short or no picture.
    """
    try:
        with path.open("rb") as file:
            data = file.read(MAX_BYTES + 1)
    except (OSError, ValueError) as error:
        raise PictureUnreadable(f"{path.name} cannot be read") from error
    return decode_picture(data, path.name)


def decode_picture(data: bytes, name: str) -> Frame:
    """Return the picture in these bytes; `name` is used in the text of PictureUnreadable."""
    if len(data) > MAX_BYTES:
        raise PictureUnreadable(f"{name} is larger than {MAX_BYTES // 2**20} MB")
    size = _picture_size(data)
    if size is None:
        raise PictureUnreadable(f"{name} is not a whole JPEG, PNG, WebP, BMP, PGM or PPM picture")
    if not 0 < size[0] * size[1] <= MAX_PIXELS:
        raise PictureUnreadable(f"{name} has more than {MAX_PIXELS // 10**6} million pixels")
    try:
        pixels = cv2.imdecode(np.frombuffer(data, np.uint8), cv2.IMREAD_COLOR)
    except cv2.error as error:
        raise PictureUnreadable(f"{name} cannot be decoded") from error
    if pixels is None:
        raise PictureUnreadable(f"{name} cannot be decoded")
    return Frame(_bounded(np.asarray(pixels, np.uint8)), captured_at=0.0, simulated=True)


def _bounded(
    pixels: np.ndarray[tuple[int, ...], np.dtype[np.uint8]],
) -> np.ndarray[tuple[int, ...], np.dtype[np.uint8]]:
    """Return the picture with no side longer than 4096 pixels."""
    height, width = pixels.shape[:2]
    factor = _LONGEST_SIDE / max(height, width)
    if factor >= 1:
        return pixels
    size = (max(round(width * factor), 1), max(round(height * factor), 1))
    return np.asarray(cv2.resize(pixels, size, interpolation=cv2.INTER_AREA), np.uint8)


def _picture_size(data: bytes) -> tuple[int, int] | None:
    """Return (width, height) as the header says; None if it is no whole picture of a known kind."""
    try:
        if data.startswith(b"\xff\xd8\xff"):
            return _jpeg_size(data)
        if data.startswith(b"\x89PNG\r\n\x1a\n"):
            return struct.unpack(">II", data[16:24]) if b"IEND" in data[-64:] else None
        if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
            return _webp_size(data)
        if data.startswith(b"BM"):
            width, height = struct.unpack("<ii", data[18:26])
            return (width, abs(height)) if width > 0 else None
        if data[:2] in {b"P5", b"P6"}:
            return _portable_size(data)
    except struct.error:
        return None
    return None


def _jpeg_size(data: bytes) -> tuple[int, int] | None:
    """Read the frame header of a JPEG; None if its end is missing.

    A camera's JPEG may carry a whole small one as thumbnail, so the end must follow the last start
    of a scan.
    """
    if data.rfind(b"\xff\xd9") < data.rfind(b"\xff\xda"):
        return None
    at = 2
    while at + 9 <= len(data) and data[at] == 0xFF:
        if data[at + 1] == 0xFF:  # padding between segments
            at += 1
            continue
        if _START_OF_FRAME.match(data[at : at + 4]):
            height, width = struct.unpack(">HH", data[at + 5 : at + 9])
            return width, height
        at += 2 + int.from_bytes(data[at + 2 : at + 4], "big")
    return None


def _portable_size(data: bytes) -> tuple[int, int] | None:
    """Read the header of a binary PGM or PPM with 8 bits; None if pixels are missing."""
    header = _PORTABLE.match(data[:_PORTABLE_HEADER])
    if header is None:
        return None
    kind, width, height = (int(number) for number in header.groups())
    channels = 1 if kind == 5 else 3
    return (width, height) if len(data) - header.end() >= width * height * channels else None


def _webp_size(data: bytes) -> tuple[int, int] | None:
    """Read the size of a WebP in any of its three kinds; None if it is cut short."""
    if len(data) < 8 + int.from_bytes(data[4:8], "little"):
        return None
    match data[12:16]:
        case b"VP8X":
            return (
                1 + int.from_bytes(data[24:27], "little"),
                1 + int.from_bytes(data[27:30], "little"),
            )
        case b"VP8L":
            bits = int.from_bytes(data[21:25], "little")
            return 1 + (bits & 0x3FFF), 1 + ((bits >> 14) & 0x3FFF)
        case b"VP8 ":
            width, height = struct.unpack("<HH", data[26:30])
            return width & 0x3FFF, height & 0x3FFF
        case _:
            return None
