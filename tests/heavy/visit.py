"""Visits the site of DATA_DIR, saves a line of news in its admin, and prints how both went.

Without words to save it only visits.
"""

import json
import sys

import django

django.setup()

from django.contrib.auth import get_user_model  # noqa: E402
from django.db import DatabaseError  # noqa: E402
from django.test import Client  # noqa: E402

client = Client(raise_request_exception=False, headers={"host": "localhost"})
home = client.get("/")
found = {"home": home.status_code, "page": home.text, "health": client.get("/healthz").json()}
if not sys.argv[1]:
    sys.exit(sys.stdout.write(json.dumps(found)) * 0)
try:
    client.force_login(get_user_model().objects.get())
except DatabaseError as error:
    found["login"] = str(error)
else:
    data = {
        "date": "2024-09-25",
        "body": f"{sys.argv[1]} " + "word " * 5000,
        "visibility": "public",
    }
    saved = client.post("/admin/profiles/newsitem/add/", data)
    found |= {"save": saved.status_code, "answer": saved.text}
sys.stdout.write(json.dumps(found))
