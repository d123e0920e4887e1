"""Small cards after the exports of real programs, with their quirks, as files.

Made up for the tests: the forms are the programs', the characters are not.
"""

import base64
import io
import json
import struct
import zipfile
import zlib
from collections.abc import Callable
from copy import deepcopy
from typing import Any

from PIL import Image

SHEET = (
    "{{char}} is a tall elf ranger with silver hair. She lost her left hand to a troll and hates "
    "fire."
)
V1: dict[str, Any] = {
    "name": "Mira Vale",
    "description": SHEET,
    "personality": "dry, watchful, loyal",
    "scenario": "{{user}} meets {{char}} at an inn during a storm.",
    "first_mes": '*She looks up from her ale.* "You\'re late, {{user}}."',
    "mes_example": "<START>\n{{user}}: Hi\n{{char}}: *nods* Evening.",
}
DATA: dict[str, Any] = {
    **V1,
    "creator_notes": "n",
    "system_prompt": "",
    "post_history_instructions": "",
    "alternate_greetings": ["Mind the bridge.", "*silence*"],
    "tags": ["elf"],
    "creator": "me",
    "character_version": "1",
    "extensions": {},
}
ENTRY = {
    "keys": ["troll"], "content": "Trolls fear salt.", "extensions": {}, "enabled": True,
    "insertion_order": 10,
}  # fmt: skip


def v2(**changes: Any) -> dict[str, Any]:
    """A card of version 2; a field that is `...` is missing."""
    data = {**deepcopy(DATA), **changes}
    data = {key: value for key, value in data.items() if value is not ...}
    return {"spec": "chara_card_v2", "spec_version": "2.0", "data": data}


def v3(**changes: Any) -> dict[str, Any]:
    """A card of version 3."""
    card = v2(**{"group_only_greetings": [], **changes})
    return {**card, "spec": "chara_card_v3", "spec_version": "3.0"}


def lore(*entries: dict[str, Any], **options: Any) -> dict[str, Any]:
    """A lorebook whose entries are ENTRY with these changes."""
    rows = [{**ENTRY, **entry} for entry in entries or ({},)]
    return {"extensions": {}, "entries": rows, **options}


def as_json(card: Any) -> bytes:
    return json.dumps(card, ensure_ascii=False).encode()


def in_base64(card: Any) -> bytes:
    return base64.b64encode(as_json(card))


def picture(form: str = "PNG", **options: Any) -> bytes:
    file = io.BytesIO()
    Image.new("RGB", (64, 64), "teal").save(file, form, **options)
    return file.getvalue()


def chunk(kind: bytes, body: bytes) -> bytes:
    crc = struct.pack(">I", zlib.crc32(kind + body))
    return struct.pack(">I", len(body)) + kind + body + crc


def png(*chunks: bytes) -> bytes:
    data = picture()
    return data[:33] + b"".join(chunks) + data[33:]


def text(keyword: str, content: bytes) -> bytes:
    return chunk(b"tEXt", keyword.encode() + b"\0" + content)


def exif(comment: bytes) -> bytes:
    block = Image.Exif()
    block.get_ifd(0x8769)[0x9286] = comment
    return block.tobytes()


def archive(**members: Any) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in members.items():
            data = content if isinstance(content, bytes) else as_json(content)
            packed.writestr(name.replace("__", "/").replace("_json", ".json"), data)
    return file.getvalue()


def _sillytavern() -> dict[str, bytes]:
    both = {**V1, **v2(), "fav": False, "chat": "Mira - 2024", "create_date": "2024-1-1"}
    broken = {**both, "spec_version": 2.0, "talkativeness": "0.5"}
    world = {
        "0": {
            "uid": 0, "key": ["troll"], "keysecondary": [], "comment": "t", "order": 100,
            "content": "Trolls fear salt.", "constant": False, "selective": True,
            "selectiveLogic": 0, "disable": False, "probability": 100, "useProbability": True,
            "caseSensitive": None, "matchWholeWords": None, "position": 0, "depth": 4,
        }
    }  # fmt: skip
    entry = {**ENTRY, "use_regex": True, "id": 1, "position": "after_char", "constant": False}
    entry["extensions"] = {"position": 1, "probability": 100, "selectiveLogic": 0, "depth": 4}
    return {
        "both.png": png(text("chara", in_base64(both)), text("ccv3", in_base64(v3()))),
        "both.json": as_json(both),
        "number.json": as_json(broken),
        "world.json": as_json(v2(character_book={"name": "w", "entries": world})),
        "book.json": as_json(v2(character_book=lore(entry, name="b"))),
        "depth.json": as_json(v2(extensions={"depth_prompt": {"prompt": "x", "depth": 4}})),
        "broken-v3.png": png(text("chara", in_base64(both)), text("ccv3", b"!!!")),
        "apng.png": picture(save_all=True, append_images=[Image.new("RGB", (64, 64))])[:33]
        + text("chara", in_base64(both)) + picture()[33:],
    }  # fmt: skip


