"""Emoji that are written as words between colons, as GitHub shows them (`:tada:`)."""

from __future__ import annotations

import re

NAMES = {
    "airplane": "✈️", "apple": "🍎", "art": "🎨", "balloon": "🎈", "bar_chart": "📊",
    "beer": "🍺", "bell": "🔔", "bird": "🐦", "blush": "😊", "book": "📖", "bookmark": "🔖",
    "bookmark_tabs": "📑", "books": "📚", "boom": "💥", "brain": "🧠", "bulb": "💡",
    "busts_in_silhouette": "👥", "calendar": "📅", "camera": "📷", "cat": "🐱",
    "champagne": "🍾", "chart_with_upwards_trend": "📈", "clap": "👏", "coffee": "☕",
    "computer": "💻", "confetti_ball": "🎊", "congratulations": "㊗️", "crossed_fingers": "🤞",
    "crown": "👑", "dart": "🎯", "date": "📅", "dog": "🐶", "earth_africa": "🌍",
    "earth_americas": "🌎", "earth_asia": "🌏", "email": "📧", "envelope": "✉️",
    "exclamation": "❗", "eyes": "👀", "fire": "🔥", "fireworks": "🎆", "fist": "✊",
    "gift": "🎁", "globe_with_meridians": "🌐", "grin": "😁", "grinning": "😀", "handshake": "🤝",
    "heart": "❤️", "heart_eyes": "😍", "house": "🏠", "hugs": "🤗", "joy": "😂",
    "laughing": "😆", "link": "🔗", "loudspeaker": "📢", "mag": "🔍", "man_technologist": "👨‍💻",
    "medal_sports": "🏅", "mega": "📣", "memo": "📝", "microphone": "🎤", "mortar_board": "🎓",
    "mountain": "⛰️", "movie_camera": "🎥", "muscle": "💪", "musical_note": "🎵",
    "newspaper": "📰", "ok_hand": "👌", "package": "📦", "page_facing_up": "📄",
    "partying_face": "🥳", "pencil": "📝", "pencil2": "✏️", "phone": "☎️", "point_right": "👉",
    "pray": "🙏", "pushpin": "📌", "raised_hands": "🙌", "rainbow": "🌈", "relaxed": "☺️",
    "robot": "🤖", "rocket": "🚀", "school": "🏫", "scroll": "📜", "seedling": "🌱",
    "slightly_smiling_face": "🙂", "smile": "😄", "smiley": "😃", "snake": "🐍",
    "sparkles": "✨", "speech_balloon": "💬", "star": "⭐", "star2": "🌟", "sunglasses": "😎",
    "sunny": "☀️", "tada": "🎉", "thinking": "🤔", "thumbsup": "👍", "+1": "👍",
    "trophy": "🏆", "unicorn": "🦄", "v": "✌️", "video_camera": "📹", "warning": "⚠️",
    "wave": "👋", "wink": "😉", "woman_technologist": "👩‍💻", "writing_hand": "✍️", "zap": "⚡",
}  # fmt: skip
CODE = re.compile(r"(?<![\w:]):([a-z0-9_+-]{1,30}):(?![\w:])")


def with_emoji(text: str) -> str:
    """Return a text with the emoji that are known by the name they are written with."""
    return CODE.sub(lambda match: NAMES.get(match[1], match[0]), text)
