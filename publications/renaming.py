"""A person, venue or topic under a new name is found by it: what searches read is rebuilt."""

from django.db.models.signals import post_save, pre_save

from .models import Author, Publication, Topic, Venue

# How a paper refers to what has a name.
NAMED = {Author: "authors", Venue: "venue", Topic: "topics"}


def watch():
    for model in NAMED:
        pre_save.connect(_remember, sender=model)
        post_save.connect(_refresh, sender=model)


def _remember(sender, instance, **kwargs):
    # Not asked: whether the instance is new. One that is restored seems so, and is not.
    if instance.pk:
        instance.former_names = _names(sender.objects.filter(pk=instance.pk).first())


def _refresh(sender, instance, created, **kwargs):
    if not created and _names(instance) != instance.former_names:
        Publication.objects.filter(**{NAMED[sender]: instance}).refresh_search_text()


def _names(row):
    return row and (str(row), getattr(row, "native_name", ""))
