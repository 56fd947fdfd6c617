"""An advocate's profile: the form, and what colleagues see of it. Never contact details or interview notes."""

import json
from collections.abc import Sequence
from datetime import datetime

from domain.advocates import REQUIRED, Card, Consent, Found, Profile
from domain.errors import RuleError
from domain.nominations import LINE_LIMIT, NOTE_LIMIT, WHY_LIMIT
from domain.regions import country_code, country_name, region_of
from domain.vocabulary import Activity, canonical_industry
from views import blocks, inputs, words
from views.ids import Action, Callback
from views.text import Block, day, in_words, line, link, quote

_UNKNOWN_COUNTRY = "We don't know this country. Its name in English or its two-letter code will do."

_TEXTS: tuple[tuple[str, str, int, str | None], ...] = (
    ("use_cases", "What they use us for", WHY_LIMIT, None),
    ("outcomes", "Outcomes", WHY_LIMIT, "With figures, where there are any: 40 % fewer tickets in half a year."),
    ("quotes", "Quotes", WHY_LIMIT, "In their own words, as approved."),
    ("topics", "Topics they speak on", NOTE_LIMIT, None),
    ("links", "Links", NOTE_LIMIT, "Case study, video, review: one a line."),
)


def profile(card: Card, activities: Sequence[str] = tuple(Activity)) -> Block:
    """The form for all that colleagues may know; `activities` are those in use.

    Its metadata is JSON with the advocate's id and version.
    """
    content = [
        blocks.context(
            f"Fields marked “to publish” are needed before *{line(card.contact_name)}* can be published. "
            "Half a profile is kept too."
        ),
        *_line_fields(card.profile),
        *_activity_fields(card.profile, activities),
        *[_text_field(card.profile, *field) for field in _TEXTS],
        _one_line("preferred_contact", "How they like to be contacted", card.profile.preferred_contact),
    ]
    meta = blocks.metadata({"id": card.id, "version": card.version})
    return blocks.modal(Callback.PROFILE, "Profile", content, submit="Save", meta=meta)


def _line_fields(shown: Profile) -> list[Block]:
    return [
        _one_line("title", "Title", shown.title),
        _words("persona", "Role in decisions", words.one(shown.persona)),
        _words("industry", "Industry", words.one(shown.industry)),
        _one_line("country", "Country", _country_name(shown.country)),
        _words("languages", "Languages", words.many(shown.languages)),
        _words("products", "Products they use", words.many(shown.products)),
    ]


def _words(name: str, label: str, element: Block) -> Block:
    is_list = name in {"languages", "products"} and element["type"] == "plain_text_input"
    hint = "Apart by commas." if is_list else None
    return inputs.field(name, _marked(name, label), element, hint=hint, optional=True)


def _one_line(name: str, label: str, value: str | None) -> Block:
    return inputs.field(name, _marked(name, label), inputs.text_input(value, most=LINE_LIMIT), optional=True)


def _text_field(shown: Profile, name: str, label: str, most: int, hint: str | None) -> Block:
    element = inputs.text_input(getattr(shown, name), multiline=True, most=most)
    return inputs.field(name, _marked(name, label), element, hint=hint, optional=True)


def _marked(name: str, label: str) -> str:
    """Optional to save, needed to publish: half a profile is worth keeping."""
    return f"{label} (to publish)" if name in REQUIRED else label


def _activity_fields(shown: Profile, offered: Sequence[str]) -> list[Block]:
    choices = inputs.options([*offered, *shown.activities, *shown.refused_activities])
    accepted = inputs.multi_select(choices, shown.activities, "Pick any number")
    refused = inputs.multi_select(choices, shown.refused_activities, "Pick any number")
    return [
        inputs.field("activities", _marked("activities", "What they would do"), accepted, optional=True),
        inputs.field("refused_activities", "What they would rather not do", refused, optional=True),
    ]


def profile_from(typed: inputs.Typed) -> Profile:
    """The profile, with country and industry in their usual form. Raises RuleError for a country nobody knows."""
    country = _country(inputs.text_of(typed, "country").strip())
    industry = words.one_of(typed, "industry")
    names = ("title", "preferred_contact", *(name for name, *_rest in _TEXTS))
    return Profile(
        industry=canonical_industry(industry) or industry or None,
        country=country,
        region=region_of(country) if country else None,
        persona=words.one_of(typed, "persona") or None,
        languages=words.many_of(typed, "languages"),
        products=words.many_of(typed, "products"),
        activities=inputs.choices_of(typed, "activities"),
        refused_activities=inputs.choices_of(typed, "refused_activities"),
        **{name: inputs.text_of(typed, name).strip() or None for name in names},
    )