def _chub() -> dict[str, bytes]:
    chub = {"chub": {"id": 1, "full_path": "me/mira", "related_lorebooks": []}}
    definition = {
        "name": "Mira Vale", "personality": SHEET, "description": "a catalogue text",
        "first_message": V1["first_mes"], "example_dialogs": V1["mes_example"],
        "scenario": V1["scenario"], "system_prompt": None, "alternate_greetings": [],
        "embedded_lorebook": None, "post_history_instructions": "",
    }  # fmt: skip
    return {
        "null-book.json": as_json(v2(character_book=None, extensions=chub)),
        "null-book.png": png(text("chara", in_base64(v2(character_book=None)))),
        "null-texts.json": as_json(v2(creator_notes=None, system_prompt=None, creator=None)),
        "number.json": as_json(v2(character_version=1.2, tags="elf, ranger")),
        "definition.json": as_json({"node": {"id": 1, "definition": definition}}),
        "unpadded.png": png(text("chara", in_base64(v2()).rstrip(b"="))),
    }


def _risuai() -> dict[str, bytes]:
    old = {
        "name": "Mira Vale", "firstMessage": V1["first_mes"], "desc": SHEET, "chats": [],
        "personality": "dry", "scenario": "", "exampleMessage": V1["mes_example"],
        "alternateGreetings": ["Hm."], "systemPrompt": "", "replaceGlobalNote": "",
        "creatorNotes": "", "tags": [], "globalLore": [{
            "key": "troll, ogre", "secondkey": "", "insertorder": 100, "comment": "t",
            "content": "Trolls fear salt.", "mode": "normal", "alwaysActive": False,
            "selective": False, "activationPercent": None,
        }],
    }  # fmt: skip
    assets = [{"type": "icon", "uri": "embeded://assets/icon/1.png", "name": "main", "ext": "png"}]
    card = v3(assets=assets, nickname="Mira", extensions={"risuai": {"utilityBot": False}})
    zipped = archive(card_json=card, assets__icon__image__1_png=picture())
    return {
        "plain.charx": zipped,
        "jpeg.charx": picture("JPEG") + zipped,
        "jpeg.jpg": picture("JPEG") + zipped,
        "old.json": as_json(old),
        "null-assets.json": as_json(v3(assets=None, nickname=None, source=None)),
        "v3.png": png(text("ccv3", in_base64(card)), text("chara-ext-asset_:1", b"AAAA")),
    }


def _agnai() -> dict[str, bytes]:
    base = {
        "kind": "character", "name": "Mira Vale", "greeting": V1["first_mes"], "tags": ["elf"],
        "description": "catalogue", "scenario": V1["scenario"], "sampleChat": V1["mes_example"],
        "alternateGreetings": ["Hm."], "visualType": "avatar", "voice": {"service": "webspeech"},
    }  # fmt: skip
    plain = {"kind": "text", "attributes": {"text": [SHEET]}}
    words = {"kind": "wpp", "attributes": {"species": ["elf", "ranger"], "hates": ["fire"]}}
    memory = {"kind": "memory", "name": "m", "entries": [
        {"name": "t", "entry": "Trolls fear salt.", "keywords": ["troll"], "priority": 1,
         "weight": 1, "enabled": True}]}  # fmt: skip
    return {
        "text.json": as_json({**base, "persona": plain}),
        "attributes.json": as_json({**base, "persona": words}),
        "memory.json": as_json({**base, "persona": plain, "characterBook": memory}),
        "card.png": png(text("chara", in_base64(v2(extensions={"agnai": {"persona": plain}})))),
    }


