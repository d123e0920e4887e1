import pytest

from chatanything.atomic_write import atomic_write
from chatanything.errors import OutputError


def test_a_file_appears_whole(tmp_path):
    with atomic_write(tmp_path / "new" / "a.txt") as part:
        part.write_text("done", encoding="utf-8")
        assert part.suffix == ".txt"
        assert not (tmp_path / "new" / "a.txt").exists()
    assert (tmp_path / "new" / "a.txt").read_text(encoding="utf-8") == "done"


@pytest.mark.parametrize("failure", [ValueError, KeyboardInterrupt])
def test_a_failure_leaves_nothing_and_keeps_the_old(tmp_path, failure):
    (tmp_path / "a.txt").write_text("old", encoding="utf-8")
    with pytest.raises(failure), atomic_write(tmp_path / "a.txt") as part:
        part.write_text("half", encoding="utf-8")
        raise failure
    assert [path.name for path in tmp_path.iterdir()] == ["a.txt"]
    assert (tmp_path / "a.txt").read_text(encoding="utf-8") == "old"


def test_an_unwritable_place_is_one_clear_error(tmp_path):
    (tmp_path / "file").touch()
    with (
        pytest.raises(OutputError, match="Choose a folder"),
        atomic_write(tmp_path / "file" / "a.txt"),
    ):
        pass
