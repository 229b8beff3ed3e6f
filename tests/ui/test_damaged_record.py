"""The window on a store whose only record does not open: the passphrase still does."""

from __future__ import annotations

from pathlib import Path

import pytest
from fakes_pages import CHEAP, Bench
from fakes_ui import profile
from pytestqt.qtbot import QtBot

from facelock.services.access import Access
from facelock.ui.icon_button import IconButton
from facelock.ui.lock_page import LockPage
from facelock.ui.people_page import PeoplePage
from facelock.ui.text_labels import TextLabel
from facelock.vault.keyring import NoKeyring
from facelock.vault.store import ProfileStore


def words(page: PeoplePage) -> str:
    return "\n".join(label.text() for label in page.findChildren(TextLabel))


@pytest.mark.allow_logs("a damaged record is logged")
def test_each_damaged_record_says_whose_it_is(qtbot: QtBot, tmp_path: Path) -> None:
    first = Bench(qtbot, tmp_path, people=(profile("Mira", 1), profile("Ana", 2)))
    people = first.paths.store / "people"
    first.close()
    for sealed in people.glob("*.sealed"):
        damaged = bytearray(sealed.read_bytes())
        damaged[len(damaged) // 2] ^= 0xFF
        sealed.write_bytes(damaged)
    store = ProfileStore.open(first.paths.store, NoKeyring(), demo=True, kdf_floor=CHEAP)
    access = Access(store, first.clock)
    assert [person.name for person in access.people] == [None, None]
    eyes, renewing = first.program.eyes, first.program.renewing
    page = LockPage(access, eyes, lambda: pytest.fail("no camera is needed"), renewing)
    page.who.fill(access.people)
    assert page.who.combo.count() == 1 + 2  # the passphrase of either can be typed
    inside = access.people[1]
    access.accept(access.slow_open(inside.profile_id, "tern harbour violet stone"))
    opened = PeoplePage(access)
    assert "Your record does not open" in words(opened)
    assert "The record of person 1 does not open" in words(opened)
    removals = {button.text() for button in opened.findChildren(IconButton)}
    assert {"Remove your record", "Remove the record of person 1"} <= removals
    access.close()
    for one in (page, opened):
        one.deleteLater()
