"""The nomination form and what answers it: already known, thank you, the team's question. Decides no rule.

The form's blocks bear the names of `domain.nominations.Values`' fields and keep them when details are unfolded, so
that Slack keeps what was typed and a refusal finds its field. Its metadata is JSON: what the caller gave, the source,
and evidence that has no field of its own.
"""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from domain.command_text import Draft
from domain.nominations import LINE_LIMIT, NAME_LIMIT, NOTE_LIMIT, REVIEW_GOAL, WHY_LIMIT, Card, Values
from domain.vocabulary import Activity
from views import blocks, inputs
from views.ids import Action, Callback
from views.nomination_words import who
from views.text import Block, count, day, link, quote, shorten, units

NEW, KNOWN = "new:", "account:"
TITLE = "Nominate a customer"
YES, NOT_YET = "yes", "no"
EVIDENCE_KEPT = 1800
"""Characters of a message kept as evidence in the form: with its link it fits into the metadata."""

_LINES: tuple[tuple[str, str, str | None], ...] = (
    ("title", "Title", "Head of Infrastructure"),
    ("persona", "Role in decisions", "Economic buyer, CISO, practitioner …"),
    ("phone", "Phone", None),
    ("industry", "Industry", "Health care"),
    ("country", "Country", "Germany"),
)


def form(
    draft: Draft | Values | None,
    *,
    source: str,
    meta: Mapping[str, Any],
    details: bool = False,
    notice: str | None = None,
    account_label: str | None = None,
) -> Block:
    """The form, filled with what is known. `notice` is plain; `account_label` names the account of `Values`."""
    values = _as_values(draft, meta)
    evidence = _kept(values.evidence_text) if values.evidence_text else None
    kept = {**meta, "source": source, "evidence_text": evidence, "evidence_link": values.evidence_link}
    content = [
        *([blocks.words(notice)] if notice else []),
        *_essentials(values, account_label),
        *_evidence(evidence, values.evidence_link),
        *(_details(values) if details else _details_button()),
    ]
    return blocks.modal(Callback.NOMINATE, TITLE, content, submit="Nominate", meta=blocks.metadata(kept))


def _as_values(draft: Draft | Values | None, meta: Mapping[str, Any]) -> Values:
    if isinstance(draft, Draft):
        draft = Values(draft.contact_name, draft.company, draft.reason, email=draft.email)
    values = draft or Values("", "", "")
    link, text = values.evidence_link or meta.get("evidence_link"), values.evidence_text or meta.get("evidence_text")
    given = {name: getattr(values, name) for name in Values.__dataclass_fields__}
    return Values(**{**given, "evidence_link": link, "evidence_text": text})


