"""Two languages: every word is translated, and the window changes over without a restart."""

from __future__ import annotations

import ast
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from fakes_pages import Bench, Make
from page_walk import SIZE, check, in_all_types
from PySide6.QtCore import QDate, QLibraryInfo, QLocale, QTranslator
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from facelock.core.errors import VaultFull
from facelock.core.settings import Language, Settings
from facelock.resources import resource
from facelock.ui.enrolment.steps import Step
from facelock.ui.language import language_name, speak, spoken
from facelock.ui.lock_page import LockPage
from facelock.ui.looks import wear
from facelock.ui.numbers import locale
from facelock.ui.settings_appearance import AppearanceCard
from facelock.ui.settings_page import SettingsPage
from facelock.ui.shell import Shell
from facelock.ui.vault_page import VaultPage

ROOT = Path(__file__).parents[2]
TS = ROOT / "assets" / "i18n" / "facelock_de.ts"
TOOLS = Path(sys.executable).parent
Message = tuple[str, str]  # context, source


@pytest.fixture(autouse=True)
def english_again(qapp: QApplication) -> Iterator[None]:
    before, font, palette = QLocale(), qapp.font(), qapp.palette()
    yield
    wear(qapp, Settings(language=Language.ENGLISH))
    QLocale.setDefault(before)
    qapp.setFont(font)
    qapp.setPalette(palette)


@pytest.fixture
def bench(qtbot: QtBot, tmp_path: Path, qapp: QApplication) -> Iterator[Bench]:
    """Return a window that follows its preferences, as `Start` lets it."""
    made = Bench(qtbot, tmp_path / "home")
    speak(qapp, Language.ENGLISH)

    def follow(settings: Settings) -> None:
        if wear(qapp, settings):
            made.window.rebuild_soon()

    made.program.preferences.changed.connect(follow)
    yield made
    made.close()


def messages(path: Path) -> dict[Message, ET.Element]:
    tree = ET.parse(path).getroot()  # noqa: S314 - a file of our own
    return {
        (context.findtext("name", ""), message.findtext("source", "")): message
        for context in tree.findall("context")
        for message in context.findall("message")
    }


def translation(message: ET.Element) -> str:
    return message.findtext("translation", "")


def placeholders(words: str) -> set[str]:
    return set(re.findall(r"\{\w*\}|%n|%\d", words))


def run_tool(name: str, *arguments: str) -> None:
    tool = shutil.which(f"pyside6-{name}", path=str(TOOLS))
    assert tool is not None
    subprocess.run([tool, "-silent", *arguments], cwd=ROOT, check=True, timeout=100)


def test_every_word_of_the_window_is_translated_and_none_is_left_over(tmp_path: Path) -> None:
    fresh = tmp_path / "facelock_de.ts"
    sources = ["-extensions", "py", "facelock/ui", "facelock/app.py"]
    run_tool("lupdate", *sources, "-locations", "none", "-ts", str(fresh))
    kept = messages(TS)
    assert set(messages(fresh)) == set(kept), "run `make i18n`, and translate what is new"
    for (context, source), message in kept.items():
        done = message.find("translation")
        assert done is not None
        assert done.get("type") is None, f"unfinished: {context}: {source}"
        assert translation(message).strip() or not source.strip(), source


def test_placeholders_and_shortcuts_survive_the_translation() -> None:
    for (_, source), message in messages(TS).items():
        words = translation(message)
        assert placeholders(words) == placeholders(source), source
        assert words.count("&") == source.count("&"), source
        assert source.endswith("…") == words.endswith("…"), source


def test_what_is_compiled_is_what_is_written(tmp_path: Path) -> None:
    fresh = tmp_path / "facelock_de.qm"
    run_tool("lrelease", "-compress", str(TS), "-qm", str(fresh))
    assert fresh.read_bytes() == resource("assets/i18n/facelock_de.qm").read_bytes()


def test_each_sentence_stands_in_its_call_so_that_it_is_found() -> None:
    """Lupdate reads no aliases of `translate`, no constants and no f-strings."""
    wrong = [
        f"{path.name}:{node.lineno}: {ast.unparse(node)}"
        for path in sorted((ROOT / "facelock" / "ui").rglob("*.py"))
        for tree in [ast.parse(path.read_text(encoding="utf-8"))]
        for node in [*ast.walk(tree), *in_f_strings(tree)]
        if isinstance(node, ast.Call) and (node in in_f_strings(tree) or not is_found(node))
    ]
    assert not wrong


def in_f_strings(tree: ast.AST) -> list[ast.AST]:
    """Return the calls of `tr` and `translate` within f-strings, where lupdate does not look."""
    return [
        node
        for text in ast.walk(tree)
        if isinstance(text, ast.JoinedStr)
        for node in ast.walk(text)
        if isinstance(node, ast.Call)
        and ast.unparse(node.func).rpartition(".")[2] in {"tr", "translate"}
    ]


