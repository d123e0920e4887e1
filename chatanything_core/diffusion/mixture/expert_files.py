"""The pool of experts, described in YAML and checked line by line."""

from dataclasses import asdict, fields, replace
from functools import cache
from pathlib import Path
from typing import Annotated, Any

import yaml
from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    ValidationError,
    ValidationInfo,
    field_validator,
    model_validator,
)
from pydantic.dataclasses import dataclass as pydantic_dataclass

from ...errors import InputError
from ...model_folders import ModelFolders
from ...user_folders import config_folder
from ..families import FAMILIES, find_family
from ..prompt_template import FIELDS_OF_TEMPLATE
from ..records import Expert
from ..samplers import sampler
from .installed_models import scan_experts

LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""Safe, and ten times faster where PyYAML has its C part."""
BUILT_IN = Path(__file__).with_name("experts.yaml")


@pydantic_dataclass(frozen=True, config=ConfigDict(extra="forbid"))
class _ExpertEntry(Expert):
    """One item under `experts:`, an `Expert` whose fields are checked."""

    name: Annotated[str, Field(min_length=1, max_length=80)]
    description: Annotated[str, Field(min_length=10, max_length=600)]
    family: str
    source: Annotated[str, Field(min_length=1)]

    @field_validator("template")
    @classmethod
    def _names_the_persona(cls, template: str) -> str:
        if not any(field in template for field in FIELDS_OF_TEMPLATE):
            raise ValueError(
                "must contain {concept}, {appearance} or {subject}, or all portraits look alike"
            )
        return template

    @model_validator(mode="before")
    @classmethod
    def _does_as_its_family(cls, values: Any) -> Any:
        name = str(values.get("family")) if isinstance(values, dict) else ""
        return FAMILIES[name].defaults | values if name in FAMILIES else values

    @field_validator("family", "scheduler")
    @classmethod
    def _is_known(cls, name: str, info: ValidationInfo) -> str:
        try:
            find_family(name) if info.field_name == "family" else sampler(name)
        except InputError as error:
            raise ValueError(str(error).rstrip(".")) from error
        return name

    def record(self) -> Expert:
        return Expert(**{item.name: getattr(self, item.name) for item in fields(Expert)})


class _PoolFile(BaseModel):
    model_config = ConfigDict(extra="forbid")

    experts: Annotated[list[_ExpertEntry], Field(min_length=1)]


def load_experts(path: Path) -> tuple[Expert, ...]:
    """Experts of one YAML file, in its order.

    Raises:
        InputError: with file, line and field, when the file cannot be read, is not YAML, has a
            field that is missing, unknown or out of range, or names an expert twice.
    """
    try:
        text = path.read_text(encoding="utf-8")
        tree = yaml.compose(text, Loader=LOADER)
        entries = _PoolFile.model_validate(yaml.load(text, Loader=LOADER)).experts
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"Cannot read the expert file {path}: {error}.") from error
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = mark.line + 1 if mark else 1
        raise InputError(f"{path}, line {line}: this is not YAML ({error}).") from error
    except ValidationError as error:
        raise InputError(_explain(path, tree, error)) from error
    except (ValueError, RecursionError, TypeError) as error:
        # PyYAML lets pass what it cannot build, such as a date of month 99, an endless nest, a list
        # as a key.
        raise InputError(f"Cannot read the expert file {path}: {error}.") from error
    return _unique(path, tuple(_beside(path.parent, entry.record()) for entry in entries))


def _beside(folder: Path, expert: Expert) -> Expert:
    """The expert with what lies in its file's folder named by whole paths."""

    def whole(name: str) -> str:
        path = folder / name
        return str(path.resolve()) if name.startswith(("./", "../")) and path.exists() else name

    loras = tuple(replace(lora, file=whole(lora.file)) for lora in expert.loras)
    names: dict[str, Any] = {
        key: whole(getattr(expert, key)) for key in ("source", "controlnet", "vae", "config")
    }
    return replace(expert, loras=loras, **names)


def check_expert(expert: Expert) -> Expert:
    """The expert itself, when every field is in its range.

    Raises:
        InputError: with the expert's name and the field, when one is not.
    """
    try:
        _ExpertEntry(**asdict(expert))
    except ValidationError as error:
        problems = "; ".join(f"{_field(item)}: {_problem(item)}" for item in error.errors())
        raise InputError(f"Expert {expert.name!r} cannot be used: {problems}.") from error
    return expert


@cache
def built_in_experts() -> tuple[Expert, ...]:
    """The pool that comes with the package."""
    return load_experts(BUILT_IN)


def find_experts(folders: ModelFolders | None = None) -> tuple[Expert, ...]:
    """The whole pool: built-in, then the user's own files, then what is installed in `folders`.

    An expert of the user's replaces a built-in one of the same name, and a described one an
    installed one.
    """
    pool: dict[str, Expert] = {expert.name: expert for expert in built_in_experts()}
    for path in sorted(user_folder().glob("*.y*ml")):
        pool |= {expert.name: expert for expert in load_experts(path)}
    for expert in scan_experts(folders) if folders else ():
        pool.setdefault(expert.name, expert)
    return tuple(pool.values())


def user_folder() -> Path:
    """Where the user's own expert files are looked for."""
    return config_folder() / "experts"


def _unique(path: Path, experts: tuple[Expert, ...]) -> tuple[Expert, ...]:
    names = [expert.name for expert in experts]
    twice = sorted({name for name in names if names.count(name) > 1})
    if twice:
        raise InputError(f"{path}: the expert name {twice[0]!r} is used twice. Rename one.")
    return experts


def _explain(path: Path, tree: yaml.Node | None, error: ValidationError) -> str:
    """Every complaint on a line of its own: file, line, field, what is wrong."""
    lines = []
    for item in error.errors():
        line = _line_of(tree, item["loc"])
        lines.append(f"{path}, line {line}: {_field(item)}: {_problem(item)}.")
    return "\n".join(lines)


def _field(item: Any) -> str:
    return ".".join(str(step) for step in item["loc"]) or "the file"


def _problem(item: Any) -> str:
    return str(item["msg"]).removeprefix("Value error, ")


def _line_of(node: yaml.Node | None, steps: tuple[Any, ...]) -> int:
    """Line (from 1) of the deepest part of the YAML tree that `steps` leads to."""
    line = node.start_mark.line + 1 if node else 1
    for step in steps:
        if isinstance(node, yaml.SequenceNode):
            if step not in range(len(node.value)):
                return line
            node = node.value[step]
        elif isinstance(node, yaml.MappingNode):
            pairs = [pair for pair in node.value if pair[0].value == step]
            if not pairs:
                return line
            # Of a key that is there twice, the last one counts.
            line, node = pairs[-1][0].start_mark.line + 1, pairs[-1][1]
            continue
        else:
            return line
        line = node.start_mark.line + 1
    return line
