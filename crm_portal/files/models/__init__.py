from .stored_files import StoredFile

__all__ = ["StoredFile"]
