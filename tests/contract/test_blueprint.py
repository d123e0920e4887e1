"""The subgraph that the node library offers is the start template in one node. Needs no ComfyUI."""

import pytest

from tests.tools.comfyui import convert, schemas

FILES = sorted((schemas.ROOT / "subgraphs").glob("*.json"))
SCHEMAS = {path.stem: schemas.read(path) for path in schemas.SNAPSHOTS.rglob("*.json")}
FIRST = schemas.read(schemas.ROOT / "workflows" / "1 Concept to talking video.json")


@pytest.fixture(params=FILES, ids=lambda path: path.stem)
def blueprint(request):
    workflow = schemas.read(request.param)
    (outer,), (inner,) = workflow["nodes"], workflow["definitions"]["subgraphs"]
    assert outer["type"] == inner["id"] and inner["name"] == request.param.stem
    return outer, inner


def test_there_is_one():
    assert len(FILES) == 1


def test_its_knobs_are_those_of_the_app(blueprint):
    outer, inner = blueprint
    names = [name for _, name in FIRST["extra"]["linearData"]["inputs"]]
    assert [socket["name"] for socket in inner["inputs"]] == names
    assert [socket["name"] for socket in outer["inputs"]] == names
    assert [name for _, name in outer["properties"]["proxyWidgets"]] == names
    assert len(outer["widgets_values"]) == len(names)


def test_its_links_agree_with_both_their_ends(blueprint):
    outer, inner = blueprint
    nodes = {node["id"]: node for node in inner["nodes"]}
    for link in inner["links"]:
        if link["origin_id"] == -10:
            source = inner["inputs"][link["origin_slot"]]
            assert link["id"] in source["linkIds"]
        else:
            source = nodes[link["origin_id"]]["outputs"][link["origin_slot"]]
            assert link["id"] in source["links"]
        if link["target_id"] == -20:
            target = inner["outputs"][link["target_slot"]]
            assert link["id"] in target["linkIds"]
        else:
            target = nodes[link["target_id"]]["inputs"][link["target_slot"]]
            assert target["link"] == link["id"]
        assert link["type"] == source["type"] == target["type"]
    kinds = [socket["type"] for socket in inner["outputs"]]
    assert [socket["type"] for socket in outer["outputs"]] == kinds


def test_its_nodes_have_all_their_inputs_and_values(blueprint):
    for node in blueprint[1]["nodes"]:
        schema = SCHEMAS[node["type"]]
        known = {item["id"] for item in schema["inputs"]}
        assert {socket["name"] for socket in node["inputs"]} == known
        assert len(node["widgets_values"]) == len(convert.widget_names(schema))
        linked = {socket["name"] for socket in node["inputs"] if socket["link"] is not None}
        widgets = set(convert.widget_names(schema))
        needed = {item["id"] for item in schema["inputs"] if item["required"]} - widgets
        assert needed <= linked
