"""What the Linux kernel says a video node is: a device on a bus, or a program's loopback.

Only root can make sysfs lie; a program of the user cannot.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

SYSFS = Path("/sys")

_PHYSICAL_BUSES = frozenset({"usb", "pci", "platform", "i2c", "spi", "amba", "auxiliary"})
_TEST_DRIVERS = ("vivid", "vimc", "vim2m", "vicodec", "visl", "v4l2loopback", "akvcam")
_EMULATED_BUSES = ("vhci_hcd", "dummy_hcd", "usbip-vudc")  # USB over a network, USB without wires

_NOT_CAMERAS = re.compile(
    # Raw capture queues of image processors (dozens per laptop), decoders and scalers.
    r"^(Intel IPU\d+ |ipu\d+-|bcm2835-(isp|codec)|pispbe|rp1-cfe|rpi-?(vid|hevc)|rkisp|rkvdec"
    r"|hantro-|cedrus|coda-|mtk-|qcom-venus|s5p-)",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class NodeDescription:
    """A video node's stable id, and why it is no physical camera (None: it is one)."""

    camera_id: str
    why_refused: str | None


def is_camera_name(name: str) -> bool:
    """False for nodes that are parts of a codec or an image processor."""
    return _NOT_CAMERAS.search(name) is None


def describe_node(node: str, sysfs: Path = SYSFS) -> NodeDescription:
    """Describe e.g. ``video0`` by where its device hangs in the tree below ``/sys/devices``."""
    entry = sysfs / "class" / "video4linux" / node
    device = (entry / "device").resolve()
    devices = (sysfs / "devices").resolve()
    if not (entry / "device").exists() or not device.is_relative_to(devices):
        return NodeDescription(f"virtual:{node}:{_line(entry / 'name')}", "virtual-device")
    place = device.relative_to(devices)
    refused = _refusal(device, place)
    if refused:
        return NodeDescription(f"virtual:{place}", refused)
    return NodeDescription(_usb_id(device, sysfs) or f"path:{place}", None)


def _refusal(device: Path, place: Path) -> str | None:
    if place.parts[:1] == ("virtual",):
        return "virtual-device"
    driver = (device / "driver").resolve().name if (device / "driver").exists() else ""
    if driver in _TEST_DRIVERS or any(part.split(".")[0] in _TEST_DRIVERS for part in place.parts):
        return "test-driver"
    if any(part.startswith(_EMULATED_BUSES) for part in place.parts):
        return "emulated-bus"
    subsystem = device / "subsystem"
    bus = subsystem.resolve().name if subsystem.exists() else ""
    return None if bus in _PHYSICAL_BUSES else "unknown-origin"


def _usb_id(interface: Path, sysfs: Path) -> str | None:
    """Return "usb:VID:PID:serial:interface"; the port stands in where no serial is unique."""
    usb_device = interface.parent
    vendor, product = _line(usb_device / "idVendor"), _line(usb_device / "idProduct")
    if not (vendor and product):
        return None
    serial = _line(usb_device / "serial")
    if not serial or _has_twin(usb_device, (vendor, product, serial), sysfs):
        serial = f"@{usb_device.name}"  # e.g. @1-5: bus 1, port 5
    # Laptops carry colour and infrared sensors as two interfaces of one device.
    return f"usb:{vendor}:{product}:{serial}:{_line(interface / 'bInterfaceNumber') or '00'}"


def _has_twin(usb_device: Path, identity: tuple[str, str, str], sysfs: Path) -> bool:
    """True if another device bears the same "unique" serial number: cheap makers reuse one."""
    return any(
        other.resolve() != usb_device
        and (_line(other / "idVendor"), _line(other / "idProduct"), _line(other / "serial"))
        == identity
        for other in (sysfs / "bus" / "usb" / "devices").glob("*")
    )


def _line(path: Path) -> str:
    try:
        with path.open(encoding="utf-8", errors="replace") as file:
            return file.readline(256).strip()
    except OSError:
        return ""
