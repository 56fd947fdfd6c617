"""What people read of the CRM, and the form that says which of its fields means what. Decides no rule."""

from collections.abc import Mapping, Sequence

from domain import crm
from domain.crm import Refused, Thing
from domain.messages import Rendered
from domain.settings import Settings
from views import blocks, inputs
from views.ids import Action, Callback
from views.text import Block, count, line

TITLE = "CRM fields"

WRITE_FIELD = "crm_write_field"

LINES_LIMIT = 3000
"""Characters of the lines for one kind of thing: what Slack allows in a field."""

SHOWN = 10
"""Records named in one message; the command names all."""

_LABELS: Mapping[Thing, str] = {
    Thing.ACCOUNTS: "Companies (Account)",
    Thing.CONTACTS: "People (Contact)",
    Thing.OPPORTUNITIES: "Deals (Opportunity)",
}


def field_of(thing: Thing) -> str:
    """The form's field for this kind of thing."""
    return f"crm_{thing.value}"


def in_short(known: Settings) -> str:
    """As it stands among the settings."""
    number = sum(len(some) for some in known.crm_fields.values())
    fields = "The usual fields are read" if not number else f"{count(number, 'column')} read otherwise than usual"
    if known.crm_write_field:
        return f"{fields}; what advocates did for a deal is written into {_name(known.crm_write_field)}"
    return f"{fields}; nothing is written into the CRM"


def _name(field: str) -> str:
    """A technical name so that it can be copied: in running text two underscores would be kept from being markup."""
    return f"`{field}`" if crm.is_field(field) else line(field)


def form(known: Settings) -> Block:
    """Which field is which column?"""
    content = [
        blocks.section(
            "Where Everboard reads your CRM, each line says a column of ours and the CRM's field for it, such as "
            "*Health = Health__c*. A column without a line is not read. What is read by another field than before is "
            "read anew from the beginning."
        ),
        *(
            inputs.field(
                field_of(thing),
                label,
                inputs.text_input(crm.lines_of(thing, known.crm_fields), most=LINES_LIMIT, multiline=True),
                hint="Columns: " + ", ".join(crm.columns_of(thing)),
            )
            for thing, label in _LABELS.items()
        ),
        inputs.field(
            WRITE_FIELD,
            "Write what advocates did into this field of each deal",
            inputs.text_input(known.crm_write_field or None, most=crm.FIELD_LIMIT),
            hint="Activities and days, no names. A text field of 255 characters that your company added. Leave it "
            "empty, and nothing is written into the CRM.",
            optional=True,
        ),
    ]
    return blocks.modal(Callback.SETTING_CRM, TITLE, content, submit="Save")


def fields_from(typed: inputs.Typed) -> tuple[dict[Thing, str], str]:
    """The lines for each kind of thing, and the field to write into, as they were typed."""
    return {thing: inputs.text_of(typed, field_of(thing)) for thing in Thing}, inputs.text_of(typed, WRITE_FIELD)


def trouble(name: str, sentence: str) -> Rendered:
    """The CRM could not be read."""
    said = f"{name} could not be read."
    return blocks.message(
        said,
        [
            blocks.section(f"*{said}*\n{line(sentence, 1000)}"),
            blocks.context("What came in before stays. Everboard tries again every hour, and says this once."),
        ],
    )


def refused(records: Sequence[Refused]) -> Rendered:
    """Records of the CRM that could not be taken."""
    number = len(records)
    said = f"{count(number, 'record')} of the CRM could not be taken."
    rows = [f"• *{line(one.name, 100)}* ({line(one.id, 32)}): {line(one.reason, 300)}" for one in records[:SHOWN]]
    content = [blocks.section(f"*{said}* The others came in.\n" + "\n".join(rows))]
    more = f"And {number - SHOWN:,} more: run everboard crm status. " if number > SHOWN else ""
    content.append(blocks.context(f"{more}Once they are right in the CRM, they come in by themselves."))
    return blocks.message(said, content)


def has_left_crm(name: str, company: str, crm: str, advocate_id: str | None) -> Rendered:
    """To whoever looks after a customer: they were deleted in the CRM. Buttons where their profile is published."""
    who = f"{line(name, 100)} of {line(company, 100)}"
    said = f"{who} has left the CRM: the contact was deleted in {line(crm, 40)}."
    why = "Have they left the company? Then nobody should ask them for anything any more."
    content = [blocks.section(f"*{said}*\n{why}")]
    if advocate_id is not None:
        row = [
            blocks.button("Left the company", Action.CHECK_LEFT, advocate_id, spoken=f"Left the company: {name}"),
            blocks.button("Look", Action.CARD, advocate_id, spoken=f"Look at {name}"),
        ]
        content += blocks.actions(row)
    content.append(blocks.context("If they are still there, nothing needs to be done: here nothing was changed."))
    return blocks.message(said, content)
