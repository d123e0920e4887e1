"""How a model of ComfyUI mixes picture and noise: what decides which inversion undoes its sampler."""

from typing import Any

from ....chatanything_core.errors import InputError
from ....chatanything_core.inversion import Method

TITLES: dict[Method, str] = {
    "ddim": "adds noise to the picture (SD1.5, SDXL and their like)",
    "flow": "flows in a straight line from noise to the picture (Flux, SD3, Qwen-Image ...)",
}
FOREIGN = ("IMG_TO_IMG", "COSMOS", "StableCascade")
"""Beginnings of the names of ComfyUI's sampling classes that neither form inverts."""


def form_of(model: Any) -> Method | None:
    """The deterministic inversion that is right for a MODEL; None when neither is."""
    names = {kind.__name__ for kind in type(model.get_model_object("model_sampling")).__mro__}
    if any(name.startswith(FOREIGN) for name in names):
        return None
    if "CONST" in names:
        return "flow"
    return "ddim" if "EPS" in names else None


def check_method(model: Any, method: Method) -> None:
    """Refuse an inversion that would go astray.

    Raises:
        InputError: with the one that is right for the model.
    """
    right = form_of(model)
    if method in ("noise", right):
        return
    if right is None:
        kind = type(model.get_model_object("model_sampling")).__mro__[1].__name__
        raise InputError(
            f"Neither `ddim` nor `flow` inverts models that are sampled as {kind}. Choose `noise`."
        )
    raise InputError(
        f"`{method}` inverts a model that {TITLES[method]}, and this one {TITLES[right]}. Choose "
        f"the method `{right}`."
    )
