"""Keys in the window: changed in the settings, offered in a banner, and the way back in."""

from __future__ import annotations

import json
import stat
from collections.abc import Iterator
from pathlib import Path
from typing import TypeVar

import pytest
from fakes_pages import Bench
from fakes_ui import PASSPHRASE
from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QGuiApplication
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from facelock.core.errors import WrongPassphrase, WrongRecoveryKey
from facelock.ui.clipboard_loan import ClipboardLoan
from facelock.ui.confirm_passphrase import ConfirmPassphrase
from facelock.ui.lock_page import LockPage
from facelock.ui.passphrase_dialog import PassphraseDialog
from facelock.ui.recovery_dialogs import RecoveryBanner, RecoveryDialog
from facelock.ui.recovery_forgotten import ForgottenDialog
from facelock.ui.recovery_paper import document
from facelock.ui.recovery_sheet import RecoverySheet
from facelock.ui.settings_keys import KeysCard
from facelock.ui.settings_page import SettingsPage
from facelock.vault.recovery import new_recovery_key

NEW = "nine loud badgers dig"
W = TypeVar("W", bound=QWidget)


@pytest.fixture
def bench(qtbot: QtBot, tmp_path: Path) -> Iterator[Bench]:
    made = Bench(qtbot, tmp_path / "home")
    yield made
    made.close()


@pytest.fixture
def sheet(qtbot: QtBot) -> RecoverySheet:
    made = RecoverySheet()
    qtbot.addWidget(made)
    made.show_key(new_recovery_key())
    return made


def the(kind: type[W]) -> W:
    """Return the open window of that kind."""
    found = [one for one in QApplication.topLevelWidgets() if isinstance(one, kind)]
    (shown,) = [one for one in found if one.isVisible()]
    return shown


def settings(bench: Bench) -> KeysCard:
    page = bench.page("settings")
    assert isinstance(page, SettingsPage)
    (card,) = page.body("locking").findChildren(KeysCard)
    return card


def confirm(bench: Bench) -> None:
    """Type the passphrase where it is asked for again, if it is."""
    if not bench.access.is_confirmed:
        dialog = the(ConfirmPassphrase)
        QTest.keyClicks(dialog.field.edit, PASSPHRASE)
        with bench.qtbot.waitSignal(dialog.confirmed, timeout=5000):
            dialog.submit()


def opens(bench: Bench, passphrase: str) -> bool:
    (person,) = bench.access.people
    try:
        bench.access.slow_open(person.profile_id, passphrase)
    except WrongPassphrase:
        return False
    return True


def test_the_passphrase_is_changed_in_the_settings(bench: Bench) -> None:
    bench.unlock()
    bench.clock.advance(121.0)
    card = settings(bench)
    card.change.click()
    confirm(bench)
    dialog = the(PassphraseDialog)
    QTest.keyClicks(dialog.pair.first.edit, NEW)
    QTest.keyClicks(dialog.pair.again.edit, NEW[:-1] + "x")
    assert "differ" in dialog.pair.trouble.text
    assert not dialog.go.isEnabled()
    dialog.pair.again.edit.setText(NEW)
    bench.qtbot.waitUntil(dialog.go.isEnabled, timeout=5000)
    with bench.qtbot.waitSignal(dialog.changed, timeout=5000):
        dialog.submit()
    assert "changed" in card.message.text
    assert opens(bench, NEW)
    assert not opens(bench, PASSPHRASE)


def test_a_new_recovery_key_is_shown_until_it_is_kept(bench: Bench) -> None:
    bench.unlock()
    settings(bench).renew.click()
    confirm(bench)
    dialog = the(RecoveryDialog)
    shown = "".join(dialog.sheet.key.text().split())
    bench.program.keys.desk.fits(shown)
    dialog.reject()
    assert dialog.isVisible()
    dialog.sheet.tick.click()
    dialog.go.click()
    assert not dialog.isVisible()


def test_locking_takes_a_recovery_key_off_the_screen(bench: Bench) -> None:
    bench.unlock()
    settings(bench).renew.click()
    confirm(bench)
    dialog = the(RecoveryDialog)
    bench.window.lock()
    assert not dialog.isVisible()


