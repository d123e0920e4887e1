"""Reading TFLite files, and every operator against a plain loop."""

import math

import numpy as np
import pytest

from chatanything.errors import EngineError
from chatanything.landmarks.blazeface.attention import LIPS
from chatanything.landmarks.blazeface.network import Network
from tests.tools.models.tflite import Op, Table, Value, ints, model

RNG = np.random.default_rng(0)


def noise(*shape):
    return RNG.normal(size=shape).astype(np.float32)


def run(code, shape, out, *constants, options=None, image=None, **custom):
    """One operator on a picture of `shape`, its other inputs constant."""
    image = noise(*shape) if image is None else image
    values = [Value(shape), *(Value(c.shape, c) for c in constants), Value(out)]
    op = Op(code, list(range(len(values) - 1)), len(values) - 1, options or {}, **custom)
    network = Network(model(values, [op], [0], [len(values) - 1]), "a test")
    assert network.input_shape == shape and network.output_shapes == (out,)
    (result,) = network(image)
    assert result.shape == out
    return image, result


def padding(side, kernel, stride, same):
    """Size of the output and what is padded before, as TensorFlow says it."""
    if not same:
        return math.ceil((side - kernel + 1) / stride), 0
    count = math.ceil(side / stride)
    return count, max((count - 1) * stride + kernel - side, 0) // 2


def windows(image, kernel, stride, same):
    """Of each output pixel: its place, and what of the picture the kernel's cells see there."""
    (kh, kw), (sh, sw) = kernel, stride
    _, h, w, _ = image.shape
    (rows, top), (columns, left) = padding(h, kh, sh, same), padding(w, kw, sw, same)
    for y in range(rows):
        for x in range(columns):
            cells = {}
            for i in range(kh):
                for j in range(kw):
                    r, c = y * sh + i - top, x * sw + j - left
                    if 0 <= r < h and 0 <= c < w:
                        cells[i, j] = image[0, r, c]
            yield (y, x), cells


def shape_out(shape, kernel, stride, same, count):
    sides = (padding(s, k, t, same)[0] for s, k, t in zip(shape[1:3], kernel, stride, strict=True))
    return (1, *sides, count)


CASES = [
    ((1, 7, 6, 3), (3, 3), (1, 1), True),
    ((1, 8, 9, 2), (5, 3), (2, 2), True),
    ((1, 8, 9, 2), (3, 2), (2, 1), False),
    ((1, 4, 4, 5), (1, 1), (1, 1), True),
    ((1, 4, 5, 1), (1, 1), (2, 2), True),
]


@pytest.mark.parametrize("act", [0, 1, 3])
@pytest.mark.parametrize(("shape", "kernel", "stride", "same"), CASES)
def test_conv_2d(shape, kernel, stride, same, act):
    weights, bias = noise(4, *kernel, shape[3]), noise(4)
    out = shape_out(shape, kernel, stride, same, 4)
    options = {0: ("b", int(not same)), 1: ("i", stride[1]), 2: ("i", stride[0]), 3: ("b", act)}
    image, result = run(3, shape, out, weights, bias, options=options)
    expected = np.zeros(out)
    for place, cells in windows(image, kernel, stride, same):
        for o in range(4):
            expected[0][place][o] = bias[o] + sum(
                float(cell @ weights[o][at]) for at, cell in cells.items()
            )
    assert result == pytest.approx(fused(expected, act), abs=1e-4)


def fused(values, act):
    return {0: values, 1: np.maximum(values, 0), 3: np.clip(values, 0, 6)}[act]


