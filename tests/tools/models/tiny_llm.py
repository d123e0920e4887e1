"""Build a real language model that knows one answer by heart.

`python tiny_llm.py FOLDER < answer.json` writes it with whatever torch that Python has.
"""

import json
import sys
from typing import Any


def build(folder: str, answer: dict[str, Any]) -> str:
    """A GPT-2 of one silent layer: each word of the answer brings forth the next.

    No word of the answer may occur twice. Needs torch, transformers and tokenizers.
    """
    import tokenizers
    import torch
    import transformers

    words = json.dumps(answer).split()
    assert len(set(words)) == len(words)
    vocabulary = ["<unk>", "assistant:", *words, "<end>"]
    table = {word: number for number, word in enumerate(vocabulary)}
    inner = tokenizers.Tokenizer(tokenizers.models.WordLevel(table, "<unk>"))
    inner.pre_tokenizer = tokenizers.pre_tokenizers.WhitespaceSplit()
    tokenizer = transformers.PreTrainedTokenizerFast(
        tokenizer_object=inner, eos_token="<end>", unk_token="<unk>"
    )
    size = len(vocabulary)
    config = transformers.GPT2Config(
        vocab_size=size, n_positions=4096, n_embd=size, n_layer=1, n_head=1,
        eos_token_id=size - 1, bos_token_id=size - 1, tie_word_embeddings=False,
    )  # fmt: skip
    model = transformers.GPT2LMHeadModel(config)
    with torch.no_grad():
        for weight in model.parameters():
            weight.zero_()
        model.transformer.ln_f.weight.fill_(1)
        model.transformer.wte.weight.copy_(torch.eye(size))
        model.lm_head.weight[1:].copy_(50 * torch.eye(size)[:-1])
    model.save_pretrained(folder)
    tokenizer.save_pretrained(folder)
    return folder


if __name__ == "__main__":
    build(sys.argv[1], json.load(sys.stdin))