def test_a_forgotten_passphrase_is_replaced_with_the_recovery_key(bench: Bench) -> None:
    bench.unlock()
    recovery = bench.program.keys.desk.renew_recovery()
    bench.window.lock()
    page = bench.window.page
    assert isinstance(page, LockPage)
    page.forgot.click()
    dialog = the(ForgottenDialog)
    QTest.keyClicks(dialog.pair.first.edit, NEW)
    QTest.keyClicks(dialog.pair.again.edit, NEW)
    dialog.key.edit.setText(new_recovery_key().text)
    bench.qtbot.waitUntil(dialog.go.isEnabled, timeout=5000)
    dialog.submit()
    assert "recovery key" in dialog.message.text
    assert bench.access.unlocked_for is None
    dialog.key.edit.setText(recovery.text)
    with bench.qtbot.waitSignal(dialog.entered, timeout=5000):
        dialog.submit()
    assert bench.access.unlocked_for is not None
    assert bench.access.opened_by == "recovery"
    assert bench.shell
    assert opens(bench, NEW)
    assert not opens(bench, PASSPHRASE)


def test_a_saved_recovery_key_is_read_from_its_file(bench: Bench, tmp_path: Path) -> None:
    page = bench.window.page
    assert isinstance(page, LockPage)
    page.forgot.click()
    dialog = the(ForgottenDialog)
    key = new_recovery_key()
    file = tmp_path / "key.txt"
    file.write_text(f"# words\n{key.text}\n")
    dialog.read_file(str(file))
    assert dialog.key.text() == key.text
    dialog.read_file(str(tmp_path))
    assert "cannot be read" in dialog.message.text
    dialog.reject()


def test_somebody_without_a_recovery_key_is_offered_one(qtbot: QtBot, tmp_path: Path) -> None:
    bench = Bench(qtbot, tmp_path / "home")
    try:
        (file,) = (bench.paths.store / "people").glob("*.keys")
        content = json.loads(file.read_text())
        content["version"] = 1
        for field in ("identity", "recipient", "recovery", "recovery_recipient"):
            del content["slots"][field]
        file.write_text(json.dumps(content))
        bench.unlock()
        (banner,) = bench.shell.findChildren(RecoveryBanner)
        assert banner.isVisible()
        banner.make.click()
        confirm(bench)
        dialog = the(RecoveryDialog)
        assert bench.program.keys.desk.has_recovery
        dialog.sheet.tick.click()
        with qtbot.waitSignal(banner.destroyed, timeout=5000):
            dialog.go.click()
    finally:
        bench.close()


def test_a_copied_key_leaves_the_clipboard_again(sheet: RecoverySheet) -> None:
    clipboard = QGuiApplication.clipboard()
    sheet.copy.click()
    assert clipboard.text().startswith("AGE-SECRET-KEY-1")
    assert clipboard.mimeData().data("x-kde-passwordManagerHint").data() == b"secret"
    (loan,) = (QCoreApplication.instance() or sheet).findChildren(ClipboardLoan)
    loan.end()
    assert clipboard.text() == ""
    other = ClipboardLoan("a secret")
    clipboard.setText("something else by now")
    other.end()
    assert clipboard.text() == "something else by now"
    clipboard.clear()


def test_a_saved_key_is_its_owners_alone(sheet: RecoverySheet, tmp_path: Path) -> None:
    file = tmp_path / "key.txt"
    sheet.save_to(str(file))
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert "Saved" in sheet.message.text
    sheet.save_to(str(tmp_path / "nowhere" / "key.txt"))
    assert "could not be saved" in sheet.message.text


def test_the_printed_page_holds_the_key_and_how_to_use_it(
    sheet: RecoverySheet, tmp_path: Path
) -> None:
    key = new_recovery_key()
    text = document(key).toPlainText()
    assert key.text in "".join(text.split())
    assert "facelock recovery --use" in text
    printer = QPrinter()
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "page.pdf"))
    sheet.print_on(printer)
    assert (tmp_path / "page.pdf").read_bytes().startswith(b"%PDF")


def test_a_screen_reader_hears_letters_and_nothing_once_it_is_forgotten(
    sheet: RecoverySheet,
) -> None:
    name = sheet.key.accessibleName()
    assert name.startswith("Recovery key: AGE-SECRET-KEY-1, then ")
    sheet.forget()
    assert not sheet.key.text()
    assert not sheet.key.accessibleName()
    sheet.copy.click()
    sheet.save_to("/nowhere")
    assert sheet.message.text == ""


def test_a_wrong_recovery_key_is_no_key(bench: Bench) -> None:
    bench.unlock()
    with pytest.raises(WrongRecoveryKey):
        bench.program.keys.desk.fits("nothing")
