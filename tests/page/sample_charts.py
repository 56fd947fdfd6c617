"""Charts and tables of the sample app: each kind, with few and many points, with negative and with huge values."""

from tests.page.sample_world import JSON

QUARTERS = ["Q1", "Q2", "Q3", "Q4"]
REGIONS = ["Americas", "Europe", "Asia and the Pacific"]


def series(name: str, values: list[float], categories: list[str]) -> JSON:
    """One line, or one colour of bars."""
    points = [{"label": label, "value": value} for label, value in zip(categories, values, strict=True)]
    return {"name": name, "data": points}


def chart(title: str, kind: str, rows: dict[str, list[float]], categories: list[str], **labels: str) -> JSON:
    """A bar, line or area chart."""
    return {
        "type": "data_visualization",
        "title": title,
        "chart": {
            "type": kind,
            "series": [series(name, values, categories) for name, values in rows.items()],
            "axis_config": {"categories": categories, **labels},
        },
    }


def pie(title: str, parts: dict[str, float]) -> JSON:
    """A pie chart."""
    segments = [{"label": label, "value": value} for label, value in parts.items()]
    return {"type": "data_visualization", "title": title, "chart": {"type": "pie", "segments": segments}}


def advocates(count: int) -> JSON:
    """A data table that is longer than its page."""
    head = [{"type": "raw_text", "text": name} for name in ("Name", "Uses")]
    rows = [
        [
            {"type": "raw_text", "text": f"Advocate {number}"},
            {"type": "raw_number", "value": (number * 7) % count, "text": str((number * 7) % count)},
        ]
        for number in range(1, count + 1)
    ]
    return {"type": "data_table", "caption": "Advocates", "page_size": 4, "rows": [head, *rows]}


def messages() -> list[list[JSON]]:
    """The blocks of three messages."""
    many = {f"Series number {number}": [float((number * day) % 9) for day in range(20)] for number in range(1, 13)}
    days = [f"A rather long day {day}" for day in range(20)]
    return [
        [
            chart(
                "Nominations by region",
                "bar",
                dict(zip(REGIONS, ([4.0, 7.0, 5.0, 9.0], [2.0, 3.0, 8.0, 6.0], [1.0, 0.0, 2.0, -3.0]), strict=True)),
                QUARTERS,
                x_label="Quarter",
                y_label="Nominations",
            ),
            pie("Where they come from", {"Sales": 45, "Customer success": 28, "Support": 18, "Services": 9, "None": 0}),
        ],
        [
            chart("Won with an advocate", "line", {"EUR": [1.2e6, 3.4e6, 2.2e6, 5.1e6]}, QUARTERS),
            chart("Everything at once", "area", many, days),
        ],
        [advocates(10)],
    ]
