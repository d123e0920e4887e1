"""Prompts with weights, of any length, as CLIP features.

`(words:1.3)` weighs words, `(words)` weighs them by 1.1, nesting multiplies, `\\(` is a plain
bracket: ComfyUI's syntax and arithmetic, so that a prompt means the same on both routes. CLIP reads
as many tokens at a time as it has positions (77 in SD1.5 and SDXL); longer prompts are read in
pieces that are joined along the token axis. A short prompt without weights gives exactly what diffusers' own `encode_prompt` gives.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import torch

from ..families import TextEncoder

EMPHASIS = 1.1


@dataclass(frozen=True)
class EncodedPrompt:
    """What a prompt is to a UNet."""

    features: torch.Tensor
    """Shape (1, positions n, width)."""
    pooled: torch.Tensor | None = None
    """Shape (1, width), where an encoder of the family has one that is asked for."""


@dataclass(frozen=True)
class _Piece:
    tokens: tuple[int, ...]
    weights: tuple[float, ...]


@dataclass(frozen=True)
class _Reader:
    """A text encoder with its tokenizer."""

    tokenizer: Any
    model: Any
    way: TextEncoder

    @property
    def positions(self) -> int:
        """Tokens that it reads at a time, begin and end mark among them."""
        return int(self.model.config.max_position_embeddings)


def encode_pair(
    pipe: Any, encoders: Sequence[TextEncoder], prompt: str, negative: str
) -> tuple[EncodedPrompt, EncodedPrompt]:
    """Prompt and negative prompt, brought to the same number of tokens.

    Args:
        encoders: Those of the pipeline's family, in the order in which their features stand.
    """
    readers = [
        _Reader(getattr(pipe, f"tokenizer{e.suffix}"), getattr(pipe, f"text_encoder{e.suffix}"), e)
        for e in encoders
    ]
    texts = [[_read(pipe, reader, text) for reader in readers] for text in (prompt, negative)]
    length = max(len(pieces) for text in texts for pieces in text)
    return _encode(readers, texts[0], length), _encode(readers, texts[1], length)


def parse_weights(text: str) -> list[tuple[str, float]]:
    r"""Split a prompt into runs of text with one weight each.

    >>> parse_weights("a (red:1.5) cat")
    [('a ', 1.0), ('red', 1.5), (' cat', 1.0)]
    >>> parse_weights(r"smile \(:")
    [('smile (:', 1.0)]
    """
    runs: list[tuple[str, float]] = []
    for part, weight in _runs(text, 1.0):
        if runs and runs[-1][1] == weight:
            runs[-1] = (runs[-1][0] + part, weight)
        elif part:
            runs.append((part, weight))
    return [(re.sub(r"\\([()\\])", r"\1", part), weight) for part, weight in runs]


def _runs(text: str, weight: float) -> Iterator[tuple[str, float]]:
    """Plain stretches and bracketed groups, in order; brackets without a partner are text."""
    start = position = 0
    while position < len(text):
        if text[position] == "\\":
            position += 2
            continue
        end = _partner(text, position) if text[position] == "(" else 0
        if end:
            yield text[start:position], weight
            inner, factor = _group(text[position + 1 : end])
            yield from _runs(inner, weight * factor)
            start = position = end + 1
        else:
            position += 1
    yield text[start:], weight


def _partner(text: str, opening: int) -> int:
    depth, position = 0, opening
    while position < len(text):
        if text[position] == "\\":
            position += 1
        elif text[position] in "()":
            depth += 1 if text[position] == "(" else -1
            if depth == 0:
                return position
        position += 1
    return 0


def _group(inner: str) -> tuple[str, float]:
    head, colon, tail = inner.rpartition(":")
    if colon and re.fullmatch(r"\s*[+-]?\d*\.?\d+\s*", tail):
        return head, float(tail)
    return inner, EMPHASIS


def _read(pipe: Any, reader: _Reader, text: str) -> list[_Piece]:
    # Learned words of several vectors become several tokens; `embedding:` is ComfyUI's mark.
    words = pipe.maybe_convert_prompt(text.replace("embedding:", ""), reader.tokenizer)
    return _pieces(reader.tokenizer, words, reader.positions - 2)


def _pieces(tokenizer: Any, text: str, room: int) -> list[_Piece]:
    """Cut a prompt into pieces of at most `room` tokens, between words where that is possible."""
    pieces: list[_Piece] = []
    tokens: list[int] = []
    weights: list[float] = []
    for run, weight in parse_weights(text):
        for word in run.split():
            ids = tokenizer(word, add_special_tokens=False).input_ids
            if len(tokens) + len(ids) > room >= len(ids):
                pieces.append(_Piece(tuple(tokens), tuple(weights)))
                tokens, weights = [], []
            tokens += ids
            weights += [weight] * len(ids)
            while len(tokens) > room:
                pieces.append(_Piece(tuple(tokens[:room]), tuple(weights[:room])))
                tokens, weights = tokens[room:], weights[room:]
    return [*pieces, _Piece(tuple(tokens), tuple(weights))] if tokens or not pieces else pieces


def _encode(readers: Sequence[_Reader], text: Sequence[list[_Piece]], length: int) -> EncodedPrompt:
    empty = _Piece((), ())
    pooled = None
    features = []
    for reader, pieces in zip(readers, text, strict=True):
        padded = pieces + [empty] * (length - len(pieces))
        parts = [_encode_piece(reader, piece) for piece in padded]
        features.append(torch.cat([part.features for part in parts], dim=1))
        pooled = parts[0].pooled if reader.way.pooled else pooled
    return EncodedPrompt(torch.cat(features, dim=-1), pooled)


def _encode_piece(reader: _Reader, piece: _Piece) -> EncodedPrompt:
    text = _run(reader, piece.tokens)
    if all(weight == 1.0 for weight in piece.weights):
        return text
    # A weight is a step away from what the encoder says of an empty prompt.
    weights = torch.ones(text.features.shape[1])
    weights[1 : 1 + len(piece.weights)] = torch.tensor(piece.weights)
    weights = weights.to(text.features)[None, :, None]  # (1, positions, 1)
    nothing = _run(reader, ()).features
    moved = nothing + (text.features - nothing) * weights
    return EncodedPrompt(torch.where(weights == 1.0, text.features, moved), text.pooled)


def _run(reader: _Reader, tokens: Sequence[int]) -> EncodedPrompt:
    tokenizer, encoder = reader.tokenizer, reader.model
    marked = [tokenizer.bos_token_id, *tokens, tokenizer.eos_token_id]
    ids = marked + [tokenizer.pad_token_id] * (reader.positions - len(marked))
    # Under offloading the weights come to the device only when the encoder runs.
    device = getattr(encoder, "_hf_hook", None) and encoder._hf_hook.execution_device
    batch = torch.tensor([ids], device=device or encoder.device)
    output = encoder(batch, output_hidden_states=reader.way.penultimate)
    features = output.hidden_states[-2] if reader.way.penultimate else output.last_hidden_state
    # A text model with a projection gives the projected text first.
    return EncodedPrompt(features, output[0] if reader.way.pooled else None)
