"""Out of the vault by dragging: decrypted where it is dropped, and not before.

Another program can only be handed a file that lies on the disk. It is written when the mouse
button is let go, into a folder that nobody else can look into, and deleted when Facelock locks or
starts the next time.
"""

from __future__ import annotations

import secrets
import shutil
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path

from PySide6.QtCore import QMetaType, QMimeData, Qt, QUrl
from PySide6.QtGui import QDrag, QGuiApplication
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from facelock.core.atomic_file import private_folder
from facelock.core.errors import FacelockError
from facelock.vault.item_names import file_name
from facelock.vault.items import Item

MOST_BYTES = 256 * 2**20
"""The window waits while it is written; more is exported by the button, with progress."""

_URIS = "text/uri-list"

Export = Callable[[str, Path], object]
"""Write the item of this id into a folder. Raises FacelockError."""


class DragFolder:
    """Where dragged files lie, decrypted, until `wipe`."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def fresh(self) -> Path:
        """Make an empty folder that only this user can look into, not behind a link. OSError."""
        private_folder(self._path)
        folder = self._path / secrets.token_hex(8)
        folder.mkdir(mode=0o700)
        return folder

    def wipe(self) -> None:
        """Delete everything in it. A link in its place is deleted, and not followed."""
        if self._path.is_symlink():
            with suppress(OSError):
                self._path.unlink()
        shutil.rmtree(self._path, ignore_errors=True)


def is_let_go() -> bool:
    """Tell whether the mouse button is up: other programs ask what is dragged over them, too."""
    return not QGuiApplication.mouseButtons() & Qt.MouseButton.LeftButton


class DraggedItems(QMimeData):
    """Says where the files will be; writes them when they are asked for after the drop."""

    def __init__(
        self,
        items: Sequence[Item],
        folder: DragFolder,
        export: Export,
        dropped: Callable[[], bool] = is_let_go,
    ) -> None:
        super().__init__()
        self._places = tuple((item, folder.fresh()) for item in items)
        self._export = export
        self._dropped = dropped
        self.is_written = False
        self.error: FacelockError | None = None

    def write(self) -> None:
        """Decrypt, once. What goes wrong is kept in `error`."""
        if self.is_written or self.error is not None:
            return
        try:
            for item, folder in self._places:
                self._export(item.item_id, folder)
        except FacelockError as error:
            self.error = error
        else:
            self.is_written = True

    @override
    def formats(self) -> list[str]:
        return [_URIS]

    @override
    def hasFormat(self, mimetype: str, /) -> bool:
        return mimetype == _URIS

    @override
    def retrieveData(self, mimetype: str, preferredType: QMetaType | QMetaType.Type, /) -> object:
        if mimetype != _URIS:
            return None
        if self._dropped():
            self.write()
        if self.error is not None:
            return []
        paths = [str(folder / file_name(item.name)) for item, folder in self._places]
        return [QUrl.fromLocalFile(path) for path in paths]  # Qt makes bytes of them itself


def drag(data: DraggedItems, source: QWidget) -> bool:
    """Let the person drag; True if it was dropped somewhere. Waits, in Qt's own way.

    `source` must live on when Facelock locks meanwhile: the window, not the list.
    """
    dragged = QDrag(source)
    dragged.setMimeData(data)
    return dragged.exec(Qt.DropAction.CopyAction) is not Qt.DropAction.IgnoreAction
