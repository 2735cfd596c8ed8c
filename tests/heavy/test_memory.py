"""What the site takes of a machine with 512 MB, at its most."""

import io
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from PIL import Image

from tests.heavy.editing import ACCOUNTS, Editor, python
from tests.homepage.test_server import ROOT, answer, environment, serving, workers

pytestmark = [
    pytest.mark.heavy,
    pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="no Linux"),
]
MACHINE = 512
SYSTEM = 100  # what a small Linux with a web server takes for itself, in MB
VALUES = {"MALLOC_ARENA_MAX": "2"}  # as in the README's unit
PREPARE = f"""
{ACCOUNTS}
make_profile()
make_section("Publications", shows="publications")
for number in range(300):
    make_publication(
        f"Paper {{number}} of the folding of sheets", venue="Journal of Folds", abstract="word " * 150,
        authors=[f"Given{{(number + each) % 90}} Family{{(number + each) % 90}}" for each in range(5)],
        year=2000 + number % 25,
    )
sessions(1)
"""


def peak(pid):
    """Return the most that a process ever had in memory, in MB."""
    return int(re.search(r"VmHWM:\s+(\d+)", Path(f"/proc/{pid}/status").read_text())[1]) / 1024


def jpeg(width, height):
    out = io.BytesIO()
    Image.linear_gradient("L").resize((width, height)).convert("RGB").save(out, "JPEG", quality=60)
    return out.getvalue()


def upload(editor, picture):
    """Send a picture as the text editor does; return the status and what is said."""
    cookie = f"sessionid={editor.session}"
    _, page, headers = editor.ask("GET", "/admin/password_change/", Cookie=cookie)
    token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page)[1]
    csrf = re.search(r"csrftoken=\w+", headers["Set-Cookie"])[0]
    body = b'--x\r\nContent-Disposition: form-data; name="image"; filename="a.jpg"\r\n\r\n'
    fields = {"Cookie": f"{cookie}; {csrf}", "X-CSRFToken": token}
    fields["Content-Type"] = "multipart/form-data; boundary=x"
    body += picture + b"\r\n--x--\r\n"
    return editor.ask("POST", "/admin/markdown/upload/", body, **fields)[:2]


def test_two_workers_and_an_import_fit_into_512_mb(tmp_path):
    python(tmp_path, "manage.py", "migrate", "-v0")
    [session] = python(tmp_path, "-c", PREPARE).split()
    with serving(tmp_path, **VALUES) as (port, process):
        addresses = re.findall(r"<loc>[^<]*?//[^/<]+(/[^<]*)</loc>", sitemap(port))
        for address in [*addresses, "/publications.bib", "/publications.json", *addresses]:
            assert answer(port, address)[0] == 200
        pages = sum(map(peak, [process.pid, *workers(process)]))
        editor = Editor(port, session)
        for _ in range(6):  # both workers get some
            assert upload(editor, jpeg(7300, 5400))[0] == 200  # 39 megapixels
        refused = upload(editor, jpeg(8700, 5800))
        imported = import_ten_thousand(tmp_path)
        most = sum(map(peak, [process.pid, *workers(process)]))

    sys.stdout.write(
        f"Memory at its most: {pages:.0f} MB for pages, {most:.0f} MB with pictures of 39 "
        f"megapixels, {imported:.0f} MB more for an import of 10,000 papers\n"
    )
    assert refused[0] == 400
    assert "more than 40 million pixels" in refused[1]
    assert most + imported < MACHINE - SYSTEM


def sitemap(port):
    return answer(port, "/sitemap.xml")[2].decode()


def import_ten_thousand(data_dir):
    """Import 10,000 papers by the command; return the most it had in memory, in MB."""
    source = data_dir / "many.bib"
    with source.open("w") as file:
        for number in range(10_000):
            file.write(
                f"@article{{key{number}, title={{Sheet {number} and its folds}}, "
                f"author={{Given{number % 900} Family{number % 900} and Ada Lovelace}}, "
                f"journal={{Journal {number % 60}}}, year={{{1990 + number % 35}}}, "
                f"doi={{10.1000/x{number}}}}}\n\n"
            )
    command = [sys.executable, "manage.py", "import_publications", source, "-v0"]
    importing = subprocess.Popen(command, cwd=ROOT, env=environment(data_dir, **VALUES))
    _, status, used = os.wait4(importing.pid, 0)
    importing.returncode = os.waitstatus_to_exitcode(status)
    assert importing.returncode == 0
    return used.ru_maxrss / 1024
