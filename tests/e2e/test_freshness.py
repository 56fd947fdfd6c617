"""A relationship owner is asked whether what we know of their customers is still right, and answers with a click."""

from storage.advocates import Advocate
from tests.e2e.acts import has
from tests.e2e.conftest import Company
from tests.e2e.freshness_doors import ask_about, every_freshness_door_once


async def test_an_owner_answers_and_the_team_hears_of_it(over_socket: Company) -> None:
    async with over_socket.person("priyanka") as team:
        await every_freshness_door_once(over_socket)
        await team.message("advocacy", containing=["something has changed", "A new title."])
        left = await team.message("advocacy", containing="has left the company", match=has("nominate_words_open"))
        await team.click(left, "nominate_words_open")
        await team.modal("nominate", containing="Harbor Mutual")
    assert over_socket.rows(Advocate, Advocate.state == "retired")


async def test_one_click_is_enough(over_socket: Company) -> None:
    over_socket.read(ask_about, over_socket, 1)
    over_socket.everboard.delivery.wake()
    async with over_socket.person("desmond") as owner:
        shown = await owner.message(containing="1 customer of yours", match=has("check_confirm"))
        await owner.click(shown, "check_confirm")
        await owner.message(containing="all of these are answered")
