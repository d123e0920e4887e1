"""`chatanything run` on real ComfyUI servers, some of which are killed."""

import io
import json
import os
import subprocess
import sys
import threading
import time
from contextlib import ExitStack

import numpy as np
import pytest
from PIL import Image

from tests.tools.comfyui import server as servers
from tests.tools.comfyui.server import ROOT

pytestmark = [pytest.mark.comfyui, pytest.mark.slow]


def names_in(folder):
    return sorted(path.name for path in folder.iterdir())


def node(kind, title="", **inputs):
    return {"class_type": kind, "inputs": inputs, "_meta": {"title": title or kind}}


COLOUR = {
    "1": node("EmptyImage", "Paint", width=64, height=64, batch_size=1, color=255),
    "2": node("SaveImage", images=["1", 0], filename_prefix="colour"),
}
"""Saves a picture of one colour."""
SAVED = "saveimage.png"


def started(folder, *words):
    return subprocess.Popen(
        [sys.executable, "-m", "chatanything_core", "run", *map(str, words)],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8"},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
    )


def run(folder, *words):
    process = started(folder, *words)
    out, err = process.communicate(timeout=240)
    return process.returncode, out, err


def write(folder, graph, name="flow.json"):
    (folder / name).write_text(json.dumps(graph), encoding="utf-8")
    return name


def colour(path):
    return tuple(int(value) for value in np.asarray(Image.open(path).convert("RGB"))[0, 0])


@pytest.mark.parametrize("path", sorted((ROOT / "workflows").glob("*.json")), ids=lambda p: p.stem)
def test_every_template_becomes_its_api_twin(server, path):
    from chatanything.workflows import read_workflow

    schemas = server.get("/object_info")
    twin = json.loads((path.parent / "api" / path.name).read_text(encoding="utf-8"))
    if lacking := {entry["class_type"] for entry in twin.values()} - schemas.keys():
        pytest.skip(f"this ComfyUI has no {lacking}")
    assert read_workflow(path).prompt(schemas) == twin


def test_a_template_is_run_with_other_words(server, tmp_path):
    flow = ROOT / "workflows" / "1 Concept to talking video.json"
    words = ("--set", "concept=shy pear", "--set", "Speak.text=Hm.", "--server", server.url)
    code, out, error = run(tmp_path, flow, *words, "--out", "pear", "--json")
    assert code == 0, error
    told = json.loads(out)
    assert told["files"] == ["save-video.mp4"]
    assert "shy pear" in told["texts"]["Character"][1]
    assert names_in(tmp_path / "pear") == ["result.json", "save-video.mp4"]


def test_files_are_uploaded_and_results_named_by_their_nodes(server, tmp_path):
    Image.new("RGB", (32, 32), (9, 8, 7)).save(tmp_path / "mine.png")
    second = node("SaveImage", images=["1", 0], filename_prefix="second")
    graph = {"1": node("LoadImage", image="example.png"), "2": COLOUR["2"], "3": second}
    words = (write(tmp_path, graph), "--set", "LoadImage.image=@mine.png", "--server", server.url)
    code, _, error = run(tmp_path, *words, "--out", "got")
    assert code == 0, error
    assert names_in(tmp_path / "got") == ["result.json", "saveimage-2.png", SAVED]
    assert colour(tmp_path / "got" / SAVED) == (9, 8, 7)


@pytest.mark.parametrize(
    ("change", "code", "said"),
    [
        ({"2": {"images": ["1", 0]}}, 2, "SaveImage (node 2): Required input is missing"),
        ({"1": {**COLOUR["1"]["inputs"], "width": 0}}, 2, "Paint (node 1)"),
    ],
)
def test_what_the_server_refuses_is_a_failure(server, tmp_path, change, code, said):
    graph = {
        key: {**entry, "inputs": change.get(key, entry["inputs"])} for key, entry in COLOUR.items()
    }
    result = run(tmp_path, write(tmp_path, graph), "--server", server.url)
    assert result[0] == code and said in result[2]
    assert not (tmp_path / "out").exists()


def test_a_part_that_the_server_refuses_fails_the_whole(server, tmp_path):
    graph = COLOUR | {"3": node("SaveImage", "Second", filename_prefix="b")}
    code, _, error = run(tmp_path, write(tmp_path, graph), "--server", server.url)
    assert code == 2 and "Second (node 3)" in error
    assert server.get("/queue")["queue_pending"] == []


