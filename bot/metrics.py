"""What an operator's Prometheus collects. Decides no figure, and names no person, workspace or text."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from prometheus_client import CollectorRegistry, Histogram, generate_latest
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from schedules.meter import Meter
from storage.queue import Depth

WITHIN = (0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.0, 3.0)
"""Seconds; Slack shows people an error after three."""

TYPE = "text/plain; version=0.0.4; charset=utf-8"


class Metrics:
    """One process's: `acknowledged` is called for each request of Slack's, `text` for each look."""

    def __init__(self, meter: Meter) -> None:
        self._registry = CollectorRegistry()
        self._acks = Histogram(
            "everboard_ack_seconds",
            "Seconds until a request of Slack's was acknowledged, by its kind.",
            ["kind", "status"],
            buckets=WITHIN,
            registry=self._registry,
        )
        self._now = _Now(meter)
        self._registry.register(self._now)

    def acknowledged(self, kind: str, status: int, seconds: float) -> None:
        """A request was answered."""
        self._acks.labels(kind, str(status)).observe(seconds)

    def text(self, depths: Sequence[Depth], now: datetime, connected: int) -> bytes:
        """All of it as Prometheus reads it; `connected` workspaces take our token."""
        self._now.depths, self._now.at, self._now.connected = depths, now, connected
        return generate_latest(self._registry)


class _Now(Collector):
    """What is read when somebody looks."""

    def __init__(self, meter: Meter) -> None:
        self._meter = meter
        self.depths: Sequence[Depth] = ()
        self.at: datetime | None = None
        self.connected = 0

    def collect(self) -> Iterator[Metric]:
        """Every figure that is not counted as it happens."""
        yield GaugeMetricFamily("everboard_workspaces", "Workspaces that are connected.", value=self.connected)
        yield from self._queue()
        yield from self._done()

    def _queue(self) -> Iterator[Metric]:
        labels = ["lane", "status"]
        many = GaugeMetricFamily("everboard_queue_messages", "Messages that are due and not sent.", labels=labels)
        age = GaugeMetricFamily("everboard_queue_oldest_seconds", "How long the oldest of them is due.", labels=labels)
        for one in self.depths:
            many.add_metric([one.lane, one.status], one.messages)
            if self.at is not None:
                age.add_metric([one.lane, one.status], (self.at - one.oldest).total_seconds())
        yield many
        yield age

    def _done(self) -> Iterator[Metric]:
        sends = CounterMetricFamily(
            "everboard_sends", "Sends by kind and outcome; too_fast is Slack's 429.", labels=["kind", "outcome"]
        )
        for (kind, outcome), number in sorted(self._meter.sends.items()):
            sends.add_metric([kind, outcome], number)
        runs = CounterMetricFamily("everboard_job_runs", "Jobs by how they went.", labels=["job", "outcome"])
        for (job, outcome), number in sorted(self._meter.runs.items()):
            runs.add_metric([job, outcome], number)
        late = GaugeMetricFamily(
            "everboard_job_late_seconds", "How long after its time a job ran last.", labels=["job"]
        )
        for job, seconds in sorted(self._meter.late.items()):
            late.add_metric([job], seconds)
        yield from (sends, runs, late)


def kind_of(body: object) -> str:
    """The kind of a request, by its payload."""
    if not isinstance(body, dict):
        return "unknown"
    if body.get("command"):
        return "command"
    kind = body.get("type")
    return KINDS.get(kind, "other") if isinstance(kind, str) else "unknown"


KINDS = {
    "block_actions": "action",
    "block_suggestion": "options",
    "event_callback": "event",
    "message_action": "shortcut",
    "shortcut": "shortcut",
    "url_verification": "url_verification",
    "view_closed": "view",
    "view_submission": "view",
}
"""Slack's names for what comes in, and ours: a label must not be whatever somebody sends."""
