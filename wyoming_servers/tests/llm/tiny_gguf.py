"""The smallest language models that llama.cpp loads. Their weights are drawn by a seed, so they say the same nonsense.

As a program: `python -m tests.llm.tiny_gguf FILE [--recurrent]`.
"""

import argparse
from pathlib import Path
from typing import Any, Final

import numpy as np
from gguf import GGUFWriter, TokenType
from numpy.typing import NDArray

SPECIAL: Final = ("<|endoftext|>", "<|im_start|>", "<|im_end|>")
TEMPLATE: Final = (
    "{% for message in messages %}<|im_start|>{{ message['role'] }}\n{{ message['content'] }}<|im_end|>\n{% endfor %}"
    "{% if add_generation_prompt %}<|im_start|>assistant\n{% endif %}"
)
CONTEXT: Final = 262_144
"""Tokens that the models claim to have been trained with."""

_WIDTH, _HEADS, _LAYERS, _FEED_FORWARD = 64, 4, 2, 128
_STATE, _INNER, _STEP_RANK, _KERNEL = 16, 128, 4, 4
_WORDS: Final = (
    "the a is are and not on off turn light lights lamp kitchen bedroom living room door open close closed window lock",
    "unlock set brightness warm degrees percent temperature what which how please music play pause stop timer minutes",
    "blinds fan all home area floor name names answer question user assistant system say do switch cover climate media",
)


def make(path: Path, *, seed: int = 0, recurrent: bool = False) -> Path:
    """Write a model of some hundred kB and return its path.

    One is a Llama, another, whose memory cannot be cut, a Mamba.
    """
    writer = GGUFWriter(path, "mamba" if recurrent else "llama")
    writer.add_name("tiny")
    writer.add_context_length(CONTEXT)
    writer.add_embedding_length(_WIDTH)
    writer.add_block_count(_LAYERS)
    writer.add_layer_norm_rms_eps(1e-5)
    words = _vocabulary(writer)
    draw = np.random.default_rng(seed)
    tensors = {
        "token_embd.weight": draw.normal(size=(words, _WIDTH)),
        "output.weight": 2 * _matrix(draw, (words, _WIDTH)),  # so that every token has a chance
        "output_norm.weight": np.ones(_WIDTH),
    }
    (_mamba if recurrent else _llama)(writer, draw, tensors)
    for name, values in tensors.items():
        small = values.ndim > 1 and not name.endswith(("ssm_a", "ssm_conv1d.weight"))  # those must be whole
        writer.add_tensor(name, values.astype(np.float16 if small else np.float32))
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()
    return path


def _llama(writer: GGUFWriter, draw: np.random.Generator, tensors: dict[str, Any]) -> None:
    writer.add_feed_forward_length(_FEED_FORWARD)
    writer.add_head_count(_HEADS)
    writer.add_head_count_kv(_HEADS)
    writer.add_rope_dimension_count(_WIDTH // _HEADS)
    for layer in range(_LAYERS):
        shapes = {
            **{f"attn_{what}": (_WIDTH, _WIDTH) for what in ("q", "k", "v", "output")},
            **{f"ffn_{what}": (_FEED_FORWARD, _WIDTH) for what in ("gate", "up")},
            "ffn_down": (_WIDTH, _FEED_FORWARD),
        }
        tensors |= {f"blk.{layer}.{name}.weight": _matrix(draw, shape) for name, shape in shapes.items()}
        tensors |= {f"blk.{layer}.{name}_norm.weight": np.ones(_WIDTH) for name in ("attn", "ffn")}


def _mamba(writer: GGUFWriter, draw: np.random.Generator, tensors: dict[str, Any]) -> None:
    writer.add_feed_forward_length(0)
    writer.add_head_count(0)
    writer.add_ssm_conv_kernel(_KERNEL)
    writer.add_ssm_inner_size(_INNER)
    writer.add_ssm_state_size(_STATE)
    writer.add_ssm_time_step_rank(_STEP_RANK)
    for layer in range(_LAYERS):
        block = {
            "attn_norm.weight": np.ones(_WIDTH),
            "ssm_in.weight": _matrix(draw, (2 * _INNER, _WIDTH)),
            "ssm_conv1d.weight": _matrix(draw, (_INNER, _KERNEL)),
            "ssm_conv1d.bias": np.zeros(_INNER),
            "ssm_x.weight": _matrix(draw, (_STEP_RANK + 2 * _STATE, _INNER)),
            "ssm_dt.weight": _matrix(draw, (_INNER, _STEP_RANK)),
            "ssm_dt.bias": draw.normal(size=_INNER),
            "ssm_a": -np.tile(np.arange(1.0, _STATE + 1), (_INNER, 1)),
            "ssm_d": np.ones(_INNER),
            "ssm_out.weight": _matrix(draw, (_WIDTH, _INNER)),
        }
        tensors |= {f"blk.{layer}.{name}": values for name, values in block.items()}


def _matrix(draw: np.random.Generator, shape: tuple[int, int]) -> NDArray[np.float64]:
    weights: NDArray[np.float64] = draw.normal(size=shape) / np.sqrt(shape[1])
    return weights


def _vocabulary(writer: GGUFWriter) -> int:
    """Add every byte, a home's words with what they are merged from, and the special tokens; return how many."""
    letters = _letters()
    tokens = [*letters.values()]
    merges = []
    for word in " ".join(_WORDS).split():
        for form in (word, f" {word}"):
            spelt = [letters[byte] for byte in form.encode()]
            for count in range(1, len(spelt)):
                head, tail = "".join(spelt[:count]), spelt[count]
                if head + tail not in tokens:
                    tokens.append(head + tail)
                    merges.append(f"{head} {tail}")
    kinds = [TokenType.NORMAL] * len(tokens) + [TokenType.CONTROL] * len(SPECIAL)
    first = len(tokens)
    writer.add_tokenizer_model("gpt2")
    writer.add_tokenizer_pre("gpt-2")
    writer.add_token_list([*tokens, *SPECIAL])
    writer.add_token_types(kinds)
    writer.add_token_merges(merges)
    writer.add_bos_token_id(first)
    writer.add_eos_token_id(first + SPECIAL.index("<|im_end|>"))
    writer.add_add_bos_token(False)
    writer.add_chat_template(TEMPLATE)
    return len(kinds)


def _letters() -> dict[int, str]:
    """Return what a byte-level vocabulary calls each byte: itself where it can be printed, else a letter above 255."""
    printed = [*range(ord("!"), ord("~") + 1), *range(ord("¡"), ord("¬") + 1), *range(ord("®"), ord("ÿ") + 1)]
    others = [byte for byte in range(256) if byte not in printed]
    return {byte: chr(byte) for byte in printed} | {byte: chr(256 + at) for at, byte in enumerate(others)}


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("file", type=Path)
    parser.add_argument("--recurrent", action="store_true")
    arguments = parser.parse_args()
    make(arguments.file, recurrent=arguments.recurrent)
