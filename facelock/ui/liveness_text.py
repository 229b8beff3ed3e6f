"""What liveness does, in one sentence: the same on the first page and in Settings."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication


def liveness_sentence(*, is_active: bool = True) -> str:
    """Say what is looked for and what is left. Not active: in a demo whose people are rendered."""
    translate = QCoreApplication.translate
    if not is_active:
        return translate(
            "Liveness", "This demo looks for no photos or screens: its people are pictures."
        )
    return translate(
        "Liveness",
        "Photos and screens held before the camera are looked for and refused. A good video of you "
        "may still get past: less easily at Strict, where you are asked to turn your head.",
    )
