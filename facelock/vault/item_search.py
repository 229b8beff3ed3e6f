"""Finding items by the words in their names, and in the text of notes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from facelock.vault.item_names import folded
from facelock.vault.items import Item, ItemKind
from facelock.vault.vault_index import Entry


class ItemSearch:
    """Searches what one index holds; texts are folded once, when something is first looked for."""

    def __init__(self, entries: Mapping[str, Entry], text_of: Callable[[str], str]) -> None:
        self._entries = entries
        self._text_of = text_of  # of a note by item id, where the index does not have it
        self._folded: dict[str, str] = {}  # by item id

    def find(self, text: str, items: Iterable[Item]) -> tuple[Item, ...]:
        """Return those of `items` in which every word of `text` occurs, in their order."""
        words = folded(text).split()
        return tuple(item for item in items if all(word in self._words(item) for word in words))

    def _words(self, item: Item) -> str:
        found = self._folded.get(item.item_id)
        if found is None:
            found = self._folded[item.item_id] = folded(f"{item.name}\n{self._text(item)}")
        return found

    def _text(self, item: Item) -> str:
        if item.kind is not ItemKind.NOTE:
            return ""
        entry = self._entries.get(item.item_id)
        if entry is not None and entry.text is not None:
            return entry.text
        return self._text_of(item.item_id)
