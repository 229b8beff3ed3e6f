"""The card about the vault's size: what it shows, what it changes, when it cannot."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, cast

import pytest
from fakes_vault import FakeDesk
from pytestqt.qtbot import QtBot

from facelock.core.errors import StoreDamaged
from facelock.ui.settings_vault import VaultCard
from facelock.ui.vault_text import share_text

if TYPE_CHECKING:
    from facelock.services.vault_desk import VaultDesk

GIB = 1024**3


def shown(qtbot: QtBot, desk: FakeDesk) -> VaultCard:
    card = VaultCard(cast("VaultDesk", desk))
    qtbot.addWidget(card)
    card.show()
    return card


def test_a_new_limit_reaches_the_vault_and_is_shown_again(qtbot: QtBot, tmp_path: Path) -> None:
    desk = FakeDesk(tmp_path / "vault")
    card = shown(qtbot, desk)
    assert card.field.value() != 3
    card.field.setValue(3)
    assert desk.open().quota_bytes == 3 * GIB
    assert card.used.text() == share_text(0, 3 * GIB)
    assert shown(qtbot, desk).field.value() == 3


def test_showing_the_card_changes_nothing(qtbot: QtBot, tmp_path: Path) -> None:
    desk = FakeDesk(tmp_path / "vault")
    before = desk.open().quota_bytes
    shown(qtbot, desk)
    assert desk.open().quota_bytes == before


def test_a_vault_that_does_not_open_cannot_be_given_a_limit(qtbot: QtBot, tmp_path: Path) -> None:
    desk = FakeDesk(tmp_path / "vault", trouble=StoreDamaged("the index"))
    assert not shown(qtbot, desk).field.isEnabled()


@pytest.mark.parametrize(
    ("used", "words"), [(0, "0 %"), (1, "less than 1 %"), (GIB // 2, "50 %"), (2 * GIB, "200 %")]
)
def test_the_share_is_said_in_words(used: int, words: str) -> None:
    assert share_text(used, GIB).endswith(f": {words}.")
