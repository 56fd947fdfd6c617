"""The self-check in Slack, and how the program stands, for leader and champion and for nobody else."""

from domain.settings import Settings
from steps import self_checks
from storage.guard import GuardedSession
from tests.e2e.acts import click_home, has, press
from tests.e2e.conftest import Company
from tests.e2e.health_doors import ALL_FIVE


def _ask(session: GuardedSession, company: Company) -> None:
    self_checks.ask(session, company.everboard.house.moment(), Settings())


async def test_the_leader_answers_the_self_check_and_changes_it(company: Company) -> None:
    company.read(_ask, company)
    company.everboard.delivery.wake()
    async with company.person("ingrid") as leader:
        asked = await leader.message(containing="five statements, two minutes", match=has("self_check_open"))
        await leader.click(asked, "self_check_open")
        await leader.modal("self_check")
        missing = await leader.submit(dict.fromkeys(ALL_FIVE[:4], "5"))
        assert missing.result == "errors", "a form with a gap stays open"
        assert (await leader.submit({"AMBITION": "2"})).result == "close"
        thanked = await leader.message(containing="is answered. Thank you", match=has("self_check_open"))
        await leader.click(thanked, "self_check_open")
        form = await leader.modal("self_check")
        assert str(form).count("'initial_option'") == 5
        await leader.submit({"AMBITION": "3"})
    async with company.person("marguerite") as champion:
        await champion.message(containing="as executive champion")
        await champion.home(containing="Your self-check as executive champion")


async def test_leader_and_champion_see_how_the_program_stands_and_what_to_do(company: Company) -> None:
    async with company.person("ingrid") as leader:
        await leader.command("/advocacy", "health")
        shown = await leader.modal(
            "health", containing=["What holds it back most", "All measures", "say which advocates"]
        )
        assert "nobody has answered" in leader.text_of(shown)
        await press(leader, "health", "self_check_open")
        await leader.modal("self_check")
        assert (await leader.submit(dict.fromkeys(ALL_FIVE, "5"))).result == "close"
        await leader.modal("health", containing="program leader 5.0 of 5")
        await leader.close()
    async with company.person("marguerite") as champion:
        await click_home(champion, "health_open", "What holds it back most")
        await press(champion, "health", "self_checks_open", containing="program leader 5.0 of 5")
        await champion.modal("self_checks", containing=["Ambition: *5.0*", "Nobody has answered yet", "Beside it"])


async def test_nobody_else_is_told(company: Company) -> None:
    for name in ("desmond", "priyanka", "folasade", "rasmus"):
        async with company.person(name) as somebody:
            await somebody.command("/advocacy", "health")
            await somebody.modal(
                containing="Only the program leader or the executive champion can see the program's health"
            )
            await somebody.close()
            home = await somebody.home(containing="My nominations")
            assert "Program health" not in somebody.text_of(home)
