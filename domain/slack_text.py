"""What a person typed, out of the form in which Slack hands it over. Decides nothing about its meaning."""

import re

_REFERENCE = re.compile(r"<(@[A-Z0-9]|#[A-Z0-9]|!|mailto:|tel:|https?://)([^<>|]*+)(?:\|([^<>]*+))?>")
_ENTITY = re.compile("&(amp|lt|gt);")
_CHARACTERS = {"amp": "&", "lt": "<", "gt": ">"}


def plain(text: str) -> str:
    """Slack's <references> and its three escapes undone: "<mailto:ada@acme.com|ada@acme.com>" is an address.

    A mention becomes the name that Slack gives, or the bare id, without "@"; a link becomes what was
    typed. Angle brackets that are not Slack's stay.
    """
    return _ENTITY.sub(lambda entity: _CHARACTERS[entity[1]], _REFERENCE.sub(_as_typed, text))


def _as_typed(reference: re.Match[str]) -> str:
    kind, target, label = reference[1], reference[1] + reference[2], reference[3] or ""
    if kind.startswith("#"):
        return f"#{label}" if label else target
    if kind.startswith(("@", "!")):
        return label.lstrip("@") or target[1:]
    address = target.removeprefix("mailto:").removeprefix("tel:")
    if label and label.casefold() not in address.casefold():
        return f"{label} {address}"
    return label or address
