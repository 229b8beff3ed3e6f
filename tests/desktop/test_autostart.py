"""Starting at login, on all three systems: an entry that says nothing of anybody."""

from __future__ import annotations

import plistlib
import shlex
import stat
import sys
from pathlib import Path

import pytest

from facelock.core.errors import SettingsError
from facelock.desktop.autostart import (
    Autostart,
    RunAtLogon,
    exec_line,
    find_autostart,
    program_command,
)

COMMAND = ("/opt/face lock/facelock-gui", "--minimised")


class FakeRunKey:
    """Implements `RunKey` in memory."""

    def __init__(self) -> None:
        self.values: dict[str, str] = {"Other": "other.exe"}
        self.trouble: OSError | None = None

    def read(self, name: str) -> str | None:
        self._fail()
        return self.values.get(name)

    def write(self, name: str, value: str) -> None:
        self._fail()
        self.values[name] = value

    def delete(self, name: str) -> None:
        self._fail()
        self.values.pop(name, None)

    def _fail(self) -> None:
        if self.trouble is not None:
            raise self.trouble


def on(system: str, home: Path, run_key: FakeRunKey | None = None) -> Autostart:
    return find_autostart(system, command=COMMAND, home=home, run_key=run_key or FakeRunKey())


@pytest.mark.parametrize("system", ["linux", "darwin", "win32"])
def test_it_is_off_until_somebody_wants_it_and_off_again(tmp_path: Path, system: str) -> None:
    entry = on(system, tmp_path)
    assert not entry.is_on
    entry.off()  # nothing to remove
    entry.on()
    entry.on()
    assert entry.is_on
    entry.off()
    assert not entry.is_on
    assert [one for one in tmp_path.rglob("*") if one.is_file()] == []


def test_on_linux_it_is_a_desktop_file_that_starts_minimised(tmp_path: Path) -> None:
    entry = on("linux", tmp_path)
    entry.on()
    path = tmp_path / ".config" / "autostart" / "facelock.desktop"
    assert entry.place == str(path)
    lines = path.read_text().splitlines()
    assert lines[0] == "[Desktop Entry]"
    assert "Type=Application" in lines
    (line,) = (one for one in lines if one.startswith("Exec="))
    assert shlex.split(line.removeprefix("Exec=")) == list(COMMAND)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert [one.name for one in path.parent.iterdir()] == ["facelock.desktop"]  # no temporary one


@pytest.mark.parametrize("line", ["Hidden=true", "X-GNOME-Autostart-enabled = False"])
def test_switched_off_by_the_desktop_it_is_off(tmp_path: Path, line: str) -> None:
    entry = on("linux", tmp_path)
    entry.on()
    path = Path(entry.place)
    text = path.read_text().replace("X-GNOME-Autostart-enabled=true", line)
    path.write_text(text)
    assert not entry.is_on
    entry.on()
    assert entry.is_on


def test_signs_that_mean_something_in_a_desktop_file_are_escaped() -> None:
    assert exec_line(("/a/50%", "--x")) == '"/a/50%%" "--x"'
    assert exec_line(('/a"b',)) == '"/a\\\\"b"'
    assert exec_line(("/a$b`c\\d",)) == '"/a\\\\$b\\\\`c\\\\\\\\d"'
    with pytest.raises(SettingsError):
        exec_line(("/a\nHidden=false",))


def test_on_macos_it_is_an_agent_that_starts_once(tmp_path: Path) -> None:
    entry = on("darwin", tmp_path)
    entry.on()
    path = tmp_path / "Library" / "LaunchAgents" / "facelock-desktop.plist"
    assert entry.place == str(path)
    agent = plistlib.loads(path.read_bytes())
    assert agent["ProgramArguments"] == list(COMMAND)
    assert agent["RunAtLoad"] is True
    assert agent["KeepAlive"] is False
    path.write_bytes(plistlib.dumps({**agent, "Disabled": True}))
    assert not entry.is_on
    path.write_bytes(b"<plist><rubbish")
    assert not entry.is_on


def test_on_windows_it_is_a_value_of_this_users_run_key() -> None:
    run_key = FakeRunKey()
    entry = on("win32", Path(), run_key)
    entry.on()
    assert run_key.values["Facelock"] == '"/opt/face lock/facelock-gui" --minimised'
    assert entry.place.startswith("HKEY_CURRENT_USER")
    entry.off()
    assert run_key.values == {"Other": "other.exe"}


def test_a_registry_that_refuses_is_told() -> None:
    run_key = FakeRunKey()
    entry = on("win32", Path(), run_key)
    run_key.trouble = PermissionError(13, "denied")
    assert not entry.is_on
    for change in (entry.on, entry.off):
        with pytest.raises(SettingsError):
            change()


@pytest.mark.skipif("sys.platform == 'win32'", reason="there the registry is there")
def test_without_a_registry_it_is_off_and_says_so() -> None:
    entry = find_autostart("win32", command=COMMAND)
    assert isinstance(entry, RunAtLogon)
    assert not entry.is_on
    with pytest.raises(SettingsError):
        entry.on()


@pytest.mark.parametrize("system", ["linux", "darwin"])
def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path, system: str) -> None:
    (tmp_path / ".config").write_text("no folder")
    (tmp_path / "Library").write_text("no folder")
    entry = on(system, tmp_path)
    assert not entry.is_on
    with pytest.raises(SettingsError):
        entry.on()


def test_it_starts_this_very_installation(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(sys, "executable", str(tmp_path / "python"))
    monkeypatch.setenv("PATH", str(tmp_path / "nothing"))
    assert program_command()[1:] == ("-m", "facelock.app", "--minimised")
    (tmp_path / "facelock-gui").touch()
    assert program_command() == (str(tmp_path / "facelock-gui"), "--minimised")
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    assert program_command() == (str(tmp_path / "python"), "--minimised")


def test_by_default_it_is_in_the_folder_of_this_users_settings(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "settings"))
    if sys.platform.startswith("linux"):
        assert find_autostart("linux").place.startswith(str(tmp_path / "settings" / "autostart"))
