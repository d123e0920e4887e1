"""`python -m training.starter OUT`: from nothing to OUT/model; the same command goes on after a break."""

import argparse
import json
import os
import platform
import sys
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

import torch

from chatanything.atomic_write import atomic_write

from .autoencoder import encoder_of, train_autoencoder
from .data.pool import painters
from .data.tokenizer import load_tokenizer, train_tokenizer
from .data.vocabulary import vocabulary
from .denoiser import train_denoiser, train_lora
from .loop import Run
from .networks import save_frame
from .settings import SMOKE, Settings


def main(arguments: list[str]) -> None:
    """Read the command line and train."""
    parser = argparse.ArgumentParser(prog="python -m training.starter", description=__doc__)
    parser.add_argument("out", type=Path, help="folder of the run")
    parser.add_argument("--smoke", action="store_true", help="everything in tiny, on a CPU")
    parser.add_argument("--workers", type=int, help="processes that paint")
    parser.add_argument("--seed", type=int, default=Settings.seed)
    given = parser.parse_args(arguments)
    settings = replace(SMOKE if given.smoke else Settings(), seed=given.seed)
    if given.workers is not None:
        settings = replace(settings, workers=given.workers)
    train_starter(Run(settings, given.out))


def train_starter(run: Run) -> None:
    """All stages in order; what is done already is read."""
    run.out.mkdir(parents=True, exist_ok=True)
    if run.device.type == "cpu":
        torch.set_num_threads(1)
    torch.manual_seed(run.settings.seed)
    _began(run)
    settings, words = run.settings, run.out / "tokenizer"
    if not (words / "tokenizer_config.json").exists():
        train_tokenizer(words, settings.tokens, settings.captions)
    tokenizer: Any = load_tokenizer(words)
    save_frame(run.model, words)
    vocabulary().write(run.model / "words.json")
    with painters(settings.seed, settings.workers) as source:
        vae = train_autoencoder(run, source, tokenizer)
        encode = encoder_of(run, vae)
        torch.manual_seed(settings.seed + 1)  # fresh weights, whichever stages ran before
        nets = train_denoiser(run, source, tokenizer, encode, vae)
        for look in settings.lora_styles:
            torch.manual_seed(settings.seed + 2)
            train_lora(run, look, source, tokenizer, encode, nets)
    run.log(done=True)


def _began(run: Run) -> None:
    """`run.json`: settings, and what every start ran on; one start is one clean run."""
    path = run.out / "run.json"
    told = json.loads(path.read_text("utf-8")) if path.exists() else {"starts": []}
    settings = json.loads(json.dumps(asdict(run.settings)))
    if told.setdefault("settings", settings) != settings:
        raise SystemExit(
            f"{run.out} holds a run with other settings. Choose another folder, or the same settings."
        )
    cuda = run.device.type == "cuda"
    device = torch.cuda.get_device_name() if cuda else platform.processor() or "CPU"
    told["starts"].append({"device": device, "torch": torch.__version__})
    with atomic_write(path) as part:
        part.write_text(json.dumps(told, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")
    main(sys.argv[1:])
