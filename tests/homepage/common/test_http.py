"""The guarded client against a real server on this machine."""

import gzip
import socket
import ssl
import threading
import time
import zlib
from email.utils import formatdate
from itertools import pairwise
from pathlib import Path

import pytest

from homepage.common.http import (
    BadAnswer,
    Busy,
    Client,
    NotAllowed,
    RequestFailed,
    TooLarge,
    TooSlow,
    Unreachable,
)
from tests.servers import LOOPBACK, Reply, closed_port, serving

CERTIFICATE = Path(__file__).parents[2] / "data" / "tls" / "server.pem"


@pytest.fixture
def secure_server():
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(CERTIFICATE)
    with serving(context) as server:
        yield server


class Sleeps(list):
    """Takes the place of `time.sleep`, and remembers what it was asked for."""

    def __call__(self, seconds):
        self.append(seconds)


@pytest.fixture
def sleeps():
    return Sleeps()


@pytest.fixture
def make_client(server, sleeps):
    def make(**options):
        defaults = {"schemes": ("http", "https"), "allowed": [server.address], "pause": 0}
        return Client(**{**defaults, "sleep": sleeps, **options})

    return make


@pytest.fixture
def client(make_client):
    return make_client(time_limit=30)


def test_answer_holds_status_type_and_body(server, client):
    server.reply("/paper?a=b", Reply("héllo", type="Text/Plain; charset=utf-8"))

    answer = client.get(f"{server.url}/paper?a=b#part")

    assert (answer.status, answer.content_type) == (200, "text/plain")
    assert answer.body.decode() == "héllo"
    assert answer.url == f"{server.url}/paper?a=b#part"


def test_request_says_who_asks_and_nothing_about_the_person(server, make_client):
    server.reply("/", Reply("", Set_Cookie="id=1"))
    client = make_client(contact="https://jane.example.org; mailto:jane@example.org")

    client.get(f"{server.url}/", accept="application/json")
    client.get(f"{server.url}/", accept="application/json")

    for _, headers in server.requests:
        assert headers == {
            "Host": f"{LOOPBACK}:{server.server_port}",
            "User-Agent": "Homepage (https://jane.example.org; mailto:jane@example.org)",
            "Accept": "application/json",
            "Accept-Encoding": "identity",
            "Connection": "close",
        }


@pytest.mark.parametrize(
    ("contact", "shown"),
    [
        ("", "Homepage"),
        ("a@b.example\r\nX-Evil: 1", "Homepage (a@b.example X-Evil: 1)"),
        ("jane (at) exämple", "Homepage (jane at ex mple)"),
    ],
)
def test_contact_cannot_break_out_of_its_field(server, make_client, contact, shown):
    make_client(contact=contact).get(server.url)

    assert server.requests[0][1]["User-Agent"] == shown


def test_proxies_of_the_environment_are_not_used(server, client, monkeypatch):
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")
    server.reply("/", Reply("direct"))

    assert client.get(server.url).body == b"direct"


def test_missing_page_is_an_answer(server, client):
    assert client.get(f"{server.url}/nothing").status == 404


# Redirects


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_redirects_are_followed_and_the_last_address_told(server, client, status):
    server.redirect("/a", "b?c=d", status)
    server.reply("/b?c=d", Reply("there"))

    answer = client.get(f"{server.url}/a")

    assert (answer.body, answer.url) == (b"there", f"{server.url}/b?c=d")


def test_redirect_to_letters_beyond_ascii_is_followed_as_utf_8(server, client):
    server.redirect("/a", "/ü".encode().decode("latin-1"))
    server.reply("/%C3%BC", Reply("there"))

    assert client.get(f"{server.url}/a").body == b"there"


@pytest.mark.parametrize(
    ("location", "why"),
    [
        ("http://127.0.0.1/", "127.0.0.1 is no public address"),
        ("http://10.0.0.1/latest", "10.0.0.1 is no public address"),
        ("http://169.254.169.254/latest/meta-data/", "169.254.169.254 is no public address"),
        ("http://[::ffff:127.0.0.1]/", "no public address"),
        ("http://2130706433/", "no public address"),
        ("//localhost/", "local network"),
        ("http://127.0.0.1:1/", "usual ports"),
        ("http://jane:secret@8.8.8.8/", "name or password"),
        ("file:///etc/passwd", "no web address"),
        ("ftp://8.8.8.8/", "no web address"),
        ("javascript:alert(1)", "no web address"),
    ],
)
def test_redirect_to_where_no_request_may_go_is_refused(server, client, location, why):
    server.redirect("/a", location)

    with pytest.raises(NotAllowed, match=why):
        client.get(f"{server.url}/a")

    assert server.paths == ["/a"]


