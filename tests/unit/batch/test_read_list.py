"""Lists of results that are wanted."""

import pytest

from chatanything.batch import columns_of, read_list
from chatanything.batch.read_requests import read_request
from chatanything.errors import InputError


def written(folder, text, encoding="utf-8"):
    path = folder / "list.csv"
    path.write_text(text, encoding=encoding)
    return path


def test_rows_are_named_after_their_first_cell_and_never_alike(tmp_path):
    rows = read_list(written(tmp_path, "concept,seed\nGrumpy Teapot!,1\n\ngrumpy teapot,2\n"))
    assert [row.name for row in rows] == ["grumpy-teapot", "grumpy-teapot-2"]
    assert [row.line for row in rows] == [2, 4]
    assert rows[1].values == {"concept": "grumpy teapot", "seed": "2"}


def test_a_free_name_is_not_one_that_another_row_asked_for(tmp_path):
    rows = read_list(written(tmp_path, "concept,name\nowl,\nowl,\nfox,owl\n"))
    assert [row.name for row in rows] == ["owl-2", "owl-3", "owl"]


def test_cells_hold_commas_quotes_and_lines_as_spreadsheets_write_them(tmp_path):
    path = written(tmp_path, 'concept,text\r\nowl,"Well, ""hello"".\r\nBye."\r\n', "utf-8-sig")
    (row,) = read_list(path)
    assert row.values["text"].splitlines() == ['Well, "hello".', "Bye."]


def test_columns_are_those_that_some_row_fills(tmp_path):
    rows = read_list(written(tmp_path, "concept,seed,voice,name\nowl,1,,a\nfox,2,,b\n"))
    assert columns_of(rows) == ("concept", "seed")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("concept,seed\n", "has no rows"),
        ("", "column without a name"),
        ("concept,concept\na,b\n", "names 'concept' twice"),
        ("concept\na,b\n", "line 2: 2 cells for 1 columns"),
        ("concept,name\na,x\nb,X!\n", "names two rows 'x'"),
        ('concept\n"owl\n', "unexpected end of data"),
    ],
)
def test_a_list_that_cannot_be_meant_is_refused(tmp_path, text, said):
    with pytest.raises(InputError, match=said):
        read_list(written(tmp_path, text))


@pytest.mark.parametrize("name", ["../../etc", "CON", "a/b\\c", "*?", ".hidden"])
def test_folder_names_are_safe(tmp_path, name):
    (row,) = read_list(written(tmp_path, f"concept,name\nowl,{name}\n"))
    assert not set(row.name) & set('./\\*?"<>|:')
    assert row.name.upper() not in {"CON", "AUX", ""}


@pytest.mark.parametrize(
    ("cell", "meant"), [("no", False), ("0", False), ("TRUE", True), ("yes", True)]
)
def test_yes_and_no_are_what_they_say(tmp_path, cell, meant):
    (row,) = read_list(written(tmp_path, f"concept,mark,strict\nowl,{cell},{cell}\n"))
    request = read_request(row, {}, lambda words: {})
    assert (request.mark, request.strict) == (meant, meant)


def test_any_other_word_is_refused(tmp_path):
    (row,) = read_list(written(tmp_path, "concept,strict\nowl,perhaps\n"))
    with pytest.raises(InputError, match=r"strict is 'perhaps'\. Give yes or no"):
        read_request(row, {}, lambda words: {})
