"""A panel with a tray, and a desktop's notices, on a bus of the test's own."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, cast

_WATCHER, _NOTICES = "org.kde.StatusNotifierWatcher", "org.freedesktop.Notifications"
_ITEM, _MENU = "org.kde.StatusNotifierItem", "com.canonical.dbusmenu"
_PROPERTIES = "org.freedesktop.DBus.Properties"


class Panel(threading.Thread):
    """Takes icons and notices in, in a thread of its own; clicks where a test says."""

    def __init__(self, address: str) -> None:
        from jeepney import DBus
        from jeepney.io.blocking import Proxy, open_dbus_connection

        super().__init__()
        self._ended = threading.Event()
        self._serving = open_dbus_connection(address)
        self._hand = open_dbus_connection(address)
        for name in (_WATCHER, _NOTICES):
            Proxy(DBus(), self._serving).RequestName(name)
        self.icons: list[str] = []  # who has put one there
        self.notices: list[tuple[str, str]] = []  # heading and words

    def run(self) -> None:
        """Serve until `end`."""
        while not self._ended.is_set():
            try:
                self._serve(self._serving.receive(timeout=0.05))
            except TimeoutError:
                continue

    def end(self) -> None:
        """Serve no more."""
        self._ended.set()
        self.join()
        self._serving.close()
        self._hand.close()

    def click(self) -> None:
        """Click on the newest icon."""
        self._call("/StatusNotifierItem", _ITEM, "Activate", "ii", (0, 0))

    @property
    def tool_tip(self) -> str:
        """What the newest icon says of itself."""
        words = (_ITEM, "ToolTip")
        ((_kind, value),) = self._call("/StatusNotifierItem", _PROPERTIES, "Get", "ss", words)
        return cast("str", value[2])

    @property
    def entries(self) -> dict[str, tuple[int, bool]]:
        """What the icon's menu offers: by its words the number, and whether it can be chosen."""
        words: tuple[Any, ...] = (0, -1, [])
        _, (_root, _of_root, below) = self._call("/MenuBar", _MENU, "GetLayout", "iias", words)
        found = {}
        for _kind, (number, about, _below) in below:
            if "label" in about:
                enabled = about.get("enabled", ("b", True))[1]
                found[about["label"][1].replace("_", "")] = (number, enabled)
        return found

    def choose(self, label: str) -> None:
        """Choose an entry of the menu."""
        number, _enabled = self.entries[label]
        words = (number, "clicked", ("s", ""), 0)
        self._call("/MenuBar", _MENU, "Event", "isvu", words)

    def _call(
        self, path: str, interface: str, member: str, signature: str, body: tuple[Any, ...]
    ) -> Any:  # noqa: ANN401 - jeepney has no types
        from jeepney import DBusAddress, MessageType, new_method_call

        place = DBusAddress(path, bus_name=self.icons[-1], interface=interface)
        call = new_method_call(place, member, signature, body)
        answer = self._hand.send_and_get_reply(call, timeout=20.0)
        assert answer.header.message_type is MessageType.method_return, answer.body
        return answer.body

    def _serve(self, message: Any) -> None:  # noqa: ANN401 - jeepney has no types
        from jeepney import HeaderFields, MessageType, new_error, new_method_return

        if message.header.message_type is not MessageType.method_call:
            return
        answer = self._reply(message.header.fields[HeaderFields.member], message.body)
        if answer is None:
            self._serving.send(new_error(message, "org.facelock.Unknown"))
        else:
            self._serving.send(new_method_return(message, *answer))

    def _reply(self, member: str, body: tuple[Any, ...]) -> tuple[str, tuple[Any, ...]] | None:
        match member:
            case "RegisterStatusNotifierItem":
                self.icons.append(body[0])
                return "", ()
            case "Get" if body[1] == "IsStatusNotifierHostRegistered":
                return "v", (("b", True),)
            case "Get" if body[1] == "ProtocolVersion":
                return "v", (("i", 0),)
            case "Notify":
                self.notices.append((body[3], body[4]))
                return "u", (len(self.notices),)
            case "GetCapabilities":
                return "as", (["body"],)
        return None


@contextmanager
def a_panel(address: str) -> Iterator[Panel]:
    """Show one on this bus until the end of the block."""
    panel = Panel(address)
    panel.start()
    try:
        yield panel
    finally:
        panel.end()