def test_a_node_that_fails_is_a_failure(server, tmp_path):
    name = server.put("broken.png", b"no picture")
    graph = {"1": node("LoadImage", "My picture", image=name), "2": COLOUR["2"]}
    code, _, error = run(tmp_path, write(tmp_path, graph), "--server", server.url)
    assert code in (1, 2) and "My picture (node 1)" in error
    assert not (tmp_path / "out").exists()


def test_no_server_is_told_with_the_next_step(tmp_path):
    port = servers.free_port()
    flow = write(tmp_path, COLOUR)
    code, _, error = run(tmp_path, flow, "--server", f"127.0.0.1:{port}")
    assert code == 1 and f"No ComfyUI answers at http://127.0.0.1:{port}" in error


def colours(folder, count):
    lines = ["name,color", *(f"c{number},{number}" for number in range(count))]
    (folder / "list.csv").write_text("\n".join(lines), encoding="utf-8")
    return "list.csv"


def told(lines):
    return [json.loads(line) for line in lines.splitlines()]


def check(folder, count):
    names = [f"c{number}" for number in range(count)]
    assert names_in(folder) == sorted(names)
    for number, name in enumerate(names):
        assert names_in(folder / name) == ["result.json", SAVED]
        assert colour(folder / name / SAVED) == (0, 0, number)


def test_a_list_survives_a_server_that_dies_and_goes_on_later(tmp_path):
    flow, rows = write(tmp_path, COLOUR), colours(tmp_path, 40)
    with ExitStack() as stack:
        up = []
        for name in ("one", "two"):
            (tmp_path / name).mkdir()
            up.append(stack.enter_context(servers.comfyui(tmp_path / name)))
            up[-1].run(COLOUR)  # the first prompt of a server waits for its imports
        urls = ",".join(client.url for client in up)
        process = started(tmp_path, flow, "--many", rows, "--servers", urls, "--out", "got")
        lines, at_work = [], set()
        while len(at_work) < 2 and len(lines) < 36:
            lines.append(process.stdout.readline())
            at_work.add(json.loads(lines[-1])["worker"])
        threading.Thread(target=servers.kill, args=(up[1],)).start()
        # Not by `communicate`, which passes over what `readline` has read ahead.
        with process:
            rest, error = process.stdout.read(), process.stderr.read()
        assert process.returncode == 0, error
        found = told("".join(lines) + rest)
        assert sorted(line["name"] for line in found) == sorted(f"c{n}" for n in range(40))
        assert at_work == {client.url for client in up}
        check(tmp_path / "got", 40)
        began = time.monotonic()
        code, out, _ = run(tmp_path, flow, "--many", rows, "--server", up[0].url, "--out", "got")
        assert code == 0 and {line["tries"] for line in told(out)} == {0}
        assert time.monotonic() - began < 30


def test_rows_that_fail_are_told_and_tried_again(server, tmp_path):
    content = io.BytesIO()
    Image.new("RGB", (16, 16), (1, 2, 3)).save(content, "PNG")
    good, bad = server.put("good.png", content.getvalue()), server.put("bad.png", b"nothing")
    (tmp_path / "list.csv").write_text(f"image\n{good}\n{bad}\n", encoding="utf-8")
    flow = write(tmp_path, {"1": node("LoadImage", image=good), "2": COLOUR["2"]})
    words = (flow, "--many", "list.csv", "--server", server.url)
    code, out, error = run(tmp_path, *words)
    assert code == 1 and "1 of 2 rows failed" in error
    (failed,) = [line for line in told(out) if "error" in line]
    assert "LoadImage (node 1)" in failed["error"]
    server.put("bad.png", content.getvalue())
    code, out, _ = run(tmp_path, *words)
    assert code == 0 and sorted(line["tries"] for line in told(out)) == [0, 1]


def test_a_row_that_the_workflow_cannot_use_is_refused_before_any_runs(server, tmp_path):
    (tmp_path / "list.csv").write_text("color\n1\nred\n", encoding="utf-8")
    code, out, error = run(
        tmp_path, write(tmp_path, COLOUR), "--many", "list.csv", "--server", server.url
    )
    assert code == 2 and "Line 3 (red): color is 'red'" in error and not out
