"""Where everything lies: the folders this operating system has for programs."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from platformdirs import PlatformDirs

APP_NAME = "facelock"


@dataclass(frozen=True)
class Paths:
    """The folders of one user. None of them is made here: whoever writes makes its own."""

    data: Path  # the sealed store and the vault
    config: Path  # harmless preferences
    state: Path  # what may be lost: the single-instance socket, window places
    log: Path

    @classmethod
    def default(cls) -> Paths:
        """Return this user's folders."""
        dirs = PlatformDirs(APP_NAME, appauthor=False)
        return cls(
            data=dirs.user_data_path,
            config=dirs.user_config_path,
            state=dirs.user_state_path,
            log=dirs.user_log_path,
        )

    @classmethod
    def below(cls, folder: Path) -> Paths:
        """Return folders that all lie in `folder`: for a demo, or a test."""
        return cls(folder / "data", folder / "config", folder / "state", folder / "log")

    @property
    def store(self) -> Path:
        """The folder of the sealed store."""
        return self.data / "store"

    @property
    def vaults(self) -> Path:
        """The folder of the vaults, one folder for each person, named after the profile id."""
        return self.data / "vaults"

    @property
    def settings_file(self) -> Path:
        """The file of preferences."""
        return self.config / "settings.json"

    @property
    def log_file(self) -> Path:
        """The newest log."""
        return self.log / "facelock.log"
