"""The Expert Loader node."""

from comfy_api.v0_0_2 import io
from comfy_execution.graph_utils import GraphBuilder

from ..chatanything_core.diffusion import Mixture, comfyui_plan, sampler
from .comfy import types
from .comfy.graphs.loader_graph import loaders
from .comfy.shown import later
from .comfy.widgets import sampler_outputs


class ExpertLoader(io.ComfyNode):
    """Loads an expert's model through ComfyUI's own loaders."""

    @classmethod
    def define_schema(cls) -> io.Schema:
        return io.Schema(
            node_id="ChatAnythingExpertLoader",
            display_name="Expert Loader",
            category="ChatAnything/portrait",
            description="Loads the chosen expert for ComfyUI's own samplers.",
            inputs=[types.Mixture.Input("expert", tooltip="From Diffuser Mixer.")],
            outputs=[
                io.Model.Output("MODEL", tooltip="The expert's model with its LoRAs."),
                io.Clip.Output("CLIP", tooltip="Its text encoder, for CLIP Text Encode."),
                io.Vae.Output("VAE", tooltip="Its VAE."),
                io.String.Output("prompt", tooltip="The prompt in the expert's own wording."),
                io.String.Output("negative", tooltip="The expert's negative prompt."),
                io.Int.Output("steps", tooltip="Steps, for KSampler."),
                io.Float.Output("cfg", tooltip="Guidance, for KSampler."),
                *sampler_outputs(),
            ],
            enable_expand=True,
            **later("checkpoint", "lora", "load model"),
        )

    @classmethod
    def execute(cls, expert: Mixture) -> io.NodeOutput:
        plan, graph = comfyui_plan(expert), GraphBuilder()
        # The loaders' inputs stay the same when only the persona changes, so ComfyUI's cache
        # answers and no file is read again.
        model, clip, vae = loaders(graph, plan)
        for file, weight in plan.loras:
            strengths = {"strength_model": weight, "strength_clip": weight}
            lora = graph.node("LoraLoader", model=model, clip=clip, lora_name=file, **strengths)
            model, clip = lora.out(0), lora.out(1)
        values = (model, clip, vae, plan.prompt, plan.negative, plan.steps, plan.cfg)
        names = sampler(expert.lead.scheduler).comfyui
        return io.NodeOutput(*values, *names, expand=graph.finalize())
