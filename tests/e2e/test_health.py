"""The self-check in Slack, and how the program stands, for leader and champion and for nobody else."""

from domain.settings import Settings
from steps import self_checks
from storage.guard import GuardedSession
from tests.e2e.acts import has
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
