"""Owner and co-editor: their groups, their accounts, and what every address answers them."""

from importlib import import_module
from types import SimpleNamespace

import pytest
from bs4 import BeautifulSoup
from django.contrib import admin
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group, Permission
from django.core.management import call_command
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.urls import URLPattern, reverse
from django.urls.resolvers import RegexPattern, RoutePattern
from django.utils.timezone import now
from reversion.models import Version

from homepage.common import history
from homepage.models import LinkCheck
from homepage.roles import CO_EDITOR, OWNER, write_roles
from publications.models import ImportRun, Topic
from tests.factories import (
    make_author,
    make_category,
    make_news,
    make_profile,
    make_publication,
    make_section,
    make_venue,
)

pytestmark = pytest.mark.django_db

User = get_user_model()
CONTENT = {"publications", "profiles", "homepage"}


def apps_of(group):
    permissions = Group.objects.get(name=group).permissions
    return set(permissions.values_list("content_type__app_label", flat=True))


def of(group):
    return set(Group.objects.get(name=group).permissions.values_list("pk", flat=True))


@pytest.mark.parametrize("group", [OWNER, CO_EDITOR])
def test_a_migration_makes_the_groups(group):
    """Before any permission is there: Django makes those only after the last migration."""
    whole = of(group)
    names = set(Permission.objects.values_list("content_type__app_label", "codename"))
    Group.objects.all().delete()
    Permission.objects.all().delete()
    migration = import_module("homepage.migrations.0008_roles")
    state = MigrationLoader(connection).project_state(("homepage", "0008_roles"))

    migration.make_groups(state.apps, SimpleNamespace(connection=connection))

    assert apps_of(group) == CONTENT | ({"auth", "redirects", "admin"} if group == OWNER else set())
    assert len(of(group)) == len(whole)
    made = set(Permission.objects.values_list("content_type__app_label", "codename"))
    assert made <= names


def test_another_migrate_leaves_what_an_owner_changed():
    group = Group.objects.get(name=CO_EDITOR)
    taken = Permission.objects.get(codename="delete_topic")
    given = Permission.objects.get(codename="view_redirect")
    group.permissions.remove(taken)
    group.permissions.add(given)
    changed = of(CO_EDITOR)

    call_command("migrate", verbosity=0)

    assert of(CO_EDITOR) == changed


def test_what_a_later_version_adds_is_granted(monkeypatch):
    """As for a model that was not there before: its permissions are made by `migrate`."""
    before = of(CO_EDITOR)
    Permission.objects.filter(content_type__model__in=["topic", "redirect"]).delete()

    call_command("migrate", verbosity=0)

    assert len(of(CO_EDITOR)) == len(before)
    added = set(Permission.objects.filter(content_type__model="topic"))
    assert added <= set(Group.objects.get(name=CO_EDITOR).permissions.all())
    assert "redirects" not in apps_of(CO_EDITOR)
    assert "redirects" in apps_of(OWNER)


def test_groups_that_are_gone_are_made_whole_again():
    before = of(CO_EDITOR)
    Group.objects.all().delete()

    write_roles(using="default")

    assert len(of(CO_EDITOR)) == len(before)


def test_the_groups_wait_for_the_tables(monkeypatch):
    from homepage import roles

    Group.objects.all().delete()
    monkeypatch.setattr(roles, "_has_groups", lambda using: False)

    roles.remember_permissions(using="default")
    write_roles(using="default")

    assert not Group.objects.exists()


@pytest.fixture
def owner(client):
    user = User.objects.create_superuser("owner", password="x")
    client.force_login(user)
    return user


def accounts_form(client, address):
    form = BeautifulSoup(client.get(address).content, "html.parser").select_one("#user_form")
    return {
        field["name"]: field.get("value", "")
        for field in form.select("input[name]")
        if field.get("type") not in {"submit", "radio", "checkbox"} or field.has_attr("checked")
    }


def test_an_account_is_given_a_role_in_one_question(client, owner):
    address = reverse("admin:auth_user_add")

    client.post(
        address,
        {
            "username": "ada",
            "password1": "a-long-password",
            "password2": "a-long-password",
            "role": CO_EDITOR,
        },
    )

    ada = User.objects.get(username="ada")
    assert (ada.is_staff, ada.is_superuser) == (True, False)
    assert [group.name for group in ada.groups.all()] == [CO_EDITOR]
    values = accounts_form(client, reverse("admin:auth_user_change", args=[ada.pk]))
    assert values["role"] == CO_EDITOR

    client.post(
        reverse("admin:auth_user_change", args=[ada.pk]), {**values, "role": "", "is_active": "on"}
    )

    ada.refresh_from_db()
    assert not ada.is_staff
    assert not ada.groups.exists()


def test_nobody_takes_their_own_rights_away(client):
    user = User.objects.create_user("jane", is_staff=True)
    user.groups.add(Group.objects.get(name=OWNER))
    client.force_login(user)
    address = reverse("admin:auth_user_change", args=[user.pk])

    values = accounts_form(client, address)
    client.post(address, {**values, "role": "", "is_superuser": "on"})

    user.refresh_from_db()
    assert "role" not in values
    assert (user.is_active, user.is_staff, user.is_superuser) == (True, True, False)
    assert user.groups.filter(name=OWNER).exists()
    assert (
        client.post(reverse("admin:auth_user_delete", args=[user.pk]), {"post": "yes"}).status_code
        == 403
    )


