"""A custom node for tests: tiny language models out of ComfyUI's own classes, with random weights.

Copied into custom_nodes; it knows nothing of this pack. The vocabulary is a list of whole texts,
and the first that is written ends the answer unless the model is endless: which text it is, is up
to the weights and the seed.
"""

import json
import tempfile
from typing import ClassVar

import comfy.sd
import torch
from comfy.text_encoders import z_image
from comfy_api.v0_0_2 import ComfyExtension, io

SIZES = {
    "hidden_size": 64,
    "intermediate_size": 64,
    "num_hidden_layers": 3,
    "num_attention_heads": 2,
    "num_key_value_heads": 1,
}


class Target:
    """What comfy.sd.CLIP is made from."""

    params: ClassVar[dict] = {}
    clip = z_image.ZImageTEModel
    tokenizer = z_image.ZImageTokenizer


def tokenizer_of(texts):
    """A ComfyUI tokenizer whose every token is a text; each of the user's words is the first."""
    from tokenizers import Tokenizer, models, pre_tokenizers
    from transformers import PreTrainedTokenizerFast

    whole = Tokenizer(models.WordLevel({text: i for i, text in enumerate(texts)}, texts[0]))
    whole.pre_tokenizer = pre_tokenizers.Whitespace()
    folder = tempfile.mkdtemp()
    PreTrainedTokenizerFast(tokenizer_object=whole).save_pretrained(folder)

    class Texts(z_image.Qwen3Tokenizer):
        def __init__(self, embedding_directory=None, tokenizer_data=None):
            z_image.sd1_clip.SDTokenizer.__init__(
                self,
                folder,
                tokenizer_class=PreTrainedTokenizerFast,
                has_start_token=False,
                has_end_token=False,
                pad_with_end=False,
                pad_to_max_length=False,
                max_length=99999999,
                min_length=1,
                embedding_key="qwen3_4b",
            )

    class TextsTokenizer(z_image.ZImageTokenizer):
        def __init__(self, embedding_directory=None, tokenizer_data=None):
            super().__init__(embedding_directory, tokenizer_data or {})
            self.qwen3_4b = Texts()

    return TextsTokenizer


def language_model(texts, endless):
    """A comfy.sd.CLIP; `texts` is its vocabulary."""
    target = Target()
    target.tokenizer = tokenizer_of(texts)
    sizes = SIZES | {"vocab_size": len(texts)}
    clip = comfy.sd.CLIP(target, model_options={"qwen3_4b_model_config": sizes})
    random = torch.Generator().manual_seed(0)
    for parameter in clip.cond_stage_model.parameters():
        parameter.data = torch.randn(parameter.shape, generator=random).to(parameter) * 0.1
    config = clip.cond_stage_model.qwen3_4b.transformer.model.config
    config.stop_tokens = [] if endless else list(range(len(texts)))
    return clip


class TinyTextModel(io.ComfyNode):
    """A model with a vocabulary of texts."""

    @classmethod
    def define_schema(cls):
        return io.Schema(
            node_id="TinyTextModel",
            inputs=[
                io.String.Input("texts", default="[]"),
                io.Boolean.Input("endless", default=False),
            ],
            outputs=[io.Clip.Output()],
        )

    @classmethod
    def execute(cls, texts, endless):
        return io.NodeOutput(language_model(json.loads(texts), endless))


class TinyExtension(ComfyExtension):
    """The one node."""

    async def get_node_list(self):
        return [TinyTextModel]


async def comfy_entrypoint():
    return TinyExtension()
