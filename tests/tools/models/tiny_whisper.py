"""A Whisper with random weights and a vocabulary of its own, in a folder as Transformers saves one."""

from pathlib import Path
from tempfile import TemporaryDirectory

import torch
from tokenizers import Tokenizer, decoders, models, pre_tokenizers
from transformers import (
    GenerationConfig,
    WhisperConfig,
    WhisperFeatureExtractor,
    WhisperForConditionalGeneration,
    WhisperTokenizerFast,
)

WORDS = ["tea", "pot", "rain", "sea", "moon", "cat", "dog", "sun"]
_SPECIAL = [
    *("<|endoftext|>", "<|startoftranscript|>", "<|transcribe|>", "<|translate|>"),
    *("<|startoflm|>", "<|startofprev|>", "<|nospeech|>", "<|notimestamps|>"),
]
"""Every token after the last one is a time, in steps of 0.02 seconds."""
_TIMES = 1501


def whisper_folder(folder: Path, *, says: str = "rain") -> Path:
    """Write one that hears `says`, one of WORDS, whatever it is given."""
    folder.mkdir(parents=True)
    letters = sorted(pre_tokenizers.ByteLevel.alphabet())
    tokens = [*(f"\u0120{word}" for word in WORDS), *letters, *_SPECIAL]
    tokenizer = Tokenizer(models.BPE(vocab={t: k for k, t in enumerate(tokens)}, merges=[]))
    tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    tokenizer.decoder = decoders.ByteLevel()
    fast = WhisperTokenizerFast(
        tokenizer_object=tokenizer,
        eos_token=_SPECIAL[0],
        bos_token=_SPECIAL[0],
        unk_token=_SPECIAL[0],
        pad_token=_SPECIAL[0],
    )
    fast.add_special_tokens({"additional_special_tokens": _SPECIAL[1:]})
    fast.save_pretrained(folder)
    WhisperFeatureExtractor(feature_size=80).save_pretrained(folder)
    _model(tokens, WORDS.index(says)).save_pretrained(folder, safe_serialization=True)
    return folder


def converted_folder(folder: Path, *, says: str = "rain") -> Path:
    """The same as CTranslate2 wants it."""
    from ctranslate2.converters import TransformersConverter

    with TemporaryDirectory() as kept:
        whole = whisper_folder(Path(kept) / "whole", says=says)
        converter = TransformersConverter(str(whole), copy_files=["tokenizer.json"])
        return Path(converter.convert(str(folder)))


def _model(tokens: list[str], heard: int) -> WhisperForConditionalGeneration:
    end, start, timeless = (tokens.index(_SPECIAL[k]) for k in (0, 1, -1))
    ends = {"eos_token_id": end, "pad_token_id": end, "bos_token_id": end}
    torch.manual_seed(0)
    config = WhisperConfig(
        vocab_size=len(tokens) + _TIMES, d_model=16, encoder_layers=1, decoder_layers=1,
        encoder_attention_heads=2, decoder_attention_heads=2, encoder_ffn_dim=16,
        decoder_ffn_dim=16, max_target_positions=448, decoder_start_token_id=start, **ends,
    )  # fmt: skip
    model = WhisperForConditionalGeneration(config)
    with torch.no_grad():
        # The weights of words are those that are asked for, too: one direction for each token.
        model.model.decoder.layer_norm.weight.zero_()
        model.model.decoder.layer_norm.bias.zero_()
        model.model.decoder.layer_norm.bias[0] = 1.0
        model.model.decoder.embed_tokens.weight[:, 0] = 0.0
        model.model.decoder.embed_tokens.weight[heard, 0] = 5.0
    model.generation_config = GenerationConfig(
        decoder_start_token_id=start, is_multilingual=False, max_new_tokens=3,
        forced_decoder_ids=None, suppress_tokens=[], begin_suppress_tokens=[],
        no_timestamps_token_id=timeless, **ends,
    )  # fmt: skip
    return model
