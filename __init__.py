"""ChatAnything: any concept becomes a talking persona. ComfyUI loads this file by path."""

from .nodes import comfy_entrypoint

WEB_DIRECTORY = "./web"

__all__ = ["WEB_DIRECTORY", "comfy_entrypoint"]
