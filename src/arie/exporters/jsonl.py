"""JSON Lines: one document in its dict form on each line."""

from arie.document import Document


def write_jsonl(document: Document) -> str:
    """Return the document as one line of JSON."""
    return document.to_json() + "\n"
