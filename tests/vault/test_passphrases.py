"""What may become a passphrase."""

from __future__ import annotations

import pytest

from facelock.core.errors import PassphraseTooWeak
from facelock.vault.passphrases import Weakness, check_new_passphrase, passphrase_strength


@pytest.mark.parametrize(
    ("passphrase", "weakness"),
    [
        ("seven", Weakness.TOO_SHORT),
        ("ü" * 600, Weakness.TOO_LONG),
        ("nine\ud800lives", Weakness.NOT_TEXT),
        ("password1", Weakness.COMMON),
        ("wilhelmina", Weakness.NAME),
        ("lovelace", Weakness.NAME),
        ("approximately", Weakness.SINGLE_WORD),
        ("zxcvfrewq", Weakness.KEYBOARD_PATTERN),
        ("aaaaaaaaaaaa", Weakness.REPEAT),
        ("abcdefghijk", Weakness.SEQUENCE),
        ("13.5.1984", Weakness.DATE),
    ],
)
def test_a_weak_passphrase_is_refused_by_its_weakness(passphrase: str, weakness: Weakness) -> None:
    strength = passphrase_strength(passphrase, ["Wilhelmina Lovelace"])
    assert (strength.is_enough, strength.weakness) == (False, weakness)
    with pytest.raises(PassphraseTooWeak, match=weakness.value):
        check_new_passphrase(passphrase, ["Wilhelmina Lovelace"])


def test_a_passphrase_of_words_is_good() -> None:
    strength = passphrase_strength("seven quiet otters")
    assert (strength.score, strength.weakness) == (4, None)
    check_new_passphrase("seven quiet otters")


def test_something_guessable_without_a_pattern_wants_another_word() -> None:
    assert passphrase_strength("bxq7rt2w").weakness is Weakness.ADD_A_WORD
    assert passphrase_strength("wordtable").weakness is Weakness.ADD_A_WORD


def test_a_very_long_passphrase_is_estimated_quickly() -> None:
    assert passphrase_strength("seven quiet otters " * 50).score >= 2
    assert passphrase_strength("a" * 500).score < 2
