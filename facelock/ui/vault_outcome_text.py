"""In words: what became of long work on the vault. Names stay on the screen, never in the log."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from facelock.core.errors import ItemTooLarge, SettingsError, SourceUnreadable, VaultFull
from facelock.ui.error_text import error_text
from facelock.ui.numbers import locale
from facelock.ui.text_labels import Tone
from facelock.ui.vault_jobs import Outcome
from facelock.ui.vault_text import names_text

translate = QCoreApplication.translate


def outcome_text(outcome: Outcome) -> tuple[str, Tone]:
    """Return sentences and how they are meant."""
    sentences = [_count(outcome)]
    failed = outcome.failed
    if outcome.cancelled:
        sentences.append(translate("vault", "Cancelled; what was done stays."))
    if failed:
        sentences += _failures(outcome)
    if outcome.results and not failed:
        sentences.append(_advice(outcome))
    if not failed:
        return " ".join(sentences), Tone.NEUTRAL if outcome.cancelled else Tone.GOOD
    return " ".join(sentences), Tone.WARNING if outcome.results else Tone.DANGER


def trouble_text(error: Exception) -> str:
    """Return the sentence for what failed at once."""
    if isinstance(error, SettingsError):
        return translate("vault", "A name has at least one letter.")
    if isinstance(error, ItemTooLarge):
        return translate("vault", "That is too long for a note. Add it as a file.")
    return error_text(error)


def _count(outcome: Outcome) -> str:
    done, count = len(outcome.results), len(outcome.job.steps)
    if outcome.job.export:
        text = translate("vault", "{done} exported.")
        if done != count:
            text = translate("vault", "{done} of {count} exported.")
    else:
        text = translate("vault", "{done} added.")
        if done != count:
            text = translate("vault", "{done} of {count} added.")
    return text.format(done=locale().toString(done), count=locale().toString(count))


def _failures(outcome: Outcome) -> list[str]:
    """Name what failed, and say why in the words of its first error."""
    failed = outcome.failed
    names = names_text([name for name, _ in failed])
    first = failed[0][1]
    if isinstance(failed[-1][1], VaultFull):
        return [error_text(failed[-1][1])]
    if len(failed) > 1 and all(isinstance(error, SourceUnreadable) for _, error in failed):
        text = translate("vault", "{count} could not be read: {names}.")
        return [text.format(count=locale().toString(len(failed)), names=names)]
    text = translate("vault", "Not done: {names}.")
    return [text.format(names=names), error_text(first)]


def _advice(outcome: Outcome) -> str:
    """Say honestly what lies in clear now."""
    if outcome.job.export:
        return translate(
            "vault", "What was exported is not encrypted: anybody who gets at it can read it."
        )
    return translate(
        "vault",
        "The originals are still where they were, not encrypted: delete them yourself if they "
        "should not be.",
    )
