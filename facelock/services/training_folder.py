"""The folder of a training run: its settings, what was saved of each part, its log, its result.

    run.json                 recipe, seed, epochs and data, written first; never changed
    <part>.checkpoint        the part under way, after its last finished epoch or step
    <part>.safetensors       the weights of a finished part
    log.jsonl                one line an epoch
    result.json              what the recipe returned

Every file is replaced whole, so that a run ended by force goes on from its last epoch.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path

from facelock.core.atomic_file import sweep, write_atomically
from facelock.core.errors import RunFolderUnusable, RunFolderUnwritable, TrainingDataUnusable

_FORMAT = 1
_SETTINGS, _LOG, _RESULT = "run.json", "log.jsonl", "result.json"


@dataclass(frozen=True, kw_only=True)
class RunSettings:
    """What makes a run the same run."""

    recipe: str
    seed: int
    epochs: int
    data: str  # fingerprint of the folder


class RunFolder:
    """Reads and writes the files of one run."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def settings(self) -> RunSettings | None:
        """Return the settings of the run in the folder, None if it is empty or not there.

        Raises RunFolderUnusable if there is something else in it, or the settings are damaged.
        """
        try:
            text = (self.path / _SETTINGS).read_text(encoding="utf-8")
        except (FileNotFoundError, NotADirectoryError):
            self._need_empty()
            return None
        except (OSError, UnicodeDecodeError) as error:
            raise RunFolderUnusable(f"{self.path / _SETTINGS} cannot be read") from error
        try:
            kept = json.loads(text)
            if kept.pop("format") != _FORMAT:
                raise RunFolderUnusable(f"{self.path} was written by another version of Facelock")
            return RunSettings(**kept)
        except (ValueError, TypeError, KeyError, AttributeError) as error:
            raise RunFolderUnusable(f"{self.path / _SETTINGS} is damaged") from error

    def begin(self, settings: RunSettings) -> None:
        """Make the folder, and write the settings down. Raises RunFolderUnwritable."""
        try:
            self.path.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise RunFolderUnwritable(f"{self.path}: {error.strerror}") from error
        self.write(_SETTINGS, _as_json({"format": _FORMAT, **asdict(settings)}))

    def tidy(self) -> None:
        """Delete half-written files of a process that was ended by force."""
        with suppress(OSError):  # a folder that cannot be written says so when it is written
            sweep(self.path)

    def read(self, name: str) -> bytes | None:
        """Return what was saved under a name, None if nothing was. Raises RunFolderUnusable."""
        try:
            return (self.path / name).read_bytes()
        except FileNotFoundError:
            return None
        except OSError as error:
            raise RunFolderUnusable(f"{self.path / name} cannot be read") from error

    def write(self, name: str, data: bytes) -> None:
        """Save under a name. Raises RunFolderUnwritable; what was there still stands then."""
        try:
            write_atomically(self.path / name, data)
        except OSError as error:
            raise RunFolderUnwritable(f"{self.path / name}: {error.strerror}") from error

    def remove(self, name: str) -> None:
        """Delete what was saved under a name, if anything was. Raises RunFolderUnwritable."""
        try:
            (self.path / name).unlink(missing_ok=True)
        except OSError as error:
            raise RunFolderUnwritable(f"{self.path / name}: {error.strerror}") from error

    def log(self, part: str, epoch: int, values: Mapping[str, object]) -> None:
        """Write down an epoch; of one that is repeated the earlier line goes.

        Raises RunFolderUnwritable.
        """
        lines = [] if (data := self.read(_LOG)) is None else data.splitlines()
        kept = [line for line in lines if not _is_at_or_after(line, part, epoch)]
        entry = {"part": part, "epoch": epoch, **values}
        self.write(_LOG, b"\n".join([*kept, json.dumps(entry).encode(), b""]))

    def write_result(self, values: Mapping[str, object]) -> None:
        """Write down what the run came to. Raises RunFolderUnwritable."""
        self.write(_RESULT, _as_json(values))

    def _need_empty(self) -> None:
        try:
            holds_something = any(self.path.iterdir())
        except FileNotFoundError:
            return
        except OSError as error:
            raise RunFolderUnusable(f"{self.path} is no folder that can be read") from error
        if holds_something:
            raise RunFolderUnusable(f"{self.path} is not empty, and what is in it is no run")


def file_name(part: str, ending: str) -> str:
    """Return the name under which a part is saved, such as `reference-fold-2.safetensors`."""
    return re.sub(r"[^a-z0-9]+", "-", part.lower()).strip("-") + f".{ending}"


def fingerprint(data: Path) -> str:
    """Return what tells one folder of data from another: a hash of its files' names and sizes.

    Raises TrainingDataUnusable if there is no such folder.
    """
    if not data.is_dir():
        raise TrainingDataUnusable(f"there is no folder {data}")
    digest = hashlib.sha256()
    try:
        for path in sorted(path for path in data.rglob("*") if path.is_file()):
            digest.update(f"{path.relative_to(data).as_posix()}\0{path.stat().st_size}\n".encode())
    except OSError as error:
        raise TrainingDataUnusable(f"{data} cannot be read") from error
    return digest.hexdigest()


def _as_json(values: Mapping[str, object]) -> bytes:
    return json.dumps(values, indent=1, ensure_ascii=False).encode() + b"\n"


def _is_at_or_after(line: bytes, part: str, epoch: int) -> bool:
    """Tell whether a line of the log is of this epoch of a part or a later one, or of nothing."""
    try:
        entry = json.loads(line)
        return bool(entry["part"] == part and entry["epoch"] >= epoch)
    except (ValueError, TypeError, KeyError):
        return True
