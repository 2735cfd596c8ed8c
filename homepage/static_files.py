"""Style sheets, scripts and icons under names made of their content, by `collectstatic`."""

from __future__ import annotations

from whitenoise.storage import CompressedManifestStaticFilesStorage


class NotCollected(ValueError):
    """A file has no such name yet; the message says what to do."""


class CollectedFiles(CompressedManifestStaticFilesStorage):
    """WhiteNoise's, but it says what to do about files that were not collected since an update."""

    def stored_name(self, name):
        try:
            return super().stored_name(name)
        except ValueError as error:
            raise NotCollected(
                f"{name} is not among the style sheets and scripts that were collected: run "
                "manage.py collectstatic --noinput, or manage.py quickstart --no-serve."
            ) from error
