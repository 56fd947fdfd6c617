"""One window drawn by two acts at once: it ends with what was read last."""

from functools import partial

from tests.e2e.acts import has, press
from tests.e2e.conftest import Company


async def test_what_a_form_draws_below_it_never_covers_a_later_press(over_socket: Company) -> None:
    faults, updated = over_socket.sandbox.faults, partial(over_socket.sandbox.calls.named, "views.update")
    async with over_socket.person("rasmus") as admin:
        await admin.command("/advocacy", "nudges")
        await press(admin, "nudges", "nudge_plan_open", value="sales")
        await admin.modal("nudge_plan")
        # Saving draws the window below; Slack hears of it late, when the next button was pressed long ago.
        before = len(updated())
        faults.delay("views.update", 1.5)
        assert (await admin.submit({})).result == "close"
        await over_socket.until(lambda: not faults.waiting)
        await press(admin, "nudges", "nudges_pause")
        await over_socket.until(lambda: len(updated()) >= before + 2)
        shown = await admin.modal("nudges")
        assert has("nudges_resume")(shown)
        assert "Saved for sales" not in admin.text_of(shown)