def test_five_redirects_are_followed_and_no_sixth(server, client):
    for number in range(7):
        server.redirect(f"/{number}", f"/{number + 1}")
    server.reply("/7", Reply("there"))

    assert client.get(f"{server.url}/2").body == b"there"
    with pytest.raises(BadAnswer, match="redirects more than 5 times"):
        client.get(f"{server.url}/1")


def test_redirects_in_a_circle_are_seen(server, client):
    server.redirect("/a", "/b")
    server.redirect("/b", "/a")

    with pytest.raises(BadAnswer, match="redirects in a circle"):
        client.get(f"{server.url}/a")

    assert server.paths == ["/a", "/b"]


def test_redirect_without_an_address_is_the_answer(server, client):
    server.reply("/a", Reply("", 302))

    assert client.get(f"{server.url}/a").status == 302


def test_service_of_https_is_not_asked_without_encryption(server):
    client = Client(allowed=[server.address])

    with pytest.raises(NotAllowed, match="without encryption"):
        client.get(server.url)

    assert server.paths == []


def test_redirect_away_from_https_is_refused(secure_server):
    secure_server.redirect("/a", "http://doi.org/")
    client = trusting(secure_server, "localhost")

    with pytest.raises(NotAllowed, match=r"doi\.org is to be asked without encryption"):
        client.get(f"https://localhost:{secure_server.server_port}/a")


# Connections


def trusting(server, host, lookup=None):
    context = ssl.create_default_context(cafile=str(CERTIFICATE))
    allowed = [(host, server.server_port)]
    return Client(
        allowed=allowed, context=context, lookup=lookup or (lambda *_: [LOOPBACK]), pause=0
    )


def test_connection_is_encrypted_and_the_name_in_the_certificate_checked(secure_server):
    secure_server.reply("/", Reply("secret" * 20_000))
    port = secure_server.server_port

    good = trusting(secure_server, "papers.example").get(f"https://papers.example:{port}/")

    assert good.body == b"secret" * 20_000
    with pytest.raises(Unreachable, match=r"other\.example does not prove who it is"):
        trusting(secure_server, "other.example").get(f"https://other.example:{port}/")


def test_certificate_that_nobody_vouches_for_is_refused(secure_server):
    port = secure_server.server_port
    client = Client(allowed=[("localhost", port)], lookup=lambda *_: [LOOPBACK])

    with pytest.raises(Unreachable, match="localhost does not prove who it is"):
        client.get(f"https://localhost:{port}/")

    assert secure_server.requests == []


def test_server_without_encryption_at_an_https_address_is_no_server(server, client):
    with pytest.raises(Unreachable, match="cannot be reached"):
        client.get(f"https://{LOOPBACK}:{server.server_port}/")


def test_request_goes_to_the_address_that_was_checked(server):
    """The second answer of a name server that rebinds is never asked for."""
    answers = iter([[LOOPBACK], ["10.0.0.1"]])
    port = server.server_port
    client = Client(
        schemes=("http",), allowed=[("papers.example", port)], lookup=lambda *_: next(answers)
    )
    server.reply("/", Reply("checked"))

    assert client.get(f"http://papers.example:{port}/").body == b"checked"
    assert server.requests[0][1]["Host"] == f"papers.example:{port}"
    assert next(answers) == ["10.0.0.1"]


def test_name_that_comes_to_lead_home_is_refused_at_the_next_request():
    answers = iter([["10.0.0.1"]])
    client = Client(lookup=lambda *_: next(answers))

    with pytest.raises(NotAllowed, match=r"papers\.example leads to 10\.0\.0\.1"):
        client.get("https://papers.example/")


def test_next_address_of_a_name_is_tried_where_the_first_is_dead(server):
    port = server.server_port
    client = Client(
        schemes=("http",),
        allowed=[("papers.example", port)],
        lookup=lambda *_: ["127.0.0.2", LOOPBACK],
    )
    server.reply("/", Reply("second"))

    assert client.get(f"http://papers.example:{port}/").body == b"second"


def test_nobody_there_is_said_in_a_sentence(make_client):
    port = closed_port()
    client = make_client(allowed=[(LOOPBACK, port)])

    with pytest.raises(Unreachable, match=rf"^{LOOPBACK} cannot be reached: .*refused\.$"):
        client.get(f"http://{LOOPBACK}:{port}/")


