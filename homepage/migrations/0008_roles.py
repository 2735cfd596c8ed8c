from django.contrib.auth.management import create_permissions
from django.db import migrations

OWNER, CO_EDITOR = "Owner", "Co-editor"
CONTENT = ["publications", "profiles", "homepage"]
ALL = [*CONTENT, "auth", "redirects", "admin"]


def make_groups(apps, schema_editor):
    """Make the groups of those who edit; one that is there already stays as it is."""
    alias = schema_editor.connection.alias
    for label in ALL:
        _make_permissions(apps.get_app_config(label), apps, alias)
    group_model = apps.get_model("auth", "Group").objects.using(alias)
    permissions = apps.get_model("auth", "Permission").objects.using(alias)
    for name, labels in ((OWNER, ALL), (CO_EDITOR, CONTENT)):
        group, is_new = group_model.get_or_create(name=name)
        if is_new:
            group.permissions.set(permissions.filter(content_type__app_label__in=labels))


def _make_permissions(app, apps, alias):
    """Make the permissions of an app, as Django does only after all migrations."""
    app.models_module = True  # the app of a migration has none, and would be passed over
    create_permissions(app, verbosity=0, using=alias, apps=apps)
    app.models_module = None


class Migration(migrations.Migration):
    dependencies = [
        ("homepage", "0007_end_of_the_address"),
        ("profiles", "0006_news_imported_pronouns"),
        ("publications", "0008_words_of_the_history"),
        ("admin", "0003_logentry_add_action_flag_choices"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
        ("redirects", "0002_alter_redirect_new_path_help_text"),
    ]

    operations = [migrations.RunPython(make_groups, migrations.RunPython.noop)]
