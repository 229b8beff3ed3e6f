"""People: shown in words, renamed, removed with the passphrase only."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from fakes_pages import Bench
from fakes_ui import PASSPHRASE, profile
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from facelock.core.template import Appearance, Source, make_references
from facelock.ui.people_page import PeoplePage
from facelock.ui.text_labels import TextLabel


@pytest.fixture
def bench(qtbot: QtBot, tmp_path: Path) -> Iterator[Bench]:
    made = Bench(qtbot, tmp_path, people=(profile("Mira", 1), profile("Ana", 2)))
    made.unlock()
    made.forget_confirmation()
    yield made
    made.close()


@pytest.fixture
def page(bench: Bench) -> PeoplePage:
    shown = bench.page("people")
    assert isinstance(shown, PeoplePage)
    return shown


def texts(page: PeoplePage) -> str:
    return "\n".join(label.text() for label in page.findChildren(TextLabel))


def test_each_person_has_a_card_that_says_who_else_it_opens_for(page: PeoplePage) -> None:
    assert [card.accessibleName() for card in page.cards] == ["Mira", "Ana"]
    assert "6 pictures: straight on" in texts(page)
    assert "strangers." in texts(page)
    assert "Inside now" in texts(page)


def test_enter_keeps_a_new_name(bench: Bench, page: PeoplePage) -> None:
    card = page.cards[1]
    card.rename_button.click()
    QTest.keyClicks(card.name_field, "Anna")  # the old name is selected
    QTest.keyClick(card.name_field, Qt.Key.Key_Return)
    assert [one.name for one in bench.access.profiles] == ["Mira", "Anna"]
    assert page.cards[1].name_label.text() == "Anna"


def test_escape_leaves_the_name(bench: Bench, page: PeoplePage) -> None:
    card = page.cards[1]
    card.rename_button.click()
    QTest.keyClicks(card.name_field, "Anna")
    QTest.keyClick(card.name_field, Qt.Key.Key_Escape)
    assert [one.name for one in bench.access.profiles] == ["Mira", "Ana"]


@pytest.mark.parametrize(("name", "words"), [("Mira", "Somebody of that name"), (" ", "1 to 60")])
def test_an_impossible_name_is_answered(
    bench: Bench, page: PeoplePage, name: str, words: str
) -> None:
    page.cards[1].rename_wanted.emit(page.cards[1]._profile.profile_id, name)
    assert words in page.message.text
    assert [one.name for one in bench.access.profiles] == ["Mira", "Ana"]


def test_removing_asks_for_the_passphrase(bench: Bench, page: PeoplePage, qtbot: QtBot) -> None:
    page.cards[1].remove_button.click()
    assert len(bench.access.profiles) == 2
    bench.confirm()
    qtbot.waitUntil(lambda: len(bench.access.profiles) == 1, timeout=3000)
    assert [card.accessibleName() for card in page.cards] == ["Mira"]


def test_a_wrong_passphrase_removes_nobody(bench: Bench, page: PeoplePage, qtbot: QtBot) -> None:
    page.cards[1].remove_button.click()
    bench.confirm("not the passphrase")
    dialog = bench.dialog()
    qtbot.waitUntil(lambda: "not the passphrase" in dialog.trouble.text, timeout=3000)
    assert dialog.go.isEnabled()
    dialog.reject()
    assert len(bench.access.profiles) == 2


def test_adding_asks_for_the_passphrase_first(bench: Bench, page: PeoplePage) -> None:
    wanted: list[bool] = []
    page.add_wanted.disconnect()
    page.add_wanted.connect(lambda: wanted.append(True))
    page.add_button.click()
    assert wanted == []
    bench.dialog().reject()
    assert wanted == []


@pytest.mark.allow_logs("a damaged record is logged")
def test_a_damaged_record_says_what_to_do(qtbot: QtBot, tmp_path: Path) -> None:
    from fakes_pages import CHEAP
    from fakes_ui import PASSPHRASE

    from facelock.services.access import Access
    from facelock.vault.keyring import NoKeyring
    from facelock.vault.store import ProfileStore

    first = Bench(qtbot, tmp_path, people=(profile("Mira", 1), profile("Ana", 2)))
    keyring = NoKeyring()
    first.close()
    sealed = first.paths.store / "people" / f"{2:032x}.sealed"
    sealed.write_bytes(b"damaged" + sealed.read_bytes()[7:])
    store = ProfileStore.open(first.paths.store, keyring, demo=True, kdf_floor=CHEAP)
    access = Access(store, first.clock)
    access.accept(access.slow_open(f"{1:032x}", PASSPHRASE))
    page = PeoplePage(access)
    qtbot.addWidget(page)
    assert [card.accessibleName() for card in page.cards] == ["Mira"]
    assert "does not open" in texts(page)
    assert "enrol the person again" in texts(page)
    access.close()


def test_looks_are_listed_with_their_dates_and_one_can_be_removed(
    bench: Bench, page: PeoplePage, qtbot: QtBot
) -> None:
    mira = bench.access.profiles[0]
    assert page.cards[0].look_rows == []  # the usual one alone goes without saying
    bench.access.confirm(bench.access.slow_open(mira.profile_id, PASSPHRASE))
    taken = tuple(replace(one, appearance="remembered-1") for one in mira.samples[:3])
    look = Appearance("remembered-1", 1_800_000_000.0, Source.REMEMBERED, 1_807_776_000.0)
    bench.access.replace_profile(
        replace(
            mira,
            appearances=(*mira.appearances, look),
            samples=(*mira.samples, *taken),
            references=make_references((*mira.samples, *taken)),
        )
    )
    bench.forget_confirmation()
    page.refresh()
    usual, remembered = page.cards[0].look_rows
    assert not usual.remove_button.isVisibleTo(usual)
    assert "remembered on" in remembered.accessibleName()
    assert "2027" in remembered.accessibleName()
    remembered.remove_button.click()
    assert len(bench.access.profiles[0].appearances) == 2
    bench.confirm()
    qtbot.waitUntil(lambda: len(bench.access.profiles[0].appearances) == 1, timeout=3000)
    assert page.cards[0].look_rows == []
    assert bench.window.focusWidget() is page.add_button


def test_removing_says_that_the_vault_goes_too(bench: Bench, page: PeoplePage) -> None:
    page.cards[1].remove_button.click()
    said = " ".join(label.text() for label in bench.dialog().findChildren(TextLabel))
    assert "the vault of Ana with every file and note" in said
    bench.dialog().reject()
