"""Files in, documents out: one format a file, one row a format in `FORMATS`."""

from collections.abc import Callable, Iterator
from pathlib import Path

from arie.document import Document
from arie.errors import InputError
from arie.readers.columns import read_clitic_columns, read_columns
from arie.readers.inline import read_inline
from arie.readers.jsonl import read_jsonl
from arie.readers.plain import read_plain

# To add a format, write a reader (path -> documents) and add a row.
FORMATS: dict[str, Callable[[Path], Iterator[Document]]] = {
    "plain": read_plain,
    "jsonl": read_jsonl,
    "inline": read_inline,
    "columns": read_columns,
    "clitic-columns": read_clitic_columns,
}
ENDINGS = {".jsonl": "jsonl", ".arie": "inline", ".conll": "columns", ".tsv": "columns"}


def read_documents(path: Path, format: str | None = None) -> Iterator[Document]:
    """Read the documents of a file; without `format` its ending decides, and plain text is the rest.

    Raises InputError if the format is unknown or the file cannot be read in it.
    """
    name = format or ENDINGS.get(path.suffix.lower(), "plain")
    if name not in FORMATS:
        raise InputError(f"unknown format {name!r}; known are {', '.join(FORMATS)}")
    try:
        yield from FORMATS[name](path)
    except OSError as error:
        raise InputError(f"cannot read {path}: {error.strerror}; give the path of a readable file") from error
    except UnicodeDecodeError as error:
        raise InputError(
            f"{path} is not UTF-8 (byte {error.start}); convert it first, for example with "
            "'iconv -f windows-1256 -t utf-8'"
        ) from error
