"""The language of the window: words of our own, Qt's own, and how numbers and dates are written."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QLibraryInfo, QLocale, QTranslator
from PySide6.QtWidgets import QApplication

from facelock.core.settings import Language
from facelock.resources import resource

_TRANSLATED = {Language.GERMAN: QLocale.Language.German}
"""English needs no file: its words stand in the source."""


class _Words(QTranslator):
    """Marks the translators that are ours to take away again."""


def language_name(language: Language) -> str:
    """Return what a language calls itself, which the person reads whatever is shown around it.

    Of SYSTEM it is the language that the system asks for.
    """
    match spoken(language):
        case Language.GERMAN:
            return "Deutsch"
        case _:
            return "English"


def spoken(language: Language, wanted: Sequence[str] | None = None) -> Language:
    """Return the language to speak: the chosen one, or of the system's the first that we know.

    `wanted`: the system's languages in order of preference, as in "de-AT".
    """
    if language is not Language.SYSTEM:
        return language
    for tag in QLocale.system().uiLanguages() if wanted is None else wanted:
        for known in (Language.ENGLISH, Language.GERMAN):
            if tag.replace("_", "-").partition("-")[0].lower() == known.value:
                return known
    return Language.ENGLISH


def speak(app: QApplication, language: Language) -> bool:
    """Speak this language from now on; True if it was another one before.

    What is shown already keeps its words until it is made anew.
    """
    wanted = spoken(language)
    QLocale.setDefault(_locale_of(wanted))
    before = app.findChildren(_Words)
    if wanted.value == (before[0].objectName() if before else Language.ENGLISH.value):
        return False
    for words in before:
        app.removeTranslator(words)
        words.setParent(None)
        words.deleteLater()
    if wanted in _TRANSLATED:
        for path in _files(wanted):
            words = _Words(app)
            words.setObjectName(wanted.value)
            if words.load(str(path)):
                app.installTranslator(words)
    return True


def _locale_of(language: Language) -> QLocale:
    """Return how numbers and dates are written: as in the person's country if it fits the words."""
    system, own = QLocale.system(), _TRANSLATED.get(language, QLocale.Language.English)
    return system if system.language() is own else QLocale(own)


def _files(language: Language) -> list[Path]:
    """Return the files of a language. Qt's own words come first: the last one installed wins."""
    folder = Path(QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath))
    qt = folder / f"qtbase_{language.value}.qm"
    own = resource(f"assets/i18n/facelock_{language.value}.qm")
    return [qt, own] if qt.is_file() else [own]
