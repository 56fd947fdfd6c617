"""What the CRM's words for stages and types mean, in tables of cases."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.opportunities import STAGE_LIMIT, DealKind, Status
from domain.stages import StageReading, kind_of, merged_readings, readings, stage_key, status_of, usual_status

OPEN, WON, LOST = Status.OPEN, Status.WON, Status.LOST


@pytest.mark.parametrize(
    ("stage", "status"),
    [
        ("Closed Won", WON),
        ("Closed - Won", WON),
        ("closedwon", WON),
        ("6. CLOSED/WON", WON),
        ("Won", WON),
        ("Won - renewed", WON),
        ("Abgeschlossen, gewonnen", WON),
        ("Cerrada ganada", WON),
        ("Gagné", WON),
        ("Closed Lost", LOST),
        ("Closed - Lost to competitor", LOST),
        ("closedlost", LOST),
        ("Lost", LOST),
        ("No decision", LOST),
        ("Closed (no decision)", LOST),
        ("Disqualified", LOST),
        ("Not won", LOST),
        ("Verloren", LOST),
        ("Perdu", LOST),
        ("Negotiation", OPEN),
        ("Negotiation/Review", OPEN),
        ("Proposal/Price Quote", OPEN),
        ("appointmentscheduled", OPEN),
        ("decisionmakerboughtin", OPEN),
        ("Wonderful", OPEN),
        ("Verbally won", OPEN),
        ("To be won", OPEN),
        ("At risk of being lost", OPEN),
        ("Won back, lost before", OPEN),
        ("Closed", OPEN),
        ("Unqualified", OPEN),
        ("", OPEN),
        ("—", OPEN),
    ],
)
def test_what_a_stage_usually_means(stage: str, status: Status) -> None:
    assert usual_status(stage) is status


def test_the_workspace_knows_better() -> None:
    own = {"contract signed": "won", "closed won": "open", "old": "nonsense"}
    assert status_of("Contract  SIGNED", own) is WON
    assert status_of("Closed - Won", own) is OPEN
    assert status_of("Closed Lost", own) is LOST
    assert status_of("Old", own) is OPEN


def test_only_what_differs_from_the_usual_is_kept() -> None:
    own = {"elsewhere": "won", "contract signed": "won"}
    chosen = {"contract signed": OPEN, "closed won": WON, "handed over": WON, "closed lost": OPEN}
    assert merged_readings(own, chosen) == {"elsewhere": "won", "handed over": "won", "closed lost": "open"}


def test_spellings_of_one_stage_are_one_and_the_fullest_come_first() -> None:
    seen = [("Closed Won", 2), ("closed - won", 1), ("", 40), ("Handed over", 3), ("Discovery", 9), ("!!", 1)]
    assert readings(seen, {"handed over": "won"}) == [
        StageReading("Discovery", "discovery", OPEN, 9),
        StageReading("Closed Won", "closed won", WON, 3),
        StageReading("Handed over", "handed over", WON, 3),
        StageReading("!!", "!!", OPEN, 1),
    ]


@given(st.text(max_size=STAGE_LIMIT))
def test_a_key_is_short_and_means_the_same(stage: str) -> None:
    key = stage_key(stage)
    assert len(key) <= STAGE_LIMIT
    assert usual_status(stage) in Status


@pytest.mark.parametrize(
    ("said", "kind"),
    [
        ("New Business", DealKind.NEW),
        ("New Customer", DealKind.NEW),
        ("newbusiness", DealKind.NEW),
        ("Existing Business", DealKind.EXPANSION),
        ("existingbusiness", DealKind.EXPANSION),
        ("Existing Customer - Upgrade", DealKind.EXPANSION),
        ("Upsell", DealKind.EXPANSION),
        ("Up-sell", DealKind.EXPANSION),
        ("Cross Sell", DealKind.EXPANSION),
        ("Add-On", DealKind.EXPANSION),
        ("Expansion", DealKind.EXPANSION),
        ("Renewal", DealKind.RENEWAL),
        ("Existing business: renewal", DealKind.RENEWAL),
        ("Strategic", None),
        ("", None),
    ],
)
def test_what_a_type_means(said: str, kind: DealKind | None) -> None:
    assert kind_of(said) is kind
