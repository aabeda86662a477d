"""Whisper behind a flag: the real library with models that the test makes."""

import asyncio
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np
import pytest
from wyoming.asr import Transcribe, Transcript
from wyoming.error import Error
from wyoming.info import Describe, Info

from athena_voice.audio import Samples
from athena_voice.errors import EngineError
from athena_voice.stt.engines import faster_whisper
from athena_voice.stt.engines.faster_whisper import FasterWhisperEngine
from athena_voice.stt.vocabulary import Area, Entity, Vocabulary
from athena_voice.stt.worker import QUEUE

from ..command import ANYWHERE, running
from ..conftest import AUDIO, Client, Recording, Serving, recording, until
from .running_whisper import SAID, loaded, whisper
from .test_service import WHERE_NOBODY_SPEAKS, transcript


def as_recording(samples: Samples) -> Recording:
    return Recording(rate=16_000, width=2, channels=1, audio=samples.tobytes())


async def ask(client: Client, samples: Samples, language: str | None = None) -> None:
    await client.send(Transcribe(language=language))
    await client.play(as_recording(samples))


async def test_it_transcribes_what_is_no_sentence_of_the_home(
    serving: Serving, models: Path, home: Path, speech: Samples
) -> None:
    service = whisper(models / "tiny", home)
    async with serving(service) as server, server.client() as client:
        assert await transcript(client, as_recording(speech)) == SAID
        assert await transcript(client, recording(AUDIO / "rms_open_the_curtains.wav")) == SAID


async def test_info_is_there_before_the_model_is_and_names_it(serving: Serving, models: Path, home: Path) -> None:
    async with serving(whisper(models / "tiny", home)) as server, server.client() as client:
        await client.send(Describe())
        (program,) = Info.from_event(await client.receive()).asr
    (model,) = program.models
    assert (program.name, model.name, model.languages) == ("Whisper", "tiny", ["en"])
    assert program.installed
    assert model.installed


@pytest.mark.parametrize("model", ["quiet", "unsure", "endless", "punctuation"])
async def test_what_the_decoder_makes_up_is_nothing(models: Path, speech: Samples, model: str) -> None:
    """“Thank you.” with silence for sure; words that are likely wrong; one again and again; no word at all."""
    async with loaded(models / model) as engine:
        assert await engine.transcribe(speech, "en") == ""
        # It is the rejection that makes nothing of it: the library gives a text.
        texts = [segment.text for segment in engine._segments(speech, "en")]
        assert "".join(texts).strip()


async def test_what_the_decoder_is_rather_sure_of_is_transcribed(models: Path, speech: Samples) -> None:
    async with loaded(models / "rather_sure") as engine:
        assert await engine.transcribe(speech, "en") == SAID
        (segment,) = engine._segments(speech, "en")
        assert -1.0 < segment.avg_logprob < -0.3


@WHERE_NOBODY_SPEAKS
async def test_where_nobody_speaks_nothing_is_transcribed(models: Path, samples: Samples) -> None:
    """The model would say something: it says it of everything."""
    async with loaded(models / "tiny") as engine:
        assert await engine.transcribe(samples, "en") == ""


async def test_the_homes_names_are_told_to_the_decoder_as_many_as_a_prompt_holds(models: Path, speech: Samples) -> None:
    vocabulary = Vocabulary(
        language="en-GB",
        areas=(Area(name="Kitchen", aliases=("Galley",)),),
        entities=(
            Entity(name="Lamp", domain="light"),
            Entity(name="Lamp", domain="switch"),
            Entity(name="Fan", domain="fan", aliases=("Blower",)),
        ),
    )
    many = Vocabulary(language="en", entities=tuple(Entity(name=f"Lamp {n}", domain="light") for n in range(1000)))
    async with loaded(models / "tiny") as engine:
        await engine.learn(vocabulary)
        assert engine._prompt == "Turn on the lamp, the fan, the kitchen, the blower, the galley."
        await engine.learn(many)
        tokens = len(engine._model.hf_tokenizer.encode(f" {engine._prompt}").ids)
        assert 200 < tokens <= 223
        assert engine._prompt.endswith(".")
        assert await engine.transcribe(speech, None) == SAID
        await engine.learn(Vocabulary(language="en"))
        assert engine._prompt == ""


async def test_a_model_of_many_languages_has_them_and_takes_the_homes_by_itself(models: Path, speech: Samples) -> None:
    async with loaded(models / "multilingual") as engine:
        (model,) = engine.program().models
        assert {"en", "de", "fr"} < set(model.languages)
        await engine.learn(Vocabulary(language="de", areas=(Area(name="Küche"), Area(name="Bad"))))
        assert engine._prompt == "Küche, Bad."
        for language in ("en", "de", None):
            assert await engine.transcribe(speech, language) == SAID


async def test_a_language_that_the_model_has_not_is_refused(models: Path) -> None:
    async with loaded(models / "tiny") as engine:
        with pytest.raises(EngineError, match="has no 'de', the language of the home; it has en"):
            await engine.learn(Vocabulary(language="de"))


