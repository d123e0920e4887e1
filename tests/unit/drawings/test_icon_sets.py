"""Sets of icons: added, fetched, searched, and chosen for a concept."""

import hashlib
import json
import tarfile
import time
import zipfile
from importlib.util import find_spec

import pytest

from chatanything.diffusion.drawings import FaceSpot
from chatanything.diffusion.icon_sets import (
    Icon,
    add_set,
    choose_drawing,
    find_icons,
    get_set,
    installed_sets,
    load_icon,
    match_icons,
    named_drawing,
    remove_set,
    set_to_fetch,
)
from chatanything.diffusion.icon_sets.get_set import fetchable_sets
from chatanything.diffusion.icon_sets.icon_names import name_of_words
from chatanything.diffusion.icon_sets.match_icon import phrases_of
from chatanything.diffusion.icon_sets.offered_names import set_that_has
from chatanything.diffusion.sketch.bodies import has_own_body, noun_drawn
from chatanything.errors import EngineError, InputError
from chatanything.persona import read_concept, write_persona
from tests.tools.drawings.small import ARCH, CAT, POT, body_of, icons_json

needs_resvg = pytest.mark.skipif(not find_spec("resvg_py"), reason="pip install resvg-py")


@pytest.fixture(autouse=True)
def home(tmp_path, monkeypatch):
    """A user without sets."""
    monkeypatch.setenv("CHATANYTHING_DRAWINGS", str(tmp_path / "home"))
    return tmp_path / "home"


@pytest.fixture
def small(tmp_path):
    """A set with a few things."""
    names = (
        "loom",
        "red_apple",
        "desert_eagle",
        "lotus_flower",
        "dragon",
        "dragon_face",
        "kiwi_fruit",
    )
    icons = {name: body_of(POT) for name in (*names, "old_man", "money_bag")}
    return add_set(icons_json(tmp_path / "small", triumphal_arch=ARCH, **icons))


def chosen(concept, language="en-US", sets=None):
    found = match_icons(read_concept(concept), language, sets or installed_sets())
    return [match.icon.name for match in found]


def test_names_are_words():
    assert name_of_words("Rubik's-Cubes") == ("rubik", "cube")
    assert name_of_words("lady_beetle") == ("lady", "beetle")


@needs_resvg
def test_a_set_in_iconifys_format(small):
    assert (small.id, small.author, small.licence) == ("small", "A. Maker", "CC-BY-3.0")
    assert installed_sets() == (small,)
    drawing = load_icon(Icon("small", "loom"))
    assert drawing.name == "small:loom"
    for part in ("loom", "Small Icons", "A. Maker", "CC-BY-3.0", "https://example.org/small"):
        assert part in drawing.credit.line
    assert not drawing.plain
    assert load_icon(Icon("small", "triumphal-arch")).plain


def test_a_set_that_is_added_again_is_replaced(small, tmp_path):
    add_set(icons_json(tmp_path / "newer", hut=ARCH))
    (only,) = installed_sets()
    assert list(only.spans) == ["hut"]


@needs_resvg
def test_a_folder_of_svgs(tmp_path):
    folder = tmp_path / "My mascots"
    (folder / "more").mkdir(parents=True)
    (folder / "Flower Pot.svg").write_text(POT)
    (folder / "more" / "cat.svg").write_text(CAT)
    (folder / "LICENSE").write_text("MIT License\n\nCopyright")
    icons = add_set(folder)
    assert (icons.id, icons.licence, len(icons)) == ("my-mascots", "MIT License", 2)
    assert chosen("flower pot") == ["flower-pot"]
    assert load_icon(Icon("my-mascots", "cat")).pixels.shape[2] == 4
    assert remove_set("my-mascots").name == "my-mascots"
    assert installed_sets() == ()


@pytest.mark.parametrize(
    ("data", "word"),
    [
        ("[]", "not an object"),
        ("{", "not JSON"),
        ('{"prefix": "a"}', "icons"),
        ('{"prefix": "-", "icons": {"a": {"body": ""}}}', "no letters"),
    ],
)
def test_what_is_no_set_is_named(tmp_path, data, word):
    path = tmp_path / "icons.json"
    path.write_text(data)
    with pytest.raises(InputError, match=word):
        add_set(path)
    assert installed_sets() == ()


