"""Row 20: nothing private in any log, export or error report, whatever is done with the program.

Sentinels (a passphrase, a recovery key, the name and content of a file, a note, the numbers of an
embedding) go through the app's services, with every logger at its most talkative; then every log,
export and report is searched for them.
"""

from __future__ import annotations

import logging
import stat
from collections.abc import Callable, Iterator
from dataclasses import fields
from functools import partial
from pathlib import Path

import pytest
from lock_machine import ADA, Machine
from sealed_people import PASSPHRASE

from facelock.cli.main import main
from facelock.core.activity import Activity, Happening
from facelock.core.errors import FacelockError
from facelock.core.observation import NonMatch
from facelock.desktop.logs import close_log, open_log
from facelock.desktop.paths import Paths
from facelock.services.access import Access
from facelock.services.activity import ActivityJournal
from facelock.services.activity_export import as_csv, as_json
from facelock.services.vault_desk import VaultDesk
from facelock.vault.activity_format import _ENTRY
from facelock.vault.age import new_identity

pytestmark = [pytest.mark.security, pytest.mark.allow_logs("what is searched is what is logged")]

FILE_NAME, CONTENT, NOTE = "letter-to-zelda.txt", b"dearest-zelda", "meet-me-at-the-harbour"
WRONG = "entirely wrong badgers"
SCORE = 0.7312345


@pytest.fixture
def log_file(tmp_path: Path) -> Iterator[Path]:
    path = tmp_path / "logs" / "facelock.log"
    root = logging.getLogger()
    before = root.level
    handler = open_log(path, logging.DEBUG)
    assert handler is not None
    yield path
    close_log(handler)
    root.setLevel(before)


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    return Machine(tmp_path / "data" / "store")


def live(machine: Machine, tmp_path: Path) -> tuple[tuple[Activity, ...], list[str]]:
    """Do what a person does in a day, much of it wrong; return the log and the errors' texts."""
    errors: list[str] = []
    key = new_identity()
    with machine.started():
        journal = ActivityJournal(machine.store, machine.clock)
        access = Access(machine.store, machine.clock, journal)
        for wrong in (WRONG, key):
            errors += _failing(partial(access.slow_open, ADA.profile_id, wrong))
            access.refused(ADA.profile_id)
        errors += _failing(lambda: machine.store.try_recovery_key(ADA.profile_id, key))
        access.start_scan()
        for _ in range(40):
            access.observe(NonMatch(3, SCORE, 0.5))
        access.accept(access.slow_open(ADA.profile_id, PASSPHRASE))
        desk = VaultDesk(access, machine.store, tmp_path / "data" / "vaults")
        vault = desk.open()
        source = tmp_path / FILE_NAME
        source.write_bytes(CONTENT)
        item = vault.add_file(source)
        vault.add_note("a note", NOTE)
        for path in (tmp_path / "data" / "vaults").glob("*/items/*.age"):
            path.write_bytes(path.read_bytes()[:-1])
        errors += _failing(lambda: vault.read(item.item_id, limit=1000))
        errors += _failing(lambda: desk.export([item.item_id], tmp_path / "nowhere"))
        errors += _failing(lambda: vault.add_file(tmp_path / "missing" / FILE_NAME))
        errors += _failing(lambda: access.rename(ADA.profile_id, "\0"))
        access.lock()
        return journal.read(ADA.profile_id), errors


def _failing(work: Callable[[], object]) -> list[str]:
    try:
        work()
    except FacelockError as error:
        logging.getLogger("facelock.test").warning("%s: %s", type(error).__name__, error)
        return [str(error)]
    return []


def secrets_of(machine: Machine) -> tuple[str, ...]:
    numbers = [repr(float(value))[:8] for value in ADA.samples[0].embedding[:20] if value]
    held = [value.hex() for value in machine.secrets.kept.values()]
    return (
        *(PASSPHRASE, WRONG, "AGE-SECRET-KEY", FILE_NAME, CONTENT.decode(), NOTE),
        *(str(SCORE)[:6], *numbers, *held),
    )


def test_no_log_export_or_error_tells_a_secret(
    machine: Machine, tmp_path: Path, log_file: Path
) -> None:
    activities, errors = live(machine, tmp_path)
    kinds = {one.what for one in activities}
    assert {Happening.PASSPHRASE_REFUSED, Happening.UNLOCKED_BY_PASSPHRASE} <= kinds
    assert len(errors) >= 5
    logged = log_file.read_text()
    assert "facelock.test" in logged
    names = {ADA.profile_id: ADA.name}
    told = {
        "log": logged,
        "csv": as_csv(activities, names),
        "json": as_json(activities, names),
        "sealed log": (tmp_path / "data" / "store" / "activity.log").read_bytes().decode("latin-1"),
    }
    for secret in secrets_of(machine):
        assert [where for where, text in told.items() if secret in text] == [], "a secret is told"


def test_a_report_of_the_unforeseen_names_a_place_and_no_value(
    log_file: Path, qtbot: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    from PySide6.QtWidgets import QWidget

    from facelock.ui.mishap import Mishap

    window = QWidget()
    mishap = Mishap(window)
    monkeypatch.setattr(mishap, "_tell", lambda *_: None)
    mishap._happened.disconnect()
    try:
        raise ValueError(PASSPHRASE, FILE_NAME, SCORE)  # noqa: TRY301 - what nobody foresaw
    except ValueError as error:
        mishap.hook(ValueError, error, error.__traceback__)
    window.deleteLater()
    logged = log_file.read_text()
    assert "unexpected ValueError" in logged
    assert not [one for one in (PASSPHRASE, FILE_NAME, str(SCORE)) if one in logged]


def test_a_command_that_fails_unforeseen_logs_a_place_and_no_value(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fails(*_: object) -> int:
        raise ValueError(PASSPHRASE, FILE_NAME, SCORE)

    monkeypatch.setattr("facelock.cli.status.run", fails)
    assert main(["status"]) == 70
    told = capsys.readouterr()
    logged = Paths.default().log_file.read_text()
    assert "unexpected ValueError" in logged
    for secret in (PASSPHRASE, FILE_NAME, str(SCORE)):
        assert secret not in logged + told.out + told.err


def test_the_log_is_ours_alone_and_rotated(log_file: Path) -> None:
    logger = logging.getLogger("facelock.test")
    for _ in range(3000):
        logger.error("x" * 1000)
    kept = sorted(log_file.parent.iterdir())
    assert 2 <= len(kept) <= 4
    for path in kept:
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
        assert path.stat().st_size <= 600 * 1024


def test_an_entry_has_no_room_for_a_score_or_a_picture() -> None:
    assert [(one.name, one.type) for one in fields(Activity)] == [
        ("what", "Happening"),
        ("at", "float"),
        ("profile_id", "str"),
    ]
    # A time, sixteen bytes of a profile id, and a name out of a fixed list.
    assert _ENTRY.format == ">d16s32s"
    assert all(kind.value.replace("-", "").isalpha() for kind in Happening)
