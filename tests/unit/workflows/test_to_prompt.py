"""Workflows as the page saves them, as prompts."""

import json

import pytest

from chatanything.errors import InputError
from chatanything.workflows import read_workflow, set_inputs, to_prompt

SCHEMAS = {
    "Load": {
        "input": {
            "required": {"image": [["a.png", "b.png"], {"image_upload": True}]},
            "optional": {"size": ["INT", {"default": 8}]},
        }
    },
    "Scale": {
        "input": {
            "required": {
                "image": ["IMAGE"],
                "seed": ["INT", {"default": 0}],
                "factor": ["FLOAT", {"default": 1.0}],
                "mode": ["COMFY_DYNAMICCOMBO_V3", {"options": [
                    {"key": "plain", "inputs": {}},
                    {"key": "soft", "inputs": {"required": {"radius": ["INT", {}]}}},
                ]}],
                "sharp": ["BOOLEAN", {}],
            }
        }
    },
    "Save": {"input": {"required": {"images": ["IMAGE"], "prefix": ["STRING", {}]}}},
}  # fmt: skip


def node(number, kind, values=(), links=(), mode=0, outputs=("IMAGE",), **more):
    return {
        "id": number,
        "type": kind,
        "mode": mode,
        "inputs": [{"name": name, "type": form, "link": link} for name, form, link in links],
        "outputs": [{"name": form, "type": form} for form in outputs],
        "widgets_values": list(values),
        **more,
    }


LOAD = node(1, "Load", ["a.png", "image", 16])
SCALE = [7, "fixed", 2.0, "soft", 5, True]


def scale(number, link, **more):
    return node(number, "Scale", SCALE, [("image", "IMAGE", link)], **more)


def save(number, link):
    return node(number, "Save", ["x"], [("images", "IMAGE", link)], outputs=())


def workflow(nodes, links, **more):
    return {"nodes": nodes, "links": links, **more}


CHAIN = workflow(
    [LOAD, scale(2, 1), save(3, 2)],
    [[1, 1, 0, 2, 0, "IMAGE"], [2, 2, 0, 3, 0, "IMAGE"]],
)


def inputs(prompt, number):
    return prompt[number]["inputs"]


def test_values_go_to_their_inputs_past_the_widgets_of_the_page():
    prompt = to_prompt(CHAIN, SCHEMAS)
    assert inputs(prompt, "1") == {"image": "a.png", "size": 16}
    assert inputs(prompt, "2") == {
        "image": ["1", 0],
        "seed": 7,
        "factor": 2.0,
        "mode": "soft",
        "mode.radius": 5,
        "sharp": True,
    }
    assert inputs(prompt, "3") == {"images": ["2", 0], "prefix": "x"}


@pytest.mark.parametrize("between", ["bypassed", "reroute"])
def test_links_go_through_what_does_not_run(between):
    reroute = node(2, "Reroute", [], [("", "*", 1)], outputs=("*",))
    middle = scale(2, 1, mode=4) if between == "bypassed" else reroute
    prompt = to_prompt(workflow([LOAD, middle, save(3, 2)], CHAIN["links"]), SCHEMAS)
    assert sorted(prompt) == ["1", "3"]
    assert inputs(prompt, "3")["images"] == ["1", 0]


def test_muted_nodes_are_left_out_with_their_links():
    prompt = to_prompt(workflow([LOAD, scale(2, 1, mode=2), save(3, 2)], CHAIN["links"]), SCHEMAS)
    assert sorted(prompt) == ["1", "3"]
    assert "images" not in inputs(prompt, "3")


def test_primitives_become_values_and_notes_nothing():
    primitive = node(9, "PrimitiveNode", [4.5, "fixed"], outputs=("FLOAT",))
    big = node(2, "Scale", SCALE, [("image", "IMAGE", 1), ("factor", "FLOAT", 5)])
    drawn = workflow(
        [LOAD, big, primitive, node(8, "Note", ["hello"])],
        [[1, 1, 0, 2, 0, "IMAGE"], [5, 9, 0, 2, 1, "FLOAT"]],
    )
    prompt = to_prompt(drawn, SCHEMAS)
    assert sorted(prompt) == ["1", "2"] and inputs(prompt, "2")["factor"] == 4.5


def link(number, source, slot, target, target_slot):
    names = ("id", "origin_id", "origin_slot", "target_id", "target_slot")
    return dict(zip(names, (number, source, slot, target, target_slot), strict=True))


