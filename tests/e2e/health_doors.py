"""Leader goes through every door to the self-check and the program's health. Decides not who else may."""

from sandbox.person import Person
from tests.e2e.acts import click_home, press
from tests.e2e.conftest import Company

ALL_FIVE = ("BELIEF", "TIME", "SKILL", "TENACITY", "AMBITION")


async def every_health_door_once(company: Company) -> None:
    """Answered from Home, the health opened, the self-checks over time, and who takes part."""
    async with company.person("ingrid") as leader:
        await answer_from_home(leader, "4")
        await click_home(leader, "health_open", "Program health")
        await press(leader, "health", "self_checks_open", containing="All measures")
        await leader.modal("self_checks", containing="Belief in advocacy")
        await leader.close()
        await leader.close()
        await leader.command("/advocacy", "health")
        await press(leader, "health", "adoption_open")
        await leader.choose(await leader.modal("adoption", containing="The last 30 days"), "adoption_period", "90")
        await leader.modal("adoption", containing="Everybody")
        await press(leader, "adoption", "adoption_send")
        await leader.message(containing=["Who takes part", "Each person counts once"])
        await leader.close()
        await leader.close()
        await press(leader, "health", "health_send")
        await leader.message(containing=["Program health", "Each measure counts the same"])
        await leader.close()
        await press(leader, "health", "digest_open")
        await leader.modal("digest", containing=["What it did for the business", "Who took part"])
        await leader.submit({"words": "Read this, please."})
        await leader.modal(containing="It is on its way to ")
        await leader.message(containing=["Customer advocacy in ", "Read this, please."])
        await leader.close()
        await leader.close()


async def answer_from_home(person: Person, score: str) -> None:
    """The leader's self-check, all five statements with the same score."""
    await click_home(person, "self_check_open", "Your self-check as program leader")
    await person.modal("self_check")
    assert (await person.submit(dict.fromkeys(ALL_FIVE, score))).result == "close"
