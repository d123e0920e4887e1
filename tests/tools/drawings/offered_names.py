"""Which names the published sets of drawings have, as hashes: what a stand-in's note looks into.

`python -m tests.tools.drawings.offered_names` writes chatanything_core/diffusion/icon_sets/offered.json from
the sets that this user has fetched; run it when fetchable.json names newer packages.
"""

import json

from chatanything.diffusion.icon_sets import fetchable_sets, installed_sets
from chatanything.diffusion.icon_sets.offered_names import OFFERED, packed
from chatanything.diffusion.icon_sets.set_folder import words_of_set


def main() -> None:
    """Write the file anew."""
    here = {icons.id: icons for icons in installed_sets()}
    rows = {}
    for each in fetchable_sets():
        icons = here[each.set]
        rows[each.model.id] = packed({*icons.exact, *words_of_set(icons, "en")})
    OFFERED.write_text(json.dumps(rows, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
