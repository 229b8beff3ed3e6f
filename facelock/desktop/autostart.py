"""Starting at login: one entry, at the place where this operating system looks for such entries.

The entry only names the window program and `--minimised`: it says nothing of anybody, and what it
starts begins locked. Written only when a person asks for it, and removed when everything is erased.
"""

from __future__ import annotations

import shutil
import sys
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from platformdirs import user_config_path

from facelock.core.atomic_file import write_atomically
from facelock.core.errors import SettingsError

MINIMISED = "--minimised"

_PROGRAM = "facelock-gui"
_DESKTOP_FILE = "facelock.desktop"
_LABEL = "facelock-desktop"
_RUN_NAME = "Facelock"
_RUN_KEY = r"Software\Microsoft\Windows\CurrentVersion\Run"
_MOST_BYTES = 64 * 1024
_OFF = frozenset({"hidden=true", "x-gnome-autostart-enabled=false"})
_FIELD_ESCAPES = str.maketrans({"%": "%%"})
_QUOTED_ESCAPES = str.maketrans({one: f"\\{one}" for one in '"`$\\'})


class Autostart(Protocol):
    """Whether Facelock starts when this user logs in."""

    @property
    def place(self) -> str:
        """Where the entry is, for people."""
        ...

    @property
    def is_on(self) -> bool:
        """True if there is an entry that the system heeds. Never raises."""
        ...

    def on(self) -> None:
        """Start at login from now on. Raises SettingsError."""
        ...

    def off(self) -> None:
        """Do not. Nothing happens if it was off. Raises SettingsError."""
        ...


class _EntryFile:
    """An entry that is a file in a folder of the system's."""

    def __init__(self, path: Path) -> None:
        self._path = path

    @property
    def place(self) -> str:
        """The path of the file."""
        return str(self._path)

    def off(self) -> None:
        """Remove the file. Raises SettingsError."""
        try:
            self._path.unlink(missing_ok=True)
        except OSError as error:
            raise SettingsError(f"the entry cannot be removed: {error.strerror}") from error

    def _write(self, data: bytes) -> None:
        # Not `private_folder`: the folder belongs to every program of this user.
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            write_atomically(self._path, data)
        except OSError as error:
            raise SettingsError(f"the entry cannot be written: {error.strerror}") from error

    def _read(self) -> bytes | None:
        try:
            with self._path.open("rb") as file:
                return file.read(_MOST_BYTES)
        except OSError:
            return None


class XdgAutostart(_EntryFile):
    """Linux: a desktop file in the autostart folder, as freedesktop.org describes it."""

    def __init__(self, folder: Path, command: Sequence[str]) -> None:
        super().__init__(folder / _DESKTOP_FILE)
        self._command = tuple(command)

    @property
    def is_on(self) -> bool:
        """True if the file is there, and no desktop's own settings have switched it off."""
        data = self._read()
        if data is None:
            return False
        lines = data.decode(errors="replace").splitlines()
        return not any(line.replace(" ", "").casefold() in _OFF for line in lines)

    def on(self) -> None:
        """Write the desktop file. Raises SettingsError."""
        lines = (
            "[Desktop Entry]",
            "Type=Application",
            "Version=1.5",
            "Name=Facelock",
            "Icon=facelock",
            f"Exec={exec_line(self._command)}",
            "Terminal=false",
            "X-GNOME-Autostart-enabled=true",
        )
        self._write(("\n".join(lines) + "\n").encode())


def exec_line(command: Sequence[str]) -> str:
    """Return a command as the value of `Exec`: quoted, and then escaped as every string is.

    Raises SettingsError for a path that no desktop file can hold.
    """
    if any(not part.isprintable() for part in command):
        raise SettingsError("the program's path cannot stand in a desktop file")
    quoted = (f'"{part.translate(_QUOTED_ESCAPES)}"' for part in command)
    # Quoting comes last when it is read: a string's own escapes are undone before it.
    return " ".join(quoted).replace("\\", "\\\\").translate(_FIELD_ESCAPES)


