"""Open icon sets that the user named: kept in the user's folder, searched by name."""

from .add_set import add_set
from .choose_drawing import Choice, choose_drawing, drawing_of_name, named_drawing
from .get_set import fetchable_sets, get_set, set_to_fetch
from .match_icon import Match, find_icons, match_icons
from .records import Icon, IconSet
from .set_folder import drawings_folder, installed_sets, load_icon, remove_set

__all__ = [
    "Choice",
    "Icon",
    "IconSet",
    "Match",
    "add_set",
    "choose_drawing",
    "drawing_of_name",
    "drawings_folder",
    "fetchable_sets",
    "find_icons",
    "get_set",
    "installed_sets",
    "load_icon",
    "match_icons",
    "named_drawing",
    "remove_set",
    "set_to_fetch",
]
