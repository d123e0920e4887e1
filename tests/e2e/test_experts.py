"""Both routes of an expert on a real ComfyUI: our painter, and ComfyUI's own samplers."""

import contextlib
import io
import json
import re
import subprocess
import time

import numpy as np
import pytest
from PIL import Image
from websocket import WebSocketTimeoutException

from tests.tools import films
from tests.tools.comfyui import overlay
from tests.tools.comfyui import server as servers
from tests.tools.comfyui.graphs import change, find, template

pytestmark = [pytest.mark.comfyui, pytest.mark.slow]


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    python = servers.comfyui_python() or pytest.skip(servers.MISSING)
    base = tmp_path_factory.mktemp("experts")
    overlay.make_models(python, base / "models")
    with servers.comfyui(base, PYTHONPATH=overlay.diffusers_path(python)) as client:
        yield client


def node(kind, **inputs):
    return {"class_type": kind, "inputs": inputs}


EXPERT = {
    "name": "tiny",
    "description": "Paints anything at all, in noise.",
    "checkpoint": "none",
    "source": "",
    "family": "sd15",
    "lora": "none",
    "lora_weight": 1.0,
    "vae": "none",
    "controlnet": "none",
    "template": "{concept}",
    "negative": "ugly",
    "scheduler": "ddim",
    "steps": 3,
    "cfg": 7.0,
    "tags": "",
    "config": "",
}


def chosen(concept="grumpy teapot", **expert):
    """Persona, expert and mixer: nodes 1 to 3."""
    return {
        "1": node(
            "ChatAnythingPersona", concept=concept, engine="offline", language="en-US", seed=0
        ),
        "2": node("ChatAnythingExpert", **(EXPERT | expert)),
        "3": node(
            "ChatAnythingDiffuserMixer",
            persona=["1", 0],
            engine="diffusers",
            expert="auto",
            mix="",
            seed=0,
            expert_1=["2", 0],
        ),
    }


def painted(concept="grumpy teapot", *, seed=3, reference="", source="tiny", **expert):
    graph = chosen(concept, source=source, **expert)
    size = {"width": 256, "height": 256}
    links = {"persona": ["1", 0], "expert": ["3", 0]}
    if reference:
        graph["7"] = node("LoadImage", image=reference)
        graph["8"] = node(
            "ChatAnythingInversion",
            expert=["3", 0],
            reference=["7", 0],
            strength=0.67,
            method="ddim",
            seed=0,
            **size,
        )
        links["start"] = ["8", 0]
    graph["4"] = node("ChatAnythingPortrait", **links, **size, seed=seed)
    graph["5"] = node("SaveImage", images=["4", 0], filename_prefix="painted")
    return graph


NATIVE = {"checkpoint": "native.safetensors", "lora": "native.safetensors", "lora_weight": 0.7}


def sampled(concept="grumpy teapot"):
    """Expert Loader, then ComfyUI's own nodes."""
    graph = chosen(concept, **NATIVE)
    graph["4"] = node("ChatAnythingExpertLoader", expert=["3", 0])
    return graph | tail(["4", 0], ["4", 1], ["4", 2], ["4", 3], ["4", 4])


def by_hand(prompt, negative):
    names = {"lora_name": "native.safetensors", "strength_model": 0.7, "strength_clip": 0.7}
    return {
        "1": node("CheckpointLoaderSimple", ckpt_name="native.safetensors"),
        "2": node("LoraLoader", model=["1", 0], clip=["1", 1], **names),
    } | tail(["2", 0], ["2", 1], ["1", 2], prompt, negative)


def tail(model, clip, vae, prompt, negative):
    return {
        "20": node("CLIPTextEncode", clip=clip, text=prompt),
        "21": node("CLIPTextEncode", clip=clip, text=negative),
        "22": node("EmptyLatentImage", width=64, height=64, batch_size=1),
        "23": node(
            "KSampler",
            model=model,
            positive=["20", 0],
            negative=["21", 0],
            latent_image=["22", 0],
            seed=5,
            steps=2,
            cfg=7.0,
            sampler_name="euler",
            scheduler="normal",
            denoise=1.0,
        ),
        "24": node("VAEDecode", samples=["23", 0], vae=vae),
        "25": node("SaveImage", images=["24", 0], filename_prefix="sampled"),
    }


