"""Reading: from files to articles, one file a format."""

from gtdlike.reading.base import MAX_CHARACTERS, ReadingWarning, Unreadable
from gtdlike.reading.inputs import read

__all__ = ["MAX_CHARACTERS", "ReadingWarning", "Unreadable", "read"]
