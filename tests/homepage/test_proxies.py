"""The README's configurations of web servers, with the site behind them."""

import http.client
import json
import re
import shutil
import socket
import ssl
import subprocess
from contextlib import contextmanager
from urllib.parse import urlencode

import pytest

from tests.heavy.editing import ACCOUNTS, python
from tests.homepage.static_copy.serving import NGINX
from tests.homepage.test_server import serving, wait_until
from tests.servers import closed_port
from tests.test_readme import BLOCKS

pytestmark = pytest.mark.slow
HOST = "jane.example.org"
CADDY = shutil.which("caddy")
OPENSSL = shutil.which("openssl")
PDF = b"%PDF-1.7\n" + bytes(range(256)) * 40
PREPARE = f"""
{ACCOUNTS}
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
make_profile(cv=default_storage.save("cv/{"0" * 32}.pdf", ContentFile({PDF!r})))
make_section("About me", body="word " * 1000)
get_user_model().objects.create_superuser("owner", password="a long password")
"""
# As a certificate of one's own would be, but for the certificate.
NGINX_AROUND = """
daemon off; pid {work}/pid; worker_processes 1; {user}
events {{ worker_connections 64; }}
http {{
    access_log off;
    client_body_temp_path {work}/body; proxy_temp_path {work}/proxy;
    fastcgi_temp_path {work}/f; uwsgi_temp_path {work}/u; scgi_temp_path {work}/s;
    server {{
        listen 127.0.0.1:{port} ssl;
        server_name jane.example.org;
        ssl_certificate {work}/cert.pem;
        ssl_certificate_key {work}/key.pem;
        {block}
    }}
}}
"""
CADDY_BEFORE = """
{{
    admin off
    http_port {other}
    https_port {port}
    local_certs
    skip_install_trust
    storage file_system {work}
}}
"""


class Connection(http.client.HTTPSConnection):
    """Asks this machine by the name of the site."""

    def __init__(self, port):
        context = ssl.create_default_context()
        context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
        super().__init__("127.0.0.1", port, timeout=120, context=context)

    def connect(self):
        plain = socket.create_connection((self.host, self.port), self.timeout)
        self.sock = self._context.wrap_socket(plain, server_hostname=HOST)


def ask(port, path, method="GET", body=None, **headers):
    connection = Connection(port)
    fields = {"Host": HOST} | {name.replace("_", "-"): value for name, value in headers.items()}
    try:
        connection.request(method, path, body, fields)
        answer = connection.getresponse()
        return answer.status, answer.headers, answer.read()
    finally:
        connection.close()


def block(kind, port):
    """Return what the README says for that server, with the port of this site."""
    [text] = [text for name, text in BLOCKS if name == kind]
    assert text.count("127.0.0.1:8001") == 1
    return text.replace("127.0.0.1:8001", f"127.0.0.1:{port}")


@contextmanager
def running(command):
    process = subprocess.Popen(command, stderr=subprocess.DEVNULL)
    try:
        yield
    finally:
        process.terminate()
        process.wait(120)


@contextmanager
def nginx(site, work):
    port = closed_port()
    subprocess.run(
        f"openssl req -x509 -newkey rsa:2048 -nodes -subj /CN={HOST} -days 2 "
        f"-keyout {work}/key.pem -out {work}/cert.pem".split(),
        check=True, capture_output=True,
    )  # fmt: skip
    values = {"work": work, "port": port, "block": block("nginx", site), "user": "user root;"}
    (work / "nginx.conf").write_text(NGINX_AROUND.format(**values))
    with running([NGINX, "-c", work / "nginx.conf", "-e", work / "errors"]):
        yield port


@contextmanager
def caddy(site, work):
    port = closed_port()
    before = CADDY_BEFORE.format(work=work, port=port, other=closed_port())
    (work / "Caddyfile").write_text(before + block("caddy", site))
    with running([CADDY, "run", "--config", work / "Caddyfile", "--adapter", "caddyfile"]):
        yield port


SERVERS = [
    pytest.param(
        nginx, id="nginx", marks=pytest.mark.skipif(
            not (NGINX and OPENSSL), reason="nginx or openssl is not here"
        ),
    ),
    pytest.param(
        caddy, id="caddy", marks=pytest.mark.skipif(not CADDY, reason="caddy is not here")
    ),
]  # fmt: skip


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    """The port of a site that is told it stands behind a web server."""
    folder = tmp_path_factory.mktemp("proxied")
    values = {"SITE_URL": f"https://{HOST}", "PROXY_COUNT": "1"}
    python(folder, "manage.py", "migrate", "-v0", **values)
    python(folder, "-c", PREPARE, **values)
    with serving(folder, **values) as (port, _):
        yield port


@pytest.fixture(scope="module", params=SERVERS)
def port(request, site, tmp_path_factory):
    """The port of a web server in front of the site, configured as the README says."""
    with request.param(site, tmp_path_factory.mktemp("server")) as port:
        wait_until(lambda: ask(port, "/healthz")[0] == 200)
        yield port


def log_in(port, name, password, **headers):
    """Log in as a browser does; return the status and the cookies."""
    _, fields, page = ask(port, "/admin/login/")
    cookie = fields["Set-Cookie"].partition(";")[0]
    data = {"csrfmiddlewaretoken": token_in(page), "username": name, "password": password}
    headers |= {"Cookie": cookie, "Origin": f"https://{HOST}"}
    form = {"Content_Type": "application/x-www-form-urlencoded"}
    status, fields, _ = ask(port, "/admin/login/", "POST", urlencode(data), **form, **headers)
    cookies = [each.partition(";")[0] for each in fields.get_all("Set-Cookie") or []]
    return status, "; ".join([cookie, *cookies])


def token_in(page):
    return re.search(rb'name="csrfmiddlewaretoken" value="(\w+)"', page)[1].decode()


def test_visitors_and_editors_get_through(port):
    status, headers, page = ask(port, "/")
    assert status == 200
    assert headers["Strict-Transport-Security"]
    assert b"https://jane.example.org/" in page
    assert ask(port, "/", If_None_Match=headers["ETag"])[0] == 304
    _, headers, packed = ask(port, "/", Accept_Encoding="gzip")
    assert headers["Content-Encoding"] == "gzip"
    assert len(packed) < len(page)
    status, _, part = ask(port, f"/media/cv/{'0' * 32}.pdf", Range="bytes=9-19")
    assert (status, part) == (206, bytes(range(11)))

    status, cookies = log_in(port, "owner", "a long password")
    assert status == 302
    status, _, page = ask(port, "/admin/password_change/", Cookie=cookies)
    assert status == 200
    # The site's own sentence, for the server in front lets through what the site may accept.
    large = b"".join([
        b'--x\r\nContent-Disposition: form-data; name="image"; filename="a.png"\r\n\r\n',
        bytes(21_000_000),
        b"\r\n--x--\r\n",
    ])  # fmt: skip
    status, _, said = ask(
        port, "/admin/markdown/upload/", "POST", large,
        Cookie=cookies, X_CSRFToken=token_in(page), Origin=f"https://{HOST}",
        Content_Type="multipart/form-data; boundary=x",
    )  # fmt: skip
    assert status == 400, said
    assert "larger than" in json.loads(said)["error"]


def test_who_guesses_passwords_is_stopped_whatever_address_they_claim(port):
    name = f"somebody{port}"
    tries = [log_in(port, name, "x", X_Forwarded_For=f"198.51.100.{n}")[0] for n in range(6)]

    assert tries[0] == 200
    assert tries[-1] == 429