def _country_name(country: str | None) -> str:
    """A code as a name; what is not a country's stays as it was typed, so that somebody can mend it."""
    code = country_code(country) if country else None
    return country_name(code) if code else country or ""


def _country(typed: str) -> str | None:
    code = country_code(typed) if typed else None
    if typed and code is None:
        raise RuleError(_UNKNOWN_COUNTRY, {"country": _UNKNOWN_COUNTRY})
    return code


def preview(card: Card) -> list[Block]:
    """The profile as colleagues see it."""
    shown = card.profile
    texts = [
        blocks.section(f"*{label}*\n{quote(value, 2500)}")
        for name, label, _most, _hint in _TEXTS
        if name != "links" and (value := getattr(shown, name))
    ]
    return [
        blocks.header(f"{card.contact_name}, {card.company}"),
        *blocks.fields(_facts(shown)),
        *texts,
        *_links(shown.links),
        blocks.context(checked(card.verified_at), agreed(card.consent)),
    ]


def _facts(shown: Profile) -> list[tuple[str, str | None]]:
    return [
        ("Title", line(shown.title or "")),
        ("Role in decisions", line(shown.persona or "")),
        ("Industry", line(shown.industry or "")),
        ("Country", place(shown)),
        ("Languages", line(", ".join(shown.languages), 300)),
        ("Products", line(", ".join(shown.products), 300)),
        ("Would do", line(", ".join(shown.activities), 300)),
        ("Would rather not", line(", ".join(shown.refused_activities), 300)),
        ("Prefers to be contacted", line(shown.preferred_contact or "")),
    ]


def place(shown: Profile) -> str:
    """Country and region, as far as they are known."""
    country = _country_name(shown.country)
    return line(f"{country} ({shown.region})" if country and shown.region else country or shown.region or "")


def _links(links: str | None) -> list[Block]:
    rows = [row.strip() for row in (links or "").splitlines() if row.strip()][:10]
    shown = "\n".join(f"• {link(row, row[:100])}" for row in rows)
    return [blocks.section(f"*Links*\n{shown}")] if rows else []


def checked(verified_at: datetime | None) -> str:
    """When somebody last made sure that the profile is right."""
    return f"Checked on {day(verified_at.date())}" if verified_at else "Not checked yet"


def agreed(consent: Consent | None) -> str:
    """What the customer agreed to."""
    if consent is None:
        return "No consent recorded"
    scopes = in_words([_lowered(scope.value) for scope in consent.scopes]) or "nothing"
    until = f", until {day(consent.until)}" if consent.until else ""
    return f"Agreed on {day(consent.given_on)} to: {scopes}{until}"


def _lowered(words: str) -> str:
    return words[:1].lower() + words[1:]


def summary(found: Found) -> str:
    """One advocate in a list: who, where, for what, and why they are in it. Escaped mrkdwn."""
    shown = found.profile
    role = ", ".join(filter(None, [line(shown.title or ""), line(found.company)]))
    where = " · ".join(filter(None, [line(shown.industry or ""), place(shown)]))
    would_do = f"Would do: {line(', '.join(shown.activities), 300)}" if shown.activities else ""
    why = f"Matches: {_sequence(found.why)}" if found.why else ""
    return "\n".join(filter(None, [f"*{line(found.contact_name)}*, {role}", where, would_do, why]))


def ask_for(advocate_id: str, name: str, query: str = "") -> Block:
    """The button that begins a request for one advocate, and remembers what was looked for."""
    value = json.dumps({"a": advocate_id, "q": query}, ensure_ascii=False)
    return blocks.button("Ask for them", Action.REQUEST_FOR, value, spoken=f"Ask for them: {name}")


def _sequence(parts: Sequence[str]) -> str:
    return in_words([line(part, 120) for part in parts[:8]])


__all__ = ["agreed", "ask_for", "checked", "preview", "profile", "profile_from", "summary"]
