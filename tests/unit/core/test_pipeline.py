import pytest

from chatanything.pipeline import slug


@pytest.mark.parametrize(
    ("concept", "name"),
    [
        ("grumpy teapot", "grumpy-teapot"),
        ("  Grumpy\tTEAPOT!? ", "grumpy-teapot"),
        ("../../etc/passwd", "etc-passwd"),
        ("C:\\Windows", "c-windows"),
        ("con", "con-"),
        ("愉快なリンゴ", "愉快なリンゴ"),
        ("x" * 500, "x" * 60),
    ],
)
def test_a_concept_makes_a_safe_folder_name(concept, name):
    assert slug(concept) == name