def test_unknown_name_is_said_in_a_sentence(make_client):
    def lookup(host, port):
        raise OSError(-2, "Name or service not known")

    with pytest.raises(Unreachable, match="cannot be reached: the name is not known"):
        make_client(lookup=lookup).get("https://nowhere.example/")


# Time


@pytest.mark.parametrize(
    "reply",
    [
        Reply("late", delay=120),
        Reply("x" * 12_000, drip=0.01),
        Reply(raw=b"HTTP/1.1 200 OK\r\nX-Slow: " + b"a" * 12_000, drip=0.01),
        Reply(raw=b"HTTP/1.1 100 Continue\r\n\r\n" * 500, drip=0.01),
        Reply(
            raw=b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + b"1\r\nx\r\n" * 2_000,
            drip=0.01,
        ),
    ],
    ids=["late", "dripping body", "dripping fields", "endless continue", "dripping chunks"],
)
def test_slow_answer_is_given_up_when_the_whole_time_is_over(server, make_client, reply):
    server.reply("/", reply)
    start = time.monotonic()

    with pytest.raises(TooSlow, match=r"did not answer within 0\.3 seconds"):
        make_client(time_limit=0.3).get(server.url)

    assert 0.25 < time.monotonic() - start < 60


def test_time_limit_holds_for_all_redirects_together(server, make_client):
    for number in range(5):
        server.reply(f"/{number}", Reply(status=302, delay=0.15, Location=f"/{number + 1}"))
    server.reply("/5", Reply("there"))

    with pytest.raises(TooSlow):
        make_client(time_limit=0.4).get(f"{server.url}/0")


def test_silent_encryption_is_given_up_in_time(make_client):

    with socket.create_server((LOOPBACK, 0)) as silent:
        port = silent.getsockname()[1]
        client = make_client(allowed=[(LOOPBACK, port)], time_limit=0.2)
        with pytest.raises(TooSlow):
            client.get(f"https://{LOOPBACK}:{port}/")


# Size


def test_largest_answer_comes_whole(server, make_client):
    server.reply("/", Reply(b"x" * 100_000))

    assert len(make_client(size_limit=100_000).get(server.url).body) == 100_000


@pytest.mark.parametrize(
    "reply",
    [
        Reply(b"x" * 100_001),
        Reply(b"x" * 100_001, Content_Length=""),
        Reply(b"", Content_Length=10**12),
        Reply(gzip.compress(b"x" * 100_001), Content_Encoding="gzip"),
        Reply(zlib.compress(b"x" * 10_000_000), Content_Encoding="deflate"),
        Reply(
            raw=b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
            + b"fff\r\n"
            + b"x" * 4095
            + (b"\r\nfff\r\n" + b"x" * 4095) * 30
        ),
    ],
    ids=["told", "not told", "only told", "gzip", "bomb", "chunks"],
)
def test_answer_that_is_too_large_is_not_read_to_its_end(server, make_client, reply):
    server.reply("/", reply)

    with pytest.raises(TooLarge, match="sent more than 100,000 bytes"):
        make_client(size_limit=100_000).get(server.url)


def test_service_may_be_given_more_time_and_room_for_one_answer(server, make_client):
    server.reply("/", Reply(b"x" * 1000, delay=0.5))
    client = make_client(time_limit=0.3, size_limit=100)

    assert len(client.get(server.url, time_limit=5, size_limit=1000).body) == 1000
    with pytest.raises(TooSlow):
        client.get(server.url, size_limit=1000)
    with pytest.raises(TooLarge):
        client.get(server.url, time_limit=5)


@pytest.mark.parametrize(
    ("encoding", "compress"),
    [
        ("gzip", gzip.compress),
        ("x-gzip", gzip.compress),
        ("deflate", zlib.compress),
        ("Identity", bytes),
    ],
)
def test_answer_compressed_all_the_same_is_read(server, client, encoding, compress):
    server.reply("/", Reply(compress(b"hello"), Content_Encoding=encoding))

    assert client.get(server.url).body == b"hello"


# Junk


