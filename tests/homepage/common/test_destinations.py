"""The address guard: tables of what no request may go to, in every way to write it."""

import threading

import pytest
from hypothesis import given
from hypothesis import strategies as st

from homepage.common.destinations import Refused, is_public, read, resolve


@pytest.mark.parametrize(
    "address",
    [
        "8.8.8.8",
        "1.1.1.1",
        "172.15.255.255",
        "172.32.0.0",
        "192.167.255.255",
        "223.255.255.255",
        "2606:4700::6810:84e5",
        "2001:4860:4860::8888",
        "2a00:1450:4001:80b::200e",
        "::ffff:8.8.8.8",
        "64:ff9b::8.8.8.8",
    ],
)
def test_addresses_of_the_internet_are_public(address):
    assert is_public(address)


@pytest.mark.parametrize(
    "address",
    [
        # this host, private, shared, loopback, link-local with the metadata of clouds
        "0.0.0.0",
        "0.1.2.3",
        "10.0.0.1",
        "100.64.0.1",
        "127.0.0.1",
        "127.255.255.254",
        "169.254.169.254",
        "172.16.0.1",
        "172.31.255.255",
        "192.168.1.1",
        # protocols, documentation, benchmarks, multicast, reserved, broadcast
        "192.0.0.8",
        "192.0.2.1",
        "192.88.99.1",
        "198.18.0.1",
        "198.19.255.255",
        "198.51.100.1",
        "203.0.113.1",
        "224.0.0.1",
        "239.255.255.255",
        "240.0.0.1",
        "255.255.255.255",
        # the same of IPv6
        "::",
        "::1",
        "::127.0.0.1",
        "fc00::1",
        "fd12:3456::1",
        "fe80::1",
        "fe80::1%eth0",
        "fec0::1",
        "ff02::1",
        "100::1",
        "2001::1",
        "2001:20::1",
        "2001:db8::1",
        "3fff::1",
        "5f00::1",
        # IPv4 inside IPv6: mapped, translated (SIIT), NAT64, local NAT64, 6to4
        "::ffff:127.0.0.1",
        "::ffff:10.0.0.1",
        "::ffff:a9fe:a9fe",
        "::ffff:0:127.0.0.1",
        "64:ff9b::127.0.0.1",
        "64:ff9b::a9fe:a9fe",
        "64:ff9b:1::8.8.8.8",
        "2002:7f00:1::",
        "2002:808:808::1",
        "2606:4700::6810:84e5%eth0",
        # no addresses at all
        "",
        "localhost",
        "127.1",
        "0177.0.0.1",
    ],
)
def test_addresses_of_nobody_or_of_the_house_are_not_public(address):
    assert not is_public(address)


@pytest.mark.parametrize(
    ("url", "host", "target"),
    [
        ("https://doi.org/10.1/x", "doi.org", "/10.1/x"),
        ("https://doi.org:443/a", "doi.org", "/a"),
        ("http://doi.org", "doi.org", "/"),
        ("HTTPS://DOI.ORG./a?b=c#d", "doi.org", "/a?b=c"),
        ("https://bücher.example/ä", "xn--bcher-kva.example", "/%C3%A4"),
        ("https://例え.テスト/", "xn--r8jz45g.xn--zckzah", "/"),
        ("https://ｄｏｉ。ｏｒｇ/", "doi.org", "/"),
        ("https://a.org/%20?q=%2F|", "a.org", "/%20?q=%2F%7C"),
        ("https://8.8.8.8/", "8.8.8.8", "/"),
        ("https://[2606:4700::6810:84E5]/", "2606:4700::6810:84e5", "/"),
        ("https://x_y.example/", "x_y.example", "/"),
    ],
)
def test_address_is_read_into_host_and_target(url, host, target):
    destination = read(url)

    assert (destination.host, destination.target) == (host, target)


@pytest.mark.parametrize(
    ("url", "host_header"),
    [
        ("https://doi.org:443/", "doi.org"),
        ("https://[2606:4700::1]/", "[2606:4700::1]"),
        ("http://127.0.0.1:8123/", "127.0.0.1:8123"),
    ],
)
def test_host_is_named_to_the_server_as_the_standard_says(url, host_header):
    assert read(url, [("127.0.0.1", 8123)]).host_header == host_header


