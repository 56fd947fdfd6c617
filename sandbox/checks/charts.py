"""The rules of tables and charts. Their cells and points are checked; how they look is not."""

from collections.abc import Iterator
from typing import Any

from sandbox.checks.objects import BLOCK_ID
from sandbox.checks.rich_text import RICH_TEXT
from sandbox.checks.rules import Refusal, Shape, by_type, items
from sandbox.checks.words import boolean, integer, number, one_of, string
from sandbox.shapes import JSON

_RAW_TEXT = Shape({"text": string()})
_RAW_NUMBER = Shape({"value": number}, {"text": string()})
_CELL = by_type({"raw_text": _RAW_TEXT, "raw_number": _RAW_NUMBER, "rich_text": RICH_TEXT})

TABLE = Shape(
    {"rows": items(items(_CELL, 1, 20), 1, 100)},
    {
        "block_id": BLOCK_ID,
        "column_settings": items(Shape({}, {"align": one_of("left", "center", "right"), "is_wrapped": boolean}), 0, 20),
    },
)


def _rows_alike(value: JSON, at: str) -> Iterator[Refusal]:
    rows = value.get("rows")
    if not isinstance(rows, list) or not all(isinstance(row, list) for row in rows):
        return
    for position, row in enumerate(rows):
        if len(row) != len(rows[0]):
            yield Refusal(f"{at}/rows/{position}", "all rows must have the same number of cells")
    for column, cell in enumerate(rows[0] if rows else []):
        if isinstance(cell, dict) and cell.get("type") == "rich_text":
            yield Refusal(f"{at}/rows/0/{column}", "rich_text cannot be used in the header")


DATA_TABLE = Shape(
    {"rows": items(items(_CELL, 1, 20), 2, 101), "caption": string()},
    {"block_id": BLOCK_ID, "page_size": integer(1, 100), "row_header_column_index": integer(0, 19)},
    (_rows_alike,),
)

_LABEL = string(20)
_POINT = Shape({"label": _LABEL, "value": number})
_PIE = Shape({"segments": items(_POINT, 1, 12)})


def _points_on_axis(chart: JSON, at: str) -> Iterator[Refusal]:
    categories = chart.get("axis_config", {}).get("categories") if isinstance(chart.get("axis_config"), dict) else None
    series = chart.get("series")
    if not isinstance(series, list) or not isinstance(categories, list):
        return
    # What is none is refused elsewhere.
    known = [(position, one) for position, one in enumerate(series) if isinstance(one, dict)]
    names = [one.get("name") for _, one in known]
    for position, one in known:
        data = one.get("data")
        if isinstance(data, list) and [_label(point) for point in data] != categories:
            yield Refusal(f"{at}/series/{position}/data", "must have one point for each category")
        if names.count(one.get("name")) > 1:
            yield Refusal(f"{at}/series/{position}/name", "must be unique")


def _label(point: Any) -> object:
    return point.get("label") if isinstance(point, dict) else None


_XY = Shape(
    {
        "series": items(Shape({"name": _LABEL, "data": items(_POINT, 1, 20)}), 1, 12),
        "axis_config": Shape({"categories": items(_LABEL, 1, 20)}, {"x_label": string(50), "y_label": string(50)}),
    },
    {},
    (_points_on_axis,),
)

DATA_VISUALIZATION = Shape(
    {"title": string(50), "chart": by_type({"pie": _PIE, "bar": _XY, "line": _XY, "area": _XY})},
    {"block_id": BLOCK_ID},
)