def test_the_form_of_an_account_offers_no_single_permissions(client, owner):
    other = User.objects.create_user("other")

    page = client.get(reverse("admin:auth_user_change", args=[other.pk])).content.decode()

    assert "user_permissions" not in page
    assert "is_superuser" not in page


# Every address of the admin, walked as everybody.


@pytest.fixture
def rows():
    """Make one row of each model, and return their keys by model."""
    from django.contrib.redirects.models import Redirect

    paper = make_publication(title="Secret paper", authors=["Jane Doe"])
    made = [
        paper, paper.authorships.first().author, make_category("Secret heading"),
        make_venue("Secret venue"), Topic.objects.create(name="Secret topic"),
        ImportRun.objects.create(source="secret.md"), make_profile(),
        make_news("Secret news"), make_section("Secret section"),
        Redirect.objects.create(site_id=1, old_path="/secret/", new_path="/"),
        User.objects.create_user("secret"),
        LinkCheck.objects.create(url="https://secret.example", state="broken", checked=now()),
    ]  # fmt: skip
    for row in made:
        if history.is_registered(type(row)):
            history.keep_found(row)
    return {type(row)._meta.label_lower: row.pk for row in made}


def walk(rows):
    """Yield (name, path) of every address of the admin; those of a row with a key that exists."""
    for pattern in admin.site.get_urls():
        if isinstance(pattern, URLPattern):
            if path := _path(
                pattern, {"app_label": "publications", "content_type_id": 1, "object_id": 1}
            ):
                yield pattern.name, path
            continue
        app, _, model = str(pattern.pattern).strip("/").partition("/")
        for inner in pattern.url_patterns:
            key = rows.get(f"{app}.{model}", 1)
            arguments = {
                "object_id": key,
                "pk": key,
                "id": key,
                "run_id": rows["publications.importrun"],
                "state": _state(f"{app}.{model}", key),
            }
            if inner.name and (path := _path(inner, arguments)):
                yield inner.name, path


def _state(model, key):
    """Return the key of a kept state of a row."""
    kept = Version.objects.filter(
        content_type__app_label=model.partition(".")[0],
        content_type__model=model.partition(".")[2],
        object_id=str(key),
    )
    return kept.values_list("pk", flat=True).first() or 1


def _path(pattern, known):
    if not pattern.name or isinstance(pattern.pattern, RegexPattern):
        return None
    assert isinstance(pattern.pattern, RoutePattern)
    names = pattern.pattern.converters
    unknown = set(names) - set(known)
    assert not unknown, f"{pattern.name} takes {unknown}: say here which row it is"
    return reverse(f"admin:{pattern.name}", kwargs={name: known[name] for name in names})


OPEN = {"login", "logout", "jsi18n"}
EDITOR = [
    ("markdown-preview", "/admin/markdown/preview/"),
    ("markdown-upload", "/admin/markdown/upload/"),
]


def answers(client, path):
    return client.get(path), client.post(path, {"post": "yes"})


def test_visitors_and_readers_are_sent_to_the_login(client, rows):
    for user in (None, User.objects.create_user("reader")):
        if user:
            client.force_login(user)
        for name, path in walk(rows):
            if name in OPEN:
                continue
            for response in answers(client, path):
                assert response.status_code == 302, path
                assert response.headers["Location"].startswith(reverse("admin:login")), path
        for _, path in EDITOR:
            assert client.post(path).status_code == 403


# What somebody sees who may log in and do nothing: the way around, and no row.
# `view_on_site` names the public address, where a draft is not found.
EMPTY = {"index", "password_change", "password_change_done", "view_on_site"}


def test_staff_without_rights_see_no_row_and_change_none(client, rows):
    client.force_login(User.objects.create_user("helper", is_staff=True))
    walked = 0
    for name, path in walk(rows):
        if name in OPEN | EMPTY:
            continue
        walked += 1
        for response in answers(client, path):
            assert response.status_code in {403, 404, 405}, (path, response.status_code)
            assert "ecret" not in response.content.decode(), path
    for _, path in EDITOR:
        assert client.post(path, {"content": "x"}).status_code == 403
    assert walked > 50


FOR_OWNERS = ("auth_", "redirects_")


def test_a_co_editor_writes_content_and_sees_no_accounts(client, rows):
    user = User.objects.create_user("helper", is_staff=True)
    user.groups.add(Group.objects.get(name=CO_EDITOR))
    client.force_login(user)
    for name, path in walk(rows):
        if name in OPEN:
            continue
        response = client.get(path)
        if name.startswith(FOR_OWNERS):
            assert response.status_code == 403, path
            assert "ecret" not in response.content.decode()
        elif name.endswith(("_changelist", "_change", "_history")):
            assert response.status_code in {200, 302}, path
    make_author("Ada Lovelace")
    response = client.post("/admin/markdown/preview/", {"content": "*Hello*"})
    assert "<em>Hello</em>" in response.content.decode()
    assert "Users" not in client.get(reverse("admin:index")).content.decode()
