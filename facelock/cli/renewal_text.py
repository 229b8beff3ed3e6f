"""What a renewed network means for a person, at the terminal. The window has its own words."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from facelock.services.access import Access

NOBODY_LEFT = (
    "Facelock's network was renewed, and no pictures were kept: unlock with the passphrase in "
    "Facelock's window and enrol again"
)


def left_behind(access: Access) -> list[str]:
    """Return the names of whose face opens nothing under the network in use. Raises ModelError."""
    if not access.profiles:
        return []  # and no need to look at the network
    access.renewal.use(access.heads.network())
    return [profile.name for profile in access.renewal.left_behind]


def left_behind_line(name: str) -> str:
    """Return what to do about one of them."""
    return (
        f"{name}: Facelock's network was renewed, and no pictures were kept. This face "
        "opens nothing; the passphrase does. To use the face again: facelock people remove "
        f"'{name}', then facelock enrol"
    )
