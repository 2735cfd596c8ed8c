"""LaTeX as people write it in bibliographies, and Unicode.

Only what says something about text is read: accents, symbols, emphasis, formulas. Nothing is
executed, and a command that is not known stays as it is written. Symbols come from latexcodec.
"""

from .decoding import Decoded, Piece, address, decode
from .encoding import encode, encoded_characters

__all__ = ["Decoded", "Piece", "address", "decode", "encode", "encoded_characters"]
