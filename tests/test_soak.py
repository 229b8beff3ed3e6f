"""The verdict of the long run, on made-up costs."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from soak import Cost, verdict

HOUR = 3600.0
FIRST = Cost(at=0.0, rss_mb=200.0, threads=9, files=20, cameras=1)


def hour(change: Callable[[Cost], Cost]) -> list[Cost]:
    """Return the costs of an hour, one each ten seconds."""
    return [change(replace(FIRST, at=at)) for at in map(float, range(0, 3600, 10))]


def test_an_hour_that_costs_the_same_at_its_end_holds() -> None:
    assert list(verdict(hour(lambda cost: cost), HOUR)) == []


def test_what_is_only_needed_to_begin_does_not_count_as_growth() -> None:
    costs = hour(lambda cost: replace(cost, rss_mb=100.0) if cost.at < 300 else cost)
    assert list(verdict(costs, HOUR)) == []


def test_memory_may_grow_by_five_percent_and_no_more() -> None:
    def grown(by: float) -> list[Cost]:
        return hour(lambda cost: replace(cost, rss_mb=200 * (1 + by * cost.at / HOUR)))

    assert list(verdict(grown(0.05), HOUR)) == []
    assert [kept.split(" by ")[0] for kept in verdict(grown(0.10), HOUR)] == ["memory grew"]


@pytest.mark.parametrize("name", ["threads", "files", "cameras"])
def test_one_that_is_kept_is_named(name: str) -> None:
    def kept(cost: Cost) -> Cost:
        return replace(cost, **{name: getattr(cost, name) + (cost.at > HOUR / 2)})

    assert list(verdict(hour(kept), HOUR)) == [f"1 more {name}"]


def test_one_that_comes_and_goes_is_not_kept() -> None:
    costs = hour(lambda cost: replace(cost, threads=9 + int(cost.at) % 20 // 10))
    assert list(verdict(costs, HOUR)) == []