@pytest.mark.parametrize(
    ("url", "why"),
    [
        ("", "no web address"),
        ("/relative", "no web address"),
        ("//doi.org/", "no web address"),
        ("https://", "no web address"),
        ("https:///x", "no web address"),
        ("ftp://doi.org/", "no web address"),
        ("file:///etc/passwd", "no web address"),
        ("gopher://doi.org/", "no web address"),
        ("https://doi.org:http/", "no web address"),
        ("https://doi.org:99999/", "no web address"),
        ("https://[::1/", "no web address"),
        ("https://jane@doi.org/", "name or password"),
        ("https://jane:secret@doi.org/", "name or password"),
        ("https://doi.org@10.0.0.1/", "name or password"),
        ("https://@doi.org/", "name or password"),
        ("https://doi.org:80/", "usual ports"),
        ("http://doi.org:443/", "usual ports"),
        ("https://doi.org:0/", "usual ports"),
        ("https://doi.org:22/", "usual ports"),
        ("http://doi.org:6379/", "usual ports"),
        ("https://doi.org\\@10.0.0.1/", "white space or a backslash"),
        ("https://doi.org/a b", "white space or a backslash"),
        ("https://doi.org/\r\nX: y", "white space or a backslash"),
        ("https://do\ti.org/", "white space or a backslash"),
        ("https://localhost/", "local network"),
        ("https://LOCALHOST./", "local network"),
        ("https://a.localhost/", "local network"),
        ("https://printer.local/", "local network"),
        ("https://metadata.google.internal/", "local network"),
        ("https://intranet/", "local network"),
        ("https://127.0.0.1/", "no public address"),
        ("https://127.0.0.1./", "no public address"),
        ("https://127.1/", "no public address"),
        ("https://2130706433/", "no public address"),
        ("https://134744072/", "no public address"),
        ("https://0x7f000001/", "no public address"),
        ("https://0x7f.0.0.1/", "no public address"),
        ("https://0177.0.0.1/", "no public address"),
        ("https://017700000001/", "no public address"),
        ("https://8.8.8.010/", "no public address"),
        ("https://1.2.3.4.5/", "no public address"),
        ("https://doi.0x/", "no public address"),
        ("https://１２７.０.０.１/", "no public address"),
        ("https://127。0。0。1/", "no public address"),
        ("https://①②⑦.0.0.1/", "no public address"),
        ("https://[::1]/", "no public address"),
        ("https://[::ffff:127.0.0.1]/", "no public address"),
        ("https://[64:ff9b::7f00:1]/", "no public address"),
        ("https://[fe80::1%25eth0]/", "no public address"),
        ("https://%31%32%37.0.0.1/", "no host name"),
        ("https://a..b/", "no host name"),
        ("https://doi.org../", "no host name"),
        ("https://.doi.org/", "no host name"),
        ("https://-a.org/", "no host name"),
        ("https://a,b.org/", "no host name"),
        ("https://" + "a" * 64 + ".org/", "no host name"),
        ("https://\udc80.org/", "no host name"),
        ("https://\u200b/", "no host name"),
    ],
)
def test_address_that_no_request_may_go_to_is_refused_in_a_sentence(url, why):
    with pytest.raises(Refused, match=why):
        read(url)


@given(st.text(max_size=60) | st.text(max_size=60).map("https://{}/".format))
def test_any_text_is_read_or_refused(url):
    try:
        destination = read(url)
    except Refused as refused:
        shown = str(refused)
    else:
        shown = "."
        assert destination.host.isascii()
        assert destination.target.isascii()
    assert shown.endswith(".")


def test_password_is_not_repeated_in_the_refusal():
    with pytest.raises(Refused) as refused:
        read("https://jane:secret@doi.org/")

    assert "secret" not in str(refused.value)


def test_name_is_looked_up_once_and_every_address_of_it_checked():
    asked = []

    def lookup(host, port):
        asked.append((host, port))
        return ["8.8.8.8", "2606:4700::1"]

    assert resolve(read("https://doi.org/"), 1, lookup=lookup) == ["8.8.8.8", "2606:4700::1"]
    assert asked == [("doi.org", 443)]


@pytest.mark.parametrize("private", ["127.0.0.1", "::1", "169.254.169.254", "::ffff:10.1.2.3"])
def test_name_that_leads_home_is_refused_whatever_else_it_leads_to(private):
    with pytest.raises(Refused, match=f"evil.example leads to {private}"):
        resolve(read("https://evil.example/"), 1, lookup=lambda *_: ["8.8.8.8", private])


def test_unknown_name_is_an_error_of_the_network():
    def lookup(host, port):
        raise OSError(-2, "Name or service not known")

    with pytest.raises(OSError, match="the name is not known"):
        resolve(read("https://nowhere.example/"), 1, lookup=lookup)


def test_name_server_that_keeps_silent_is_not_waited_for():
    is_over, answers = threading.Event(), []

    def lookup(host, port):
        is_over.wait(60)
        answers.append(host)

    with pytest.raises(TimeoutError):
        resolve(read("https://slow.example/"), 0.05, lookup=lookup)

    assert answers == []
    is_over.set()


def test_host_of_a_test_is_allowed_at_its_port_only():
    allowed = [("127.0.0.1", 8123)]

    assert resolve(read("http://127.0.0.1:8123/", allowed), 1, allowed) == ["127.0.0.1"]
    with pytest.raises(Refused, match="usual ports"):
        read("http://127.0.0.1:8124/", allowed)
    with pytest.raises(Refused, match="no public address"):
        read("http://127.0.0.1/", allowed)
