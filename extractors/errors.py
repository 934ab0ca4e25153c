"""What can be wrong with a whole source; one bad item becomes an ``Issue`` instead."""

from __future__ import annotations


class ExtractionError(Exception):
    """Base of this room's errors. ``subject_id`` names what failed, ``code`` is short and stable."""

    code = "extraction_failed"

    def __init__(self, subject_id: str, message: str) -> None:
        super().__init__(f"{subject_id}: {message}")
        self.subject_id = subject_id
        self.message = message

    def __reduce__(self) -> tuple[type[ExtractionError], tuple[str, str]]:
        """Errors cross processes whole."""
        return type(self), (self.subject_id, self.message)


class NotAFeedError(ExtractionError):
    """The bytes are no feed: empty, an HTML page, or a form that we do not know."""

    code = "not_a_feed"


class NotAnArticleError(ExtractionError):
    """The bytes are no article that can be read: binary, empty, or a wall instead of a text."""

    code = "not_an_article"


class RegistryError(ExtractionError):
    """A row of the registry breaks its rules; the message names file, line and rule."""

    code = "registry_invalid"


class ModelMissingError(ExtractionError):
    """The spaCy model named in the settings is not installed."""

    code = "model_missing"
