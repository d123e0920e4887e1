"""Prompts with weights, of any length, as CLIP features.

`(words:1.3)` weighs words, `(words)` weighs them by 1.1, nesting multiplies, `\\(` is a plain
bracket: ComfyUI's syntax and arithmetic, so that a prompt means the same on both routes. CLIP reads
77 tokens at a time; longer prompts are read in pieces that are joined along the token axis. A
short prompt without weights gives exactly what diffusers' own `encode_prompt` gives.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import torch

ROOM = 75
"""Tokens of a piece, without its begin and end marks."""
EMPHASIS = 1.1


@dataclass(frozen=True)
class EncodedPrompt:
    """What a prompt is to a UNet."""

    features: torch.Tensor
    """Shape (1, 77 n, width)."""
    pooled: torch.Tensor | None = None
    """Shape (1, width) of the second encoder of SDXL; None for SD1.5."""


@dataclass(frozen=True)
class _Piece:
    tokens: tuple[int, ...]
    weights: tuple[float, ...]


def encode_pair(pipe: Any, prompt: str, negative: str) -> tuple[EncodedPrompt, EncodedPrompt]:
    """Prompt and negative prompt, brought to the same number of tokens."""
    encoders = _encoders(pipe)
    texts = [_pieces_of_each(pipe, encoders, text) for text in (prompt, negative)]
    length = max(len(pieces) for text in texts for pieces in text)
    return _encode(encoders, texts[0], length), _encode(encoders, texts[1], length)


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


def _encoders(pipe: Any) -> list[tuple[Any, Any]]:
    """Tokenizer and text encoder; two of each for SDXL."""
    pairs = [(pipe.tokenizer, pipe.text_encoder)]
    if getattr(pipe, "text_encoder_2", None) is not None:
        pairs.append((pipe.tokenizer_2, pipe.text_encoder_2))
    return pairs


def _pieces_of_each(
    pipe: Any, encoders: Sequence[tuple[Any, Any]], text: str
) -> list[list[_Piece]]:
    pieces = []
    for tokenizer, _ in encoders:
        # Learned words of several vectors become several tokens; `embedding:` is ComfyUI's mark.
        words = pipe.maybe_convert_prompt(text.replace("embedding:", ""), tokenizer)
        pieces.append(_pieces(tokenizer, words))
    return pieces


def _pieces(tokenizer: Any, text: str) -> list[_Piece]:
    """Cut a prompt into pieces of at most ROOM tokens, between words where that is possible."""
    pieces: list[_Piece] = []
    tokens: list[int] = []
    weights: list[float] = []
    for run, weight in parse_weights(text):
        for word in run.split():
            ids = tokenizer(word, add_special_tokens=False).input_ids
            if len(tokens) + len(ids) > ROOM >= len(ids):
                pieces.append(_Piece(tuple(tokens), tuple(weights)))
                tokens, weights = [], []
            tokens += ids
            weights += [weight] * len(ids)
            while len(tokens) > ROOM:
                pieces.append(_Piece(tuple(tokens[:ROOM]), tuple(weights[:ROOM])))
                tokens, weights = tokens[ROOM:], weights[ROOM:]
    return [*pieces, _Piece(tuple(tokens), tuple(weights))] if tokens or not pieces else pieces


def _encode(
    encoders: Sequence[tuple[Any, Any]], text: Sequence[list[_Piece]], length: int
) -> EncodedPrompt:
    empty = _Piece((), ())
    pooled = None
    features = []
    for (tokenizer, encoder), pieces in zip(encoders, text, strict=True):
        padded = pieces + [empty] * (length - len(pieces))
        parts = [_encode_piece(tokenizer, encoder, piece, len(encoders) > 1) for piece in padded]
        features.append(torch.cat([part.features for part in parts], dim=1))
        pooled = parts[0].pooled
    return EncodedPrompt(torch.cat(features, dim=-1), pooled)


def _encode_piece(tokenizer: Any, encoder: Any, piece: _Piece, sdxl: bool) -> EncodedPrompt:
    text = _run(tokenizer, encoder, piece.tokens, sdxl)
    if all(weight == 1.0 for weight in piece.weights):
        return text
    # A weight is a step away from what the encoder says of an empty prompt.
    weights = torch.ones(text.features.shape[1])
    weights[1 : 1 + len(piece.weights)] = torch.tensor(piece.weights)
    weights = weights.to(text.features)[None, :, None]  # (1, 77, 1)
    nothing = _run(tokenizer, encoder, (), sdxl).features
    moved = nothing + (text.features - nothing) * weights
    return EncodedPrompt(torch.where(weights == 1.0, text.features, moved), text.pooled)


def _run(tokenizer: Any, encoder: Any, tokens: Sequence[int], sdxl: bool) -> EncodedPrompt:
    marked = [tokenizer.bos_token_id, *tokens, tokenizer.eos_token_id]
    ids = marked + [tokenizer.pad_token_id] * (ROOM + 2 - len(marked))
    # Under offloading the weights come to the device only when the encoder runs.
    device = getattr(encoder, "_hf_hook", None) and encoder._hf_hook.execution_device
    batch = torch.tensor([ids], device=device or encoder.device)
    if not sdxl:
        return EncodedPrompt(encoder(batch)[0])
    output = encoder(batch, output_hidden_states=True)
    pooled = output[0] if output[0].ndim == 2 else None
    return EncodedPrompt(output.hidden_states[-2], pooled)
