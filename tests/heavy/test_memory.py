"""What the site takes of a machine with 512 MB, at its most."""

import io
import re
import subprocess
import sys
import threading
from contextlib import suppress
from pathlib import Path

import pytest
from PIL import Image

from tests.benchmarks import content, publishing
from tests.heavy.editing import ACCOUNTS, Editor, python
from tests.homepage.test_server import ROOT, answer, environment, serving, workers

pytestmark = [
    pytest.mark.heavy,
    pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="no Linux"),
]
# MB: what a small Linux with a web server leaves of 512.
ROOM = 512 - 100
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


class Watch(threading.Thread):
    """Notes the most that processes have in memory together, what they share counted once."""

    def __init__(self, pids):
        super().__init__()
        self.pids, self.most, self.done = pids, 0, threading.Event()

    def run(self):
        while not self.done.wait(0.02):
            self.most = max(self.most, sum(map(proportional, self.pids())))

    def __enter__(self):
        self.start()
        return self

    def __exit__(self, *args):
        self.done.set()
        self.join()


def proportional(pid):
    """Return what a process has in memory, in MB."""
    with suppress(OSError, TypeError):
        text = Path(f"/proc/{pid}/smaps_rollup").read_text()
        return int(re.search(r"^Pss:\s+(\d+)", text, re.M)[1]) / 1024
    return 0


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

        def site():
            return [process.pid, *workers(process)]

        addresses = re.findall(r"<loc>[^<]*?//[^/<]+(/[^<]*)</loc>", sitemap(port))
        with Watch(site) as pages:
            for address in [*addresses, "/publications.bib", "/publications.json", *addresses]:
                assert answer(port, address)[0] == 200
        editor = Editor(port, session)
        with Watch(site) as pictures:
            senders = [
                threading.Thread(target=send, args=[editor, jpeg(7300, 5400)]) for _ in "1234"
            ]
            for sender in senders:
                sender.start()
            for sender in senders:
                sender.join()
            kept = upload(editor, jpeg(7300, 5400))
            refused = upload(editor, jpeg(8700, 5800))
        importing = start_import(tmp_path)
        with Watch(lambda: [*site(), importing.pid]) as imported:
            assert importing.wait() == 0

    sys.stdout.write(
        f"Memory at its most: {pages.most:.0f} MB for pages, {pictures.most:.0f} MB with pictures "
        f"of 39 megapixels, {imported.most:.0f} MB with an import of 10,000 papers\n"
    )
    assert kept[0] == 200
    assert refused[0] == 400
    assert "more than 40 million pixels" in refused[1]
    assert max(pages.most, pictures.most, imported.most) < ROOM


def send(editor, picture):
    assert upload(editor, picture)[0] == 200


def sitemap(port):
    return answer(port, "/sitemap.xml")[2].decode()


def start_import(data_dir):
    """Start the import of 10,000 papers by the command."""
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
    return subprocess.Popen(command, cwd=ROOT, env=environment(data_dir, **VALUES))


def largest(pid):
    """Return the most that a process had in memory since it began, in MB.

    What the system says when it has ended may be that of the process which started it.
    """
    with suppress(OSError, TypeError):
        text = Path(f"/proc/{pid}/status").read_text()
        return int(re.search(r"^VmHWM:\s+(\d+)", text, re.M)[1]) / 1024
    return 0


def exports(folder, count):
    """Export so many papers, and again after one was changed; yield what that took in MB.

    It is the largest process, and all together, in turn.
    """
    site = publishing.Ours(folder, content.papers(count))
    command = [sys.executable, "manage.py", "export_site", site.target, "-v0"]
    for number in range(2):
        env = publishing.environment(**site.options)
        process = subprocess.Popen(command, cwd=ROOT, env=env)
        seen = {}

        def family(process=process, seen=seen):
            pids = [process.pid]
            with suppress(OSError):  # it has ended
                pids += workers(process)
            seen.update((pid, max(seen.get(pid, 0), largest(pid))) for pid in pids)
            return pids

        with Watch(family) as watch:
            assert process.wait() == 0
        yield max(seen.values())
        yield watch.most
        site.change(number)


def test_an_export_of_many_papers_takes_no_more_than_one_of_few(tmp_path):
    few, many = (list(exports(tmp_path / str(count), count)) for count in (1000, 10_000))

    said = ", ".join(f"{one:.0f} to {other:.0f}" for one, other in zip(few, many, strict=True))
    sys.stdout.write(f"MB of an export of 1,000 and of 10,000 papers: {said}\n")
    assert all(other < 1.25 * one for one, other in zip(few, many, strict=True))