def is_found(call: ast.Call) -> bool:
    whole = ast.unparse(call.func)
    words = [one.value for one in call.args if isinstance(one, ast.Constant)]
    if whole in {"translate", "QCoreApplication.translate"}:
        return len(words) >= 2 and all(isinstance(one, str) for one in words[:2])
    if whole == "self.tr":
        return bool(words) and isinstance(words[0], str)
    return whole.rpartition(".")[2] not in {"tr", "_tr", "_translate"}


@pytest.mark.parametrize(
    ("wanted", "heard"),
    [
        (("de-AT", "en-GB"), Language.GERMAN),
        (("de_DE",), Language.GERMAN),
        (("en-US", "de-DE"), Language.ENGLISH),
        (("fr-FR", "de-CH"), Language.GERMAN),
        (("fr-FR",), Language.ENGLISH),
        (("C",), Language.ENGLISH),
        ((), Language.ENGLISH),
    ],
)
def test_the_system_names_the_language(wanted: Sequence[str], heard: Language) -> None:
    assert spoken(Language.SYSTEM, wanted) is heard
    assert spoken(Language.ENGLISH, wanted) is Language.ENGLISH
    assert spoken(Language.GERMAN, wanted) is Language.GERMAN


def test_a_language_is_called_as_it_calls_itself(qapp: QApplication) -> None:
    speak(qapp, Language.GERMAN)
    assert [language_name(one) for one in (Language.ENGLISH, Language.GERMAN)] == [
        "English",
        "Deutsch",
    ]


def test_numbers_and_dates_follow_the_language(qapp: QApplication) -> None:
    day = QDate(2026, 3, 1)
    assert speak(qapp, Language.GERMAN)
    assert locale().toString(12345) == "12.345"
    assert "März" in locale().toString(day, QLocale.FormatType.LongFormat)
    assert speak(qapp, Language.ENGLISH)
    assert locale().toString(12345) == "12,345"
    assert "March" in locale().toString(day, QLocale.FormatType.LongFormat)
    assert not speak(qapp, Language.ENGLISH)


def test_qts_own_buttons_speak_german_too(qapp: QApplication) -> None:
    folder = Path(QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath))
    if not (folder / "qtbase_de.qm").is_file():
        pytest.skip("this Qt comes without translations")
    speak(qapp, Language.GERMAN)
    assert qapp.translate("QPlatformTheme", "Cancel") == "Abbrechen"
    speak(qapp, Language.ENGLISH)
    assert qapp.translate("QPlatformTheme", "Cancel") == "Cancel"


def card_of(bench: Bench) -> AppearanceCard:
    page = bench.shell.page
    assert isinstance(page, SettingsPage)
    card = page.body("appearance").findChild(AppearanceCard)
    assert card is not None
    return card


def choose(bench: Bench, qtbot: QtBot, language: Language) -> None:
    """Choose a language in the settings, and wait for the window in it."""
    bench.page("settings")
    shell, button = bench.shell, card_of(bench).languages[language]
    button.setFocus()
    button.click()
    qtbot.waitUntil(lambda: bench.window.page is not shell, timeout=5000)


def words_of(root: QWidget) -> list[str]:
    return [label.text() for label in root.findChildren(QLabel) if label.isVisibleTo(root)]


def test_the_window_changes_over_where_one_is_and_back_and_stays_open(
    bench: Bench, qtbot: QtBot
) -> None:
    bench.unlock()
    inside = bench.access.unlocked_for
    choose(bench, qtbot, Language.GERMAN)
    page = bench.shell.page
    assert isinstance(page, SettingsPage)
    assert page.section == "appearance"
    assert "Darstellung" in words_of(page)
    assert any(words.startswith("Offen für") for words in words_of(bench.shell))
    card = card_of(bench)
    assert card.languages[Language.GERMAN].isChecked()
    focused = bench.window.focusWidget()
    assert focused is card.languages[Language.GERMAN]
    assert bench.access.unlocked_for == inside
    choose(bench, qtbot, Language.ENGLISH)
    assert "Appearance" in words_of(bench.shell)
    assert bench.access.unlocked_for == inside
    bench.window.lock()
    assert isinstance(bench.window.page, LockPage)


