"""From a workflow as ComfyUI's page saves it to a prompt as POST /prompt takes it.

Written from the two formats, apart from ComfyUI's own converter, so that each checks the other:
here against workflows/api, in a browser against `app.graphToPrompt()`.
"""

from typing import Any

from tests.tools.comfyui.schemas import is_widget

COMMENTS = {"Note", "MarkdownNote"}
SEEDS = {"seed", "noise_seed"}
"""Names that the page gives a control widget unasked."""


def widget_names(schema: dict[str, Any]) -> list[str]:
    """Input names in the order of `widgets_values`; "" is the page's own extra widget."""
    names = []
    for item in schema["inputs"]:
        if is_widget(item):
            names.append(item["id"])
            if item.get("control_after_generate", item["id"] in SEEDS and item["type"] == "INT"):
                names.append("")
    return names


def to_prompt(workflow: dict[str, Any], schemas: dict[str, Any]) -> dict[str, Any]:
    """Convert; `schemas` holds `schemas.structure` by node type. Knows no subgraphs or mutes."""
    links = {link[0]: link for link in workflow["links"]}
    prompt = {}
    for node in workflow["nodes"]:
        if node["type"] in COMMENTS:
            continue
        names = widget_names(schemas[node["type"]])
        values = dict(zip(names, node.get("widgets_values", []), strict=False))
        values.pop("", None)
        for socket in node["inputs"]:
            if socket["link"] is not None:
                _, source, slot, *_ = links[socket["link"]]
                values[socket["name"]] = [str(source), slot]
        prompt[str(node["id"])] = {
            "inputs": values,
            "class_type": node["type"],
            "_meta": {"title": node["title"]},
        }
    return prompt
