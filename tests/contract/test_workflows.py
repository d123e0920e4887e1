"""The templates open and run as they are, and their API twins say the same. Needs no ComfyUI."""

import re
from itertools import combinations

import pytest
from PIL import Image

from tests.tools.comfyui import convert, schemas

FOLDER = schemas.ROOT / "workflows"
NAMES = sorted(path.stem for path in FOLDER.glob("*.json"))
SCHEMAS = {path.stem: schemas.read(path) for path in schemas.SNAPSHOTS.rglob("*.json")}
TITLE_HEIGHT = 30
OF_FILES = {"ChatAnythingLoadCard", "ChatAnythingDrawing"}
"""Nodes that begin with a file or a drawing of the user's, so that no template could run as it is."""
JUDGES = {"ChatAnythingEvaluate"}
"""Nodes that need a face detector, which a ComfyUI has not by itself."""
INNER = {"ChatAnythingPortraitTry"}
"""What other nodes add by themselves."""
each = pytest.mark.parametrize("name", NAMES)


def workflow(name):
    return schemas.read(FOLDER / f"{name}.json")


def box(node):
    """Left, top, right, bottom of a node on the canvas, its title bar included."""
    (x, y), (width, height) = node["pos"], node["size"]
    return x, y - TITLE_HEIGHT, x + width, y + max(height, least_height(node))


def least_height(node):
    """Pixels that the page gives a node at least, whatever its size says."""
    if node["type"] in convert.COMMENTS:
        return 0
    sockets = [item for item in node["inputs"] if "widget" not in item]
    texts = [item for item in SCHEMAS[node["type"]]["inputs"] if item.get("multiline")]
    rows = max(len(sockets), len(node["outputs"]))
    return 20 * rows + 22 * len(node["widgets_values"]) + 40 * len(texts)


@each
def test_twin_says_the_same(name):
    twin = schemas.read(FOLDER / "api" / f"{name}.json")
    assert convert.to_prompt(workflow(name), SCHEMAS) == twin


def test_no_twin_without_a_template():
    assert sorted(path.stem for path in (FOLDER / "api").glob("*.json")) == NAMES


def test_every_node_of_ours_is_shown_somewhere():
    used = {node["type"] for name in NAMES for node in workflow(name)["nodes"]}
    ours = {path.stem for path in schemas.SNAPSHOTS.glob("*.json")}
    assert ours - used == OF_FILES | JUDGES | INNER


@each
def test_widgets_are_all_there_and_allowed(name):
    for node in workflow(name)["nodes"]:
        if node["type"] in convert.COMMENTS:
            continue
        names = convert.widget_names(SCHEMAS[node["type"]])
        values = dict(zip(names, node["widgets_values"], strict=False))
        assert len(values) == len(set(names)), node["type"]
        for item in SCHEMAS[node["type"]]["inputs"]:
            if item["id"] not in values:
                continue
            value = values[item["id"]]
            if item.get("options"):
                assert value in item["options"], (node["type"], item["id"])
            if "min" in item:
                assert item["min"] <= value <= item["max"], (node["type"], item["id"])


@each
def test_links_agree_with_both_their_ends(name):
    graph = workflow(name)
    nodes = {node["id"]: node for node in graph["nodes"]}
    assert len(nodes) == len(graph["nodes"]) and graph["version"] == 0.4
    assert graph["last_node_id"] == max(nodes)
    ends = {}
    for number, source, slot, target, socket, kind in graph["links"]:
        output, entry = nodes[source]["outputs"][slot], nodes[target]["inputs"][socket]
        assert number in output["links"] and entry["link"] == number
        accepted = SCHEMAS[nodes[target]["type"]]["inputs"]
        types = {item["id"]: item["type"] for item in accepted}
        assert kind == output["type"] and (kind == "*" or types[entry["name"]] in (kind, "*"))
        ends[number] = kind
    assert graph["last_link_id"] == max(ends)


@each
def test_required_inputs_are_given(name):
    prompt = convert.to_prompt(workflow(name), SCHEMAS)
    for node in prompt.values():
        needed = {i["id"] for i in SCHEMAS[node["class_type"]]["inputs"] if i["required"]}
        assert needed - set(node["inputs"]) == set(), node["class_type"]


@each
def test_nothing_lies_on_top_of_anything(name):
    boxes = {node["id"]: box(node) for node in workflow(name)["nodes"]}
    for one, two in combinations(boxes, 2):
        assert apart(boxes[one], boxes[two]), (one, two)


def frames(name):
    """Left, top, right, bottom of every group."""
    bounds = [group["bounding"] for group in workflow(name)["groups"]]
    return [(x, y, x + width, y + height) for x, y, width, height in bounds]


def holds(outer, inner):
    return (
        outer[0] <= inner[0] and outer[1] <= inner[1] and all(map(int.__ge__, outer[2:], inner[2:]))
    )


def apart(a, b):
    return a[2] <= b[0] or b[2] <= a[0] or a[3] <= b[1] or b[3] <= a[1]


@each
def test_groups_hold_their_nodes_and_no_part_of_others(name):
    assert [pair for pair in combinations(frames(name), 2) if not apart(*pair)] == []
    for node in workflow(name)["nodes"]:
        touched = [frame for frame in frames(name) if not apart(frame, box(node))]
        assert all(holds(frame, box(node)) for frame in touched), node["title"]
        assert len(touched) == (node["type"] not in convert.COMMENTS), node["title"]


def test_the_first_template_is_five_nodes_and_three_knobs():
    first = workflow(NAMES[0])
    app, nodes = first["extra"]["linearData"], {node["id"]: node for node in first["nodes"]}
    assert len(nodes) == 5 and first["extra"]["linearMode"] is True
    assert [name for _, name in app["inputs"]] == ["concept", "text", "seed"]
    for number, name in app["inputs"]:
        assert name in convert.widget_names(SCHEMAS[nodes[number]["type"]])
    assert [nodes[number]["type"] for number in app["outputs"]] == ["SaveVideo"]


@each
def test_newcomers_are_told_what_to_do(name):
    notes = [n for n in workflow(name)["nodes"] if n["type"] in convert.COMMENTS]
    assert notes and len(notes[0]["widgets_values"][0]) > 80


@each
def test_nothing_private_is_in_it(name):
    for path in (FOLDER / f"{name}.json", FOLDER / "api" / f"{name}.json"):
        text = path.read_text(encoding="utf-8")
        assert not re.search(r"/home/|/root/|[A-Z]:\\\\|sk-[A-Za-z0-9]{8}|Bearer ", text)
        assert "[temp]" not in text


@each
def test_thumbnail_is_small_and_square(name):
    path = FOLDER / f"{name}.jpg"
    with Image.open(path) as picture:
        assert picture.format == "JPEG"
        assert picture.width == picture.height >= 256
    assert path.stat().st_size < 100_000
