"""A voice of Piper that is made here: inputs and output of a real one, and a tone instead of a network."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from onnx import ModelProto, TensorProto, helper, numpy_helper, save_model
from piper.phoneme_ids import DEFAULT_PHONEME_ID_MAP

SECONDS_A_PHONEME = 0.03
SILENCE_SECONDS = 0.15
"""Before and after the tone of each sentence, as real voices have it."""


def make_voice(
    folder: Path,
    name: str = "tiny",
    *,
    rate: int = 22_050,
    speakers: Sequence[str] = (),
    language: str = "en_US",
    phonemes: str = "espeak",
) -> Path:
    """Write `name`.onnx and its .json; the pitch follows the sounds of the text and the speaker."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{name}.onnx"
    save_model(_model(rate, several=bool(speakers)), str(path))
    settings = {
        "audio": {"sample_rate": rate, "quality": "tiny"},
        "espeak": {"voice": {"en": "en-us"}.get(language[:2], language[:2])},
        "language": {"code": language, "family": language[:2], "name_english": "English"},
        "dataset": name,
        "inference": {"noise_scale": 0.667, "length_scale": 1, "noise_w": 0.8},
        "phoneme_type": phonemes,
        "num_symbols": 256,
        "num_speakers": max(1, len(speakers)),
        "speaker_id_map": {speaker: number for number, speaker in enumerate(speakers)},
        "phoneme_id_map": DEFAULT_PHONEME_ID_MAP,
    }
    path.with_name(f"{name}.onnx.json").write_text(json.dumps(settings), encoding="utf-8")
    return path


def _model(rate: int, *, several: bool) -> ModelProto:
    """Return sin(2π · pitch · t) for 0.03 s · length_scale for each input, with silence around it."""
    numbers: dict[str, NDArray[Any]] = {
        "first": np.array(1, np.int64),
        "one": np.array(1, np.int64),
        "a_phoneme": np.array(SECONDS_A_PHONEME * rate, np.float32),
        "zero": np.array(0, np.float32),
        "step": np.array(1, np.float32),
        "lowest": np.array(200, np.float32),
        "turn": np.array(2 * np.pi / rate, np.float32),
        "silence": np.zeros(int(SILENCE_SECONDS * rate), np.float32),
        "shape": np.array([1, 1, -1], np.int64),
    }
    if several:
        numbers["apart"] = np.array(150, np.float32)
    speaker = [
        helper.make_node("Cast", ["sid"], ["speaker"], to=TensorProto.FLOAT),
        helper.make_node("Mul", ["speaker", "apart"], ["higher"]),
        helper.make_node("Add", ["voiced", "higher"], ["pitch"]),
    ]
    nodes = [
        helper.make_node("Shape", ["input"], ["size"]),
        helper.make_node("Gather", ["size", "first"], ["count"]),
        helper.make_node("Cast", ["count"], ["phonemes"], to=TensorProto.FLOAT),
        helper.make_node("Gather", ["scales", "one"], ["pace"]),
        helper.make_node("Mul", ["phonemes", "pace"], ["paced"]),
        helper.make_node("Mul", ["paced", "a_phoneme"], ["samples"]),
        helper.make_node("Range", ["zero", "samples", "step"], ["time"]),
        helper.make_node("Cast", ["input"], ["sounds"], to=TensorProto.FLOAT),
        helper.make_node("ReduceMean", ["sounds"], ["sound"], keepdims=0),
        helper.make_node("Add", ["sound", "lowest"], ["voiced"]),
        *(speaker if several else [helper.make_node("Identity", ["voiced"], ["pitch"])]),
        helper.make_node("Mul", ["time", "turn"], ["turns"]),
        helper.make_node("Mul", ["turns", "pitch"], ["angle"]),
        helper.make_node("Sin", ["angle"], ["tone"]),
        helper.make_node("Concat", ["silence", "tone", "silence"], ["sentence"], axis=0),
        helper.make_node("Reshape", ["sentence", "shape"], ["output"]),
    ]
    inputs = [
        helper.make_tensor_value_info("input", TensorProto.INT64, ["batch", "phonemes"]),
        helper.make_tensor_value_info("input_lengths", TensorProto.INT64, ["batch"]),
        helper.make_tensor_value_info("scales", TensorProto.FLOAT, [3]),
    ]
    if several:
        inputs.append(helper.make_tensor_value_info("sid", TensorProto.INT64, ["batch"]))
    graph = helper.make_graph(
        nodes,
        "voice",
        inputs,
        [helper.make_tensor_value_info("output", TensorProto.FLOAT, ["batch", 1, "time"])],
        [numpy_helper.from_array(array, name) for name, array in numbers.items()],
    )
    return helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)