def _kept(evidence: str) -> str:
    """As much of a message as surely fits into the metadata, where JSON doubles quotes and line breaks."""
    kept = shorten(evidence, EVIDENCE_KEPT)
    while units(json.dumps(kept, ensure_ascii=False)) > EVIDENCE_KEPT + 2:
        kept = shorten(kept, units(kept) * 3 // 4)
    return kept


def _essentials(values: Values, account_label: str | None) -> list[Block]:
    company = inputs.search(Action.COMPANY, _company(values, account_label), "Any company: start typing", least=1)
    knows = [inputs.option("Yes", YES), inputs.option("Not yet", NOT_YET)]
    return [
        inputs.field("contact_name", "Who is it?", inputs.text_input(values.contact_name, most=NAME_LIMIT)),
        inputs.field("company", "Which company are they with?", company),
        inputs.field(
            "email",
            "Their work email",
            inputs.email_input(values.email),
            hint="Leave this empty if you don't have it.",
            optional=True,
        ),
        inputs.field(
            "why",
            "Why would they be a good advocate?",
            inputs.text_input(values.why, multiline=True, most=WHY_LIMIT),
            hint="A sentence is enough: what they achieved, or what they said.",
        ),
        inputs.field(
            "customer_knows",
            "Do they know that you put them forward?",
            inputs.radio(knows, YES if values.customer_knows else NOT_YET),
        ),
    ]


def _company(values: Values, account_label: str | None) -> Block | None:
    name = " ".join(values.company.split())
    if values.account_id:
        return inputs.option(account_label or name, KNOWN + values.account_id)
    return _new_company(name) if name else None


def _new_company(name: str) -> Block:
    return inputs.option(f'Use "{shorten(name, 69)}"', NEW + name)


def _evidence(text: str | None, address: str | None) -> list[Block]:
    if not text:
        return []
    source = f" from {link(address, 'this message')}" if address else ""
    return [blocks.section(f"*Kept as evidence*{source}\n{quote(text, EVIDENCE_KEPT)}")]


def _details_button() -> list[Block]:
    hint = "Optional: title, phone, products, what they would do … All of it can follow later."
    return [*blocks.actions([blocks.button("Add details", Action.SHOW_DETAILS)], "details"), blocks.context(hint)]


def _details(values: Values) -> list[Block]:
    lines = [
        inputs.field(name, label, _line(getattr(values, name), example), optional=True)
        for name, label, example in _LINES
    ]
    uses = inputs.text_input(values.use_cases, multiline=True, most=NOTE_LIMIT)
    would_do = inputs.multi_select(
        inputs.options([*Activity, *values.activities]), values.activities, "Pick any number"
    )
    return [
        *lines,
        inputs.field("products", "Products they use", _line(", ".join(values.products), "One, another"), optional=True),
        inputs.field("use_cases", "What do they use us for?", uses, optional=True),
        inputs.field("activities", "What would they do for us?", would_do, optional=True),
        inputs.field("relationship", "How do you know them?", _line(values.relationship), optional=True),
        inputs.field(
            "evidence_link",
            "Link to evidence",
            inputs.text_input(values.evidence_link, most=NOTE_LIMIT, placeholder="https://"),
            optional=True,
        ),
    ]


def _line(value: str | None, example: str | None = None) -> Block:
    return inputs.text_input(value, most=LINE_LIMIT, placeholder=f"Such as: {example}" if example else None)


def values_from(typed: inputs.Typed, meta: Mapping[str, Any]) -> Values:
    """What the form says, as typed; `meta` is its metadata, parsed. Not checked: that is the domain's part."""
    chosen = inputs.choice_of(typed, "company") or ""
    known = chosen.startswith(KNOWN)
    return Values(
        contact_name=inputs.text_of(typed, "contact_name"),
        company=inputs.label_of(typed, "company") if known else chosen.removeprefix(NEW),
        account_id=chosen.removeprefix(KNOWN) if known else None,
        why=inputs.text_of(typed, "why"),
        email=inputs.text_of(typed, "email") or None,
        customer_knows=inputs.choice_of(typed, "customer_knows") == YES,
        products=inputs.list_of(typed, "products"),
        activities=inputs.choices_of(typed, "activities"),
        use_cases=inputs.text_of(typed, "use_cases") or None,
        relationship=inputs.text_of(typed, "relationship") or None,
        evidence_link=_evidence_link(typed, meta),
        evidence_text=meta.get("evidence_text"),
        **{name: inputs.text_of(typed, name) or None for name, _label, _example in _LINES},
    )


def _evidence_link(typed: inputs.Typed, meta: Mapping[str, Any]) -> str | None:
    if inputs.has(typed, "evidence_link"):
        return inputs.text_of(typed, "evidence_link") or None
    return meta.get("evidence_link")


def company_options(typed: str, accounts: Sequence[tuple[str, str]]) -> list[Block]:
    """What the type-ahead offers: accounts (id, name), and after them the company as typed unless it is one of them."""
    name = " ".join(typed.split())
    known = [inputs.option(label, KNOWN + account_id) for account_id, label in accounts[: inputs.OPTIONS - 1]]
    is_known = any(label.casefold() == name.casefold() for _id, label in accounts)
    return known if is_known or not name else [*known, _new_company(name)]


def already_known(card: Card, *, can_endorse: bool, why: str, meta: str, different_person: bool) -> Block:
    """Somebody put this customer forward before: endorse them? `why`, what was typed, becomes the endorsement.

    Tells nothing of the contact but the name and that they are known.
    """
    text = f"*{who(card)}* has been put forward already, on {day(card.created_at.date())}."
    if can_endorse:
        text += "\nEndorse them instead: your word counts, and so does your credit."
    else:
        text += "\nYour word for them counts already."
    note = inputs.text_input(shorten(why, NOTE_LIMIT), multiline=True, most=NOTE_LIMIT)
    content = [
        blocks.section(text),
        *([inputs.field("note", "What would you add?", note, optional=True)] if can_endorse else []),
        *_namesake_button(different_person=different_person),
    ]
    return blocks.modal(
        Callback.DUPLICATE, "Already known", content, submit="Endorse" if can_endorse else None, meta=meta
    )


def _namesake_button(*, different_person: bool) -> list[Block]:
    return blocks.actions([blocks.button("No, this is somebody else", Action.SOMEONE_ELSE)] if different_person else [])


def note_from(typed: inputs.Typed) -> str | None:
    """The words of an endorsement."""
    return inputs.text_of(typed, "note").strip() or None


def submitted(card: Card, days: int = REVIEW_GOAL.days) -> Block:
    """Thank you: what happens next, and by when."""
    return blocks.notice(
        "Thank you",
        f"*{who(card)}* is with the advocacy team now. They look at it within {count(days, 'day')}, and you hear of "
        "each step in a direct message. When they become an advocate, the credit is yours.",
    )


def answer_sent(card: Card) -> Block:
    """Thank you for the answer."""
    return blocks.notice(
        "Thank you", f"Your answer about *{who(card)}* is with the advocacy team now. You hear here how it goes on."
    )


def endorsed(card: Card) -> Block:
    """Thank you for an endorsement."""
    return blocks.notice(
        "Thank you",
        f"Your word for *{who(card)}* is with the advocacy team. You hear how it goes on, and share the credit.",
    )


def answer(card: Card) -> Block:
    """The nominator's answer to the team's question."""
    content = [
        blocks.section(f"About *{who(card)}*, whom you put forward:\n{quote(card.question or '', 2000)}"),
        inputs.field("answer", "Your answer", inputs.text_input(card.answer, multiline=True, most=NOTE_LIMIT)),
    ]
    return blocks.modal(Callback.ANSWER, "Answer the team", content, submit="Send", meta=card.id)


def answer_from(typed: inputs.Typed) -> str:
    """The answer."""
    return inputs.text_of(typed, "answer")
