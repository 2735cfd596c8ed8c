"""Locales as Open Graph names them: a language and where it is spoken (https://ogp.me)."""

# Where most who speak a language live, unless the code of the land is that of the language.
LANDS = {
    "af": "ZA", "ar": "AR", "ast": "ES", "be": "BY", "bn": "IN", "br": "FR", "bs": "BA",
    "ca": "ES", "ckb": "IQ", "cs": "CZ", "cy": "GB", "da": "DK", "dsb": "DE", "el": "GR",
    "en": "US", "et": "EE", "eu": "ES", "fa": "IR", "fy": "NL", "ga": "IE", "gd": "GB",
    "gl": "ES", "he": "IL", "hi": "IN", "hsb": "DE", "hy": "AM", "ig": "NG", "ja": "JP",
    "ka": "GE", "kab": "DZ", "kk": "KZ", "km": "KH", "kn": "IN", "ko": "KR", "ky": "KG",
    "lb": "LU", "ml": "IN", "mr": "IN", "ms": "MY", "my": "MM", "nb": "NO", "ne": "NP",
    "nn": "NO", "os": "RU", "pa": "IN", "sl": "SI", "sq": "AL", "sr": "RS", "sv": "SE",
    "sw": "KE", "ta": "IN", "te": "IN", "tg": "TJ", "tk": "TM", "tt": "RU", "udm": "RU",
    "ug": "CN", "uk": "UA", "ur": "PK", "vi": "VN", "zh": "CN",
}  # fmt: skip
TRADITIONAL = "zh-hant"


def open_graph_locale(language: str) -> str:
    """Return the locale of a language that Django knows: `en_US` of “en”, `pt_BR` of “pt-br”."""
    code, _, land = language.lower().partition("-")
    if language.lower() == TRADITIONAL:
        land = "tw"
    return f"{code}_{land.upper() if len(land) == 2 else LANDS.get(code, code.upper())}"
