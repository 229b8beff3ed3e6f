"""Recognition in the settings: what is kept, where the line lies, the plot and its honest words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from fakes_pages import Bench, made_up_in_use
from fakes_ui import profile
from pytestqt.qtbot import QtBot

from facelock.core.errors import ModelCorrupt
from facelock.core.threshold import Calibration
from facelock.ui.det_plot import percent_text
from facelock.ui.pose_coverage import PoseCoverage
from facelock.ui.settings_page import SettingsPage
from facelock.ui.settings_recognition import RecognitionBody
from facelock.ui.text_labels import TextLabel

MIRA = replace(profile("Mira", 1), poses=("centre", "left", "up"))


@pytest.fixture
def bench(qtbot: QtBot, tmp_path: Path) -> Iterator[Bench]:
    made = Bench(qtbot, tmp_path, people=(MIRA,))
    made.unlock()
    yield made
    made.close()


@pytest.fixture
def page(bench: Bench) -> SettingsPage:
    shown = bench.page("settings")
    assert isinstance(shown, SettingsPage)
    return shown


def recognition(page: SettingsPage) -> RecognitionBody:
    body = page.body("recognition")
    assert isinstance(body, RecognitionBody)
    return body


def words_of(body: RecognitionBody) -> str:
    return "\n".join(label.text() for label in body.findChildren(TextLabel))


def test_what_is_kept_and_what_it_amounts_to_is_said(page: SettingsPage, qtbot: QtBot) -> None:
    body = recognition(page)
    qtbot.waitUntil(lambda: body.plot is not None, timeout=20_000)
    words = words_of(body)
    assert "6 pictures" in words
    assert "Covered: Straight ahead, To your left" in words
    assert "Not covered: To your right and Down." in words
    assert "strangers" in words
    assert body.summary in words
    assert "Of 6 comparisons among your own pictures 0 would be refused" in body.summary
    assert "up to 39 % could be refused" in body.summary
    assert "one sitting" in words


def test_it_is_made_anew_only_when_something_changed(page: SettingsPage, qtbot: QtBot) -> None:
    body = recognition(page)
    qtbot.waitUntil(lambda: body.plot is not None, timeout=20_000)
    plot = body.plot
    page.show_section("level")
    assert recognition(page).plot is plot


def test_without_a_calibration_the_rest_is_there(bench: Bench, qtbot: QtBot) -> None:
    def broken() -> Calibration:
        raise ModelCorrupt("calibration.npz")

    body = RecognitionBody(bench.access, broken)
    qtbot.addWidget(body)
    body.show()
    qtbot.waitUntil(lambda: "Comparing you" not in words_of(body), timeout=5000)
    assert "6 pictures" in words_of(body)
    assert body.plot is None
    assert body.summary == ""


def test_a_single_picture_is_not_compared_with_itself(
    bench: Bench, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    (mira,) = bench.access.profiles
    alone = replace(mira, samples=mira.samples[:1])
    monkeypatch.setattr(type(bench.access), "unlocked_profile", alone)
    body = RecognitionBody(bench.access, made_up_in_use)
    qtbot.addWidget(body)
    body.show()
    qtbot.waitUntil(lambda: "add more" in words_of(body), timeout=20_000)


def test_a_record_that_does_not_open_is_said(
    bench: Bench, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(type(bench.access), "unlocked_profile", None)
    body = RecognitionBody(bench.access, made_up_in_use)
    qtbot.addWidget(body)
    body.show()
    assert "does not open" in body.message.text


def test_directions_are_said_as_they_are_drawn(qtbot: QtBot) -> None:
    every = PoseCoverage(("centre", "left", "right", "up", "down"))
    none = PoseCoverage(())
    for one in (every, none):
        qtbot.addWidget(one)
        one.grab()
    assert every.words == "Every direction is covered."
    assert "not noted" in none.words
    assert none.accessibleDescription() == none.words


def test_small_rates_keep_the_digits_that_matter() -> None:
    assert [percent_text(rate) for rate in (0.4, 0.05, 0.001, 0.0001)] == [
        "40 %",
        "5 %",
        "0.1 %",
        "0.01 %",
    ]
