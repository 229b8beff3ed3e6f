"""The simulated camera on clips and folders made on the spot."""

from __future__ import annotations

import contextlib
from pathlib import Path

import cv2
import numpy as np
import pytest
from fake_cameras import SteppingClock, noise
from hypothesis import given
from hypothesis import strategies as st

from facelock.core.errors import PictureUnreadable
from facelock.core.frames import Frame, Pixels
from facelock.vision.simulated_camera import ClipRange, SimulatedCamera, parse_clip


def grey(level: int) -> Pixels:
    return np.full((48, 64, 3), level, dtype=np.uint8)


@pytest.fixture(scope="module")
def clip(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Thirty frames at ten a second; frame n has grey level 8 n."""
    path = tmp_path_factory.mktemp("clips") / "steps.avi"
    writer = cv2.VideoWriter(str(path), cv2.VideoWriter.fourcc(*"MJPG"), 10, (64, 48))
    for n in range(30):
        writer.write(grey(8 * n))
    writer.release()
    return path


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Twelve pictures, frame1.png to frame12.png, and a file that is none."""
    for n in range(1, 13):
        cv2.imwrite(str(tmp_path / f"frame{n}.png"), grey(10 * n))
    (tmp_path / "notes.txt").write_text("not a picture")
    return tmp_path


def played(clip: ClipRange) -> list[Frame]:
    camera = SimulatedCamera(clip, realtime=False, loop=False)
    camera.open()
    frames: list[Frame] = []
    with contextlib.suppress(EOFError):
        while True:
            frames.append(camera.read())
    camera.close()
    return frames


def levels(frames: list[Frame]) -> list[int]:
    return [round(float(frame.pixels.mean()) / 8) for frame in frames]


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("clip.mp4", 0.0, None),
        ("clip.mp4#t=0,10", 0.0, 10.0),
        ("clip.mp4#t=5", 5.0, None),
        ("clip.mp4#t=,10", 0.0, 10.0),
        ("clip.mp4#t=2.5,3.75", 2.5, 3.75),
        ("clip.mp4#t=npt:1:05,1:00:00", 65.0, 3600.0),
    ],
)
def test_time_ranges_are_media_fragments(text: str, start: float, end: float | None) -> None:
    assert parse_clip(text) == ClipRange(Path("clip.mp4"), start, end)


@pytest.mark.parametrize(
    "fragment",
    ["", ",", "x", "-1,5", "5,5", "10,5", "1,2,3", "5,", "1e3", "nan", "npt:", "1:2:3:4"],
)
def test_a_range_that_makes_no_sense_is_refused_in_words(fragment: str) -> None:
    with pytest.raises(PictureUnreadable, match="time range"):
        parse_clip(f"clip.mp4#t={fragment}")


def test_a_hash_sign_may_be_part_of_a_name() -> None:
    assert parse_clip("take #3.mp4#t=1,2") == ClipRange(Path("take #3.mp4"), 1.0, 2.0)
    assert parse_clip("take #3.mp4") == ClipRange(Path("take #3.mp4"))


def test_a_clip_plays_every_frame_once_and_says_it_is_simulated(clip: Path) -> None:
    frames = played(ClipRange(clip))
    assert levels(frames) == list(range(30))
    assert [frame.captured_at for frame in frames] == pytest.approx([n / 10 for n in range(30)])
    assert all(frame.simulated for frame in frames)
    assert frames[0].pixels.flags.c_contiguous


def test_two_halves_hold_every_frame_exactly_once(clip: Path) -> None:
    first = played(ClipRange(clip, 0.0, 1.5))
    second = played(ClipRange(clip, 1.5, None))
    assert levels(first) + levels(second) == list(range(30))
    assert second[0].captured_at == pytest.approx(1.5)


@given(cut=st.floats(0.001, 2.899))
def test_wherever_it_is_cut_no_frame_is_lost_or_shared(clip: Path, cut: float) -> None:
    first, second = played(ClipRange(clip, 0.0, cut)), played(ClipRange(clip, cut, None))
    assert levels(first) + levels(second) == list(range(30))


def test_a_folder_plays_in_natural_order_at_fifteen_a_second(folder: Path) -> None:
    frames = played(ClipRange(folder))
    assert [int(frame.pixels[0, 0, 0]) for frame in frames] == [10 * n for n in range(1, 13)]
    assert frames[3].captured_at == pytest.approx(3 / 15)


def test_a_folder_takes_a_range_too(folder: Path) -> None:
    frames = played(ClipRange(folder, 0.2, 0.4))
    assert [int(frame.pixels[0, 0, 0]) for frame in frames] == [40, 50, 60]