class LaunchAgent(_EntryFile):
    """macOS: an agent that launchd starts once at login."""

    def __init__(self, folder: Path, command: Sequence[str]) -> None:
        super().__init__(folder / f"{_LABEL}.plist")
        self._command = tuple(command)

    @property
    def is_on(self) -> bool:
        """True if the agent is there and not disabled."""
        import plistlib  # here, as all of its kind: the way to the first paint is short

        data = self._read()
        if data is None:
            return False
        try:
            told = plistlib.loads(data)
        except Exception:  # noqa: BLE001 - of a damaged list plistlib raises whatever its parser does
            return False
        return isinstance(told, dict) and bool(told.get("RunAtLoad")) and not told.get("Disabled")

    def on(self) -> None:
        """Write the agent. Raises SettingsError."""
        import plistlib

        agent = {
            "Label": _LABEL,
            "ProgramArguments": list(self._command),
            "RunAtLoad": True,
            "KeepAlive": False,  # whoever ends it has ended it
            "ProcessType": "Interactive",
        }
        self._write(plistlib.dumps(agent))


class RunKey(Protocol):
    """The values of one key of the registry. Every method may raise OSError."""

    def read(self, name: str) -> str | None:
        """Return a value; None if there is none."""
        ...

    def write(self, name: str, value: str) -> None:
        """Set a value."""
        ...

    def delete(self, name: str) -> None:
        """Remove a value; nothing happens if there is none."""
        ...


@dataclass(frozen=True)
class RunAtLogon:
    """Windows: a value of the user's own Run key."""

    key: RunKey
    command: tuple[str, ...]

    @property
    def place(self) -> str:
        """The key and the value."""
        return f"HKEY_CURRENT_USER\\{_RUN_KEY}\\{_RUN_NAME}"

    @property
    def is_on(self) -> bool:
        """True if the value is there."""
        try:
            return bool(self.key.read(_RUN_NAME))
        except OSError:
            return False

    def on(self) -> None:
        """Write the value. Raises SettingsError."""
        from subprocess import list2cmdline

        try:
            self.key.write(_RUN_NAME, list2cmdline(self.command))
        except OSError as error:
            raise SettingsError(f"the entry cannot be written: {error.strerror}") from error

    def off(self) -> None:
        """Remove the value. Raises SettingsError."""
        try:
            self.key.delete(_RUN_NAME)
        except OSError as error:
            raise SettingsError(f"the entry cannot be removed: {error.strerror}") from error


class WindowsRunKey:
    """Implements `RunKey` on the registry of Windows."""

    def read(self, name: str) -> str | None:
        """Return a value; None if there is none."""
        if sys.platform != "win32":
            raise OSError(f"no registry: {name}")
        import winreg

        try:
            with winreg.OpenKey(winreg.HKEY_CURRENT_USER, _RUN_KEY) as key:
                value, _kind = winreg.QueryValueEx(key, name)
        except FileNotFoundError:
            return None
        return str(value)

    def write(self, name: str, value: str) -> None:
        """Set a value."""
        if sys.platform != "win32":
            raise OSError(f"no registry: {name}={value}")
        import winreg

        with winreg.CreateKey(winreg.HKEY_CURRENT_USER, _RUN_KEY) as key:
            winreg.SetValueEx(key, name, 0, winreg.REG_SZ, value)

    def delete(self, name: str) -> None:
        """Remove a value; nothing happens if there is none."""
        if sys.platform != "win32":
            raise OSError(f"no registry: {name}")
        import winreg

        access = winreg.KEY_SET_VALUE
        ours = winreg.HKEY_CURRENT_USER
        with suppress(FileNotFoundError), winreg.OpenKey(ours, _RUN_KEY, 0, access) as key:
            winreg.DeleteValue(key, name)


def program_command() -> tuple[str, ...]:
    """Return what starts the window of this very installation, minimised."""
    if getattr(sys, "frozen", False):
        return (sys.executable, MINIMISED)
    beside = Path(sys.executable).with_name(_PROGRAM)
    for program in (beside, beside.with_suffix(".exe")):
        if program.is_file():
            return (str(program), MINIMISED)
    found = shutil.which(_PROGRAM)
    return (found, MINIMISED) if found else (sys.executable, "-m", "facelock.app", MINIMISED)


def find_autostart(
    platform: str = sys.platform,
    *,
    command: Sequence[str] | None = None,
    home: Path | None = None,
    run_key: RunKey | None = None,
) -> Autostart:
    """Return the place of this system and this user."""
    command = tuple(program_command() if command is None else command)
    if platform == "win32":
        return RunAtLogon(run_key or WindowsRunKey(), command)
    if platform == "darwin":
        return LaunchAgent((home or Path.home()) / "Library" / "LaunchAgents", command)
    folder = user_config_path() if home is None else home / ".config"
    return XdgAutostart(folder / "autostart", command)
