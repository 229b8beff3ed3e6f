"""Names, stable ids and what is physical, on made-up device trees."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import cv2
import pytest
from fake_cameras import camera_info

from facelock.core.errors import CameraNotFound, SimulatedCameraRefused
from facelock.vision.camera_list import CameraInfo, choose_camera, list_cameras


@dataclass(frozen=True)
class FakeNode:
    index: int
    name: str
    path: str | None = None
    vid: int | None = None
    pid: int | None = None
    backend: int = cv2.CAP_V4L2


class Tree:
    """A little /sys."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.nodes: list[FakeNode] = []
        (root / "class" / "video4linux").mkdir(parents=True)
        (root / "bus" / "usb" / "devices").mkdir(parents=True)

    def usb(self, index: int, port: str, *, serial: str = "", interface: str = "00") -> None:
        device = self.root / "devices" / "pci0000:00" / "0000:00:14.0" / "usb1" / port
        device.mkdir(parents=True, exist_ok=True)
        for name, text in (("idVendor", "046d"), ("idProduct", "085b"), ("serial", serial)):
            if text:
                (device / name).write_text(text + "\n")
        listed = self.root / "bus" / "usb" / "devices" / port
        if not listed.exists():
            listed.symlink_to(device)
        below = device / f"{port}:1.{int(interface)}"
        below.mkdir(exist_ok=True)
        (below / "bInterfaceNumber").write_text(interface + "\n")
        self.node(index, below, "usb")

    def node(self, index: int, device: Path | None, bus: str = "", name: str = "Camera") -> None:
        home = device or self.root / "devices" / "virtual"
        entry = home / "video4linux" / f"video{index}"
        entry.mkdir(parents=True)
        if device:
            (entry / "device").symlink_to(device)
            subsystem = self.root / "bus" / bus
            subsystem.mkdir(parents=True, exist_ok=True)
            if not (device / "subsystem").exists():
                (device / "subsystem").symlink_to(subsystem)
        (entry / "name").write_text(name + "\n")
        (self.root / "class" / "video4linux" / f"video{index}").symlink_to(entry)
        self.nodes.append(FakeNode(index, name))

    def cameras(self) -> tuple[CameraInfo, ...]:
        return list_cameras(platform="linux", nodes=lambda _: self.nodes, sysfs=self.root)


@pytest.fixture
def tree(tmp_path: Path) -> Tree:
    return Tree(tmp_path)


def test_a_usb_camera_is_physical_and_known_by_its_serial_number(tree: Tree) -> None:
    tree.usb(0, "1-5", serial="A1B2")
    (camera,) = tree.cameras()
    assert camera.physical
    assert camera.camera_id == "usb:046d:085b:A1B2:00"


def test_the_id_survives_another_port_and_another_number(tmp_path: Path) -> None:
    here, there = Tree(tmp_path / "a"), Tree(tmp_path / "b")
    here.usb(0, "1-5", serial="A1B2")
    there.usb(4, "1-7", serial="A1B2")
    assert here.cameras()[0].camera_id == there.cameras()[0].camera_id


def test_the_port_stands_in_for_a_missing_serial_number(tree: Tree) -> None:
    tree.usb(0, "1-5")
    tree.usb(1, "1-6")
    assert [camera.camera_id for camera in tree.cameras()] == [
        "usb:046d:085b:@1-5:00",
        "usb:046d:085b:@1-6:00",
    ]


def test_twins_with_one_serial_number_are_told_apart(tree: Tree) -> None:
    tree.usb(0, "1-5", serial="SN0001")
    tree.usb(2, "1-6", serial="SN0001")
    assert len({camera.camera_id for camera in tree.cameras()}) == 2


def test_the_metadata_node_of_a_camera_is_not_another_camera(tree: Tree) -> None:
    tree.usb(1, "1-5", serial="A1B2")
    tree.usb(0, "1-5", serial="A1B2")
    assert [camera.index for camera in tree.cameras()] == [0]


def test_colour_and_infrared_of_one_device_are_two_cameras(tree: Tree) -> None:
    tree.usb(0, "1-5", serial="A1B2", interface="00")
    tree.usb(2, "1-5", serial="A1B2", interface="02")
    assert len(tree.cameras()) == 2


def test_a_loopback_is_listed_last_and_refused(tree: Tree) -> None:
    tree.node(0, None, name="Integrated Camera")
    tree.usb(1, "1-5", serial="A1B2")
    physical, virtual = tree.cameras()
    assert physical.physical
    assert not virtual.physical
    assert virtual.why_refused == "virtual-device"


