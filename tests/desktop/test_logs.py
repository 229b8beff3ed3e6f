"""The log is private, bounded, and holds nothing it must not."""

from __future__ import annotations

import errno
import logging
import os
import stat
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from facelock.desktop import logs
from facelock.desktop.logs import close_log, open_log


@pytest.fixture
def log_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Log into a file for one test."""
    root = logging.getLogger()
    level = root.level
    monkeypatch.setattr(logging, "raiseExceptions", logging.raiseExceptions)
    path = tmp_path / "log" / "facelock.log"
    handler = open_log(path)
    assert handler is not None
    yield path
    close_log(handler)
    root.setLevel(level)


def test_records_are_written_with_their_time(log_file: Path) -> None:
    logging.getLogger("facelock.test").info("locked after %d minutes", 5)
    assert "INFO facelock.test: locked after 5 minutes" in log_file.read_text()


@pytest.mark.parametrize(
    "private",
    [
        np.arange(3.0),
        np.float32(0.25),
        b"key material",
        bytearray(b"key material"),
        {"a": [np.arange(3.0)]},
        ((((("deep",),),),),),
    ],
)
def test_private_values_are_withheld(log_file: Path, private: object) -> None:
    logging.getLogger("facelock.test").info("seen %s and %s", "x", private)
    logging.getLogger("facelock.test").info(private)
    text = log_file.read_text()
    assert text.count("withheld: a record") == 2
    assert "key material" not in text
    assert "0.25" not in text


@pytest.mark.skipif(os.name != "posix", reason="POSIX modes")
def test_the_log_is_private_and_rotated(log_file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    logger = logging.getLogger("facelock.test")
    for handler in logging.getLogger().handlers:
        if isinstance(handler, logs._PrivateFileHandler):
            monkeypatch.setattr(handler, "maxBytes", 1000)
    for number in range(100):
        logger.info("a line of the log, number %d", number)
    files = sorted(log_file.parent.iterdir())
    assert len(files) == 4
    assert {stat.S_IMODE(path.stat().st_mode) for path in files} == {0o600}


def test_where_no_log_can_be_written_there_is_none(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    assert open_log(tmp_path / "file" / "facelock.log") is None


def test_a_full_disk_at_the_end_of_the_log_is_no_failure(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    handler = open_log(tmp_path / "log" / "facelock.log")
    assert handler is not None

    def full() -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(handler, "close", full)
    close_log(handler)
    assert handler not in logging.getLogger().handlers
    monkeypatch.undo()
    handler.close()
