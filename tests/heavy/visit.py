"""Visits the site of DATA_DIR once, edits it if told to, and prints how all went.

What to do is a JSON object: `save` holds the words of a line of news, `item` the line to change
(else a new one), `upload` the path of a picture, `session` who is logged in (else somebody logs
in), `etag` what the browser has of the home page.
"""

import json
import sys

import django

django.setup()

from django.conf import settings  # noqa: E402
from django.contrib.auth import get_user_model  # noqa: E402
from django.db import DatabaseError  # noqa: E402
from django.test import Client  # noqa: E402
from django.urls import reverse  # noqa: E402

from tests.forms import form_values  # noqa: E402

todo = json.loads(sys.argv[1])
visitor = Client(raise_request_exception=False, headers={"host": "localhost"})
home = visitor.get("/", headers={"if-none-match": todo.get("etag", "")})
found = {
    "home": home.status_code,
    "page": home.text,
    "etag": home.headers.get("ETag"),
    "health": visitor.get("/healthz").json(),
}


def log_in():
    """Return an editor, None if even that is impossible."""
    editor = Client(raise_request_exception=False, headers={"host": "localhost"})
    if key := todo.get("session"):
        editor.cookies[settings.SESSION_COOKIE_NAME] = key
    else:
        editor.force_login(get_user_model().objects.get())
    found["session"] = editor.cookies[settings.SESSION_COOKIE_NAME].value
    return editor


def save(editor):
    address = reverse("admin:profiles_newsitem_add")
    if item := todo.get("item"):
        address = reverse("admin:profiles_newsitem_change", args=[item])
    form = editor.get(address)
    found["form"] = form.status_code
    # If it cannot be had now, it was open already.
    values = form_values(form) if form.status_code == 200 else {"visibility": "public"}
    changes = {"date": "2024-09-25", "body": f"{todo['save']} " + "word " * 5000}
    return editor.post(address, values | changes)


def upload(editor):
    with open(todo["upload"], "rb") as file:
        return editor.post(reverse("markdown-upload"), {"image": file})


if todo:
    try:
        client = log_in()
        for deed in (save, upload):
            if deed.__name__ in todo:
                answer = deed(client)
                found[deed.__name__] = answer.status_code
                found["answer"] = answer.text
    except DatabaseError as error:
        found["login"] = str(error)
sys.stdout.write(json.dumps(found))
