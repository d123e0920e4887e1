"""Servers of this machine are found where they usually are, and nothing else is."""

import json
import socket

from chatanything.llm.servers.loopback import HOST, find_servers
from tests.tools.servers import llm_server


def port_of(server):
    return int(server.url.rsplit(":", 1)[1].partition("/")[0])


def test_servers_are_found_with_their_models_and_the_others_are_passed_over():
    lists = {
        "Ollama": {"data": [{"id": "nomic-embed-text"}, {"id": "llama3.2"}, {"id": 7}, None]},
        "locked": {"error": "no key"},
        "page": "<html></html>",
        "other": [1, 2],
        "deep": "[" * 100_000,
    }
    statuses = {"locked": 401}
    with socket.socket() as silent:
        silent.bind((HOST, 0))
        silent.listen()
        ports = {silent.getsockname()[1]: "silent", 9: "nobody"}
        running = [llm_server.running() for _ in lists]
        try:
            for context, (name, data) in zip(running, lists.items(), strict=True):
                server = context.__enter__()
                server.listed = data if isinstance(data, str) else json.dumps(data)
                server.listed_status = statuses.get(name, 200)
                ports[port_of(server)] = name
            found = find_servers(ports)
        finally:
            for context in running:
                context.__exit__(None, None, None)
    assert [(server.program, server.models) for server in found] == [
        ("Ollama", ("llama3.2", "nomic-embed-text")),
        ("locked", ()),
    ]
    assert found[0].address.startswith("http://127.0.0.1:")
