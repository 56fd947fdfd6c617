"""A workspace's time zone is one that exists, and is found by its city."""

from zoneinfo import ZoneInfo

import pytest

from domain.errors import RuleError
from domain.time_zones import check_time_zone, time_zones, zone_of, zones_like


def test_every_zone_offered_can_be_kept() -> None:
    assert len(time_zones()) > 400
    for name in time_zones():
        assert ZoneInfo(check_time_zone(name)).key == name


@pytest.mark.parametrize("name", ["", "Mars/Olympus_Mons", "Europe", "../etc/passwd", "a\0b", "x" * 300])
def test_a_name_that_is_no_zone_s_means_utc(name: str) -> None:
    assert zone_of(name).key == "UTC"


@pytest.mark.parametrize("typed", ["", "Mars/Olympus_Mons", "europe/berlin", "../etc/passwd", "Etc/GMT+5"])
def test_what_is_no_place_s_zone_is_said_at_the_field(typed: str) -> None:
    with pytest.raises(RuleError) as refused:
        check_time_zone(typed)
    assert refused.value.fields.keys() == {"time_zone"}


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("berlin", "Europe/Berlin"),
        ("new york", "America/New_York"),
        ("New_Y", "America/New_York"),
        ("europe/lis", "Europe/Lisbon"),
        ("são paulo", "America/Sao_Paulo"),
        ("utc", "UTC"),
    ],
)
def test_a_zone_is_found_by_what_people_type(typed: str, first: str) -> None:
    assert zones_like(typed, 5)[0] == first


def test_nothing_typed_offers_some_and_nonsense_none() -> None:
    assert len(zones_like("", 20)) == 20
    assert zones_like("nowhere at all", 20) == []
