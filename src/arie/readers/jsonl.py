"""JSON Lines: one document in its dict form on each line."""

import json
from collections.abc import Iterator
from pathlib import Path

from arie.document import Document
from arie.errors import InputError


def read_jsonl(path: Path) -> Iterator[Document]:
    """Read documents one by one; raises InputError naming the line that is none."""
    with path.open(encoding="utf-8-sig") as lines:
        for number, line in enumerate(lines, start=1):
            if not line.strip():
                continue
            try:
                yield Document.from_dict(json.loads(line))
            except (ValueError, RecursionError) as error:
                if isinstance(error, InputError):
                    raise InputError(f"{path}:{number}: {error}") from error
                raise InputError(f"{path}:{number}: not a line of JSON ({error})") from error
