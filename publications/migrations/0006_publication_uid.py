import uuid

from django.db import migrations, models


def name_rows(apps, schema_editor):
    """Give each row that is there an id of its own: the default would be the same for all."""
    rows = apps.get_model("publications", "Publication").objects
    for pk in rows.values_list("pk", flat=True):
        rows.filter(pk=pk).update(uid=uuid.uuid4())


class Migration(migrations.Migration):

    dependencies = [
        ("publications", "0005_words_before_the_authors"),
    ]

    operations = [
        migrations.AddField(
            model_name="publication",
            name="uid",
            field=models.UUIDField(editable=False, null=True),
        ),
        migrations.RunPython(name_rows, migrations.RunPython.noop),
        migrations.AlterField(
            model_name="publication",
            name="uid",
            field=models.UUIDField(default=uuid.uuid4, editable=False, unique=True),
        ),
    ]
