"""How an upload lands on this machine before anybody looks at it."""

from django.core.files.uploadhandler import TemporaryFileUploadHandler

from crm_portal.configuration.rules import options
from crm_portal.configuration.selectors import configured


class CappedUploadHandler(TemporaryFileUploadHandler):
    """
    Writes no more of a file than may be accepted, so that an endless one does not fill the disk.

    The rest is counted only: the file keeps its true size, by which it is then refused at its field.
    """

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        if start <= configured(options.FILE_MAX_MB) * 1024 * 1024:
            super().receive_data_chunk(raw_data, start)
