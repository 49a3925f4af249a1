"""arie reads Arabic news about armed conflict: who, where, when, how many, agreements and evacuations.

    >>> import arie
    >>> document = arie.extract("غادرت 12 حافلة تقل مقاتلين مدينة حلب")  # doctest: +SKIP

Importing is cheap: the model and what runs it are loaded at the first use.
"""

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from arie.document import Document, Entity, Quantity, Relation
from arie.errors import ArieError, ConfigError, InputError, MissingExtraError, ModelError

if TYPE_CHECKING:
    from arie.pipeline import Extractor

__all__ = [
    "ArieError",
    "ConfigError",
    "Document",
    "Entity",
    "InputError",
    "MissingExtraError",
    "ModelError",
    "Quantity",
    "Relation",
    "extract",
    "load",
]


def extract(text: str) -> Document:
    """Return the document of one text, read by the shipped model, which is loaded once.

    Raises InputError for anything but a string of valid Unicode.
    """
    return _shipped()(text)


def load(model: str | Path | None = None, device: str = "auto") -> "Extractor":
    """Return an Extractor: the shipped model (None), one named under models/, or a folder.

    `device` is "cpu" (ONNX Runtime), "cuda" (torch) or "auto". Raises ModelError if the model is missing,
    incomplete or corrupt.
    """
    from arie.pipeline import load as open_model

    return open_model(model, device)


@cache
def _shipped() -> "Extractor":
    return load()
