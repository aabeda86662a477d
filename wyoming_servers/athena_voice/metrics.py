"""What a server counts, for Prometheus. Each server has a registry of its own: two in one process share no number."""

from importlib.metadata import version
from typing import Final

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, Info, ProcessCollector
from prometheus_client.exposition import CONTENT_TYPE_PLAIN_0_0_4, generate_latest

from .progress import Progress

CONTENT_TYPE: Final = CONTENT_TYPE_PLAIN_0_0_4

_EVENT_TYPES: Final = frozenset(
    (
        *("describe", "ping", "audio-start", "audio-chunk", "audio-stop", "detect", "transcribe"),
        *("synthesize", "synthesize-start", "synthesize-chunk", "synthesize-stop"),
    )
)
"""What is counted by its name; a client's own inventions are "other", or each would be a time series for ever."""


class Metrics:
    """What every server counts. May be used in any thread, but for `progress`."""

    def __init__(self, server: str) -> None:
        """Take the server's name in the command: "wake"."""
        self.progress = Progress()
        """The work that is under way."""
        self.registry = CollectorRegistry()
        ProcessCollector(registry=self.registry)
        build = Info("athena_voice_build", "The server and its version", registry=self.registry)
        build.info({"server": server, "version": version("athena-voice")})
        self.connections = self._gauge("connections", "Connections that are open")
        self.accepted = self._counter("connections_accepted", "Connections that were accepted")
        self.refused = self._counter("connections_refused", "Connections that were refused, for there were too many")
        self.queued_events = self._gauge("queued_events", "Events that wait for their client's turn")
        self.queued_bytes = self._gauge("queued_bytes", "Bytes of the payloads of those events")
        self._events = self._counter("events", "Events that came in", "type")
        self._errors = self._counter("errors", "Errors that clients were told of", "code")

    def event(self, kind: str) -> None:
        """Count an event that came in."""
        self._events.labels(kind if kind in _EVENT_TYPES else "other").inc()

    def error(self, code: str) -> None:
        """Count an error that a client was told of."""
        self._errors.labels(code).inc()

    def exposition(self) -> bytes:
        """Return all of it, as Prometheus reads it."""
        return generate_latest(self.registry)

    def _counter(self, name: str, what: str, *labels: str) -> Counter:
        return Counter(f"athena_voice_{name}", what, labels, registry=self.registry)

    def _gauge(self, name: str, what: str) -> Gauge:
        return Gauge(f"athena_voice_{name}", what, registry=self.registry)

    def _histogram(self, name: str, what: str, buckets: tuple[float, ...]) -> Histogram:
        return Histogram(f"athena_voice_{name}", what, buckets=buckets, registry=self.registry)
