"""What a renewed network means for a person, in words."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from facelock.core.policy import Why
from facelock.ui.guidance_text import passphrase_only_sentence

if TYPE_CHECKING:
    from facelock.core.template import Profile
    from facelock.services.access import Access

translate = QCoreApplication.translate


def being_renewed() -> str:
    """Return what the lock page says while records are brought to the network in use."""
    return translate(
        "renewal",
        "Facelock's network was renewed. Getting your face ready; your passphrase works already.",
    )


def nobody_sentence(access: Access) -> str:
    """Return why no face opens anything, and what to do."""
    if access.renewal.left_behind:
        return translate(
            "renewal",
            "Facelock's network was renewed, and you kept no pictures: unlock with your passphrase "
            "and enrol again.",
        )
    if access.damaged:
        return translate(
            "renewal",
            "The record of your face does not open. Type your passphrase; People then says what "
            "to do.",
        )
    return passphrase_only_sentence(Why.NO_FACE_KEY)


def looking_sentence(left_behind: Sequence[Profile]) -> str:
    """Return what the lock page says while it looks, and who need not wait for it."""
    looking = translate("renewal", "Looking for you. Face the camera.")
    if not left_behind:
        return looking
    words = translate(
        "renewal",
        "Facelock's network was renewed without pictures of {names}: type your passphrase.",
    )
    return f"{looking} {words.format(names=', '.join(one.name for one in left_behind))}"


def left_behind_note(name: str) -> str:
    """Return what People says about somebody whose face opens nothing any more."""
    return translate(
        "renewal",
        "Facelock's network was renewed, and no pictures of {name} were kept, so this face opens "
        "nothing. The passphrase of {name} works. To use the face again, remove {name} here and "
        "add them anew.",
    ).format(name=name)