def test_no_set_can_leave_the_users_folder(tmp_path, home):
    icons = add_set(icons_json(tmp_path / "evil", prefix="../../outside", hut=ARCH))
    assert icons.folder == home / "outside"


def test_a_damaged_index_says_which(small):
    (small.folder / "set.json").write_text("{")
    with pytest.raises(InputError, match="small is damaged"):
        installed_sets()


@pytest.mark.parametrize(
    ("concept", "name"),
    [
        ("grumpy old loom", "loom"),
        ("apple", "red-apple"),
        ("lotus", "lotus-flower"),
        ("sleepy dragon", "dragon-face"),
        ("triumphal arch", "triumphal-arch"),
    ],
)
def test_a_thing_is_found_by_its_names(small, concept, name):
    assert chosen(concept) == [name]


@pytest.mark.parametrize("concept", ["dragon fruit", "eagle", "tote bag", "man", "arch", "flower"])
def test_a_part_of_a_name_is_another_thing(small, concept):
    assert chosen(concept) == []


def test_the_surest_name_wins_then_the_order_of_sets(small, tmp_path):
    other = add_set(icons_json(tmp_path / "z", prefix="zoo", apple=ARCH))
    assert chosen("apple") == ["apple", "red-apple"]
    assert chosen("apple", sets=(other, small))[0] == "apple"


def test_names_in_the_concepts_own_language(tmp_path):
    words = {"de": {"Webstuhl": "loom"}, "fr": {"robe": "loom"}}
    add_set(icons_json(tmp_path / "a", loom=ARCH), words)
    assert chosen("trauriger Webstuhl", "de-DE") == ["loom"]
    assert chosen("Webstuhl", "en-US") == ["loom"], "English does not know the word"
    assert chosen("robe", "en-US") == [], "English does"


@pytest.mark.parametrize(
    ("concept", "asked"),
    [
        ("papaya yoga teacher", [("papaya",)]),
        ("tuxedo spy", [("tuxedo",)]),
        ("shy dragon fruit chef", [("shy", "dragon", "fruit"), ("dragon", "fruit")]),
    ],
)
def test_a_job_is_not_what_is_asked_for(concept, asked):
    assert phrases_of(read_concept(concept)) == asked


@needs_resvg
def test_ours_first_then_the_set_then_a_stand_in(small):
    def choice(concept):
        persona, reading = write_persona(concept), read_concept(concept)
        own = noun_drawn(reading) if has_own_body(reading) else ""
        return choose_drawing(persona, reading, own=own)

    assert choice("happy dragon").drawing is None, "ours, though the set has one"
    assert choice("red apple").drawing is None
    assert choice("old man").drawing is None
    assert choice("old loom").drawing.name == "small:loom"
    stand_in = choice("elderberry")
    assert stand_in.drawing is None
    assert "`chatanything drawings get game-icons`" in stand_in.note


@needs_resvg
def test_a_set_has_the_whole_of_which_ours_is_the_end(small, tmp_path):
    """Our ball is no disco ball, and the crow that we call a rook is no piece of chess."""

    def choice(concept):
        persona, reading = write_persona(concept), read_concept(concept)
        return choose_drawing(persona, reading, own=noun_drawn(reading))

    assert choice("chess rook").note == (
        '`chatanything drawings get game-icons` brings a drawing of "chess rook".'
    )
    assert "`chatanything drawings get fluent`" in choice("disco ball").note
    names = ("mirror-ball", "chess-rook", "ball")
    add_set(icons_json(tmp_path / "more", prefix="more", **dict.fromkeys(names, ARCH)))
    assert choice("disco ball").drawing.name == "more:mirror-ball"
    assert choice("chess rook").drawing.name == "more:chess-rook"
    assert choice("tennis ball").drawing is None, "ours"
    assert choice("lava lamp").drawing is None, "a lamp of ours is nearer than nothing"


def test_parts_of_bodies_are_things_though_sets_keep_them_with_people(tmp_path):
    names = ("tooth", "anatomical-heart", "old-woman", "raised-hand")
    folder = icons_json(tmp_path / "p", **dict.fromkeys(names, ARCH)).parent
    (folder / "metadata.json").write_text(json.dumps({"categories": {"People & Body": names}}))
    icons = add_set(folder)
    assert icons.figures == {"old-woman", "raised-hand"}
    assert chosen("happy tooth") == ["tooth"]


