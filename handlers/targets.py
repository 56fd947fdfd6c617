"""Targets: `/advocacy targets`, the form, and the advocates behind each figure. The rules are in steps.targets."""

from typing import Any

from domain.query import Facet
from handlers.act import Act
from handlers.answering import Handler, answered
from handlers.house import House
from handlers.switchboard import Switchboard
from steps import portfolio, targets
from views import supply as supply_view
from views import targets as view
from views.blocks import whole
from views.ids import Action, Callback

COMMAND = frozenset({"targets", "target", "portfolio"})
"""Words after `/advocacy` that lead here."""


def register(board: Switchboard, house: House) -> None:
    """Listen to the list, to one target's form, and to the figures."""
    clicks: dict[Action, Handler] = {
        Action.TARGETS: open_targets,
        Action.TARGETS_PAGE: turn_page,
        Action.TARGETS_PAGE_BACK: turn_page,
        Action.TARGETS_CHART: send_chart,
        Action.TARGET_ADD: open_new,
        Action.TARGET_CHANGE: open_change,
        Action.TARGET_DELETE: delete,
        Action.TARGET_AVAILABLE: show_available,
        Action.TARGET_ACTIVE: show_active,
        Action.SUPPLY: open_supply,
        Action.SUPPLY_FACET: choose_facet,
        Action.SUPPLY_PAGE: turn_supply,
        Action.SUPPLY_PAGE_BACK: turn_supply,
        Action.SUPPLY_BACK: back_to_targets,
        Action.SUPPLY_AVAILABLE: show_supply,
        Action.BEHIND_PAGE: turn_behind,
        Action.BEHIND_PAGE_BACK: turn_behind,
    }
    for action, handler in clicks.items():
        board.action(action.value)(answered(house, handler))
    board.view(Callback.TARGET.value)(answered(house, save))


async def open_targets(act: Act) -> None:
    """What there is against what is wanted."""
    if not act.body.get("command"):
        await act.args.ack()
    await act.show(view.TITLE, lambda: _overview(act))


async def _overview(act: Act, page: int = 0) -> dict[str, Any]:
    return view.overview(await act.read(targets.overview), page)


async def turn_page(act: Act) -> None:
    """Another page of targets."""
    await act.args.ack()
    await act.update(act.view_id, await _overview(act, act.value_as(whole)))


async def send_chart(act: Act) -> None:
    """The figures as a direct message."""
    await act.args.ack()
    await act.run(targets.send_chart)
    await act.tell("You get it as a direct message from Everboard.")


async def open_new(act: Act) -> None:
    """A new target, with what the demand suggests where that was pressed."""
    await act.args.ack()
    criteria = view.criteria_from(act.action.get("value"))

    async def make() -> dict[str, Any]:
        return view.form(await act.read(targets.begin, criteria), act.house.clock.now().date())

    await act.show(view.TITLE, make)


async def open_change(act: Act) -> None:
    """One target's form."""
    await act.args.ack()

    async def make() -> dict[str, Any]:
        return view.form(await act.read(targets.draft, act.value), act.house.clock.now().date())

    await act.show(view.TITLE, make)


async def save(act: Act) -> None:
    """A target was added or changed; the list below shows it."""
    target_id, version = act.kept_as(view.place_of)
    await act.run(targets.save, act.typed_as(view.values_from), target_id, version)
    await act.args.ack()
    below = act.view.get("previous_view_id")
    if below:
        await act.update(below, await _overview(act))


async def delete(act: Act) -> None:
    """One target is wanted no more."""
    await act.args.ack()
    await act.run(targets.delete, act.value)
    await act.update(act.view_id, await _overview(act, act.kept_as(view.page_of)))


async def show_available(act: Act) -> None:
    """Who of a target could be asked today?"""
    await _show_behind(act, available=True)


async def show_active(act: Act) -> None:
    """Who of a target is published?"""
    await _show_behind(act, available=False)


async def _show_behind(act: Act, *, available: bool) -> None:
    await act.args.ack()
    await act.show("Who they are", lambda: _of_target(act, act.value, 0, available=available))


async def _of_target(act: Act, target_id: str, page: int, *, available: bool) -> dict[str, Any]:
    criteria = await act.read(targets.criteria_behind, target_id)
    found = await act.read(portfolio.behind, criteria, page, available=available)
    return supply_view.behind(found, target_id)


async def turn_behind(act: Act) -> None:
    """Another page of them."""
    await act.args.ack()
    target_id, criteria, available = act.kept_as(supply_view.behind_of)
    page = act.value_as(whole)
    if target_id:
        made = await _of_target(act, target_id, page, available=available)
    else:
        made = supply_view.behind(await act.read(portfolio.behind, criteria, page, available=available))
    await act.update(act.view_id, made)


async def open_supply(act: Act) -> None:
    """What there is, by industry first."""
    await act.args.ack()
    await _put_supply(act, Facet.INDUSTRY, 0)


async def choose_facet(act: Act) -> None:
    """The same by something else."""
    await act.args.ack()
    await _put_supply(act, act.choice_as(Facet), 0)


async def turn_supply(act: Act) -> None:
    """Another page of it."""
    await act.args.ack()
    await _put_supply(act, act.kept_as(supply_view.facet_of), act.value_as(whole))


async def _put_supply(act: Act, facet: Facet, page: int) -> None:
    """In the place of the targets: Slack shows no more than three windows, and a profile is the third."""
    await act.update(act.view_id, supply_view.listed(await act.read(portfolio.seen), facet, page))


async def back_to_targets(act: Act) -> None:
    """The targets again."""
    await act.args.ack()
    await act.update(act.view_id, await _overview(act))


async def show_supply(act: Act) -> None:
    """Who has this value?"""
    await act.args.ack()
    criteria = act.value_as(view.criteria_from)

    async def make() -> dict[str, Any]:
        return supply_view.behind(await act.read(portfolio.behind, criteria, 0, available=False))

    await act.show("Who they are", make)
