"""The numbers of the warp as a JavaScript module, from which the browser also makes GLSL.

python -m chatanything_core.talking_head.rig.browser_constants > web/lib/constants.mjs
"""

import json
import sys
from types import ModuleType

from ..constants import eye_constants, field_constants, mouth_constants, weight_constants
from .motion_rows import COLUMNS

TABLES: dict[str, ModuleType] = {
    "FIELD": field_constants,
    "WEIGHT": weight_constants,
    "MOUTH": mouth_constants,
    "EYE": eye_constants,
}
HEAD = """\
// Written by chatanything_core/talking_head/rig/browser_constants.py from the numbers of the warp;
// their meaning stands there, in talking_head/constants/. Not to be edited here.

"""


def browser_constants() -> str:
    """The text of `web/lib/constants.mjs`."""
    lines = [
        f"  {prefix}_{name}: {_written(value)},"
        for prefix, module in TABLES.items()
        for name, value in vars(module).items()
        if name.isupper()
    ]
    numbers = "export const CONSTANTS = Object.freeze({\n" + "\n".join(lines) + "\n});\n"
    columns = "\n".join(f"  {json.dumps(list(column))}," for column in COLUMNS)
    told = "/** Name, lowest and highest value of every number of a row of motion. */\n"
    kind = "/** @type {ReadonlyArray<readonly [string, number, number]>} */ ("
    return f"{HEAD}{numbers}\n{told}export const COLUMNS = {kind}Object.freeze([\n{columns}\n]));\n"


def _written(value: float | tuple[float, ...]) -> str:
    if isinstance(value, tuple):
        return f"Object.freeze([{', '.join(_written(part) for part in value)}])"
    return repr(value)


if __name__ == "__main__":
    sys.stdout.write(browser_constants())
