import re

import pytest
from django.conf import global_settings

from homepage.common.locales import open_graph_locale


@pytest.mark.parametrize(
    ("language", "locale"),
    [
        ("en", "en_US"),
        ("en-gb", "en_GB"),
        ("de", "de_DE"),
        ("pt-br", "pt_BR"),
        ("zh-hans", "zh_CN"),
        ("zh-hant", "zh_TW"),
        ("sr-latn", "sr_RS"),
    ],
)
def test_a_locale_names_language_and_land(language, locale):
    assert open_graph_locale(language) == locale


def test_every_language_of_django_has_one():
    for language, _ in global_settings.LANGUAGES:
        assert re.fullmatch(r"[a-z]{2,3}_[A-Z]{2}", open_graph_locale(language))