@contextmanager
def held(engine: FasterWhisperEngine, tasks: asyncio.TaskGroup) -> Iterator[None]:
    """Keep the engine's thread until the end of the block."""
    free = threading.Event()
    tasks.create_task(engine._worker.do(free.wait))
    try:
        yield
    finally:
        free.set()


async def test_past_the_bound_clients_are_told_busy_and_the_others_are_served(
    serving: Serving, models: Path, home: Path, speech: Samples, monkeypatch: pytest.MonkeyPatch
) -> None:
    service = whisper(models / "tiny", home)
    async with serving(service) as server:

        async def one() -> str:
            async with server.client() as client:
                await ask(client, speech)
                event = await client.receive()
                if Error.is_type(event.type):
                    error = Error.from_event(event)
                    assert error.text == f"this server is busy with {QUEUE} others; ask again"
                    return str(error.code)
                return Transcript.from_event(event).text

        engine = service._engine
        assert isinstance(engine, FasterWhisperEngine)
        await until(lambda: engine._model is not None)
        async with asyncio.TaskGroup() as tasks:
            with held(engine, tasks):  # until all have asked
                answers = [tasks.create_task(one()) for _ in range(3 * QUEUE)]
                await until(lambda: sum(answer.done() for answer in answers) == 2 * QUEUE)
        assert sorted(answer.result() for answer in answers) == ["busy"] * 2 * QUEUE + [SAID] * QUEUE
        assert await one() == SAID


async def test_an_utterance_past_its_deadline_is_an_error_and_the_next_is_heard(
    serving: Serving, models: Path, home: Path, speech: Samples, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with serving(whisper(models / "tiny", home)) as server, server.client() as client:
        assert await transcript(client, as_recording(speech)) == SAID
        with monkeypatch.context() as patch:
            patch.setattr(faster_whisper, "DEADLINE_SECONDS", 0.0)
            await ask(client, speech)
            error = Error.from_event(await client.receive())
        assert error.code == "engine-error"
        assert "a smaller model is quicker" in error.text
        assert await transcript(client, as_recording(speech)) == SAID


async def test_what_a_client_that_left_has_asked_is_not_decoded(
    serving: Serving, models: Path, home: Path, speech: Samples
) -> None:
    service = whisper(models / "tiny", home)
    async with serving(service) as server:
        engine = service._engine
        assert isinstance(engine, FasterWhisperEngine)
        await until(lambda: engine._model is not None)
        async with asyncio.TaskGroup() as tasks:
            with held(engine, tasks):
                async with server.client() as client:
                    await ask(client, speech)
                    await until(lambda: len(engine._worker.in_hand) == 1)
                (job,) = engine._worker.in_hand
                await until(job.cancelled)
        async with server.client() as client:
            assert await transcript(client, as_recording(speech)) == SAID


async def test_what_a_client_that_left_has_asked_is_decoded_no_further(models: Path, speech: Samples) -> None:
    async with loaded(models / "tiny") as engine:
        assert await engine.transcribe(speech, "en") == SAID
        gone = threading.Event()
        gone.set()
        assert engine._decode(speech, "en", gone) == ""


async def test_the_server_is_ready_once_its_model_is_loaded(models: Path, home: Path) -> None:
    service = whisper(models / "tiny", home)
    engine = service._engine
    assert isinstance(engine, FasterWhisperEngine)
    loaded: list[bool] = []
    async with asyncio.TaskGroup() as tasks:
        running = tasks.create_task(service.run(lambda: loaded.append(engine._model is not None)))
        await until(lambda: len(loaded) > 0)
        running.cancel()
    assert loaded == [True]


async def test_what_became_of_utterances_is_counted(
    serving: Serving, models: Path, home: Path, speech: Samples
) -> None:
    service = whisper(models / "tiny", home)
    async with serving(service) as server, server.client() as client:
        for samples in (speech, np.zeros(16_000, np.int16), speech):
            await transcript(client, as_recording(samples))
    counted = service.metrics.exposition().decode()
    assert 'athena_voice_utterances_total{result="accepted"} 2.0' in counted
    assert 'athena_voice_utterances_total{result="rejected"} 1.0' in counted
    assert "athena_voice_decode_seconds_count 3.0" in counted


async def test_a_server_that_is_told_to_stop_while_it_decodes_ends_with_0(models: Path, home: Path) -> None:
    command = ("stt", *ANYWHERE, "--home", str(home), "--engine", "faster-whisper")
    async with running(*command, "--model", str(models / "endless"), "--device", "cpu") as started:
        client = await started.client()
        await client.play(recording(AUDIO / "slt_turn_off_the_lights.wav"))
        await client.send(Describe())
        assert Info.is_type((await client.receive()).type)
        started.process.terminate()
        left = await started.ended()
        await client.close()
    assert left.status == 0
    assert "Traceback" not in left.err


async def test_describe_is_answered_while_an_utterance_is_decoded(
    serving: Serving, models: Path, home: Path, speech: Samples
) -> None:
    async with serving(whisper(models / "tiny", home)) as server, server.client() as client:
        await ask(client, speech)
        await client.send(Describe())
        types = [(await client.receive()).type for _ in range(2)]
    assert types == ["info", "transcript"]