@pytest.mark.parametrize("multiplier", [1, 2])
@pytest.mark.parametrize(("shape", "kernel", "stride", "same"), CASES)
def test_depthwise_conv_2d(shape, kernel, stride, same, multiplier):
    count = shape[3] * multiplier
    weights, bias = noise(1, *kernel, count), noise(count)
    out = shape_out(shape, kernel, stride, same, count)
    options = {
        0: ("b", int(not same)),
        1: ("i", stride[1]),
        2: ("i", stride[0]),
        3: ("i", multiplier),
    }
    image, result = run(4, shape, out, weights, bias, options=options)
    expected = np.zeros(out)
    for place, cells in windows(image, kernel, stride, same):
        for o in range(count):
            expected[0][place][o] = bias[o] + sum(
                float(cell[o // multiplier] * weights[0][at][o]) for at, cell in cells.items()
            )
    assert result == pytest.approx(expected, abs=1e-4)


@pytest.mark.parametrize(("code", "verb"), [(17, np.max), (1, np.mean)])
@pytest.mark.parametrize(("shape", "kernel", "stride", "same"), CASES)
def test_pools(code, verb, shape, kernel, stride, same):
    out = shape_out(shape, kernel, stride, same, shape[3])
    options = {
        0: ("b", int(not same)),
        1: ("i", stride[1]),
        2: ("i", stride[0]),
        3: ("i", kernel[1]),
        4: ("i", kernel[0]),
    }
    image, result = run(code, shape, out, options=options)
    for place, cells in windows(image, kernel, stride, same):
        assert result[0][place] == pytest.approx(verb(list(cells.values()), axis=0), abs=1e-5)


@pytest.mark.parametrize(("code", "verb"), [(0, np.add), (41, np.subtract), (18, np.multiply)])
def test_arithmetic(code, verb):
    other = noise(1, 1, 1, 4)
    image, result = run(code, (1, 3, 2, 4), (1, 3, 2, 4), other, options={0: ("b", 1)})
    assert result == pytest.approx(np.maximum(verb(image, other), 0))


@pytest.mark.parametrize("scale", [0.3, 3.0])
def test_prelu(scale):
    slopes = (noise(1, 1, 4) * np.float32(scale)).astype(np.float32)
    image, result = run(54, (1, 3, 2, 4), (1, 3, 2, 4), slopes)
    assert result == pytest.approx(np.where(image > 0, image, image * slopes))


@pytest.mark.parametrize(
    ("code", "function"),
    [
        (19, lambda v: max(v, 0)),
        (21, lambda v: min(max(v, 0), 6)),
        (14, lambda v: 1 / (1 + math.exp(-v)) if v > -700 else 0.0),
    ],
)
def test_single_valued(code, function):
    image = np.array([[-1000, -6, -0.5, 0, 0.5, 5, 7, 1000]], np.float32)
    _, result = run(code, (1, 8), (1, 8), image=image)
    assert result[0].tolist() == pytest.approx([function(v) for v in image[0].tolist()], abs=1e-6)


def test_fully_connected():
    weights, bias = noise(5, 12), noise(5)
    image, result = run(9, (1, 2, 2, 3), (1, 5), weights, bias)
    assert result[0] == pytest.approx(weights @ image.ravel() + bias, abs=1e-5)


def test_mean():
    image, result = run(40, (1, 3, 4, 2), (1, 2), ints([1, 2]))
    assert result[0] == pytest.approx(image[0].reshape(12, 2).mean(0), abs=1e-6)


def test_shapes():
    image, result = run(22, (1, 2, 3, 4), (1, 6, 4), ints([1, -1, 4]))
    assert (result == image.reshape(1, 6, 4)).all()
    image, result = run(34, (1, 2, 3, 1), (1, 5, 3, 3), ints([[0, 0], [1, 2], [0, 0], [0, 2]]))
    assert (result[:, 1:3, :, :1] == image).all() and result.sum() == pytest.approx(image.sum())
    bounds = (ints([0, 1, 0]), ints([1, 4, 4]), ints([1, 2, 1]))
    image, result = run(45, (1, 5, 4), (1, 2, 4), *bounds)
    assert (result == image[:, 1:4:2]).all()
    other = noise(1, 2, 3, 2)
    image, result = run(2, (1, 2, 3, 4), (1, 2, 3, 6), other, options={0: ("i", 3)})
    assert (result == np.concatenate([image, other], 3)).all()


def test_depth_to_space():
    image, result = run(5, (1, 2, 3, 8), (1, 4, 6, 2), options={0: ("i", 2)})
    for y in range(4):
        for x in range(6):
            first = (y % 2 * 2 + x % 2) * 2
            assert (result[0, y, x] == image[0, y // 2, x // 2, first : first + 2]).all()


@pytest.mark.parametrize("align, half", [(0, 0), (1, 0), (0, 1)])
def test_resize_bilinear(align, half):
    options = {2: ("b", align), 3: ("b", half)}
    image, result = run(23, (1, 3, 4, 2), (1, 5, 8, 2), ints([5, 8]), options=options)

    def place(i, count, side):
        if half:
            spot = (i + 0.5) * side / count - 0.5
        else:
            spot = i * (side - 1) / (count - 1) if align else i * side / count
        spot = min(max(spot, 0), side - 1)
        return int(spot), min(int(spot) + 1, side - 1), spot % 1

    for y in range(5):
        for x in range(8):
            (a, b, f), (c, d, g) = place(y, 5, 3), place(x, 8, 4)
            upper = image[0, a, c] * (1 - g) + image[0, a, d] * g
            lower = image[0, b, c] * (1 - g) + image[0, b, d] * g
            assert result[0, y, x] == pytest.approx(upper * (1 - f) + lower * f, abs=1e-5)


def sparse(order, *levels):
    """Sparsity of a tensor; a level is a number of entries or (segments, indices)."""
    made = []
    for level in levels:
        if isinstance(level, int):
            made.append(Table({0: ("b", 0), 1: ("i", level)}))
            continue
        segments, entries = (Table({0: np.array(part, "u1")}) for part in level)
        made.append(Table({0: ("b", 1), 2: ("B", 3), 3: segments, 4: ("B", 3), 5: entries}))
    return Table({0: ints(order), 2: made})


def test_half_and_sparse_weights_are_written_out():
    """As the full-range detector has them: DENSIFY, then DEQUANTIZE, then used."""
    kept = np.array([1.5, -2, 3], np.float16)
    levels = sparse([0, 1], 2, ([0, 1, 3], [2, 0, 3]))
    values = [
        Value((1, 4)),
        Value((2, 4), kept, levels),
        Value((2, 4)),
        Value((2, 4)),
        Value((1, 2)),
    ]
    ops = [Op(124, [1], 2), Op(6, [2], 3), Op(9, [0, 3], 4)]
    network = Network(model(values, ops, [0], [4]), "a test")
    dense = np.array([[0, 0, 1.5, 0], [-2, 0, 0, 3]])
    image = noise(1, 4)
    assert network(image)[0][0] == pytest.approx(dense @ image[0], abs=1e-5)


def test_the_attention_mesh_looks_where_the_lips_are():
    """Its three operators: a level square round turned lips, sampled, and points put back."""
    mesh = np.zeros((1, 468, 3), np.float32)
    turn = 0.4
    across, down = (
        np.array([math.cos(turn), math.sin(turn)]),
        np.array([-math.sin(turn), math.cos(turn)]),
    )
    spread = RNG.uniform(-1, 1, (len(LIPS), 2)) * (3, 1)
    spread[LIPS.index(61)], spread[LIPS.index(291)] = (-3, 0), (3, 0)
    spread[:2, 1], spread[2:4, 1] = (0, 1), (-1, 0)
    mesh[0, list(LIPS), :2] = (12, 9) + spread[:, :1] * across + spread[:, 1:] * down
    y, x = np.mgrid[:20, :24]
    features = np.stack([x, y], -1)[None].astype(np.float32)
    options = np.array(LIPS, "<u2").tobytes()
    middle = np.full((1, 1, 2), 8, np.float32)
    values = [
        Value((1, 468, 3)), Value(features.shape, features), Value((1, 1, 2), middle),
        Value((1, 4, 4)), Value((1, 16, 16, 2)), Value((1, 1, 2)),
    ]  # fmt: skip
    ops = [
        Op(32, [0], 3, custom="Landmarks2TransformMatrix", custom_options=options),
        Op(32, [1, 3], 4, custom="TransformTensorBilinear"),
        Op(32, [2, 3], 5, custom="TransformLandmarks"),
    ]
    matrix, seen, spot = Network(model(values, ops, [0], [3, 4, 5]), "a test")(mesh)
    assert spot[0, 0] == pytest.approx([12, 9], abs=1e-4)
    assert matrix[0, :2, 0] * 16 == pytest.approx(1.5 * 6 * across, abs=1e-4)
    assert matrix[0, :2, 1] * 16 == pytest.approx(1.5 * 2 * down, abs=1e-4)
    # Features that are their own places, half a pixel in, come back as the places sampled.
    cell = matrix[0, :2, :2] @ (4.5, 11.5) + matrix[0, :2, 3]
    assert seen[0, 11, 4] + 0.5 == pytest.approx(cell, abs=1e-4)


def test_outside_the_picture_there_are_no_features():
    frame = np.eye(4, dtype=np.float32)[None]
    frame[0, :2, 3] = (3, -2)
    custom = {"custom": "TransformTensorBilinear"}
    _, seen = run(
        32, (1, 5, 6, 1), (1, 4, 4, 1), frame, image=np.ones((1, 5, 6, 1), np.float32), **custom
    )
    assert seen[0, :, :, 0].tolist() == [[0] * 4, [0] * 4, [1, 1, 1, 0], [1, 1, 1, 0]]


def tiny():
    """A network with a bit of everything that files have."""
    values = [
        Value((1, 8, 8, 3)), Value((4, 3, 3, 3), noise(4, 3, 3, 3).astype(np.float16)),
        Value((4, 3, 3, 3)), Value((4,), noise(4)), Value((1, 4, 4, 4)), Value((4,), noise(4)),
        Value((1, 4, 4, 4)), Value((1, 1, 4), noise(1, 1, 4)), Value((1, 4, 4, 4)),
        Value((4, 2), ints([[0, 0], [1, 1], [1, 1], [0, 0]])), Value((1, 6, 6, 4)),
        Value((2,), ints([12, 12])), Value((1, 12, 12, 4)), Value((1, 144, 4)),
        Value((1, 3, 3, 4), noise(1, 3, 3, 4)),
    ]  # fmt: skip
    ops = [
        Op(6, [1], 2),
        Op(3, [0, 2, 3], 4, {1: ("i", 2), 2: ("i", 2)}),
        Op(4, [4, 14, 5], 6, {1: ("i", 1), 2: ("i", 1), 3: ("i", 1)}),
        Op(54, [6, 7], 8),
        Op(34, [8, 9], 10),
        Op(23, [10, 11], 12),
        Op(22, [12], 13),
    ]
    return model(values, ops, [0], [13])


def attempt(data):
    """Whether a network is read and run; anything but our own error is a failure."""
    try:
        network = Network(data, "a test")
    except EngineError as error:
        assert "a test cannot be used" in str(error)
        return False
    shape = network.input_shape
    if math.prod(shape) < 1 << 16:
        network(np.zeros(shape, np.float32))
    return True


def test_a_file_that_is_cut_short_is_refused():
    data = tiny()
    assert attempt(data)
    read = [attempt(data[:end]) for end in range(len(data))]
    assert not any(read[: len(data) - 4]), "every byte of this file counts"


def test_flipped_bytes_are_refused_or_run():
    data, rng = tiny(), np.random.default_rng(1)
    outcomes = set()
    for _ in range(1500):
        broken = bytearray(data)
        for place in rng.integers(0, len(data), rng.integers(1, 4)):
            broken[place] = rng.integers(0, 256)
        outcomes.add(attempt(bytes(broken)))
    assert outcomes == {True, False}


@pytest.mark.parametrize("data", [b"", b"TFL3", b"\0\0\0\0TFL3", b"PK\x03\x04" * 9, bytes(64)])
def test_foreign_files_are_refused(data):
    assert not attempt(data)


@pytest.mark.parametrize(
    ("code", "out", "says"),
    [
        (97, (1, 4), "unknown here .97"),
        (22, (1, 5), "reshaped"),
        (19, (2, 4), "declared"),
        (19, (1 << 20, 1 << 20), "shape"),
        (19, (1, -4), "shape"),
    ],
)
def test_what_does_not_fit_is_said(code, out, says):
    data = model([Value((1, 4)), Value(out)], [Op(code, [0], 1)], [0], [1])
    with pytest.raises(EngineError, match=says):
        Network(data, "a test")


def test_weights_of_whole_numbers_are_refused():
    values = [Value((1, 4)), Value((2, 4), np.ones((2, 4), np.int8)), Value((2, 4)), Value((1, 2))]
    data = model(values, [Op(6, [1], 2), Op(9, [0, 2], 3)], [0], [3])
    with pytest.raises(EngineError, match="quantised"):
        Network(data, "a test")
