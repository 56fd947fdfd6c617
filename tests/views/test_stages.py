"""The form for what stages mean gives back what it shows."""

from domain.opportunities import Status
from domain.settings import Settings
from domain.stages import StageReading
from tests.views.reading import buttons, field, filled, read
from views import settings, stages
from views.ids import Action

FOUND = [
    StageReading("Negotiation <!channel>", "negotiation channel", Status.OPEN, 1200),
    StageReading("Closed - Won", "closed won", Status.WON, 1),
]


def test_what_stages_mean_comes_back() -> None:
    shown = stages.form(FOUND)
    assert stages.chosen_from(filled(shown)) == {"negotiation channel": Status.OPEN, "closed won": Status.WON}
    assert field(shown, "closed won")["label"]["text"] == "Closed - Won"
    assert "1,200 deals" in read(shown)
    assert "1 deal\n" in read(shown) + "\n"


def test_the_fullest_of_very_many_are_shown() -> None:
    shown = stages.form([StageReading(f"Stage {at}", f"stage {at}", Status.OPEN, 1) for at in range(120)])
    assert len(stages.chosen_from(filled(shown))) == 90
    assert "And 30 more with fewer deals in them." in read(shown)


def test_without_deals_the_way_to_them_is_told() -> None:
    assert "everboard import opportunities" in read(stages.form([]))


def test_the_overview_tells_of_own_readings_and_leads_there() -> None:
    shown = settings.overview(Settings(stage_map={"signed": "won"}), {}, {}, can_edit=True)
    assert "Stages that say won or lost count so, all others as open; 1 stage of your own reading" in read(shown)
    assert Action.SETTING_STAGES in [button["action_id"] for button in buttons(shown).values()]
    assert "own reading" not in read(settings.overview(Settings(), {}, {}, can_edit=True))
