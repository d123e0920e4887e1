"""Run a workflow once, or for every row of a list on several servers."""

from collections.abc import Coroutine, Iterator, Mapping, Sequence
from contextlib import nullcontext
from pathlib import Path
from typing import Any, TypeVar

from ..background import run_coroutine, wait_for
from ..batch import Made, ResultFolders, Row
from ..batch.read_list import NAME
from ..cluster import Outcome, work_through
from ..errors import EngineError, InputError, WorkerLostError
from ..progress import Tick, Watch, no_progress
from .comfyui_server import address, connect
from .prepare import Prepared, prepare
from .read_workflow import Workflow
from .records import RunFiles, Schemas
from .run_prompt import run_prompt
from .server_worker import ServerWorker, told_of, with_uploads
from .to_prompt import check_types

T = TypeVar("T")


def run_workflow(
    workflow: Workflow,
    url: str,
    values: Mapping[str, str],
    *,
    previews: bool = False,
    watch: Watch,
) -> tuple[Made, Prepared, RunFiles]:
    """Run a workflow on one server, with some inputs set.

    Raises:
        InputError: something that the workflow or the server cannot use.
        EngineError: a node failed.
        WorkerLostError: no server answers.
    """

    async def run() -> tuple[Prepared, RunFiles]:
        async with connect(url) as server:
            schemas = await server.get("/object_info")
            prepared = prepare(workflow, schemas, values, previews=previews)
            prompt = await with_uploads(server, prepared)
            found = await run_prompt(
                server, prompt, drawn=prepared.drawn, previews=previews, watch=watch
            )
        return prepared, found

    prepared, found = _waited(run(), watch("server"))
    return Made(found.files, told_of(found.texts)), prepared, found


def run_many(
    workflow: Workflow,
    rows: Sequence[Row],
    urls: Sequence[str],
    settings: Mapping[str, str],
    out: Path,
    *,
    previews: bool = False,
) -> Iterator[Outcome[Row, Mapping[str, Any]]]:
    """Run a workflow for every row that has no result yet; each outcome as it comes.

    Raises:
        InputError: with its line, a row that the workflow cannot use; nothing has run then.
        EngineError: no server answers, or none did for a minute.
    """
    schemas = _schemas(workflow, urls)
    prepared = {row.name: _prepared(workflow, schemas, settings, row, previews) for row in rows}
    folders = ResultFolders(out, {name: item.job for name, item in prepared.items()})
    places = [(url, ahead) for ahead in (False, True) for url in urls]
    workers = [ServerWorker(url, prepared, ahead=ahead) for url, ahead in places]
    return work_through(rows, nullcontext(workers), folders)


def _prepared(
    workflow: Workflow, schemas: Schemas, settings: Mapping[str, str], row: Row, previews: bool
) -> Prepared:
    values = {key: text for key, text in {**settings, **row.values}.items() if key != NAME}
    try:
        return prepare(workflow, schemas, values, previews=previews)
    except InputError as error:
        raise InputError(f"Line {row.line} ({row.name}): {error}") from error


def _schemas(workflow: Workflow, urls: Sequence[str]) -> Schemas:
    """What the servers that answer know; each must know every node of the workflow."""
    found: Schemas | None = None
    why = []
    for url in dict.fromkeys(map(address, urls)):
        try:
            schemas = _waited(_asked(url), no_progress)
            prompt = workflow.prompt(schemas)
            check_types([(node, entry["class_type"]) for node, entry in prompt.items()], schemas)
        except WorkerLostError as error:
            why.append(str(error))
        except InputError as error:
            raise InputError(f"{url}: {error}") from error
        else:
            found = found or schemas
    if found is None:
        raise EngineError("\n".join(why) or "There is no server. Give some with --servers.")
    return found


async def _asked(url: str) -> Any:
    async with connect(url) as server:
        return await server.get("/object_info")


def _waited(work: Coroutine[Any, Any, T], tick: Tick) -> T:
    with run_coroutine(work, "workflow") as outcome:
        return wait_for(outcome, float("inf"), "", tick)
