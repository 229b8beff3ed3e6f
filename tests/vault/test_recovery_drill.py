"""The drill of docs/recovery.md, done for real: the files come back without Facelock."""

from __future__ import annotations

import ast
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest
from sealed_people import PASSPHRASE, a_profile, keys_for, open_store

from facelock.core.errors import StoreDamaged
from facelock.vault import age
from facelock.vault.keyring import NoKeyring
from facelock.vault.vault import Vault
from facelock.vault.vault_book import VaultKeys

ROOT = Path(__file__).parents[2]
SCRIPT = ROOT / "scripts" / "recover_with_passphrase.py"
FILES = {
    "holiday.jpg": os.urandom(200_000),
    "Straße ü.txt": b"umlauts",
    "empty": b"",
    "twice.txt": b"one",
    "Twice.txt": b"two",
}


@dataclass(frozen=True)
class Lost:
    """All that is left of somebody's Facelock."""

    key_file: Path
    vault: Path
    recovery_key: str
    out: Path


@pytest.fixture
def lost(tmp_path: Path) -> Lost:
    profile = a_profile("Ada")
    keys = keys_for(profile)
    store = open_store(tmp_path / "store", NoKeyring())
    store.enrol(profile, keys)
    person = profile.profile_id
    opening = VaultKeys.of(
        person,
        keys.vault_key,
        store.vault_identity(person, keys.vault_key),
        recovery_recipient=store.recovery_recipient(person, keys.vault_key),
    )
    folder = tmp_path / "vaults" / person
    vault = Vault.open(folder, opening, known_generation=None, keep_generation=lambda _: None)
    for name, data in FILES.items():
        vault.add_bytes(name, data)
    vault.add_note("Diary", "a note")
    vault.close()
    store.close()
    key_file = tmp_path / "store" / "people" / f"{person}.keys"
    return Lost(key_file, folder, keys.recovery_key.text, tmp_path / "recovered")


@pytest.mark.parametrize("is_open", [False, True])
def test_a_renewed_recovery_key_opens_the_vault_at_once_and_the_old_one_never_more(
    tmp_path: Path, *, is_open: bool
) -> None:
    profile = a_profile("Ada")
    keys, person = keys_for(profile), profile.profile_id
    store = open_store(tmp_path / "store", NoKeyring())
    store.enrol(profile, keys)
    identity = store.vault_identity(person, keys.vault_key)
    recipient = store.recovery_recipient(person, keys.vault_key)
    opening = VaultKeys.of(person, keys.vault_key, identity, recovery_recipient=recipient)
    folder = tmp_path / "vaults" / person
    vault = Vault.open(folder, opening, known_generation=None, keep_generation=lambda _: None)
    vault.delete([vault.add_note("Diary", "a note").item_id])
    if not is_open:
        vault.close()
    new = store.renew_recovery(person, keys.vault_key)
    vault.close()
    sealed = (folder / "identity.age").read_bytes()
    assert age.decrypt(sealed, new.text).decode().strip() == identity
    with pytest.raises(StoreDamaged):
        age.decrypt(sealed, keys.recovery_key.text)
    store.close()


@pytest.mark.parametrize("planted", ["nothing", "a link", "a folder"])
def test_a_recovery_key_is_renewed_whatever_lies_in_the_vaults_place(
    tmp_path: Path, planted: str
) -> None:
    profile = a_profile("Ada")
    keys, person = keys_for(profile), profile.profile_id
    store = open_store(tmp_path / "store", NoKeyring())
    store.enrol(profile, keys)
    folder, elsewhere = tmp_path / "vaults" / person, tmp_path / "elsewhere"
    elsewhere.mkdir()
    folder.parent.mkdir(exist_ok=True)
    if planted == "a link":
        folder.symlink_to(elsewhere, target_is_directory=True)
    if planted == "a folder":
        (folder / "identity.age").mkdir(parents=True)
    new = store.renew_recovery(person, keys.vault_key)
    assert store.try_recovery_key(person, new.text).vault_key == keys.vault_key
    assert list(elsewhere.iterdir()) == []
    store.close()


def assert_all_is_back(folder: Path) -> None:
    contents = sorted(path.read_bytes() for path in folder.iterdir())
    assert contents == sorted([*FILES.values(), b"a note"])
    assert (folder / "holiday.jpg").read_bytes() == FILES["holiday.jpg"]
    assert (folder / "Straße ü.txt").read_bytes() == b"umlauts"


def run_script(*arguments: Path, passphrase: str = PASSPHRASE) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-I", SCRIPT, *arguments],
        input=passphrase + "\n",
        capture_output=True,
        text=True,
        check=False,
        start_new_session=True,  # no terminal: getpass reads what is given
    )


def test_the_passphrase_and_the_script_get_everything_back(lost: Lost) -> None:
    done = run_script(lost.key_file, lost.vault, lost.out)
    assert done.returncode == 0, done.stderr
    assert_all_is_back(lost.out)


def test_a_wrong_passphrase_gets_nothing(lost: Lost) -> None:
    done = run_script(lost.key_file, lost.vault, lost.out, passphrase="another one")
    assert done.returncode == 1
    assert "does not open" in done.stderr
    assert "Traceback" not in done.stderr
    assert not lost.out.exists()


def test_the_script_is_short_and_needs_two_packages() -> None:
    text = SCRIPT.read_text()
    assert len(text.splitlines()) <= 80
    imported: set[str] = set()
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Import):
            imported |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            imported.add((node.module or "").partition(".")[0])
    assert imported - sys.stdlib_module_names == {"cryptography", "pyrage"}


def shell_lines(document: str) -> str:
    """Return the commands of the section about the age tool."""
    section = document.partition("## With the recovery key")[2].partition("\n## ")[0]
    return "\n".join(line[4:] for line in section.splitlines() if line.startswith("    "))


@pytest.mark.skipif(shutil.which("age") is None, reason="the age tool is not installed")
def test_the_recovery_key_and_the_age_tool_get_everything_back(lost: Lost) -> None:
    """The very commands of the document, in a shell."""
    (lost.vault / "recovery.txt").write_text(lost.recovery_key + "\n")
    commands = shell_lines((ROOT / "docs" / "recovery.md").read_text())
    assert commands.count("age -d") == 3
    subprocess.run(["sh", "-e", "-c", commands], cwd=lost.vault, check=True)
    assert_all_is_back(lost.vault / "recovered")
