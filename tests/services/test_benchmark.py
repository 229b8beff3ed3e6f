"""What `facelock bench` measures, on a small scale."""

from __future__ import annotations

import json
import subprocess
import sys

from facelock.services.benchmark import frame_times, seconds_to_unlock
from facelock.services.benchmark_start import first_embedding
from facelock.services.calibration import load_calibration
from facelock.services.demo_cast import DemoCast
from facelock.services.loading import load_pipeline
from facelock.services.simulation import enrol_from


def test_frames_are_timed_one_by_one() -> None:
    times = frame_times(load_pipeline(), count=5)
    assert len(times) == 5
    assert all(milliseconds > 0 for milliseconds in times)


def test_only_the_owner_unlocks_and_only_that_is_timed() -> None:
    pipeline, cast = load_pipeline(), DemoCast(realtime=False)
    owner = enrol_from(lambda: [cast.owner_enrolment()], pipeline, load_calibration()).profile
    live = DemoCast(realtime=True)
    assert 0 < seconds_to_unlock(live.owner_glance(5), owner, pipeline) < 10
    assert seconds_to_unlock(cast.stranger_glance(5), owner, pipeline) == float("inf")


def test_the_shortest_start_gives_an_embedding() -> None:
    assert first_embedding() == 192


def test_a_cold_start_never_imports_torch() -> None:
    program = (
        "import sys; from facelock.services.benchmark_start import first_embedding;"
        "first_embedding(); sys.exit('torch' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0


def test_the_command_prints_every_figure_as_json() -> None:
    options = ["--json", "--runs", "1", "--unlocks", "1", "--returns", "1", "--largest", "1000"]
    command = [sys.executable, "-m", "facelock", "bench", *options]
    done = subprocess.run(command, capture_output=True, check=True, text=True)
    values = json.loads(done.stdout)
    assert values["cold_first_embedding_s"] > 0
    assert values["frame_ms_p50"] <= values["frame_ms_p95"]
    assert values["seconds_to_unlock_p50"] <= values["seconds_to_unlock_p95"]
    assert values["first_paint_s"] > 0
    assert values["rss_locked_mb"] > 0
    assert values["torch_imported"] is False
    assert values["verify_s"] > 0
    assert values["presence"]["returns"]["opened"] == 1
    assert values["presence"]["watch"]["core_percent"] > 0
    (search,) = values["search"]["times"]
    assert search["templates"] == 1000
    assert 0 < search["p50_ms"] <= search["p95_ms"]
