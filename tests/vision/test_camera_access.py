"""Which error the system's answer becomes."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest
from fake_cameras import camera_info

from facelock.core.errors import (
    CameraBusy,
    CameraDenied,
    CameraError,
    CameraLost,
    CameraNotFound,
)
from facelock.vision.camera_access import check_access, is_connected


@pytest.mark.parametrize(
    ("number", "expected"),
    [
        (errno.ENOENT, CameraNotFound),
        (errno.ENODEV, CameraNotFound),
        (errno.EACCES, CameraDenied),
        (errno.EPERM, CameraDenied),
        (errno.EBUSY, CameraBusy),
        (errno.EIO, CameraLost),
    ],
)
def test_each_answer_of_linux_has_its_own_error(number: int, expected: type[CameraError]) -> None:
    def refuse(path: Path, flags: int) -> int:
        raise OSError(number, os.strerror(number))

    with pytest.raises(expected):
        check_access(camera_info(), platform="linux", open_node=refuse)


def test_a_node_that_opens_is_let_go_again(tmp_path: Path) -> None:
    (tmp_path / "video0").touch()
    opened: list[int] = []

    def open_node(path: Path, flags: int) -> int:
        opened.append(os.open(path, flags))
        return opened[0]

    check_access(camera_info(), platform="linux", dev=tmp_path, open_node=open_node)
    with pytest.raises(OSError, match="Bad file descriptor"):
        os.fstat(opened[0])


def test_a_node_that_is_gone_is_disconnected(tmp_path: Path) -> None:
    assert not is_connected(camera_info(), platform="linux", dev=tmp_path)
    (tmp_path / "video0").touch()
    assert is_connected(camera_info(), platform="linux", dev=tmp_path)
    assert is_connected(camera_info(), platform="win32", dev=tmp_path / "none")


@pytest.mark.parametrize("place", [0, 1, 2])
def test_each_of_windows_privacy_switches_denies(place: int) -> None:
    asked: list[str] = []

    def registry(hive: str, key: str) -> str | None:
        asked.append(key)
        return "Deny" if len(asked) == place + 1 else "Allow"

    with pytest.raises(CameraDenied):
        check_access(camera_info(), platform="win32", registry=registry)


def test_windows_without_privacy_switches_allows() -> None:
    check_access(camera_info(), platform="win32", registry=lambda hive, key: None)
    check_access(camera_info(), platform="darwin")
