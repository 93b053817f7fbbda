"""Uploads and stored files for tests: harmless ones, and some that no check may let through."""

import io
import uuid
import zipfile

import factory
import pikepdf
from django.core.files.base import ContentFile
from django.core.files.storage import Storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from PIL import Image
from reportlab.pdfgen.canvas import Canvas

from crm_portal.files.models import StoredFile
from crm_portal.files.rules.failures import Failure
from crm_portal.files.rules.kinds import EXTENSIONS, extension_of
from crm_portal.files.services.receiving import place_of
from crm_portal.files.storages import clean, quarantine

EICAR = rb"X5O!P%@AP[4\PZX54(P^)7CC)7}" + rb"$EICAR-STANDARD-" + rb"ANTIVIRUS-TEST-FILE!$H+H*"


def pdf(*lines: str) -> bytes:
    """A PDF of one page."""
    whole = io.BytesIO()
    canvas = Canvas(whole, invariant=True)
    for number, line in enumerate(lines or ("A request for a tax refund",)):
        canvas.drawString(72, 720 - 20 * number, line)
    canvas.showPage()
    canvas.save()
    return whole.getvalue()


def locked_pdf(password: str = "secret") -> bytes:
    """A PDF that needs a password: it passes at the door and fails its sanitisation."""
    whole = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf())) as document:
        document.save(whole, encryption=pikepdf.Encryption(user=password, owner=password))
    return whole.getvalue()


def picture(kind: str = "PNG", *, size: tuple[int, int] = (40, 30), **options: object) -> bytes:
    """A picture of one colour."""
    whole = io.BytesIO()
    Image.new("RGB", size, (200, 30, 30)).save(whole, kind, **options)
    return whole.getvalue()


def office(main: str = "word/document.xml", **parts: bytes | str) -> bytes:
    """A small Word file, or Excel with `main="xl/workbook.xml"`; `parts` adds entries (`**{"name": content}`)."""
    namespace = "http://schemas.openxmlformats.org/package/2006"
    types = (
        f'<Types xmlns="{namespace}/content-types"><Default Extension="xml" ContentType="application/xml"/>'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/></Types>'
    )
    relations = (
        f'<Relationships xmlns="{namespace}/relationships"><Relationship Id="rId1" Target="{main}" Type='
        '"http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"/></Relationships>'
    )
    entries = {"[Content_Types].xml": types, "_rels/.rels": relations, main: "<document/>", **parts}
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in entries.items():
            archive.writestr(name, content)
    return whole.getvalue()


def upload(name: str = "מסמך.pdf", content: bytes | None = None) -> SimpleUploadedFile:
    """What a form or the API hands over; without content a harmless PDF."""
    return SimpleUploadedFile(name, pdf() if content is None else content)


def bytes_of(storage: Storage, name: str) -> bytes:
    """What lies in a storage under a name."""
    with storage.open(name) as kept:
        return kept.read()


class StoredFileFactory(factory.django.DjangoModelFactory):
    """A file that waits for its sanitisation; `clean=True` and `failed=True` are settled."""

    class Meta:
        model = StoredFile

    class Params:
        content = b""
        clean = factory.Trait(
            state="clean",
            content_type=factory.LazyAttribute(lambda file: EXTENSIONS[extension_of(file.name)].value),
            clean_copy=factory.LazyAttribute(
                lambda file: clean().save(place_of(file.id, file.uploaded_at), ContentFile(file.content or pdf()))
            ),
            clean_size=factory.LazyAttribute(lambda file: len(file.content or pdf())),
            settled_at=factory.SelfAttribute("uploaded_at"),
        )
        failed = factory.Trait(
            state="failed", failure=Failure.MALWARE.value, settled_at=factory.SelfAttribute("uploaded_at")
        )

    id = factory.LazyFunction(uuid.uuid4)
    name = factory.Sequence(lambda n: f"מסמך {n}.pdf")
    size = factory.LazyAttribute(lambda file: len(file.content or pdf()))
    sha256 = "0" * 64
    uploaded_at = factory.LazyFunction(timezone.now)
    original = factory.LazyAttribute(
        lambda file: quarantine().save(place_of(file.id, file.uploaded_at), ContentFile(file.content or pdf()))
    )
