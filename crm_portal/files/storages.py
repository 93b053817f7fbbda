"""Where uploads lie: quarantine, which is never served, and the clean copies. `settings.STORAGES` names both."""

from pathlib import Path

from django.conf import settings
from django.core.files.storage import FileSystemStorage, Storage, storages
from django.utils.functional import cached_property


class FolderStorage(FileSystemStorage):
    """A folder of MEDIA_ROOT for this user alone, without an address on the web; a name given again is replaced."""

    def __init__(self, folder: str) -> None:
        super().__init__(allow_overwrite=True, file_permissions_mode=0o600, directory_permissions_mode=0o700)
        self._folder = folder

    @cached_property
    def base_location(self) -> str:
        return str(Path(settings.MEDIA_ROOT) / self._folder)

    def url(self, name: str | None) -> str:
        raise ValueError("Files are served only by views that ask for permission.")


def quarantine() -> Storage:
    """The originals, as they came."""
    return storages["quarantine"]


def clean() -> Storage:
    """The copies that people may open."""
    return storages["clean"]
