"""Languages: as bibliographies name them, and as tags that a page can carry."""

from __future__ import annotations

import re

TAG = re.compile(r"[a-z]{2,3}(?:-[A-Za-z0-9]{2,8}){0,3}", re.ASCII)
NAMES = {
    "american": "en-US", "arabic": "ar", "australian": "en-AU", "austrian": "de-AT",
    "basque": "eu", "brazil": "pt-BR", "brazilian": "pt-BR", "british": "en-GB",
    "bulgarian": "bg", "canadian": "en-CA", "catalan": "ca", "chinese": "zh", "croatian": "hr",
    "czech": "cs", "danish": "da", "dutch": "nl", "english": "en", "estonian": "et",
    "finnish": "fi", "french": "fr", "galician": "gl", "german": "de", "greek": "el",
    "hebrew": "he", "hindi": "hi", "hungarian": "hu", "indonesian": "id", "irish": "ga",
    "italian": "it", "japanese": "ja", "korean": "ko", "latin": "la", "latvian": "lv",
    "lithuanian": "lt", "mexican": "es-MX", "naustrian": "de-AT", "ngerman": "de",
    "norsk": "nb", "norwegian": "no", "nswissgerman": "de-CH", "nynorsk": "nn", "persian": "fa",
    "polish": "pl", "portuguese": "pt", "romanian": "ro", "russian": "ru", "serbian": "sr",
    "slovak": "sk", "slovene": "sl", "slovenian": "sl", "spanish": "es", "swedish": "sv",
    "swissgerman": "de-CH", "thai": "th", "turkish": "tr", "ukrainian": "uk", "ukenglish": "en-GB",
    "usenglish": "en-US", "vietnamese": "vi", "eng": "en", "ger": "de", "deu": "de", "fre": "fr",
    "fra": "fr", "chi": "zh", "zho": "zh", "spa": "es", "jpn": "ja", "rus": "ru", "ita": "it",
    "deutsch": "de", "français": "fr", "español": "es", "italiano": "it", "português": "pt",
    "中文": "zh", "日本語": "ja", "русский": "ru",
}  # fmt: skip


def language_tag(text: str) -> str:
    """Return the tag of a language (`zh`, `pt-BR`), given as one or by name; "" if unknown."""
    text = text.strip().replace("_", "-")
    found = NAMES.get(text.lower())
    if found:
        return found
    start, *rest = text.split("-")
    tag = "-".join([start.lower(), *rest])
    return tag if TAG.fullmatch(tag) else ""