def test_every_page_and_section_is_german_then(
    bench: Bench, qtbot: QtBot, qapp: QApplication
) -> None:
    bench.unlock()
    choose(bench, qtbot, Language.GERMAN)
    asked: set[Message] = set()

    class Listener(QTranslator):
        """Hears what no translator before it knew: the last one installed is asked first."""

        def translate(
            self, context: str, text: str, comment: str | None = None, n: int = -1
        ) -> str | None:
            asked.add((context, text))
            return None

        def isEmpty(self) -> bool:  # noqa: N802 - named by Qt
            return False

    listener = Listener()
    qapp.installTranslator(listener)
    for name in bench.shell.entry_names:
        page = bench.page(name)
        if isinstance(page, SettingsPage):
            for key in page.keys:
                page.show_section(key)
    bench.window.lock()
    qapp.removeTranslator(listener)
    known = messages(TS)
    ours = {source for _, source in known}
    heard = {source for message, source in asked if (message, source) in known}
    assert heard
    assert {source for _, source in asked if source in ours} <= heard


def test_the_lock_page_is_german_after_the_next_lock(bench: Bench, qtbot: QtBot) -> None:
    bench.unlock()
    choose(bench, qtbot, Language.GERMAN)
    bench.window.lock()
    page = bench.window.page
    assert isinstance(page, LockPage)
    assert "Facelock ist gesperrt" in words_of(page)


def a_note(bench: Bench, qtbot: QtBot) -> tuple[VaultPage, str]:
    page = bench.page("vault")
    assert isinstance(page, VaultPage)
    page.note_button.click()
    assert page.room is not None
    note = page.room.preview.note
    qtbot.waitUntil(lambda: bool(note.item_id), timeout=5000)
    QTest.keyClicks(note.field, "milk and bread")
    return page, note.item_id


def kept(bench: Bench, item_id: str) -> str:
    return bench.program.vault.desk.open().read(item_id, limit=1000).decode()


def test_a_note_being_typed_is_sealed_before_the_pages_go(bench: Bench, qtbot: QtBot) -> None:
    bench.unlock()
    _, item_id = a_note(bench, qtbot)
    choose(bench, qtbot, Language.GERMAN)
    assert kept(bench, item_id) == "milk and bread"


def test_a_note_that_cannot_be_sealed_is_waited_for(
    bench: Bench, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    bench.unlock()
    page, item_id = a_note(bench, qtbot)
    assert page.room is not None

    def full(*_: object) -> None:
        raise VaultFull("no room")

    shell = bench.shell
    with monkeypatch.context() as patch:
        patch.setattr(page.room.preview.note, "_save", full)
        bench.window.rebuild()
        assert bench.window.page is shell
        assert page.room.preview.note.field.toPlainText() == "milk and bread"
    qtbot.waitUntil(lambda: bench.window.page is not shell, timeout=5000)
    assert kept(bench, item_id) == "milk and bread"


def test_what_was_deleted_can_still_be_brought_back(bench: Bench, qtbot: QtBot) -> None:
    bench.unlock()
    page, item_id = a_note(bench, qtbot)
    assert page.room is not None
    page.room.delete()
    choose(bench, qtbot, Language.GERMAN)
    anew = bench.page("vault")
    assert isinstance(anew, VaultPage)
    assert anew.room is not None
    assert anew.room.undo_bar.isVisibleTo(anew.room)
    anew.room.undo_bar.undo()
    assert item_id in {one.item_id for one in bench.program.vault.desk.open().items}


def test_larger_text_makes_the_pages_anew_as_well(bench: Bench, qtbot: QtBot) -> None:
    bench.unlock()
    bench.page("settings")
    shell, before = bench.shell, bench.shell.who.label.font().pointSizeF()
    card_of(bench).text_sizes[150].click()
    qtbot.waitUntil(lambda: bench.window.page is not shell, timeout=5000)
    assert isinstance(bench.window.page, Shell)
    assert bench.shell.who.label.font().pointSizeF() == pytest.approx(before * 1.5)


def test_a_locked_window_stays_locked_when_it_is_made_anew(bench: Bench) -> None:
    page = bench.window.page
    bench.window.rebuild()
    assert isinstance(bench.window.page, LockPage)
    assert bench.window.page is not page
    assert bench.access.unlocked_for is None


@in_all_types
def test_german_has_room_on_every_page(
    type_used: None, make: Make, qtbot: QtBot, qapp: QApplication
) -> None:
    speak(qapp, Language.GERMAN)
    bench = make()
    check(bench.window)
    bench.unlock()
    for name in bench.shell.entry_names:
        page = bench.page(name)
        check(bench.window)
        if isinstance(page, SettingsPage):
            for key in page.keys:
                page.show_section(key)
                check(bench.window)


@in_all_types
@pytest.mark.parametrize("step", Step, ids=lambda step: step.value)
def test_german_has_room_in_the_wizard(
    type_used: None, make: Make, step: Step, qapp: QApplication
) -> None:
    speak(qapp, Language.GERMAN)
    wizard = make(people=()).program.open_wizard()
    wizard.resize(*SIZE)
    wizard._stack.setCurrentWidget(wizard.pages[step])
    check(wizard)
