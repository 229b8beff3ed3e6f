"""Preferences come back, and nonsense becomes the defaults without losing the file."""

from __future__ import annotations

import logging
import os
from pathlib import Path

import pytest

from facelock.core.errors import SettingsError
from facelock.core.settings import Appearance, Language, Settings
from facelock.desktop.settings_file import load_settings, save_settings

DARK = Settings(
    Appearance.DARK,
    "046d:0825:X1",
    Language.GERMAN,
    130,
    reduced_motion=True,
    curtain=True,
    keep_in_tray=True,
    notices=False,
)


def test_preferences_come_back(tmp_path: Path) -> None:
    path = tmp_path / "config" / "settings.json"
    assert load_settings(path) == Settings()
    save_settings(path, DARK)
    assert load_settings(path) == DARK
    written = path.read_text()
    assert '"appearance": "dark"' in written
    assert '"language": "de"' in written


def test_what_the_file_leaves_out_has_its_default(tmp_path: Path) -> None:
    path = tmp_path / "settings.json"
    path.write_text('{"appearance": "light"}')
    assert load_settings(path) == Settings(Appearance.LIGHT)


def test_a_file_of_before_there_were_languages_is_still_read(tmp_path: Path) -> None:
    path = tmp_path / "settings.json"
    path.write_text('{"appearance": "dark", "camera_id": "046d:0825:X1"}')
    assert load_settings(path) == Settings(Appearance.DARK, "046d:0825:X1")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "nonsense",
        "[]",
        '{"appearance": "pink"}',
        '{"camera_id": 3}',
        '{"threshold": 4.0}',
        '{"language": "tlh"}',
        '{"text_size": 101}',
        '{"text_size": "130"}',
        '{"text_size": 115.0}',
        '{"reduced_motion": 1}',
        '{"curtain": "on"}',
        '{"keep_in_tray": "yes"}',
        '{"notices": 0}',
        '{"camera_id": "' + "x" * 2000 + '"}',
        '{"camera_id": "a\\u0000b"}',
        " " * 70_000,
    ],
)
def test_nonsense_becomes_the_defaults_and_is_kept(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, text: str
) -> None:
    path = tmp_path / "settings.json"
    path.write_text(text)
    with caplog.at_level(logging.INFO):
        assert load_settings(path) == Settings()
    assert "using the defaults" in caplog.text
    assert path.read_text() == text
    save_settings(path, DARK)
    assert (tmp_path / "settings.json.previous").read_text() == text


def test_a_file_that_cannot_be_read_is_the_defaults(tmp_path: Path) -> None:
    assert load_settings(tmp_path) == Settings()  # a folder


def test_an_unwritable_home_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "settings.json"
    save_settings(path, DARK)

    def fail(*_: object) -> None:
        raise OSError(30, "Read-only file system")

    with monkeypatch.context() as patch:
        patch.setattr(os, "replace", fail)
        with pytest.raises(SettingsError, match="Read-only"):
            save_settings(path, Settings())
    assert load_settings(path) == DARK
    with pytest.raises(SettingsError, match="camera_id"):
        save_settings(path, Settings(camera_id="x" * 2000))
    with pytest.raises(SettingsError, match="text_size"):
        save_settings(path, Settings(text_size=400))
