"""What the mouth does for each sound: IPA letters, the 15 Oculus visemes, and mouth targets.

The viseme classes follow the Oculus/Meta LipSync reference. The targets of the vowels follow
their place in the IPA chart: height opens the jaw, frontness spreads the corners, rounding
protrudes the lips.
"""

import unicodedata
from dataclasses import dataclass, replace
from functools import lru_cache


@dataclass(frozen=True)
class PhonemeShape:
    """One articulation that the mouth can be seen to make."""

    viseme: str
    """One of VISEMES."""
    vowel: bool = False
    jaw: float = 0.5
    """Opening of the lips in [0, 1]; they stay apart on consonants that they have no part in."""
    wide: float = 0.0
    """Corner spread in [-1, 1]."""
    round: float = 0.0
    """Lip rounding in [0, 1]."""
    closed: float = 0.0
    """Lip contact in [0, 1]."""
    tongue: float = 0.0
    """Tongue tip at the teeth in [0, 1]."""
    teeth: float = 0.0
    """Teeth together, or lower lip under them, in [0, 1]."""
    jaw_grip: float = 1.0
    """How strongly it holds the jaw against its neighbours, in [0, 1]."""
    lip_grip: float = 1.0
    """How strongly it holds the lips against its neighbours, in [0, 1]."""


SILENCE = PhonemeShape("sil", jaw=0.0, closed=1.0)
"""A pause: the mouth rests, lips together."""


def _vowel(viseme: str, jaw: float, wide: float = 0.0, rounded: float = 0.0) -> PhonemeShape:
    return PhonemeShape(viseme, vowel=True, jaw=jaw, wide=wide, round=rounded)


_PP = PhonemeShape("PP", jaw=0.05, closed=1.0, jaw_grip=0.1, lip_grip=0.6)
_FF = PhonemeShape("FF", jaw=0.1, wide=0.1, teeth=1.0, lip_grip=0.9)
_TH = PhonemeShape("TH", jaw=0.45, tongue=1.0, jaw_grip=0.7, lip_grip=0.2)
_DD = PhonemeShape("DD", jaw=0.49, tongue=0.8, jaw_grip=0.7, lip_grip=0.15)
_KK = PhonemeShape("kk", jaw=0.54, jaw_grip=0.45, lip_grip=0.1)
_HH = PhonemeShape("kk", jaw=0.56, jaw_grip=0.15, lip_grip=0.05)
_CH = PhonemeShape("CH", jaw=0.42, wide=-0.35, round=0.55, teeth=0.7, lip_grip=0.8)
_SS = PhonemeShape("SS", jaw=0.42, wide=0.35, teeth=0.9, lip_grip=0.4)
_NN = PhonemeShape("nn", jaw=0.49, tongue=0.8, jaw_grip=0.5, lip_grip=0.15)
_LL = PhonemeShape("nn", jaw=0.54, tongue=1.0, jaw_grip=0.5, lip_grip=0.15)
_RR = PhonemeShape("RR", jaw=0.51, wide=-0.2, round=0.4, tongue=0.2, jaw_grip=0.5, lip_grip=0.5)
_UR = PhonemeShape("RR", jaw=0.52, jaw_grip=0.4, lip_grip=0.1)
_W = PhonemeShape("ou", jaw=0.35, wide=-0.8, round=1.0, jaw_grip=0.8)
_J = PhonemeShape("ih", jaw=0.47, wide=0.7, jaw_grip=0.6, lip_grip=0.5)

