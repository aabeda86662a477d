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
_DECODE_BUCKETS: Final = (0.05, 0.1, 0.2, 0.3, 0.5, 0.75, 1.0, 1.5, 2.0, 3.0, 5.0, 10.0, 30.0)
_FIRST_AUDIO_BUCKETS: Final = (0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.3, 0.5, 1.0, 2.0, 5.0)
_INFERENCE_BUCKETS: Final = (0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1.0, 2.0)


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


class WakeMetrics(Metrics):
    """What the wake word server counts besides."""

    def __init__(self) -> None:
        super().__init__("wake")
        self.streams = self._gauge("streams", "Streams that are listened to")
        self._detections = self._counter("detections", "Wake words that were said", "word")
        self._near_misses = self._counter("near_misses", "Scores that came close to a threshold, and sank", "word")
        self._audio = self._counter("audio_seconds", "Audio that was listened to")
        self._dropped = self._counter("audio_dropped_seconds", "Audio that had waited too long to be listened to")
        self._inference = self._histogram(
            "inference_seconds_per_audio_second", "Seconds that a second of audio takes", _INFERENCE_BUCKETS
        )

    def scored(self, seconds: float, *, audio_seconds: float) -> None:
        """Count audio that was listened to, and how long that took."""
        self._audio.inc(audio_seconds)
        if audio_seconds > 0:
            self._inference.observe(seconds / audio_seconds)

    def dropped(self, audio_seconds: float) -> None:
        """Count audio that was left out."""
        self._dropped.inc(audio_seconds)

    def detected(self, word: str) -> None:
        """Count a wake word, by the name of its model."""
        self._detections.labels(word).inc()

    def nearly_detected(self, word: str) -> None:
        """Count a near miss, by the name of the model."""
        self._near_misses.labels(word).inc()


class SttMetrics(Metrics):
    """What the speech-to-text server counts besides."""

    def __init__(self) -> None:
        super().__init__("stt")
        self.sentences = self._gauge("sentences", "Sentences of the home that can be recognised")
        self._decode = self._histogram("decode_seconds", "From an utterance's end to its text", _DECODE_BUCKETS)
        self._utterances = self._counter("utterances", "Utterances, by what became of them", "result")

    def decoded(self, seconds: float, *, accepted: bool) -> None:
        """Count an utterance; `accepted`: it had a text."""
        self._decode.observe(seconds)
        self._utterances.labels("accepted" if accepted else "rejected").inc()


class TtsMetrics(Metrics):
    """What the text-to-speech server counts besides."""

    def __init__(self) -> None:
        super().__init__("tts")
        self._first_audio = self._histogram(
            "first_audio_seconds", "From a text to its first sound", _FIRST_AUDIO_BUCKETS
        )
        self._phrases = self._counter("phrases", "Pieces of text that were spoken, by where they came from", "source")

    def first_audio(self, seconds: float) -> None:
        """Count a text, and how long its first sound took."""
        self._first_audio.observe(seconds)

    def spoken(self, *, cached: bool) -> None:
        """Count a piece of text."""
        self._phrases.labels("cache" if cached else "engine").inc()
