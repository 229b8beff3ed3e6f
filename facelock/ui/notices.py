"""The texts that ship with Facelock: the model card, notices and licences."""

from __future__ import annotations

from importlib.metadata import PackageNotFoundError, distribution

from PySide6.QtCore import QCoreApplication

from facelock.resources import resource

translate = QCoreApplication.translate


def model_card() -> str:
    """Return the model card in Markdown."""
    return _bundled("models/MODEL_CARD.md") or _missing()


def notice_text() -> str:
    """Return the notices of others' work in Markdown."""
    text = _bundled("NOTICE") or _from_metadata("NOTICE")
    return _as_markdown(text) if text else _missing()


def licence_text() -> str:
    """Return Facelock's own licence in Markdown."""
    text = _bundled("LICENSE") or _from_metadata("LICENSE")
    return _as_markdown(text) if text else _missing()


def _bundled(relative: str) -> str:
    try:
        return resource(relative).read_text(encoding="utf-8")
    except OSError:
        return ""


def _from_metadata(name: str) -> str:
    """Installed from a wheel, the licences lie beside the package's metadata."""
    try:
        return distribution("facelock-desktop").read_text(f"licenses/{name}") or ""
    except PackageNotFoundError:
        return ""


def _as_markdown(text: str) -> str:
    """Keep the paragraphs of a plain text; its indentation would turn it into code."""
    return "\n".join(line.strip() for line in text.splitlines())


def _missing() -> str:
    return translate("notices", "This text is missing from the installation.")