def nested():
    """Load -> outer subgraph (inner subgraph (Scale)) -> Save, by links that are records."""
    inner = {
        "id": "inner",
        "nodes": [scale(5, 1)],
        "links": [link(1, -10, 0, 5, 0), link(2, 5, 0, -20, 0)],
        "inputs": [{"name": "picture"}],
        "outputs": [{"name": "bigger"}],
    }
    outer = {
        "id": "outer",
        "nodes": [node(4, "inner", [], [("picture", "IMAGE", 1)])],
        "links": [link(1, -10, 0, 4, 0), link(2, 4, 0, -20, 0)],
        "inputs": [{"name": "in"}],
        "outputs": [{"name": "out"}],
    }
    top = [LOAD, node(2, "outer", [], [("in", "IMAGE", 1)]), save(3, 2)]
    return workflow(
        top,
        [link(1, 1, 0, 2, 0), link(2, 2, 0, 3, 0)],
        definitions={"subgraphs": [outer, inner]},
    )


def test_subgraphs_are_opened_and_their_nodes_called_by_their_path():
    prompt = to_prompt(nested(), SCHEMAS)
    assert sorted(prompt) == ["1", "2:4:5", "3"]
    assert inputs(prompt, "2:4:5")["image"] == ["1", 0]
    assert inputs(prompt, "3")["images"] == ["2:4:5", 0]


def test_a_bypassed_subgraph_lets_its_input_through():
    drawn = nested()
    drawn["nodes"][1]["mode"] = 4
    prompt = to_prompt(drawn, SCHEMAS)
    assert sorted(prompt) == ["1", "3"] and inputs(prompt, "3")["images"] == ["1", 0]


def test_unknown_types_are_named_with_their_nodes():
    drawn = workflow([LOAD, node(2, "Magic"), node(4, "Other")], [])
    with pytest.raises(InputError, match=r"Magic \(node 2\), Other \(node 4\)"):
        to_prompt(drawn, SCHEMAS)


@pytest.mark.parametrize(
    ("name", "text", "place"),
    [
        ("2.factor", "3", ("2", "factor", 3.0)),
        ("scale.FACTOR", "3", None),
        ("Scale.seed", "9", ("2", "seed", 9)),
        ("factor", "0.5", ("2", "factor", 0.5)),
        ("the saver.prefix", "y.z", ("3", "prefix", "y.z")),
        ("2.sharp", "off", ("2", "sharp", False)),
    ],
)
def test_inputs_are_set_by_number_title_type_or_name(name, text, place):
    prompt = to_prompt(CHAIN, SCHEMAS)
    prompt["3"]["_meta"]["title"] = "The saver"
    if place is None:
        with pytest.raises(InputError, match="Choose among"):
            set_inputs(prompt, SCHEMAS, {name: text})
        return
    number, field, value = place
    changed = set_inputs(prompt, SCHEMAS, {name: text})
    assert inputs(changed, number)[field] == value
    assert inputs(prompt, number)[field] != value


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("2.seed", "many", "whole number"),
        ("2.sharp", "perhaps", "true or false"),
        ("nothing", "1", "Load.image, Load.size, Scale.seed"),
        ("2.image", "x", "no input '2.image'"),
    ],
)
def test_what_cannot_be_set_is_told_with_what_can(name, text, said):
    with pytest.raises(InputError, match=said):
        set_inputs(to_prompt(CHAIN, SCHEMAS), SCHEMAS, {name: text})


def test_a_name_that_several_nodes_have_needs_a_number():
    drawn = workflow([LOAD, scale(2, 1), scale(4, 1), save(3, 2)], CHAIN["links"])
    with pytest.raises(InputError, match=r"2\.seed \(Scale\), 4\.seed \(Scale\)"):
        set_inputs(to_prompt(drawn, SCHEMAS), SCHEMAS, {"seed": "1"})


@pytest.mark.parametrize(
    ("content", "said"),
    [("{", "not JSON"), ("[]", "no workflow"), ('{"a": 1}', "no workflow"), ("{}", "no workflow")],
)
def test_files_that_are_no_workflow_are_refused(tmp_path, content, said):
    path = tmp_path / "w.json"
    path.write_text(content)
    with pytest.raises(InputError, match=said):
        read_workflow(path)


def test_both_formats_are_told_apart(tmp_path):
    path = tmp_path / "w.json"
    path.write_text(json.dumps(CHAIN))
    prompt = read_workflow(path).prompt(SCHEMAS)
    path.write_text(json.dumps(prompt))
    assert read_workflow(path).is_prompt
    assert read_workflow(path).prompt(SCHEMAS) == prompt
