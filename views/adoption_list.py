"""Who by name has taken part and who has not yet, for the leaders who were named for it. Decides no figure."""

from collections.abc import Iterator

from domain.adoption_list import PAGE, Chosen, Listed, Row, Which
from domain.people import Function
from views import blocks, inputs
from views.ids import Action, Callback
from views.targets import pager
from views.text import Block, count, day, line, mention

TITLE = "Who has taken part"
ALL = "all"

NOBODY = {
    Which.NOT_YET: "Everybody here has taken part.",
    Which.TOOK_PART: "Nobody has taken part yet. Do one nomination together in the next team meeting.",
    Which.EVERYBODY: "Nobody is known here. Bring people in with their functions.",
}


def listed(found: Listed) -> Block:
    """One page."""
    chosen = found.chosen
    content = [
        *blocks.actions(_menus(chosen), "filters"),
        blocks.context(_rules(found)),
        *_rows(found),
        *pager(chosen.page, found.pages, Action.ADOPTION_LIST_BACK, Action.ADOPTION_LIST_PAGE),
    ]
    return blocks.modal(Callback.ADOPTION_LIST, TITLE, content, meta=blocks.metadata(_meta(chosen)))


def _menus(chosen: Chosen) -> list[Block]:
    whom = [inputs.option(one.value.capitalize(), one.name) for one in Which]
    functions = [
        inputs.option("All functions", ALL),
        *(inputs.option(one.value.capitalize(), one.name) for one in Function),
    ]
    function = chosen.function.name if chosen.function else ALL
    return [
        {**inputs.select(whom, chosen.which.name), "action_id": Action.ADOPTION_LIST_WHICH.value},
        {**inputs.select(functions, function), "action_id": Action.ADOPTION_LIST_FUNCTION.value},
    ]


def _rules(found: Listed) -> str:
    return (
        f"{found.took_part:,} of {count(found.people, 'person', 'people')} nominated, looked up or requested from "
        f"{day(found.first)} to {day(found.last)}. Whoever has not yet may have had no occasion: ask what they need. "
        "That you look here is written down."
    )


def _rows(found: Listed) -> Iterator[Block]:
    if not found.rows:
        yield blocks.section(NOBODY[found.chosen.which])
        return
    half = -(-PAGE // 2)
    for start in range(0, len(found.rows), half):
        yield blocks.section("\n".join(_row(row, found.chosen.which) for row in found.rows[start : start + half]))


def _row(row: Row, which: Which) -> str:
    who = mention(row.slack_id, line(row.name, 60))
    function = f" ({row.function.value})" if row.function else ""
    did = [
        count(number, noun)
        for number, noun in ((row.nominated, "nomination"), (row.looked_up, "look-up"), (row.requested, "request"))
        if number
    ]
    said = ", ".join(did) or ("" if which is Which.NOT_YET else "not yet")
    return f"• {who}{function}{': ' if said else ''}{said}"


def _meta(chosen: Chosen) -> dict[str, str]:
    return {
        "which": chosen.which.name,
        "function": chosen.function.name if chosen.function else ALL,
        "page": str(chosen.page),
    }


def chosen_in(meta: str | None) -> Chosen:
    """What a window shows."""
    kept = blocks.read_metadata(meta)
    function = kept.get("function", ALL)
    return Chosen(
        Which[kept.get("which", Which.NOT_YET.name)],
        None if function == ALL else Function[function],
        blocks.whole(kept.get("page", 0)),
    )
