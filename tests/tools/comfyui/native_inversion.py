"""How exactly our inversion is undone by ComfyUI's own Euler: `python native_inversion.py`.

Run by ComfyUI's Python in ComfyUI's folder. On a denoiser that is exact, so that only the method
can err; prints the PSNR of the round trip in dB for ours and for the same Euler walked backwards, and
what fresh noise does to a start.
"""

import json
import sys
import types
from math import log10
from pathlib import Path

import torch

ROOT = Path(__file__).resolve().parents[3]
CENTRES, WIDTH = torch.tensor([-0.8, 0.1, 0.9]), 0.35


def denoise(x: torch.Tensor, sigma: torch.Tensor, **_) -> torch.Tensor:
    """The best guess when every value is drawn from three normal distributions."""
    away, spread = x[..., None] - CENTRES, WIDTH**2 + sigma[0] ** 2
    share = torch.softmax(-(away**2) / (2 * spread), -1)
    return (share * (CENTRES + WIDTH**2 * away / spread)).sum(-1)


def main() -> None:
    """Measure with the sigmas of SD1.5 in 20 steps, `normal`."""
    import comfy.options

    sys.argv = ["native_inversion", "--cpu"]
    comfy.options.enable_args_parsing()
    shell = types.ModuleType("pack")
    shell.__path__ = [str(ROOT)]
    sys.modules["pack"] = shell
    from comfy.k_diffusion.sampling import sample_euler
    from comfy.model_sampling import ModelSamplingDiscrete
    from comfy.samplers import calculate_sigmas
    from pack.nodes.comfy.graphs.inversion_graph import flow_noisier_sigmas, noisier_sigmas

    torch.manual_seed(0)
    clean = CENTRES[torch.randint(0, 3, (2, 4, 16, 16))] + WIDTH * torch.randn(2, 4, 16, 16)
    sigmas = calculate_sigmas(ModelSamplingDiscrete(), "normal", 20)
    up = sigmas.flip(0).clone()
    up[0] = 0.0001  # as FlipSigmas does
    ways = {"ours": noisier_sigmas(denoise, clean, up)}
    ways["corrected"] = noisier_sigmas(denoise, clean, up, corrections=1)
    ways["euler"] = sample_euler(denoise, clean, up, disable=True)
    found = {}
    for name, start in ways.items():
        error = ((sample_euler(denoise, start, sigmas, disable=True) - clean) ** 2).mean()
        found[name] = 10 * log10(4 / error)
    found |= fresh_noise(noisier_sigmas, flow_noisier_sigmas, clean, up)
    sys.stdout.write("\n" + json.dumps(found) + "\n")


def fresh_noise(diffuse, flow, clean, up) -> dict[str, float]:
    """How far a share of fresh noise takes a start, and the spread of its noise, which should be 1."""
    flows = torch.linspace(0.0001, 0.9, 21)
    found = {}
    for name, walk, sigmas, kept in (("", diffuse, up, 1.0), ("flow ", flow, flows, 0.1)):
        none, some, again = (
            walk(denoise, clean, sigmas, fresh=share, seed=3) for share in (0.0, 0.8, 0.8)
        )
        assert torch.equal(some, again)
        found[f"{name}moved"] = float((some - none).std() / sigmas[-1])
        found[f"{name}spread"] = float((some - kept * clean).std() / sigmas[-1])
    return found


if __name__ == "__main__":
    sys.path.insert(0, str(Path.cwd()))
    main()
