"""A workflow as the page saves it, its subgraphs opened: which nodes run, and what feeds them.

What the page does before it sends a workflow (`graphToPrompt`): links are followed through
reroutes, bypassed nodes and the walls of subgraphs, primitive nodes become values, muted nodes are
left out. A node inside subgraphs is called by its path, "12:3".
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

MUTED, BYPASSED = 2, 4
INSIDE, OUTSIDE = -10, -20
"""Ids that stand for a subgraph's own inputs and outputs in its links."""
DRAWN_ONLY = {"Note", "MarkdownNote", "Reroute", "PrimitiveNode"}
"""Types that the page knows and no server does."""

Node = Mapping[str, Any]


@dataclass(frozen=True)
class Link:
    """Where a link begins and ends."""

    source: int
    source_slot: int
    target: int
    target_slot: int


@dataclass(frozen=True)
class Source:
    """What feeds an input: an output of a node that runs, or a value."""

    node: str = ""
    slot: int = 0
    value: Any = None


@dataclass(frozen=True, eq=False)
class Graph:
    """One level of a workflow: the whole, or one use of a subgraph."""

    nodes: Mapping[int, Node]
    links: Mapping[int, Link]
    definitions: Mapping[str, Mapping[str, Any]]
    """All subgraphs of the workflow, by the type that their uses have."""
    prefix: str = ""
    """Path of the node that this is the inside of, with a colon after it."""
    outer: "tuple[Graph, Node] | None" = field(default=None)
    """The level above and the node in it that this is the inside of."""

    def running(self) -> "Iterator[tuple[str, Graph, Node]]":
        """Every node that a server runs: its path, its level, itself."""
        for key, node in self.nodes.items():
            if node.get("mode", 0) in (MUTED, BYPASSED):
                continue
            if node["type"] in self.definitions:
                yield from self.inside(node).running()
            elif node["type"] not in DRAWN_ONLY:
                yield f"{self.prefix}{key}", self, node

    def inside(self, node: Node) -> "Graph":
        """The inside of a node that is a subgraph."""
        content = self.definitions[node["type"]]
        prefix = f"{self.prefix}{node['id']}:"
        return Graph(*_parts(content), self.definitions, prefix, (self, node))

    def source(self, link: int | None) -> Source | None:
        """What a link brings; None when nothing does."""
        found = self.links.get(link) if link is not None else None
        if found is None:
            return None
        if found.source == INSIDE:
            return self._from_above(found.source_slot)
        node = self.nodes.get(found.source)
        return self._output(node, found.source_slot) if node else None

    def _from_above(self, slot: int) -> Source | None:
        if self.outer is None:
            return None
        level, node = self.outer
        name = self.definitions[node["type"]]["inputs"][slot]["name"]
        link = next((item.get("link") for item in inputs(node) if item["name"] == name), None)
        return level.source(link)

    def _output(self, node: Node, slot: int) -> Source | None:
        if node.get("mode", 0) == MUTED:
            return None
        if node.get("mode", 0) == BYPASSED:
            return self._through(node, slot)
        if node["type"] == "Reroute":
            return self.source(inputs(node)[0].get("link")) if inputs(node) else None
        if node["type"] == "PrimitiveNode":
            return Source(value=node["widgets_values"][0])
        if node["type"] in self.definitions:
            within = self.inside(node)
            ends = (key for key, link in within.links.items() if _ends(link, slot))
            return within.source(next(ends, None))
        return Source(f"{self.prefix}{node['id']}", slot)

    def _through(self, node: Node, slot: int) -> Source | None:
        """A bypassed node hands on the input of the output's type, best the one beside it."""
        kind, sockets = node["outputs"][slot]["type"], inputs(node)
        ordered = [*sockets[slot : slot + 1], *sockets]
        match = (item for item in ordered if kind in (item["type"], "*") or item["type"] == "*")
        found = next(match, None)
        return self.source(found.get("link")) if found else None


def open_workflow(workflow: Mapping[str, Any]) -> Graph:
    """The upper level of a workflow as the page saves it."""
    subgraphs = (workflow.get("definitions") or {}).get("subgraphs", [])
    return Graph(*_parts(workflow), {item["id"]: item for item in subgraphs})


def inputs(node: Node) -> list[dict[str, Any]]:
    """The sockets of a node on its left."""
    return node.get("inputs") or []


def _ends(link: Link, slot: int) -> bool:
    return link.target == OUTSIDE and link.target_slot == slot


def _parts(content: Mapping[str, Any]) -> tuple[dict[int, Node], dict[int, Link]]:
    nodes = {node["id"]: node for node in content["nodes"]}
    return nodes, dict(map(_link, content.get("links") or []))


def _link(saved: Any) -> tuple[int, Link]:
    """Links are lists in older files and records in newer ones and in subgraphs."""
    if isinstance(saved, dict):
        names = ("origin_id", "origin_slot", "target_id", "target_slot")
        return saved["id"], Link(*(saved[name] for name in names))
    return saved[0], Link(*saved[1:5])
