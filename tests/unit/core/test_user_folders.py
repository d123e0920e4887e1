import sys

import pytest

from chatanything.errors import InputError
from chatanything.user_folders import cache_folder, config_folder

BOTH = pytest.mark.parametrize(
    ("folder", "own", "system", "usual"),
    [
        (cache_folder, "CHATANYTHING_CACHE", "XDG_CACHE_HOME", ".cache"),
        (config_folder, "CHATANYTHING_CONFIG_DIR", "XDG_CONFIG_HOME", ".config"),
    ],
)
linux = pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="XDG's folders")


@linux
@BOTH
def test_our_variable_wins_then_the_systems_then_the_home(
    folder, own, system, usual, monkeypatch, tmp_path
):
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.delenv(own, raising=False)
    monkeypatch.setenv(system, "")
    assert folder() == tmp_path / "home" / usual / "chatanything"
    monkeypatch.setenv(system, str(tmp_path / "system"))
    assert folder() == tmp_path / "system" / "chatanything"
    monkeypatch.setenv(own, str(tmp_path / "own"))
    assert folder() == tmp_path / "own"


@linux
@BOTH
def test_no_home_is_one_clear_error(folder, own, system, usual, monkeypatch, tmp_path):
    import pwd

    def unknown(uid):
        raise KeyError(uid)  # a user of a container who is in no list

    monkeypatch.setattr(pwd, "getpwuid", unknown)
    for name in ("HOME", own, system):
        monkeypatch.delenv(name, raising=False)
    with pytest.raises(InputError, match=f"HOME is not set.*{own}"):
        folder()
    monkeypatch.setenv(own, str(tmp_path))
    assert folder() == tmp_path
