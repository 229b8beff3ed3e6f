"""Words for what is in the vault: how much, how large, since when, of what kind."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import PurePath

from PySide6.QtCore import QCoreApplication, QDateTime, QLocale, QTime

from facelock.ui.numbers import locale

translate = QCoreApplication.translate
_NAMED = 3  # files that could not be read are named up to so many
_LONGEST_TITLE = 60  # characters of a name that is made from a note's first line


def size_text(size: int) -> str:
    """Return a number of bytes as people read it: 1.2 MB."""
    if size == 1:
        return translate("vault", "1 byte")
    return locale().formattedDataSize(size, 1, QLocale.DataSizeFormat.DataSizeTraditionalFormat)


def when_text(seconds: float) -> str:
    """Return a moment (seconds since the epoch): the time for today, else the day."""
    moment = QDateTime.fromSecsSinceEpoch(int(seconds))
    time = locale().toString(moment.time(), QLocale.FormatType.ShortFormat)
    if moment.date() == QDateTime.currentDateTime().date():
        return translate("vault", "Today {time}").format(time=time)
    return locale().toString(moment.date(), QLocale.FormatType.ShortFormat)


def moment_text(seconds: float) -> str:
    """Return a moment (seconds since the epoch): day and time, in full."""
    moment = QDateTime.fromSecsSinceEpoch(int(seconds))
    day = locale().toString(moment.date(), QLocale.FormatType.LongFormat)
    return f"{day}, {locale().toString(moment.time(), QLocale.FormatType.ShortFormat)}"


def count_text(count: int) -> str:
    """Return how many things: 1 item, 3 items."""
    if count == 1:
        return translate("vault", "1 item")
    return translate("vault", "{count} items").format(count=locale().toString(count))


def room_text(count: int, used: int, quota: int) -> str:
    """Say how much is in the vault and how much it may hold."""
    text = translate("vault", "{items}, {used} of {quota} used")
    return text.format(items=count_text(count), used=size_text(used), quota=size_text(quota))


def share_text(used: int, quota: int) -> str:
    """Say how much of what the vault may hold is used, in sizes and as a share."""
    text = translate("vault", "{used} of {quota} used: {share}.")
    share = 100 * used / quota
    if used and share < 1:
        words = translate("vault", "less than 1 %")
    else:
        words = translate("vault", "{number} %").format(number=locale().toString(int(share)))
    return text.format(used=size_text(used), quota=size_text(quota), share=words)


def found_text(found: int, all_of_them: int) -> str:
    """Say what a search came to."""
    if found == 0:
        return translate("vault", "Nothing found.")
    text = translate("vault", "{found} of {items} found.")
    return text.format(found=locale().toString(found), items=count_text(all_of_them))


def names_text(names: Sequence[str]) -> str:
    """Return a few names, and how many more there are."""
    text = ", ".join(names[:_NAMED])
    if len(names) > _NAMED:
        more = translate("vault", "{names} and {count} more")
        return more.format(names=text, count=locale().toString(len(names) - _NAMED))
    return text


def first_line(text: str) -> str:
    """Return a name for a note: its first line that says anything, shortened; may be empty."""
    line = next((line.strip() for line in text.splitlines() if line.strip()), "")
    shown = "".join(letter for letter in line if letter.isprintable())
    return shown[:_LONGEST_TITLE].rstrip()


def picture_name() -> str:
    """Return a name for a pasted picture: when it came."""
    return translate("vault", "Picture {when}.png").format(when=_now())


def _now() -> str:
    """Return the date and time as they sort, without characters that no file name may have."""
    now = QDateTime.currentDateTime()
    time: QTime = now.time()
    return f"{now.date().toString('yyyy-MM-dd')} {time.toString('HH.mm.ss')}"


def kind_text(name: str, *, note: bool) -> str:
    """Say what something is, as far as its name tells."""
    if note:
        return translate("vault", "Note")
    suffix = PurePath(name).suffix[1:]
    if not suffix or len(suffix) > 8 or not suffix.isalnum():
        return translate("vault", "File")
    return translate("vault", "{kind} file").format(kind=suffix.upper())