@pytest.mark.parametrize(
    "reply",
    [
        Reply(raw=b""),
        Reply(raw=b"\x16\x03\x01junk\r\n\r\n"),
        Reply(raw=b"SSH-2.0-OpenSSH_9.6\r\n"),
        Reply(raw=b"HTTP/1.1 999999 What\r\n\r\n"),
        Reply(raw=b"HTTP/1.1 200 OK\r\nX: " + b"a" * 70_000 + b"\r\n\r\n"),
        Reply(raw=b"HTTP/1.1 200 OK\r\n" + b"X: a\r\n" * 200 + b"\r\n"),
        Reply(raw=b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n"),
        Reply(raw=b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhel"),
        Reply("cut", Content_Length=10),
        Reply(gzip.compress(b"hello")[:-9], Content_Encoding="gzip"),
        Reply("not gzip", Content_Encoding="gzip"),
        Reply("hello", Content_Encoding="br"),
    ],
)
def test_broken_answer_is_an_error_in_one_sentence(server, client, reply):
    server.reply("/", reply)

    with pytest.raises(RequestFailed) as failed:
        client.get(server.url)

    assert isinstance(failed.value, BadAnswer | Unreachable)
    assert str(failed.value).startswith(LOOPBACK)
    assert str(failed.value).endswith(".")
    assert "\n" not in str(failed.value)


# Manners


def test_requests_to_one_host_have_a_pause_between_them(server, make_client, sleeps):
    client = make_client(pause=100)

    client.get(server.url)
    client.get(server.url)
    client.get(server.url, pause=300)

    assert len(sleeps) == 2
    assert 50 < sleeps[0] <= 100
    assert 250 < sleeps[1] <= 300


def test_pause_does_not_count_as_time_of_the_answer(server, make_client, sleeps, monkeypatch):
    clock = time.monotonic
    monkeypatch.setattr(time, "monotonic", lambda: clock() + sum(sleeps))
    client = make_client(pause=100, time_limit=50)

    client.get(server.url)
    client.get(server.url)

    assert server.times[1] - server.times[0] >= 100


def test_one_host_is_asked_one_thing_at_a_time(server, client):
    server.reply("/", Reply("x", delay=0.05))
    threads = [threading.Thread(target=client.get, args=[server.url]) for _ in range(4)]

    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    # Each answer takes its delay, so that requests one after another come that far apart.
    gaps = [after - before for before, after in pairwise(sorted(server.times))]
    assert len(gaps) == 3
    assert min(gaps) >= 0.05


@pytest.mark.parametrize("status", [429, 502, 503, 504])
def test_busy_server_is_asked_again_after_the_time_it_names(server, client, sleeps, status):
    server.reply("/", Reply("wait", status, Retry_After=7), Reply("done"))

    assert client.get(server.url).body == b"done"
    assert sleeps == [7]


def test_busy_server_may_name_the_time_by_the_clock(server, client, sleeps):
    date = formatdate(time.time() + 30, usegmt=True)
    server.reply("/", Reply("wait", 503, Retry_After=date), Reply("done"))

    client.get(server.url)

    assert 0 < sleeps[0] <= 30


@pytest.mark.parametrize(
    "value",
    ["", "soon", "-5", "1.5", "Mon, 99 Foo 2026 99:99:99 GMT"],
)
def test_busy_server_that_names_no_time_is_given_some(server, client, sleeps, value):
    server.reply("/", Reply("wait", 429, Retry_After=value), Reply("no", 429), Reply("done"))

    assert client.get(server.url).body == b"done"
    assert sleeps == [2, 4]


def test_time_that_is_over_means_now(server, client, sleeps):
    server.reply(
        "/", Reply("wait", 503, Retry_After="Wed, 21 Oct 2015 07:28:00 GMT"), Reply("done")
    )

    assert client.get(server.url).body == b"done"
    assert sleeps == [0]


@pytest.mark.parametrize(
    ("seconds", "shown"), [(61, "61 seconds"), (900, "15 minutes"), (86400, "24 hours")]
)
def test_server_that_asks_for_a_long_wait_is_left_alone(server, client, sleeps, seconds, shown):
    server.reply("/", Reply("wait", 429, Retry_After=seconds))

    with pytest.raises(Busy, match=rf"asks to wait {shown} \(HTTP 429\)\.$"):
        client.get(server.url)

    assert (sleeps, len(server.requests)) == ([], 1)


def test_server_that_stays_busy_is_asked_three_times(server, client, sleeps):
    server.reply("/", Reply("wait", 503, Retry_After=1))

    with pytest.raises(Busy, match=r"is busy \(HTTP 503\): try again later\.$"):
        client.get(server.url)

    assert (sleeps, len(server.requests)) == ([1, 1], 3)


def test_limits_are_those_of_the_plan():
    client = Client()

    assert (client.time_limit, client.size_limit) == (10, 2_000_000)
    assert client.schemes == ("https",)
    assert client.allowed == ()
    assert client.pause == 1
    assert client.context.verify_mode == ssl.CERT_REQUIRED
    assert client.context.check_hostname
