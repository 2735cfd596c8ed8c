"""The shared cache is a help, never a need."""

import pytest
from redis.exceptions import ConnectionError as RedisConnectionError

from homepage.caches import FileCache, RedisPageCache
from tests.servers import closed_port

BROKEN = [b"", b"\x80", b"\x80\x05N.", b"\x80\x05N.garbage", b"\0" * 100]


@pytest.fixture
def files(tmp_path):
    return FileCache(tmp_path / "cache", {})


@pytest.fixture
def redis():
    RedisPageCache.failed_at = float("-inf")
    yield RedisPageCache(f"redis://127.0.0.1:{closed_port()}/0", {})
    RedisPageCache.failed_at = float("-inf")


def test_what_is_set_is_there_for_the_next_process(files, tmp_path):
    files.set("page", ("label", {}, {"": b"x"}), None)

    assert FileCache(tmp_path / "cache", {}).get("page") == ("label", {}, {"": b"x"})


@pytest.mark.parametrize("content", BROKEN, ids=range(len(BROKEN)))
def test_a_file_that_a_crash_left_behind_is_missed(files, tmp_path, content):
    files.set("page", "x")
    [file] = (tmp_path / "cache").iterdir()
    file.write_bytes(content)

    assert files.get("page", "missing") == "missing"


def test_a_folder_that_cannot_be_written_is_no_failure(tmp_path, caplog):
    (tmp_path / "file").write_text("in the way")
    files = FileCache(tmp_path / "file" / "cache", {})

    files.set("page", "x")

    assert files.get("page") is None
    assert "cannot be written" in caplog.text


def test_a_site_goes_on_without_redis_and_asks_it_no_more_for_a_while(redis, caplog, monkeypatch):
    redis.set("page", "x")
    monkeypatch.setattr(redis._cache, "get", lambda *args: pytest.fail("asked again"))

    assert redis.get("page", "missing") == "missing"
    assert [record.levelname for record in caplog.records] == ["ERROR"]


def test_after_the_pause_redis_is_asked_again(redis, monkeypatch):
    redis.set("page", "x")
    RedisPageCache.failed_at -= RedisPageCache.pause
    monkeypatch.setattr(redis._cache, "get", lambda *args: "x")

    assert redis.get("page") == "x"


def test_an_error_of_redis_is_no_error_of_the_page(redis, monkeypatch):
    def fail(*args):
        raise RedisConnectionError("gone")

    monkeypatch.setattr(redis._cache, "set", fail)

    redis.set("page", "x")
