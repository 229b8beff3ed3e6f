"""Take the defences of the threat model out, one by one: the test of that row must then fail.

    python scripts/defences.py            all of them; 1 if any test did not notice
    python scripts/defences.py 09 12      those rows

Works on a copy; the checkout is left alone.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

_ROOT = Path(__file__).resolve().parents[1]
_COPIED = ("facelock", "scripts", "tests", "pyproject.toml")
_LINKED = ("models", "assets", ".ci", "docs", "Makefile", "README.md")


@dataclass(frozen=True)
class Defence:
    """What stands in the code, and what an attacker would rather have there."""

    row: str  # two digits
    what: str
    file: str
    here: str
    instead: str


DEFENCES = (
    Defence(
        "01",
        "a sheet that moves is told from a head",
        "facelock/core/solidity.py",
        "            return Denied(Layer.GEOMETRY)",
        "            return Shown()",
    ),
    Defence(
        "03",
        "a face opens only with the cameras it is bound to",
        "facelock/services/recognition.py",
        "if not self.gallery.knows_camera(frame.camera_id):",
        "if False:",
    ),
    Defence(
        "03",
        "one person's camera is not another's",
        "facelock/core/comparison.py",
        "known = [camera_id in self.cameras.get(owner, ()) for owner in self.owners]",
        "known = [True for _ in self.owners]",
    ),
    Defence(
        "06",
        "the switches of liveness ask for the passphrase",
        "facelock/services/access.py",
        """        self._confirmation.require()
        machine = self._store.machine
        if eyes_required is not None:""",
        """        machine = self._store.machine
        if eyes_required is not None:""",
    ),
    Defence(
        "22",
        "shut eyes open only where a passphrase said so",
        "facelock/services/recognition.py",
        "PROBE_LIMITS if gallery.eyes_required else WITHOUT_EYES",
        "WITHOUT_EYES",
    ),
    Defence(
        "03",
        "a simulated frame never meets a real gallery",
        "facelock/services/recognition.py",
        "if frame.simulated is not self.gallery.demo:",
        "if False:",
    ),
    Defence(
        "04",
        "key files cheaper than the floor are refused",
        "facelock/vault/key_files.py",
        "if not slot.kdf.is_at_least(kdf_floor):",
        "if False:",
    ),
    Defence(
        "05",
        "a record older than the index demands is a rollback",
        "facelock/vault/sealed_records.py",
        "if header.generation < at_least:",
        "if False:",
    ),
    Defence(
        "05",
        "a head is what its name says",
        "facelock/vault/sealed_records.py",
        "if not version.network.model_sha256 == header.model_sha256 == model_sha256:",
        "if False:",
    ),
    Defence(
        "05",
        "a planted key file does not know the store",
        "facelock/vault/loaded.py",
        "if self._secret_is_proven:\n            return False",
        "if self._secret_is_proven:\n            return True",
    ),
    Defence(
        "06",
        "rules that do not open become the strictest",
        "facelock/vault/loaded.py",
        "self.file = MachineFile(MachineRecord.closed())",
        "self.file = MachineFile(MachineRecord())",
    ),
    Defence(
        "09",
        "a lock-out destroys the face's copy of the key",
        "facelock/services/face_path.py",
        "store.disarm_face(profile_id)",
        "pass",
    ),
    Defence(
        "09",
        "non-matches survive the face leaving the picture",
        "facelock/core/attempt.py",
        "return Attempt(non_matches=self.non_matches)",
        "return Attempt()",
    ),
    Defence(
        "12",
        "the bytes of a model are compared with the pinned hash",
        "facelock/vision/models.py",
        "if len(data) != pinned.size or hashlib.sha256(data).hexdigest() != pinned.sha256:",
        "if len(data) != pinned.size:",
    ),
    Defence(
        "13",
        "the tag of a sealed record is checked",
        "facelock/vault/envelope.py",
        "content = AESGCM(key).decrypt(nonce, ciphertext, _bound(packed, record_id))",
        "content = ciphertext",
    ),
    Defence(
        "17",
        "a file that others can write is not read",
        "facelock/core/atomic_file.py",
        "if status.st_uid != os.geteuid() or status.st_mode & _OTHERS_WRITE:",
        "if False:",
    ),
    Defence(
        "22",
        "two faces are refused",
        "facelock/services/recognition.py",
        "if look.face is None or look.faces > 1:",
        "if look.face is None:",
    ),
    Defence(
        "14",
        "nobody reads the memory of the process",
        "facelock/desktop/hardening.py",
        "    _prctl(_PR_SET_DUMPABLE, 0)\n    return _prctl(_PR_GET_DUMPABLE, 0) == 0",
        "    return True",
    ),
    Defence(
        "14",
        "the key is overwritten when the lock closes",
        "facelock/vault/keys.py",
        "    key[:] = bytes(len(key))",
        "    pass",
    ),
    Defence(
        "21",
        "dialogs are torn down on lock",
        "facelock/ui/main_window.py",
        "if isinstance(widget, QDialog) and widget.isVisible():",
        "if False:",
    ),
    Defence(
        "25",
        "an item is on the disk before the index vouches for it",
        "facelock/vault/vault_book.py",
        "            self._put_in_place(staged, arrived)\n",
        "            late, arrived = arrived, None\n"
        "            self._put_in_place(staged, arrived)\n"
        "            arrived = late\n"
        "            if arrived is not None:\n"
        "                arrived.commit()\n",
    ),
    Defence(
        "07",
        "counters are written before the verdict is told",
        "facelock/services/lock.py",
        "                self._keep_counters(after, typed)\n",
        "                pass\n",
    ),
    Defence(
        "07",
        "non-matches are written as they come",
        "facelock/services/lock.py",
        "            self._keep_counters(self._state)\n        except Exception as error:",
        "            pass\n        except Exception as error:",
    ),
    Defence(
        "08",
        "a clock set back owes the whole pause anew",
        "facelock/services/lock_record.py",
        "    if is_set_back(record, clock):\n        return whole\n",
        "",
    ),
    Defence(
        "08",
        "at Strict a new boot asks for the passphrase",
        "facelock/services/face_path.py",
        "if rules.passphrase_after_reboot and not same_boot:",
        "if False:",
    ),
    Defence(
        "10",
        "wrong passphrases wait",
        "facelock/services/passphrase_access.py",
        "        self.may_try(profile_id)\n        return self._store.try_passphrase",
        "        return self._store.try_passphrase",
    ),
    Defence(
        "11",
        "the wait after wrong passphrases has an end",
        "facelock/core/passphrase_delay.py",
        "return min(FIRST_SECONDS * 2.0**doublings, LONGEST_SECONDS)",
        "return FIRST_SECONDS * 2.0 ** (10 * doublings)",
    ),
    Defence(
        "18",
        "a new level asks for the passphrase again",
        "facelock/services/access.py",
        "self._confirmation.require()\n        machine = replace(self._store.machine, level=level)",
        "machine = replace(self._store.machine, level=level)",
    ),
    Defence(
        "19",
        "a remembered look is anchored to what was enrolled",
        "facelock/core/comparison.py",
        "return bool(rows.size) and float(distances.min()) <= self.anchors[row]",
        "return True",
    ),
    Defence(
        "20",
        "what nobody foresaw is logged without its text",
        "facelock/cli/main.py",
        'log.error("unexpected %s in %s", type(error).__name__, where)',
        'log.error("unexpected %s in %s", error, where)',
    ),
)


def _copy_to(folder: Path) -> None:
    for name in _COPIED:
        source = _ROOT / name
        if source.is_dir():
            shutil.copytree(source, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy2(source, folder / name)
    for name in _LINKED:
        (folder / name).symlink_to(_ROOT / name)


def _tests_fail(folder: Path, row: str) -> bool:
    tests = sorted(str(path) for path in (folder / "tests/security").glob(f"test_row_{row}_*.py"))
    if not tests:
        raise SystemExit(f"there is no test of row {row}")
    done = subprocess.run(
        [
            sys.executable,
            "-m",
            "pytest",
            "-x",
            "-q",
            "-p",
            "no:cacheprovider",
            "--timeout=40",
            *tests,
        ],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(folder), "QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode in {2, 3, 4, 5}:  # not collected; the tests said nothing
        raise SystemExit(f"row {row}: the tests did not run\n{done.stdout}{done.stderr}")
    return done.returncode != 0  # one that never ends is killed, and has noticed


def try_without(defence: Defence) -> bool:
    """Take one defence out of a copy; return True if the test of its row noticed."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        _copy_to(folder)
        file = folder / defence.file
        text = file.read_text(encoding="utf-8")
        if text.count(defence.here) != 1:
            raise SystemExit(f"{defence.file} does not hold once: {defence.here}")
        file.write_text(text.replace(defence.here, defence.instead), encoding="utf-8")
        return _tests_fail(folder, defence.row)


def main(rows: list[str]) -> int:
    """Try those rows, or all; 1 if a missing defence went unnoticed."""
    unnoticed = 0
    for defence in DEFENCES:
        if rows and defence.row not in rows:
            continue
        noticed = try_without(defence)
        unnoticed += not noticed
        print(f"row {defence.row}  {'noticed' if noticed else 'NOT NOTICED':11}  {defence.what}")
    return 1 if unnoticed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