def test_a_damaged_picture_in_a_folder_is_left_out(folder: Path) -> None:
    (folder / "frame2.png").write_bytes(b"")
    (folder / "frame3.png").write_text("no picture")
    assert len(played(ClipRange(folder))) == 10


def test_a_single_picture_is_a_clip_of_one_frame(folder: Path) -> None:
    assert len(played(ClipRange(folder / "frame4.png"))) == 1


def test_frames_in_memory_are_copied() -> None:
    pictures = [noise(n) for n in range(3)]
    camera = SimulatedCamera.of_frames(pictures, fps=30)
    camera.open()
    frames = [camera.read() for _ in pictures]
    with pytest.raises(EOFError):
        camera.read()
    assert all(
        np.array_equal(frame.pixels, one) for frame, one in zip(frames, pictures, strict=True)
    )
    assert pictures[0].flags.writeable
    assert frames[2].captured_at == pytest.approx(2 / 30)
    camera.close()


def test_a_loop_goes_on_and_time_with_it(clip: Path) -> None:
    camera = SimulatedCamera(ClipRange(clip, 1.0, 1.5), realtime=False, loop=True)
    camera.open()
    frames = [camera.read() for _ in range(12)]
    camera.close()
    assert levels(frames) == [10, 11, 12, 13, 14] * 2 + [10, 11]
    assert [frame.captured_at for frame in frames] == pytest.approx(
        [1.0 + n / 10 for n in range(12)]
    )


def test_a_loop_of_one_picture_does_not_stand_still(folder: Path) -> None:
    camera = SimulatedCamera(ClipRange(folder / "frame1.png"), realtime=False, loop=True)
    camera.open()
    times = [camera.read().captured_at for _ in range(4)]
    camera.close()
    assert times == pytest.approx([0, 1 / 15, 2 / 15, 3 / 15])


def test_real_time_waits_until_each_frame_is_due(clip: Path) -> None:
    clock = SteppingClock()
    camera = SimulatedCamera(
        ClipRange(clip, 1.0), realtime=True, loop=False, clock=clock, wait=clock.wait
    )
    camera.open()
    for _ in range(5):
        camera.read()
    assert clock.now - 100.0 == pytest.approx(0.4)
    clock.now += 1.0  # the reader was busy: no wait until it has caught up
    waits = len(clock.waits)
    for _ in range(10):
        camera.read()
    assert len(clock.waits) == waits
    camera.close()


def test_full_speed_never_waits(clip: Path) -> None:
    clock = SteppingClock()
    camera = SimulatedCamera(
        ClipRange(clip), realtime=False, loop=False, clock=clock, wait=clock.wait
    )
    camera.open()
    for _ in range(30):
        camera.read()
    camera.close()
    assert clock.waits == []


def test_it_can_be_opened_again_and_starts_anew(clip: Path) -> None:
    camera = SimulatedCamera(ClipRange(clip), realtime=False, loop=False)
    for _ in range(2):
        camera.open()
        assert camera.read().captured_at == 0.0
        camera.read()
        camera.close()
        camera.close()
    with pytest.raises(RuntimeError):
        camera.read()


def assert_unreadable(clip: ClipRange) -> None:
    camera = SimulatedCamera(clip, realtime=False, loop=True)
    with pytest.raises(PictureUnreadable):
        camera.open()
    camera.close()


def test_what_is_no_clip_is_unreadable(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert_unreadable(ClipRange(tmp_path / "missing.mp4"))
    for name in ("text.mp4", "text.txt", "text.jpg", "playlist.m3u8"):
        (tmp_path / name).write_text("#EXTM3U\nhello\n" * 50)
        assert_unreadable(ClipRange(tmp_path / name))
    for name in ("empty.mp4", "empty.png"):
        (tmp_path / name).touch()
        assert_unreadable(ClipRange(tmp_path / name))
    (tmp_path / "noise.mp4").write_bytes(bytes(range(256)) * 64)
    assert_unreadable(ClipRange(tmp_path / "noise.mp4"))
    (tmp_path / "folder").mkdir()
    assert_unreadable(ClipRange(tmp_path / "folder"))
    assert capfd.readouterr() == ("", ""), "FFmpeg and OpenCV keep quiet"


def test_a_range_beyond_the_end_is_unreadable(clip: Path) -> None:
    assert_unreadable(ClipRange(clip, 60.0, 70.0))


def test_a_truncated_clip_plays_what_it_has(clip: Path, tmp_path: Path) -> None:
    whole = clip.read_bytes()
    (tmp_path / "cut.avi").write_bytes(whole[: len(whole) * 2 // 3])
    frames = played(ClipRange(tmp_path / "cut.avi"))
    assert 0 < len(frames) < 30
    assert levels(frames) == list(range(len(frames)))