def picture(server, run):
    assert run.error is None, run.error
    (file,) = (file for file in run.files() if file["type"] == "output")
    return np.asarray(Image.open(io.BytesIO(server.view(file))).convert("RGB"))


def loads(server):
    """How often ComfyUI's memory manager was asked for our models so far."""
    return server.log.read_text(errors="replace").count("Requested to load ModelParts")


def test_portrait_is_painted_by_a_diffusers_model(server):
    image = picture(server, server.run(painted()))
    assert image.shape == (256, 256, 3)
    assert image.std() > 5


def test_new_concept_loads_nothing_and_unloading_frees_the_model(server):
    server.run(painted("old lamp"))
    before = loads(server)
    picture(server, server.run(painted("red apple")))
    assert loads(server) == before
    server.post("/free", {"unload_models": True, "free_memory": True})
    time.sleep(1)
    picture(server, server.run(painted("green cactus")))
    assert loads(server) == before + 1


def test_reference_starts_the_painting(server):
    y, x = np.mgrid[0:256, 0:256]
    png = io.BytesIO()
    Image.fromarray(np.stack([x, y, x // 2 + y // 2], -1).astype(np.uint8)).save(png, "PNG")
    name = server.put("reference.png", png.getvalue())
    plain = picture(server, server.run(painted(steps=6)))
    begun = picture(server, server.run(painted(steps=6, reference=name)))
    assert np.abs(begun.astype(int) - plain).mean() > 1


def test_sdxl_is_painted_from_a_folder_and_from_one_file_alike(server):
    folder = picture(server, server.run(painted(source="tiny-xl", family="sdxl")))
    config = str(server.base / "models" / "diffusers" / "tiny-xl")
    one = {"checkpoint": "tiny-xl.safetensors", "config": config, "family": "sdxl", "source": ""}
    file = picture(server, server.run(painted(**one)))
    assert folder.std() > 5
    assert np.array_equal(folder, file)


def test_interrupt_stops_within_one_step(server):
    graph = painted(steps=150)
    # Large enough that a step takes many times as long as a message.
    graph["4"]["inputs"] |= {"width": 640, "height": 640}
    with server.start(graph) as running:
        running.wait_for("progress", 120, node="4", value=2)
        server.post("/interrupt", {})
        asked = time.monotonic()
        with contextlib.suppress(WebSocketTimeoutException):
            while time.monotonic() < asked + 0.05:
                running.next(0.05)
        done = [data["value"] for kind, data in running.events if kind == "progress"][-1]
        run = running.finish()
    assert run.said("execution_interrupted")
    assert run.said("progress")[-1]["value"] <= done + 1
    assert picture(server, server.run(painted(seed=8))).std() > 5


def test_native_route_gives_the_very_image_of_hand_wired_nodes(server):
    ours = picture(server, server.run(sampled()))
    theirs = picture(server, server.run(by_hand("grumpy teapot", "ugly")))
    assert ours.std() > 1
    assert np.array_equal(ours, theirs)


def test_new_concept_within_one_expert_reads_no_file_again(server):
    first = server.run(sampled("old lamp"))
    second = server.run(sampled("red apple"))
    children = [name for name in second.ran if re.match(r"4\.", name)]
    assert not np.array_equal(picture(server, first), picture(server, second))
    assert children == []


def test_native_painting_template_runs_as_it_is_drawn(server):
    prompt = change(template("8 ComfyUI paints"), "Speak", text="Hello, it is me.")
    # Only smaller, for the sake of this machine's patience.
    prompt = change(prompt, "EmptyLatentImage", width=256, height=256)
    prompt = change(prompt, "Expert", steps=2)
    prompt["kept"] = node(
        "SaveImage", images=[find(prompt, "VAEDecode"), 0], filename_prefix="drawn"
    )
    run = server.run(prompt)
    assert run.error is None, run.error
    files = {file["filename"].rsplit(".")[-1]: file for file in run.files()}
    film = films.watch(server.view(files["mp4"]))
    image = np.asarray(Image.open(io.BytesIO(server.view(files["png"]))).convert("RGB"))
    assert film.size == image.shape[1::-1] == (256, 256)
    assert 0.5 < film.seconds < 6
    # The film begins with the picture that was painted, and the map has its say in it.
    grey = np.asarray(Image.fromarray(image).convert("L"))[::4, ::4]
    assert np.corrcoef(film.frames[0].ravel(), grey.ravel())[0, 1] > 0.5
    del prompt[find(prompt, "SaveVideo")]
    free = picture(server, server.run(change(prompt, "ControlNetApplyAdvanced", strength=0.0)))
    assert np.abs(free.astype(int) - image).mean() > 1


def native_start(server, method, strength=0.5):
    png = io.BytesIO()
    y, x = np.mgrid[0:64, 0:64] * 4
    Image.fromarray(np.stack([x, y, x // 2 + y // 2], -1).astype(np.uint8)).save(png, "PNG")
    graph = sampled()
    del graph["22"]
    graph["2"]["inputs"] |= {"steps": 4, "scheduler": "euler"}
    graph["7"] = node("LoadImage", image=server.put("small.png", png.getvalue()))
    graph["8"] = node(
        "ChatAnythingInversion",
        expert=["3", 0],
        reference=["7", 0],
        model=["4", 0],
        vae=["4", 2],
        positive=["20", 0],
        strength=strength,
        method=method,
        seed=0,
        width=256,
        height=256,
    )
    graph["23"] = node(
        "KSamplerAdvanced",
        model=["4", 0],
        positive=["20", 0],
        negative=["21", 0],
        latent_image=["8", 1],
        add_noise="disable",
        noise_seed=0,
        steps=["8", 3],
        cfg=1.0,
        sampler_name="euler",
        scheduler="normal",
        start_at_step=["8", 2],
        end_at_step=10000,
        return_with_leftover_noise="disable",
    )
    return graph


@pytest.mark.parametrize("method", ["noise", "ddim"])
def test_start_goes_on_in_comfyuis_own_sampler(server, method):
    assert picture(server, server.run(native_start(server, method))).shape == (256, 256, 3)


def test_inversion_comes_back_through_comfyuis_own_euler():
    python = servers.comfyui_python() or pytest.skip(servers.MISSING)
    script = str(overlay.ROOT / "tests" / "tools" / "comfyui" / "native_inversion.py")
    environment = servers.comfyui_environment(python)
    command = [str(python), "-W", "ignore", script]
    done = subprocess.run(
        command, cwd=servers.COMFYUI, env=environment, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr[-2000:]
    found = json.loads(done.stdout.splitlines()[-1])
    assert found["ours"] >= max(40, found["euler"] + 8)
    assert found["corrected"] >= found["ours"]
    for kind in ("", "flow "):
        assert found[f"{kind}moved"] > 0.5
        assert found[f"{kind}spread"] == pytest.approx(1.0, abs=0.1)


def test_sketch_start_blocks_native_samplers_and_says_why(server):
    graph = native_start(server, "noise")
    graph["3"]["inputs"] |= {"engine": "sketch", "expert_1": None}
    del graph["3"]["inputs"]["expert_1"]
    graph["8"]["inputs"] = {
        key: value
        for key, value in graph["8"]["inputs"].items()
        if key not in ("model", "vae", "positive")
    }
    graph["4"] = node("CheckpointLoaderSimple", ckpt_name="native.safetensors")
    graph["20"]["inputs"]["text"] = graph["21"]["inputs"]["text"] = "a"
    run = server.run(graph)
    assert "no latents" in run.error["exception_message"]


def test_mistake_is_told_on_the_node(server):
    run = server.run(painted(source="nowhere"))
    assert "nowhere" in run.error["exception_message"]
    assert run.error["exception_type"].startswith("chatanything.")
