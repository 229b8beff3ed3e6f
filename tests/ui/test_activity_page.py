"""The activity page and the notice, in the wired program."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest
from fakes_pages import Bench, Make
from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QPalette
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from facelock.core.activity import Activity, Happening
from facelock.services.activity_export import as_csv, as_json, export_activities
from facelock.ui.activity_model import ActivityModel
from facelock.ui.activity_page import ActivityPage
from facelock.ui.activity_text import activity_icon, activity_sentence, notice_text
from facelock.ui.unlock_notice import UnlockNotice

WHO = "ab" * 16
NAMES = {WHO: "Ada"}
AT = 1_700_000_000.0


@pytest.fixture
def bench(make: Make) -> Bench:
    bench = make()
    bench.unlock()
    return bench


def shown(bench: Bench) -> ActivityPage:
    bench.shell.show_entry("activity")
    page = bench.shell.page
    assert isinstance(page, ActivityPage)
    bench.qtbot.waitUntil(lambda: bool(page._all), timeout=5000)
    return page


def texts(page: ActivityPage) -> list[str]:
    model = page.model
    return [str(model.data(model.index(row))) for row in range(model.rowCount())]


@pytest.mark.parametrize("kind", Happening)
@pytest.mark.parametrize("whom", ["", WHO, "cd" * 16])
def test_every_happening_is_a_sentence(kind: Happening, whom: str) -> None:
    sentence = activity_sentence(Activity(kind, AT, whom), NAMES)
    assert sentence[0].isupper()
    assert "{" not in sentence
    assert activity_icon(kind)


def test_a_notice_counts_what_failed_and_tells_the_rest_once() -> None:
    refused = Activity(Happening.FACE_REFUSED, AT)
    changed = Activity(Happening.LEVEL_CHANGED, AT, WHO)
    assert notice_text((), NAMES) == ""
    assert notice_text((refused,), NAMES).startswith("One attempt to get in failed: ")
    text = notice_text((refused, changed, refused, changed), NAMES)
    assert text.startswith("2 attempts to get in failed, the last one: ")
    assert "was changed. It was open for Ada. (2 times)" in text


def test_the_page_says_who_came_in(bench: Bench) -> None:
    page = shown(bench)
    assert any("Opened with the passphrase of Mira." in text for text in texts(page))
    assert any("Facelock was started." in text for text in texts(page))


def test_kinds_and_times_narrow_the_list(bench: Bench) -> None:
    bench.access.journal.note(Happening.FACE_REFUSED)
    page = shown(bench)
    page._now = bench.clock.wall
    bench.qtbot.waitUntil(lambda: len(page._all) >= 3, timeout=5000)
    page.kinds.setCurrentIndex(2)
    assert len(texts(page)) == 2
    assert "A face was refused." in texts(page)[1]
    page.kinds.setCurrentIndex(4)
    assert page.model.rowCount() == 0
    assert not page.empty.isHidden()
    assert not page.export_button.isEnabled()
    page.kinds.setCurrentIndex(0)
    bench.clock.advance(2 * 86_400)
    page.periods.setCurrentIndex(1)
    assert page.model.rowCount() == 0
    page.periods.setCurrentIndex(2)
    assert page.model.rowCount() > 0


def test_twenty_thousand_entries_are_shown_as_they_are_scrolled_to(qapp: QApplication) -> None:
    model = ActivityModel(QPalette(), QFont())
    many = tuple(Activity(Happening.LOCKED, AT + 600 * n, WHO) for n in range(20_000))
    model.show(many, NAMES)
    assert model.rowCount() == 200
    while model.canFetchMore(model.index(-1)):
        model.fetchMore(model.index(-1))
    assert 20_139 <= model.rowCount() <= 20_141
    assert "Locked. It had been open for Ada." in str(model.data(model.index(1)))
    assert model.data(model.index(0), Qt.ItemDataRole.FontRole) is not None
    assert not model.flags(model.index(0)) & Qt.ItemFlag.ItemIsSelectable
    model.wear(QPalette())
    assert model.data(model.index(1), Qt.ItemDataRole.DecorationRole) is not None


def test_an_export_is_written_and_noted(bench: Bench, tmp_path: Path) -> None:
    page = shown(bench)
    target = tmp_path / "log.csv"
    page.export_to(str(target))
    bench.qtbot.waitUntil(lambda: "log.csv" in page.message.text, timeout=5000)
    rows = list(csv.DictReader(target.read_text().splitlines()))
    assert rows[-1]["what"] == "unlocked-by-passphrase"
    assert rows[-1]["who"] == "Mira"
    bench.qtbot.waitUntil(lambda: page._all[-1].what is Happening.LOG_EXPORTED, timeout=5000)


def test_an_export_that_cannot_be_written_says_so(bench: Bench, tmp_path: Path) -> None:
    page = shown(bench)
    page.export_to(str(tmp_path / "no such folder" / "log.csv"))
    bench.qtbot.waitUntil(lambda: bool(page.message.text), timeout=5000)
    assert page._all[-1].what is not Happening.LOG_EXPORTED


def test_a_name_is_no_formula_and_json_is_json(tmp_path: Path) -> None:
    activities = (Activity(Happening.LOCKED, AT, WHO),)
    assert "'=1+1" in as_csv(activities, {WHO: "=1+1"})
    entry = {"at": "2023-11-14T22:13:20+00:00", "what": "locked", "who": "Ada"}
    assert json.loads(as_json(activities, NAMES)) == {"activity": [entry]}
    export_activities(tmp_path / "log.json", activities, NAMES)
    assert json.loads((tmp_path / "log.json").read_text()) == {"activity": [entry]}


def test_nothing_is_said_after_an_unlock_when_nothing_happened(bench: Bench) -> None:
    shown(bench)
    assert bench.shell.findChild(UnlockNotice) is None


def test_a_notice_tells_of_failed_attempts_and_leads_to_the_page(make: Make) -> None:
    bench = make()
    bench.access.journal.note(Happening.FACE_REFUSED)
    bench.unlock()
    notice = noticed(bench.qtbot, bench)
    assert "One attempt to get in failed" in notice.line.text()
    notice.show_button.click()
    assert isinstance(bench.shell.page, ActivityPage)
    assert notice.isHidden()


def test_a_notice_goes_away_by_escape(make: Make) -> None:
    bench = make()
    bench.access.journal.note(Happening.PERSON_REMOVED, WHO)
    bench.unlock()
    notice = noticed(bench.qtbot, bench)
    QTest.keyClick(notice.show_button, Qt.Key.Key_Escape)
    assert notice.isHidden()


def noticed(qtbot: QtBot, bench: Bench) -> UnlockNotice:
    qtbot.waitUntil(lambda: bench.shell.findChild(UnlockNotice) is not None, timeout=5000)
    notice = bench.shell.findChild(UnlockNotice)
    assert isinstance(notice, UnlockNotice)
    return notice
