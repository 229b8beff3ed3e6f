"""Pictures given by hand: what is read, and what is refused before it is decoded."""

from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np
import pytest

from facelock.core.errors import PictureUnreadable
from facelock.services.picture_file import MAX_BYTES, read_picture


def _gradient(width: int = 60, height: int = 40) -> np.ndarray[tuple[int, ...], np.dtype[np.uint8]]:
    row = np.linspace(0, 255, width).astype(np.uint8)
    return np.repeat(np.repeat(row[None, :, None], height, axis=0), 3, axis=2)


def _write(path: Path, data: bytes) -> Path:
    path.write_bytes(data)
    return path


def _encoded(suffix: str, parameters: tuple[int, ...] = ()) -> bytes:
    pixels = _gradient()[:, :, 0] if suffix == ".pgm" else _gradient()
    done, data = cv2.imencode(suffix, pixels, parameters)
    assert done
    return data.tobytes()


def _with_orientation(jpeg: bytes, orientation: int) -> bytes:
    """Put an EXIF segment with this orientation behind the start marker."""
    entry = b"\x01\x12\x00\x03\x00\x00\x00\x01" + orientation.to_bytes(2, "big") + b"\x00\x00"
    tiff = b"MM\x00\x2a\x00\x00\x00\x08" + b"\x00\x01" + entry + b"\x00\x00\x00\x00"
    body = b"Exif\x00\x00" + tiff
    return jpeg[:2] + b"\xff\xe1" + (len(body) + 2).to_bytes(2, "big") + body + jpeg[2:]


@pytest.mark.parametrize("suffix", [".jpg", ".png", ".webp", ".bmp", ".pgm", ".ppm"])
def test_a_picture_is_read_in_its_own_size(tmp_path: Path, suffix: str) -> None:
    frame = read_picture(_write(tmp_path / f"a{suffix}", _encoded(suffix)))
    assert (frame.width, frame.height) == (60, 40)
    assert frame.simulated


@pytest.mark.parametrize("quality", [80, 101])  # 101: WebP's lossless kind
def test_both_kinds_of_webp_are_read(tmp_path: Path, quality: int) -> None:
    data = _encoded(".webp", (cv2.IMWRITE_WEBP_QUALITY, quality))
    assert read_picture(_write(tmp_path / "a.webp", data)).width == 60


def test_a_picture_is_turned_as_its_camera_says(tmp_path: Path) -> None:
    turned = _with_orientation(_encoded(".jpg"), 6)
    frame = read_picture(_write(tmp_path / "a.jpg", turned))
    assert (frame.width, frame.height) == (40, 60)


@pytest.mark.parametrize(
    "data",
    [b"", b"hello, this is a text file\n", b"\xff\xd8\xff\xe0garbage", b"BM" + b"\x00" * 40],
    ids=["empty", "text", "half a header", "nought"],
)
def test_what_is_no_picture_is_refused_by_name(tmp_path: Path, data: bytes) -> None:
    with pytest.raises(PictureUnreadable, match=r"letter\.jpg"):
        read_picture(_write(tmp_path / "letter.jpg", data))


def test_a_grey_picture_keeps_its_values(tmp_path: Path) -> None:
    data = b"P5 # by hand\n# and with two comments\n3\t2\n255\n" + bytes(
        [0, 50, 100, 150, 200, 255]
    )
    pixels = read_picture(_write(tmp_path / "a.pgm", data)).pixels
    assert pixels[:, :, 0].tolist() == [[0, 50, 100], [150, 200, 255]]
    assert (pixels[:, :, 0] == pixels[:, :, 2]).all()


@pytest.mark.parametrize(
    "data",
    [
        b"P5\n3 2\n65535\n" + bytes(12),
        b"P5\n3 2\n15\n" + bytes(6),
        b"P2\n3 2\n255\n0 1 2 3 4 5\n",
        b"P5\n-3 2\n255\n" + bytes(6),
        b"P5\n3 2 255",
        b"P5\n" + b"#" * 5000 + b"\n3 2\n255\n" + bytes(6),
        b"P5" + b" " * 10_000,
        b"P5" + b"#\n" * 10_000,
        b"P6\n3 2\n255\n" + bytes(6),
    ],
    ids=[
        *("sixteen bits", "four bits", "text", "negative", "no pixels", "endless comment"),
        *("white space", "comments", "colour as grey"),
    ],
)
def test_other_kinds_of_pgm_are_refused(tmp_path: Path, data: bytes) -> None:
    with pytest.raises(PictureUnreadable, match="not a whole"):
        read_picture(_write(tmp_path / "a.pgm", data))


def test_a_pgm_that_claims_gigabytes_is_refused_unopened(tmp_path: Path) -> None:
    with pytest.raises(PictureUnreadable, match="not a whole"):
        read_picture(_write(tmp_path / "bomb.pgm", b"P5\n60000 60000\n255\n" + bytes(100)))
    wide = b"P5\n999999999 0\n255\n" + bytes(100)
    with pytest.raises(PictureUnreadable, match="pixels"):
        read_picture(_write(tmp_path / "wide.pgm", wide))


@pytest.mark.parametrize("suffix", [".jpg", ".png", ".webp", ".pgm", ".ppm"])
@pytest.mark.parametrize("share", [0.3, 0.9])
def test_a_truncated_picture_is_refused(tmp_path: Path, suffix: str, share: float) -> None:
    data = _encoded(suffix)
    with pytest.raises(PictureUnreadable):
        read_picture(_write(tmp_path / f"cut{suffix}", data[: int(len(data) * share)]))


def test_a_missing_file_and_a_folder_are_refused(tmp_path: Path) -> None:
    for path in (tmp_path / "nowhere.jpg", tmp_path):
        with pytest.raises(PictureUnreadable, match=path.name):
            read_picture(path)


def test_a_picture_that_unpacks_to_gigabytes_is_refused_unopened(tmp_path: Path) -> None:
    data = bytearray(_encoded(".png"))
    data[16:24] = (60_000).to_bytes(4, "big") * 2
    with pytest.raises(PictureUnreadable, match="million pixels"):
        read_picture(_write(tmp_path / "bomb.png", bytes(data)))


def test_a_file_beyond_the_limit_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "huge.jpg"
    with path.open("wb") as file:
        file.truncate(MAX_BYTES + 10)
    with pytest.raises(PictureUnreadable, match="larger"):
        read_picture(path)


def test_a_very_large_picture_is_made_smaller(tmp_path: Path) -> None:
    _done, data = cv2.imencode(".png", np.zeros((10, 5000, 3), np.uint8))
    frame = read_picture(_write(tmp_path / "wide.png", data.tobytes()))
    assert (frame.width, frame.height) == (4096, 8)
