"""Real ONNX speech models made absurdly small: they hum two tones that their inputs set.

Kokoro's reads a style vector of 256 numbers: the first half's mean is the hum's third formant, the
second half's mean its pitch, both in kHz. Piper's hums one tone.
"""

import json
from pathlib import Path

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

RATE = 24000
PIPER_RATE, PIPER_HOP = 16000, 256


def kokoro_folder(folder: Path, packs: dict[str, np.ndarray]) -> Path:
    """`folder`/kokoro with a model that reports durations and with these style packs."""
    place = folder / "kokoro"
    place.mkdir(parents=True)
    onnx.save(_kokoro(), str(place / "kokoro-tiny.onnx"))
    with (place / "voices-tiny.bin").open("wb") as file:
        np.savez(file, **packs)
    return folder


def pack(formant_khz: float, pitch_khz: float) -> np.ndarray:
    """A style pack of the real shape."""
    style = np.empty((510, 1, 256), np.float32)
    style[..., :128], style[..., 128:] = formant_khz, pitch_khz
    return style


def piper_folder(folder: Path, name: str) -> Path:
    """`folder`/piper with a voice of this name."""
    place = folder / "piper"
    place.mkdir(parents=True)
    onnx.save(_piper(), str(place / f"{name}.onnx"))
    symbols = ["_", "^", "$", " ", "ˈ", "ː", *"abdefhijklmnoprstuvwzæðŋɐɑɔəɚɛɜɡɪɹʃʊʌʒθ", ".", ","]
    config = {
        "num_symbols": len(symbols),
        "num_speakers": 1,
        "audio": {"sample_rate": PIPER_RATE},
        "espeak": {"voice": "en-us"},
        "phoneme_id_map": {symbol: [number] for number, symbol in enumerate(symbols)},
    }
    (place / f"{name}.onnx.json").write_text(json.dumps(config), encoding="utf-8")
    return folder


def _kokoro() -> onnx.ModelProto:
    constants = {
        "one": np.array(1, np.int64),
        "hop": np.array(600, np.int64),
        "frames": np.array([4.0], np.float32),
        "zero_f": np.array(0.0, np.float32),
        "one_f": np.array(1.0, np.float32),
        "turn": np.array(2 * np.pi * 1000 / RATE, np.float32),
        "soft": np.array(0.3, np.float32),
        **{n: np.array([v], np.int64) for n, v in (("c0", 0), ("c128", 128), ("c256", 256))},
    }
    nodes = [
        helper.make_node("Shape", ["tokens"], ["shape"]),
        helper.make_node("Gather", ["shape", "one"], ["count"]),
        helper.make_node("Div", ["frames", "speed"], ["each_f"]),
        helper.make_node("Round", ["each_f"], ["each_r"]),
        helper.make_node("Cast", ["each_r"], ["each"], to=TensorProto.INT64),
        helper.make_node("Unsqueeze", ["count", "c0"], ["count_v"]),
        helper.make_node("Expand", ["each", "count_v"], ["duration"]),
        helper.make_node("ReduceSum", ["duration"], ["total"], keepdims=0),
        helper.make_node("Mul", ["total", "hop"], ["length"]),
        helper.make_node("Cast", ["length"], ["length_f"], to=TensorProto.FLOAT),
        helper.make_node("Range", ["zero_f", "length_f", "one_f"], ["time"]),
        helper.make_node("Mul", ["time", "turn"], ["phase"]),
        *_tone("timbre", "c0", "c128", "third"),
        *_tone("prosody", "c128", "c256", "first"),
        helper.make_node("Add", ["third", "first"], ["both"]),
        helper.make_node("Mul", ["both", "soft"], ["audio"]),
    ]
    inputs = [
        helper.make_tensor_value_info("tokens", TensorProto.INT64, [1, None]),
        helper.make_tensor_value_info("style", TensorProto.FLOAT, [1, 256]),
        helper.make_tensor_value_info("speed", TensorProto.FLOAT, [1]),
    ]
    outputs = [
        helper.make_tensor_value_info("audio", TensorProto.FLOAT, [None]),
        helper.make_tensor_value_info("duration", TensorProto.INT64, [None]),
    ]
    return _model(nodes, inputs, outputs, constants)


def _tone(half: str, first: str, last: str, out: str) -> list[onnx.NodeProto]:
    """A sine whose frequency in kHz is the mean of half a style vector."""
    return [
        helper.make_node("Slice", ["style", first, last, "one_axis"], [half]),
        helper.make_node("ReduceMean", [half], [f"{half}_khz"], keepdims=0),
        helper.make_node("Mul", ["phase", f"{half}_khz"], [f"{half}_phase"]),
        helper.make_node("Sin", [f"{half}_phase"], [out]),
    ]


def _piper() -> onnx.ModelProto:
    constants = {
        "axis": np.array(1, np.int64),
        "second": np.array([1], np.int64),
        "third": np.array([2], np.int64),
        "frames": np.array([5.2], np.float32),
        "hop": np.array(float(PIPER_HOP), np.float32),
        "zero_f": np.array(0.0, np.float32),
        "one_f": np.array(1.0, np.float32),
        "turn": np.array(2 * np.pi * 180 / PIPER_RATE, np.float32),
        "shape4": np.array([1, 1, 1, -1], np.int64),
        "shape3": np.array([1, 1, -1], np.int64),
    }
    nodes = [
        helper.make_node("Shape", ["input"], ["shape"]),
        helper.make_node("Gather", ["shape", "second"], ["count"]),
        helper.make_node("Slice", ["scales", "second", "third"], ["length_scale"]),
        helper.make_node("Mul", ["frames", "length_scale"], ["width"]),
        helper.make_node("Expand", ["width", "count"], ["widths"]),
        helper.make_node("Ceil", ["widths"], ["w_ceil"]),
        helper.make_node("ReduceSum", ["w_ceil"], ["total"], keepdims=0),
        helper.make_node("Mul", ["total", "hop"], ["samples"]),
        helper.make_node("Range", ["zero_f", "samples", "one_f"], ["time"]),
        helper.make_node("Mul", ["time", "turn"], ["phase"]),
        helper.make_node("Sin", ["phase"], ["tone"]),
        helper.make_node("Reshape", ["tone", "shape4"], ["output"]),
    ]
    inputs = [
        helper.make_tensor_value_info("input", TensorProto.INT64, [1, None]),
        helper.make_tensor_value_info("input_lengths", TensorProto.INT64, [1]),
        helper.make_tensor_value_info("scales", TensorProto.FLOAT, [3]),
    ]
    outputs = [helper.make_tensor_value_info("output", TensorProto.FLOAT, [1, 1, 1, None])]
    return _model(nodes, inputs, outputs, constants)


def _model(
    nodes: list[onnx.NodeProto],
    inputs: list[onnx.ValueInfoProto],
    outputs: list[onnx.ValueInfoProto],
    constants: dict[str, np.ndarray],
) -> onnx.ModelProto:
    held = [numpy_helper.from_array(value, name) for name, value in constants.items()]
    held.append(numpy_helper.from_array(np.array([1], np.int64), "one_axis"))
    graph = helper.make_graph(nodes, "tiny", inputs, outputs, held)
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)])
    model.ir_version = 8
    onnx.checker.check_model(model)
    return model