SOUNDS: dict[str, PhonemeShape] = {
    **dict.fromkeys(("p", "b", "m", "ɓ", "ʙ"), _PP),
    **dict.fromkeys(("f", "v", "ɱ", "ʋ", "ⱱ"), _FF),
    **dict.fromkeys(("ɸ", "β"), replace(_PP, closed=0.7)),
    **dict.fromkeys(("θ", "ð"), _TH),
    **dict.fromkeys(("t", "d", "ʈ", "ɖ", "ɗ", "ʇ"), _DD),
    **dict.fromkeys(("k", "ɡ", "g", "x", "ɣ", "q", "ɢ", "ŋ", "ɴ", "χ", "c", "ɟ", "ɠ", "ʛ"), _KK),
    **dict.fromkeys(("h", "ɦ", "ħ", "ʕ", "ʔ", "ʜ", "ʢ", "ɰ"), _HH),
    **dict.fromkeys(("ʃ", "ʒ", "tʃ", "dʒ", "ʂ", "ʐ", "tʂ", "dʐ"), _CH),
    **dict.fromkeys(("ɕ", "ʑ", "tɕ", "dʑ"), replace(_CH, wide=0.1, round=0.2)),
    **dict.fromkeys(("s", "z", "ts", "dz", "ç", "ʝ", "ɬ", "ɮ"), _SS),
    **dict.fromkeys(("n", "ɲ", "ɳ", "ɾ", "ɺ", "ɽ"), _NN),
    **dict.fromkeys(("l", "ɭ", "ʎ", "ɫ", "ʟ"), _LL),
    **dict.fromkeys(("ɹ", "ɻ"), _RR),
    "r": replace(_NN, viseme="RR"),
    **dict.fromkeys(("ʁ", "ʀ"), _UR),
    **dict.fromkeys(("w", "ʍ", "ɥ"), _W),
    "j": _J,
    "i": _vowel("ih", 0.52, 0.9),
    "y": _vowel("ih", 0.45, -0.4, 0.85),
    "ɨ": _vowel("ih", 0.52, 0.5),
    "ʉ": _vowel("ou", 0.44, -0.5, 0.85),
    "ɯ": _vowel("ou", 0.51, 0.3),
    "u": _vowel("ou", 0.42, -0.85, 1.0),
    "ɪ": _vowel("ih", 0.6, 0.6),
    "ʏ": _vowel("ih", 0.51, -0.3, 0.65),
    "ʊ": _vowel("ou", 0.51, -0.5, 0.75),
    "e": _vowel("E", 0.65, 0.65),
    "ø": _vowel("E", 0.58, -0.3, 0.75),
    "ɘ": _vowel("E", 0.63, 0.3),
    "ɵ": _vowel("oh", 0.58, -0.4, 0.75),
    "ɤ": _vowel("oh", 0.63, 0.1),
    "o": _vowel("oh", 0.61, -0.55, 0.85),
    "ə": _vowel("E", 0.63, 0.1),
    "ᵻ": _vowel("ih", 0.58, 0.4),
    "ɐ": _vowel("aa", 0.77, 0.2),
    "ɛ": _vowel("E", 0.75, 0.5),
    "œ": _vowel("E", 0.7, -0.15, 0.55),
    "ɜ": _vowel("E", 0.68, 0.0, 0.15),
    "ɞ": _vowel("E", 0.65, -0.2, 0.5),
    "ʌ": _vowel("aa", 0.81, 0.1),
    "ɔ": _vowel("oh", 0.79, -0.35, 0.6),
    "æ": _vowel("aa", 0.91, 0.55),
    "a": _vowel("aa", 0.96, 0.3),
    "ɑ": _vowel("aa", 1.0, 0.05),
    "ɒ": _vowel("aa", 0.91, -0.2, 0.4),
    "ɶ": _vowel("aa", 0.91, -0.1, 0.4),
    "ɚ": _vowel("RR", 0.6, -0.15, 0.35),
    "ɝ": _vowel("RR", 0.61, -0.15, 0.35),
}
_UNKNOWN = _vowel("E", 0.65)
_LONGEST = max(map(len, SOUNDS))
_ARTICULATION = str.maketrans("", "", "ˈˌːˑˀ'ʰʲʷˠˤ.-_~|")


def letters(symbol: str) -> str:
    """An IPA symbol without stress, length, tones, diacritics and ASCII leftovers.

    >>> letters("ˈɔ̃ː"), letters("ts.h"), letters("iɜ5")
    ('ɔ', 'tsh', 'iɜ')
    """
    plain = unicodedata.normalize("NFD", symbol).translate(_ARTICULATION)
    # Cedillas belong to the letter (ç); every other mark rides on it.
    kept = (c for c in plain if unicodedata.category(c) in {"Ll", "Lo"} or c == "\u0327")
    return unicodedata.normalize("NFC", "".join(kept))


@lru_cache(maxsize=4096)
def phoneme_shapes_of(symbol: str) -> tuple[PhonemeShape, ...]:
    """The articulations of one phone, in order; a pause is `SILENCE`.

    >>> [sound.viseme for sound in phoneme_shapes_of("aɪ")]
    ['aa', 'ih']
    >>> [sound.viseme for sound in phoneme_shapes_of("tʃ")], phoneme_shapes_of("")[0].viseme
    (['CH'], 'sil')
    """
    rest = letters(symbol)
    if not rest:
        return (SILENCE,)
    found: list[PhonemeShape] = []
    while rest:
        size = next((n for n in range(_LONGEST, 0, -1) if rest[:n] in SOUNDS), 0)
        sound = SOUNDS[rest[:size]] if size else _UNKNOWN
        if not found or found[-1] != sound:
            found.append(sound)
        rest = rest[size or 1 :]
    return tuple(found)


def shares(count: int) -> tuple[float, ...]:
    """How a phone's time is divided among its sounds: 60/40 for a diphthong.

    >>> shares(2)
    (0.6, 0.4)
    """
    if count == 2:
        return (0.6, 0.4)
    return tuple(1.0 / count for _ in range(count))
