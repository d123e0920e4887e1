"""A diffusers folder as ComfyUI's own MODEL, CLIP, VAE and CONTROL_NET, in any size of SD1.5's shape.

ComfyUI's loaders tell a model's shape by its tensors and know those of the big models only. Here every
number comes from the folder's config.json files.
"""

from .load_folder import NativeModels, load_folder

__all__ = ["NativeModels", "load_folder"]
