"""What a leader reads of targets: the figure, the bar, what is late, and whom it seeks."""

from datetime import date

import pytest

from domain.portfolio import Measured, Portfolio, Supply, Target
from domain.query import Facet
from domain.targets import Demand, Overview
from tests.views.reading import read
from views import portfolio, supply, targets

TODAY = date(2026, 5, 3)
HEALTHCARE = {Facet.INDUSTRY: ("healthcare",), Facet.REGION: ("EMEA",)}


def target(name: str, count: int, available: int, due: date = date(2026, 6, 30), active: int = 9) -> Measured:
    return Measured(Target(name, name, HEALTHCARE, count, due, "U0SAM"), active, available)


def held(*measured: Measured, rows: tuple[Supply, ...] = ()) -> Portfolio:
    return Portfolio(rows, measured, 12, 7, TODAY)


@pytest.mark.parametrize(
    ("part", "whole", "bar"),
    [(0, 5, "░" * 10), (1, 1000, "█" + "░" * 9), (999, 1000, "█" * 9 + "░"), (5, 5, "█" * 10), (9, 5, "█" * 10)],
)
def test_a_bar_is_full_only_when_it_is(part: int, whole: int, bar: str) -> None:
    assert targets.bar(part, whole) == bar


def test_a_leader_reads_gap_due_day_owner_and_whom_it_seeks() -> None:
    found = held(target("Clinics", 5, 2), target("Old", 3, 1, date(2026, 5, 1)), target("Met", 2, 2))
    shown = read(targets.overview(Overview(found, (), may_edit=True)))
    assert "12 advocates are active, 7 of them available today. 2 of 3 targets lack 5 advocates." in shown
    assert "2 of 5 available, *3 missing* · due on 30 June 2026 · <@U0SAM> sees to it" in shown
    assert "*2 missing* · :warning: was due on 1 May 2026" in shown
    assert "2 of 2 available, met" in shown
    assert "Seeks: healthcare, EMEA" in shown
    assert "New target" in shown


def test_who_may_not_change_them_sees_no_way_to() -> None:
    demand = Demand(HEALTHCARE, looked_up=2, awaited=1, requested=1)
    shown = read(targets.overview(Overview(held(target("Clinics", 5, 2)), (demand,), may_edit=False)))
    assert "*healthcare, EMEA*: looked up by 2 colleagues, 1 colleague waits, 1 request without anybody" in shown
    assert not {"New target", "Change", "Delete", "Make it a target"} & set(shown.split("\n"))


def test_the_chart_has_the_widest_gaps_and_the_table_all_figures() -> None:
    found = held(*[target(f"Quite a long name for target {number}", 20, number) for number in range(14)])
    [bars] = [block for block in portfolio.message(found).blocks if block["type"] == "data_visualization"]
    labels = bars["chart"]["axis_config"]["categories"]
    assert len(labels) == len(set(labels)) == 12
    assert [point["value"] for point in bars["chart"]["series"][1]["data"]] == [*range(20, 8, -1)]
    [table] = [block for block in portfolio.message(found).blocks if block["type"] == "table"]
    assert [cell["text"] for cell in table["rows"][1]][2:] == ["20", "0", "20", "30 June 2026"]
    assert len(table["rows"]) == 15


def test_supply_is_told_value_by_value_and_leads_to_who_they_are() -> None:
    rows = (
        Supply(Facet.COUNTRY, "DE", 4, 3, 2),
        Supply(Facet.COUNTRY, "FR", 1, 0, 0),
        Supply(Facet.REGION, "EMEA", 5, 3, 2),
    )
    shown = read(supply.listed(held(rows=rows), Facet.COUNTRY))
    assert "*Germany*: 2 of 3 active available · 4 customers" in shown
    assert "*France*: no advocate yet · 1 customer" in shown
    assert shown.count("EMEA") == 0
    assert shown.split("\n").count("Show") == 1
