"""How good a new passphrase is. The estimate is zxcvbn's (Wheeler 2016): guesses, not rules."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import Enum

from facelock.core.errors import PassphraseTooWeak
from facelock.vault.keys import MAX_PASSPHRASE_BYTES, normalised

MIN_LENGTH = 8  # characters
MIN_SCORE = 2  # of 4: more than 10^6 guesses, each of which costs half a second of Argon2id
_ESTIMATED_LENGTH = 64
"""Characters zxcvbn looks at. Its time grows faster than the square of the length (7 s at 1,000);
64 take 0.2 s at worst, and nobody guesses what is left by then."""
_ALWAYS_NAMES = ("facelock", "face", "lock", "passphrase")


class Weakness(Enum):
    """Why a passphrase is weak. `facelock.ui` turns it into a sentence."""

    TOO_SHORT = "too-short"
    TOO_LONG = "too-long"
    NOT_TEXT = "not-text"  # holds half of a surrogate pair, which has no bytes
    COMMON = "common"  # on the lists attackers try first
    NAME = "name"  # your own name, or a common one
    SINGLE_WORD = "single-word"
    KEYBOARD_PATTERN = "keyboard-pattern"
    REPEAT = "repeat"
    SEQUENCE = "sequence"
    DATE = "date"
    ADD_A_WORD = "add-a-word"


_FOR_PATTERN = {
    "spatial": Weakness.KEYBOARD_PATTERN,
    "repeat": Weakness.REPEAT,
    "sequence": Weakness.SEQUENCE,
    "regex": Weakness.DATE,  # zxcvbn's only regular expression is the recent year
    "date": Weakness.DATE,
}
_FOR_DICTIONARY = {
    "passwords": Weakness.COMMON,
    "user_inputs": Weakness.NAME,
    "surnames": Weakness.NAME,
    "male_names": Weakness.NAME,
    "female_names": Weakness.NAME,
}


@dataclass(frozen=True)
class PassphraseStrength:
    """0 (guessed at once) to 4 (very unlikely to be guessed), and what to mend first."""

    score: int
    weakness: Weakness | None

    @property
    def is_enough(self) -> bool:
        """True if it may be used."""
        return self.score >= MIN_SCORE


def passphrase_strength(passphrase: str, names: Sequence[str] = ()) -> PassphraseStrength:
    """Estimate a passphrase; `names` (the person's) count as known to the attacker.

    Takes 10 ms for an ordinary passphrase and up to 0.2 s for a long one; the first call loads
    zxcvbn's word lists (60 ms).
    """
    text = normalised(passphrase)
    if refused := _outright(text):
        return PassphraseStrength(0, refused)
    # Imported here: the word lists are not needed to unlock, nor for the first paint.
    from zxcvbn import zxcvbn

    words = [word for name in (*names, *_ALWAYS_NAMES) for word in (name, *name.split())]
    estimate = zxcvbn(text[:_ESTIMATED_LENGTH], user_inputs=words)
    score = int(estimate["score"])
    weakness = None if score > MIN_SCORE else _weakness(estimate["sequence"])
    return PassphraseStrength(score, weakness)


def _outright(text: str) -> Weakness | None:
    """Return what rules a passphrase out before any estimate."""
    try:
        size = len(text.encode("utf-8"))
    except UnicodeEncodeError:
        return Weakness.NOT_TEXT
    if len(text) < MIN_LENGTH:
        return Weakness.TOO_SHORT
    return Weakness.TOO_LONG if size > MAX_PASSPHRASE_BYTES else None


def _weakness(sequence: Sequence[Mapping[str, object]]) -> Weakness:
    """Name the longest guessable part of the passphrase."""
    longest = max(sequence, key=lambda part: len(str(part["token"])))
    pattern = str(longest["pattern"])
    if pattern != "dictionary":
        return _FOR_PATTERN.get(pattern, Weakness.ADD_A_WORD)
    otherwise = Weakness.SINGLE_WORD if len(sequence) == 1 else Weakness.ADD_A_WORD
    return _FOR_DICTIONARY.get(str(longest["dictionary_name"]), otherwise)


def check_new_passphrase(passphrase: str, names: Sequence[str] = ()) -> None:
    """Raise PassphraseTooWeak, with the name of the weakness, unless it may be used."""
    strength = passphrase_strength(passphrase, names)
    if not strength.is_enough:
        reason = strength.weakness or Weakness.ADD_A_WORD
        raise PassphraseTooWeak(reason.value)
