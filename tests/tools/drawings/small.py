"""Small SVGs written by hand, and a set of them as a stranger would have it."""

import json
from pathlib import Path

HEAD = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 100">'
POT = f"""{HEAD}
<path fill="#c2553a" d="M20 35 H80 V70 Q80 90 60 90 H40 Q20 90 20 70 Z"/>
<rect x="14" y="26" width="72" height="12" rx="5" fill="#8a3322"/>
</svg>"""
"""A flower pot: one large plain surface."""
CAT = f"""{HEAD}
<path fill="#f0b040" d="M15 15 L38 28 H62 L85 15 V80 Q50 98 15 80 Z"/>
<circle cx="35" cy="52" r="5" fill="#222"/><circle cx="65" cy="52" r="5" fill="#222"/>
<path d="M44 66 H56 L50 73 Z" fill="#d04060"/>
</svg>"""
"""A cat's head that looks at us."""
COMB = f"""{HEAD}
<rect x="5" y="20" width="90" height="12" fill="#333388"/>
{"".join(f'<rect x="{x}" y="32" width="4" height="50" fill="#333388"/>' for x in range(6, 92, 8))}
</svg>"""
"""A comb: nowhere wide enough for a face."""
ARCH = '<path fill="currentColor" d="M10 90 V40 Q50 -10 90 40 V90 H58 V60 H42 V90 Z"/>'
"""A silhouette in no colour of its own, the body of an icon of 100 x 100."""


def body_of(svg: str) -> str:
    """What an icon of a set has of an SVG: all but the root."""
    return svg[svg.index(">") + 1 : svg.rindex("<")]


def icons_json(folder: Path, prefix: str = "small", **icons: str) -> Path:
    """A set in Iconify's format, `icons.json` and `info.json`; its path."""
    folder.mkdir(parents=True, exist_ok=True)
    rows = {name.replace("_", "-"): {"body": body} for name, body in icons.items()}
    data = {"prefix": prefix, "icons": rows, "width": 100, "height": 100}
    info = {
        "name": "Small Icons",
        "author": {"name": "A. Maker", "url": "https://example.org/small"},
        "license": {"spdx": "CC-BY-3.0", "title": "CC BY 3.0"},
    }
    (folder / "info.json").write_text(json.dumps(info))
    path = folder / "icons.json"
    path.write_text(json.dumps(data))
    return path
