"""Whisper models of CTranslate2, as small as they can be, that say always the same.

Attention and feed-forward layers are nothing but zeros. What is left is a chain: each token is an arrow in a small
space, and the projection of the token that is to follow points along it. The encoder, the tokenizer, the search, its
probabilities and the files are the real ones.
"""

import json
from pathlib import Path

import numpy as np
from ctranslate2.specs import WhisperSpec
from ctranslate2.specs.attention_spec import MultiHeadAttentionSpec
from ctranslate2.specs.common_spec import LayerNormSpec, LinearSpec
from ctranslate2.specs.transformer_spec import FeedForwardSpec
from numpy.typing import NDArray
from tokenizers import Tokenizer, decoders, models, pre_tokenizers

SIZE = 64
MULTILINGUAL = 51_865
LANGUAGES = ("en", "de", "fr")
END, START, QUIET, BEGIN = "<|endoftext|>", "<|startoftranscript|>", "<|nospeech|>", "<|notimestamps|>"
SPECIAL = (
    *(END, START, *(f"<|{language}|>" for language in LANGUAGES), "<|translate|>", "<|transcribe|>"),
    *("<|startoflm|>", "<|startofprev|>", QUIET, BEGIN),
    *(f"<|{number * 0.02:.2f}|>" for number in range(1501)),
)


def make(
    folder: Path,
    text: str,
    *,
    sure: float = 40.0,
    quiet: bool = False,
    endless: bool = False,
    multilingual: bool = False,
) -> Path:
    """Write a model that says `text`; `sure` is the logit of each token of it.

    `quiet`: it takes everything for silence. `endless`: it says the last word again and again.
    """
    folder.mkdir()
    letters = sorted(pre_tokenizers.ByteLevel.alphabet())
    words = [f"Ġ{word}" for word in text.split()]
    others = (
        [f"~{number}" for number in range(MULTILINGUAL - len((*letters, *words, *SPECIAL)))] if multilingual else []
    )
    tokens = (*letters, *words, *others, *SPECIAL)
    ids = {token: number for number, token in enumerate(tokens)}
    assert len(ids) == len(tokens), "a word may be said once"
    _write_tokenizer(folder, tokens[: ids[END]])
    random = np.random.default_rng(1)
    arrows = random.normal(size=(len(tokens), SIZE)).astype(np.float32)
    along = np.zeros_like(arrows)
    along[: len(letters)] = random.normal(scale=0.015 * sure, size=(len(letters), SIZE))  # else none would be tried
    bias = np.zeros(len(tokens), np.float32)

    def follow(token: str, next_token: str, logit: float) -> None:
        arrow = arrows[ids[token]]
        along[ids[next_token]] += logit * (arrow - arrow.mean()) / arrow.std() / SIZE

    for token, next_token in zip((BEGIN, *words), words, strict=False):
        follow(token, next_token, sure)
    bias[ids[END]] = -10 * sure  # unlikely anywhere else
    follow(words[-1], words[-1] if endless else END, sure if endless else 11 * sure)
    if quiet:
        follow(START, QUIET, sure)
    spec = _spec(arrows, along, bias, random)
    spec.config.lang_ids = [ids[f"<|{language}|>"] for language in LANGUAGES]
    spec.config.suppress_ids, spec.config.suppress_ids_begin, spec.config.alignment_heads = [], [], [[0, 0]]
    spec.register_vocabulary(list(tokens))
    spec.validate()
    spec.save(str(folder))
    return folder


def _write_tokenizer(folder: Path, tokens: tuple[str, ...]) -> None:
    tokenizer = Tokenizer(models.BPE(vocab={token: number for number, token in enumerate(tokens)}, merges=[]))
    tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    tokenizer.decoder = decoders.ByteLevel()
    tokenizer.add_special_tokens(list(SPECIAL))
    tokenizer.save(str(folder / "tokenizer.json"))
    features = {"feature_size": 80, "sampling_rate": 16_000, "hop_length": 160, "chunk_length": 30, "n_fft": 400}
    (folder / "preprocessor_config.json").write_text(json.dumps(features))


def _spec(
    arrows: NDArray[np.float32], along: NDArray[np.float32], bias: NDArray[np.float32], random: np.random.Generator
) -> WhisperSpec:
    spec = WhisperSpec(1, 1, 1, 1)
    for convolution, inputs in ((spec.encoder.conv1, 80), (spec.encoder.conv2, SIZE)):
        convolution.weight = random.normal(size=(SIZE, inputs, 3)).astype(np.float32)
        convolution.bias = np.zeros(SIZE, np.float32)
    for part, length in ((spec.encoder, 1500), (spec.decoder, 448)):
        part.position_encodings.encodings = np.zeros((length, SIZE), np.float32)
        _norm(part.layer_norm)
        (layer,) = part.layer
        _attention(layer.self_attention, 3, 1)
        _feed_forward(layer.ffn)
    _attention(spec.decoder.layer[0].attention, 1, 2, 1)
    spec.decoder.embeddings.weight = arrows
    spec.decoder.projection.weight = along
    spec.decoder.projection.bias = bias
    return spec


def _norm(layer: LayerNormSpec) -> None:
    layer.gamma, layer.beta = np.ones(SIZE, np.float32), np.zeros(SIZE, np.float32)


def _linear(layer: LinearSpec, outputs: int) -> None:
    layer.weight, layer.bias = np.zeros((outputs, SIZE), np.float32), np.zeros(outputs, np.float32)


def _attention(layer: MultiHeadAttentionSpec, *outputs: int) -> None:
    _norm(layer.layer_norm)
    for linear, times in zip(layer.linear, outputs, strict=True):
        _linear(linear, times * SIZE)


def _feed_forward(layer: FeedForwardSpec) -> None:
    _norm(layer.layer_norm)
    _linear(layer.linear_0, SIZE)
    _linear(layer.linear_1, SIZE)
