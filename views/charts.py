"""Charts and tables, which only messages can hold. Decides no figure."""

from collections.abc import Iterable, Mapping, Sequence

from views.text import Block, plain

LABEL = 20
"""Characters under a bar."""

MOST_BARS = 20
"""Labels that a chart may have."""

CELL = 60
"""Characters of a cell: all cells together must stay within what a message holds."""


def lines(title: str, unit: str, labels: Sequence[str], series: Mapping[str, Sequence[float]]) -> list[Block]:
    """The same as lines from label to label."""
    return _chart("line", title, unit, labels, series)


def bars(title: str, unit: str, labels: Sequence[str], series: Mapping[str, Sequence[float]]) -> list[Block]:
    """A chart with a bar for each label in each series; nothing where there is none."""
    return _chart("bar", title, unit, labels, series)


def _chart(
    kind: str, title: str, unit: str, labels: Sequence[str], series: Mapping[str, Sequence[float]]
) -> list[Block]:
    if not labels or not series:
        return []
    rows = [
        {"name": name, "data": [{"label": label, "value": value} for label, value in zip(labels, values, strict=True)]}
        for name, values in series.items()
    ]
    chart = {"type": kind, "series": rows, "axis_config": {"categories": list(labels), "y_label": unit}}
    return [{"type": "data_visualization", "title": title, "chart": chart}]


def labels(names: Iterable[str]) -> list[str]:
    """Names as they stand under bars; of two that would look alike the second gets a number."""
    found: list[str] = []
    for name in names:
        label, number = plain(name, LABEL)["text"], 2
        while label in found:
            label, number = plain(f"{number}. {name}", LABEL)["text"], number + 1
        found.append(label)
    return found


def table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> list[Block]:
    """A table of plain words; nothing without rows."""
    if not rows:
        return []
    return [{"type": "table", "rows": [[_cell(text) for text in row] for row in (head, *rows)]}]


def _cell(text: str) -> Block:
    return {"type": "raw_text", "text": plain(text, CELL)["text"]}
