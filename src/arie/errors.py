"""Everything that arie raises on purpose.

    ArieError
    ├── InputError      a text, a document or a file to read is not what it must be (also a ValueError)
    ├── ConfigError     a config or label file has an unknown key, a wrong type, a missing value
    ├── ModelError      a model folder is missing, incomplete or corrupt
    └── MissingExtraError  an optional dependency is not installed (also an ImportError)

Each message says what was given, what was expected and what to do.
"""


class ArieError(Exception):
    """Base class: `except arie.ArieError` catches all that arie raises on purpose."""


class InputError(ArieError, ValueError):
    """A text, document or input file is not what it must be."""


class ConfigError(ArieError):
    """A config or label file cannot be used."""


class ModelError(ArieError):
    """A model folder is missing, incomplete or corrupt."""


class MissingExtraError(ArieError, ImportError):
    """A feature needs an optional dependency that is not installed."""
