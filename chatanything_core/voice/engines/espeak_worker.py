"""One utterance of espeak-ng, spoken by a process of its own.

Run as a script with the standard library only: the library is one process-wide state machine
that crashes under threads and repeats itself exactly only for a fresh process's first words.

Its arguments are the library and the folder of its data, which are loaded at once, so that a process
that was started ahead has nothing left to do but speak. Then one line of JSON on standard input:
    voice: name below the data's `voices` folder, `+` variant;
    parameters: pairs of espeak_PARAMETER number and value; text.
Writes one line of JSON, {rate, bytes, phones: [[symbol, sample]], words: [[sample, first, length]]}
or {error}, and then that many bytes of 16-bit mono samples in the machine's byte order.
"""

import ctypes
import json
import sys

SYNCHRONOUS = 2
PHONEME_EVENTS, PHONEME_IPA, DO_NOT_EXIT = 0x0001, 0x0002, 0x8000
UTF8, END_PAUSE = 0x0001, 0x1000
END, WORD, PHONEME = 0, 1, 7


class EventId(ctypes.Union):
    """`id` of espeak_EVENT."""

    _fields_ = (
        ("number", ctypes.c_int),
        ("name", ctypes.c_char_p),
        ("string", ctypes.c_char * 8),
    )


class Event(ctypes.Structure):
    """espeak_EVENT of speak_lib.h."""

    _fields_ = (
        ("type", ctypes.c_int),
        ("unique_identifier", ctypes.c_uint),
        ("text_position", ctypes.c_int),
        ("length", ctypes.c_int),
        ("audio_position", ctypes.c_int),
        ("sample", ctypes.c_int),
        ("user_data", ctypes.c_void_p),
        ("id", EventId),
    )


Callback = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_void_p, ctypes.c_int, ctypes.POINTER(Event))


class Recorder:
    """Collects what the library calls back with."""

    def __init__(self) -> None:
        self.pcm: list[bytes] = []
        self.phones: list[tuple[str, int]] = []
        self.words: list[tuple[int, int, int]] = []

    def __call__(self, wave: int | None, count: int, events: "ctypes._Pointer[Event]") -> int:
        if wave and count > 0:
            self.pcm.append(ctypes.string_at(wave, 2 * count))
        index = 0
        while events[index].type != END:
            self._note(events[index])
            index += 1
        return 0

    def _note(self, event: Event) -> None:
        if event.type == WORD:
            self.words.append((event.sample, event.text_position, event.length))
        elif event.type == PHONEME:
            # The eight bytes need not end in NUL.
            raw = ctypes.string_at(ctypes.addressof(event) + Event.id.offset, 8)
            self.phones.append((raw.split(b"\0")[0].decode("utf-8", "replace"), event.sample))


class Library:
    """espeak-ng with its data."""

    def __init__(self, path: str, data: str) -> None:
        self.library = ctypes.CDLL(path)
        self.data = data
        options = PHONEME_EVENTS | PHONEME_IPA | DO_NOT_EXIT
        self.rate = self.library.espeak_Initialize(SYNCHRONOUS, 0, data.encode(), options)

    def speak(self, request: dict[str, object]) -> tuple[dict[str, object], bytes]:
        """Header and samples of one utterance."""
        library = self.library
        if self.rate <= 0:
            return {"error": f"espeak-ng cannot read its data in {self.data}"}, b""
        library.espeak_ng_SetRandSeed(
            ctypes.c_long(1)
        )  # else the second of the day is in the breath
        recorder = Recorder()
        callback = Callback(recorder)
        library.espeak_SetSynthCallback(callback)
        if library.espeak_SetVoiceByName(str(request["voice"]).encode()) != 0:
            return {"error": f"espeak-ng has no voice {request['voice']!r}"}, b""
        for number, value in request["parameters"]:  # type: ignore[attr-defined]
            library.espeak_SetParameter(number, value, 0)
        text = str(request["text"]).encode()
        library.espeak_Synth.argtypes = (
            *(ctypes.c_char_p, ctypes.c_size_t, ctypes.c_uint, ctypes.c_int, ctypes.c_uint),
            *(ctypes.c_uint, ctypes.c_void_p, ctypes.c_void_p),
        )
        flags = UTF8 | END_PAUSE
        if library.espeak_Synth(text, len(text) + 1, 0, 1, 0, flags, None, None) != 0:
            return {"error": "espeak-ng could not speak the text"}, b""
        pcm = b"".join(recorder.pcm)
        told = {"phones": recorder.phones, "words": recorder.words}
        return {"rate": self.rate, "bytes": len(pcm), **told}, pcm


def main() -> None:
    """Answer one request; none, when nobody asks any more."""
    library = Library(*sys.argv[1:3])
    line = sys.stdin.buffer.readline()
    if not line:
        return
    header, pcm = library.speak(json.loads(line))
    sys.stdout.buffer.write(json.dumps(header).encode() + b"\n" + pcm)
    sys.stdout.buffer.flush()


if __name__ == "__main__":
    main()
