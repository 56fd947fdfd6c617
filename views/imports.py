"""What the advocacy team reads of an import. Holds no customer's name: the list is behind Home's door."""

from domain.messages import Rendered
from views import blocks
from views.text import count


def nominations_waiting(added: int) -> Rendered:
    """How many imported nominations wait for the team, and where."""
    text = f"{count(added, 'imported nomination')} {'waits' if added == 1 else 'wait'} for review."
    return blocks.message(
        text,
        [
            blocks.section(f"*{text}*"),
            blocks.section("Open Everboard's Home tab: the list there begins with the oldest."),
        ],
    )