def test_test_drivers_and_usb_over_a_network_are_refused(tree: Tree) -> None:
    tree.node(0, tree.root / "devices" / "platform" / "vivid.0", "platform")
    tree.node(1, tree.root / "devices" / "platform" / "vhci_hcd.0" / "usb5" / "5-1", "usb")
    tree.node(2, tree.root / "devices" / "something" / "new", "unheard-of")
    assert {camera.why_refused for camera in tree.cameras()} == {
        "test-driver",
        "emulated-bus",
        "unknown-origin",
    }


def test_a_device_link_that_leads_out_of_the_tree_is_refused(tree: Tree, tmp_path: Path) -> None:
    outside = tmp_path.parent / f"{tmp_path.name}-outside"
    outside.mkdir()
    tree.node(0, outside, "usb")
    assert tree.cameras()[0].why_refused == "virtual-device"


def test_a_sensor_on_a_platform_bus_is_physical(tree: Tree) -> None:
    tree.node(0, tree.root / "devices" / "platform" / "soc" / "csi0", "platform")
    assert tree.cameras()[0].physical


def test_queues_of_image_processors_are_no_cameras(tree: Tree) -> None:
    device = tree.root / "devices" / "pci0000:00" / "0000:00:05.0"
    for index in range(3):
        tree.node(index, device, "pci", f"Intel IPU6 ISYS Capture {index}")
    assert tree.cameras() == ()


USB = r"\\?\usb#vid_046d&pid_085b&mi_00#7&2f1c&0&0000#{65e8773d}\global"


def elsewhere(platform: str, *nodes: FakeNode) -> tuple[CameraInfo, ...]:
    def listed(asked: str) -> Sequence[FakeNode]:
        assert asked == platform
        return nodes

    return list_cameras(platform=platform, nodes=listed)


def test_on_windows_a_device_path_makes_a_camera_physical() -> None:
    (camera,) = elsewhere("win32", FakeNode(700, "C920", USB, 0x046D, 0x085B, cv2.CAP_DSHOW))
    assert camera.physical
    assert camera.camera_id == "win32:046d:085b:vid_046d&pid_085b&mi_00#7&2f1c&0&0000"


def test_on_windows_one_camera_in_two_backends_is_one_camera() -> None:
    cameras = elsewhere(
        "win32",
        FakeNode(0, "C920", USB, 0x046D, 0x085B, cv2.CAP_DSHOW),
        FakeNode(1, "C920", USB.replace("65e8773d", "e5323777"), 0x046D, 0x085B, cv2.CAP_MSMF),
    )
    assert [camera.backend for camera in cameras] == [cv2.CAP_DSHOW]


@pytest.mark.parametrize(
    ("name", "path"),
    [
        ("OBS Virtual Camera", ""),
        ("OBS Virtual Camera", USB),
        ("ManyCam Virtual Webcam", USB),
        ("Snap Camera", USB),
        ("XSplit VCam", USB),
        ("DroidCam Source 3", USB),
        ("An honest name", ""),
        ("An honest name", r"@device:sw:{860bb310}"),
        ("An honest name", r"\\?\root#media#0000#{65e8773d}\global"),
    ],
)
def test_on_windows_software_cameras_are_refused(name: str, path: str) -> None:
    (camera,) = elsewhere("win32", FakeNode(0, name, path))
    assert not camera.physical
    assert camera.why_refused


def test_on_macos_names_decide() -> None:
    cameras = elsewhere(
        "darwin",
        FakeNode(0, "FaceTime HD Camera", "0x1420000005ac8600"),
        FakeNode(1, "OBS Virtual Camera", "7626645E-4425-469E-9D8B-97E0FA59AC75"),
    )
    assert [camera.physical for camera in cameras] == [True, False]


def test_this_machine_can_be_asked() -> None:
    assert isinstance(list_cameras(), tuple)


def test_the_first_physical_camera_is_chosen_unless_one_is_named() -> None:
    virtual = camera_info("Loop", why_refused="virtual-device")
    one, two = camera_info("One", index=1), camera_info("Two", index=2)
    assert choose_camera((virtual, one, two)) == one
    assert choose_camera((virtual, one, two), two.camera_id) == two


def test_a_named_camera_is_never_replaced_by_another() -> None:
    with pytest.raises(CameraNotFound):
        choose_camera((camera_info("One"),), "usb:somewhere:else")
    with pytest.raises(CameraNotFound):
        choose_camera(())


def test_with_virtual_cameras_only_the_refusal_is_told() -> None:
    with pytest.raises(SimulatedCameraRefused):
        choose_camera((camera_info("Loop", why_refused="virtual-device"),))