def test_what_the_published_sets_have_is_known_without_them():
    assert set_that_has(("centaur",)) == "game-icons"
    assert set_that_has(("accordion",)) == "fluent"
    assert set_that_has(("flurbinator",)) == ""


@needs_resvg
def test_drawings_by_name(small, tmp_path):
    assert named_drawing("small:loom").credit
    assert named_drawing("sma:loom").name == "small:loom"
    (tmp_path / "a.svg").write_text(POT)
    assert named_drawing(str(tmp_path / "a.svg")).credit is None
    with pytest.raises(InputError, match="shows a face or a person"):
        named_drawing("small:old-man")
    assert named_drawing("small:old-man", FaceSpot(0.5, 0.4, 0.3)).face
    for wrong in ("small:nothing", "none:loom"):
        with pytest.raises(InputError, match="chatanything drawings"):
            named_drawing(wrong)
    assert [icon.name for icon in find_icons("dragon", (small,))] == ["dragon", "dragon-face"]


def published(tmp_path, name="tiny"):
    """A package as npm has it, a wheel with names, and the entry of a catalogue for both."""
    folder = tmp_path / "mirror"
    icons_json(folder / "package", prefix="tiny", loom=ARCH)
    (folder / "package" / "chars.json").write_text(json.dumps({"1f9f5": "loom"}))
    with tarfile.open(folder / "tiny-1.0.tgz", "w:gz") as package:
        package.add(folder / "package", "package")
    with zipfile.ZipFile(folder / "emoji-1.whl", "w") as wheel:
        table = json.dumps({"\U0001f9f5": ":Webstuhl:"})
        wheel.writestr("emoji/unicode_codes/emoji_de.json", table)
    files = []
    for file in (folder / "tiny-1.0.tgz", folder / "emoji-1.whl"):
        data = file.read_bytes()
        entry = {"name": file.name, "address": f"https://example.org/{file.name}"}
        files.append({**entry, "bytes": len(data), "sha256": hashlib.sha256(data).hexdigest()})
    row = {"id": name, "set": "tiny", "icons": 1, "purpose": "one drawing", "licence": "MIT"}
    catalogue = tmp_path / "fetchable.json"
    catalogue.write_text(json.dumps([{**row, "page": "https://example.org", "files": files}]))
    return folder, set_to_fetch(name, catalogue)


def test_a_published_set_is_fetched_checked_and_added(tmp_path, home):
    mirror, wanted = published(tmp_path)
    icons = get_set(wanted, source=str(mirror))
    assert icons.id == "tiny"
    assert chosen("trauriger Webstuhl", "de-DE") == ["loom"]
    assert sorted(path.name for path in home.iterdir()) == ["tiny"], "the package is not kept"


def test_a_package_that_was_changed_is_refused(tmp_path, home):
    mirror, wanted = published(tmp_path)
    data = bytearray((mirror / "tiny-1.0.tgz").read_bytes())
    data[-1] ^= 1
    (mirror / "tiny-1.0.tgz").write_bytes(data)
    with pytest.raises(EngineError, match="sha256"):
        get_set(wanted, source=str(mirror))
    assert installed_sets() == ()


def test_the_catalogue_is_complete():
    for each in fetchable_sets():
        for file in each.model.files:
            assert file.address.startswith("https://")
            assert len(file.sha256) == 64 and file.bytes
        assert each.model.licence and each.model.page
    with pytest.raises(InputError, match="fluent, noto, game-icons"):
        set_to_fetch("other")


def test_a_search_among_ten_thousand_names_takes_five_milliseconds(tmp_path):
    many = {f"thing_{n}_{n % 97}_part": ARCH for n in range(10_000)}
    icons = add_set(icons_json(tmp_path / "many", prefix="many", **many, loom=ARCH))
    reading = read_concept("grumpy loom")
    match_icons(reading, "en-US", (icons,))
    start = time.perf_counter()
    for _ in range(20):
        match_icons(reading, "en-US", (icons,))
    assert (time.perf_counter() - start) / 20 < 0.005