def _pygmalion() -> dict[str, bytes]:
    old = {
        "char_name": "Mira Vale", "char_persona": SHEET, "char_greeting": V1["first_mes"],
        "world_scenario": V1["scenario"], "example_dialogue": V1["mes_example"],
    }  # fmt: skip
    webui = {"name": "Mira Vale", "greeting": V1["first_mes"], "context": SHEET}
    return {
        "old.json": as_json(old),
        "mixed.json": as_json({**old, "name": "Mira Vale", "metadata": {"version": 1}}),
        "bom.json": b"\xef\xbb\xbf" + as_json(old),
        "webui.json": as_json(webui),
    }


def _backyard() -> dict[str, bytes]:
    ours = {"{{char}}": "{character}", "{{user}}": "{user}"}

    def told(line: str) -> str:
        for place, theirs in ours.items():
            line = line.replace(place, theirs)
        return line

    lines = [{"key": "troll, ogre", "value": "Trolls fear salt."}]
    old = {"character": {
        "aiName": "Mira Vale", "aiDisplayName": "Mira", "aiPersona": told(SHEET),
        "basePrompt": "Text transcript of a talk of {character}.", "loreItems": lines,
        "scenario": told(V1["scenario"]), "firstMessage": told(V1["first_mes"]),
        "customDialogue": "#{user}: Hi\n#{character}: Evening.", "temperature": 0.8,
    }, "version": 2}  # fmt: skip
    person = {
        "name": "Mira Vale", "displayName": "Mira Vale", "persona": told(SHEET),
        "loreItems": lines, "images": [],
    }  # fmt: skip
    play = {
        "narrative": told(V1["scenario"]), "formattingInstructions": "",
        "firstMessages": [{"text": told(V1["first_mes"])}], "exampleMessages": [{"text": "#{user}: Hi"}],
    }  # fmt: skip
    byaf = archive(
        manifest_json={"characters": ["characters/1/character.json"],
                       "scenarios": ["scenarios/1.json", "scenarios/2.json"]},
        characters__1__character_json=person,
        scenarios__1_json=play,
        scenarios__2_json={**play, "firstMessages": [{"text": "Second, {user}."}]},
    )  # fmt: skip
    comment = base64.b64encode(as_json(old))
    return {
        "old.json": as_json(old),
        "exif.png": png(chunk(b"eXIf", exif(b"ASCII\0\0\0" + comment)[6:])),
        "archive.byaf": byaf,
    }


def _others() -> dict[str, bytes]:
    c_ai = {"character": {"name": "Mira Vale", "title": "elf", "greeting": "You're late.",
                          "description": SHEET, "definition": "{{char}}: Evening."}}  # fmt: skip
    wide = as_json(v2()).decode().encode("utf-16-be")
    return {
        "character-ai.json": as_json(c_ai),
        "tavern-v1.json": as_json(V1),
        "tavern-v1.webp": picture("WEBP", exif=exif(as_json(V1))),
        "numbers.webp": picture("WEBP", exif=exif(",".join(map(str, as_json(V1))).encode())),
        "editor.webp": picture("WEBP", exif=exif(b"ASCII\0\0\0" + in_base64(v2()))),
        "editor.jpg": picture("JPEG", exif=exif(b"ASCII\0\0\0" + in_base64(v2()))),
        "unicode.jpg": picture("JPEG", exif=exif(b"UNICODE\0" + wide)),
        "utf16.json": as_json(v2()).decode().encode("utf-16"),
        "minimal-v3.json": as_json({"spec": "chara_card_v3", "spec_version": "3.0",
                                    "data": {"name": "Mira Vale", "first_mes": "You're late."}}),
        "raw.png": png(chunk(b"iTXt", b"chara\0\0\0\0\0" + as_json(v2()))),
        "packed.png": png(chunk(b"zTXt", b"chara\0\0" + zlib.compress(in_base64(v2())))),
        "urlsafe.png": png(text("chara", base64.urlsafe_b64encode(as_json(
            v2(creator_notes="ÿþ~~~???>>>"))))),
    }  # fmt: skip


PROGRAMS: dict[str, Callable[[], dict[str, bytes]]] = {
    "sillytavern": _sillytavern, "chub": _chub, "risuai": _risuai, "agnai": _agnai,
    "pygmalion": _pygmalion, "backyard": _backyard, "others": _others,
}  # fmt: skip


def exports() -> dict[str, bytes]:
    """Every sample by program and file name."""
    return {
        f"{program}/{name}": content
        for program, samples in PROGRAMS.items()
        for name, content in samples().items()
    }
