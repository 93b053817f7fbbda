"""PDF: rebuilt with what is to be seen, without what would run, load or be carried along."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, Object, Stream

from crm_portal.files.rules.failures import Failure, Unclean

# What the catalog keeps; everything else (forms, scripts, attachments, what runs at opening) goes.
_CATALOG = frozenset(
    {"/Type", "/Pages", "/Version", "/Lang", "/PageLabels", "/PageMode", "/PageLayout", "/ViewerPreferences",
     "/Outlines", "/Dests", "/StructTreeRoot", "/MarkInfo", "/OCProperties", "/OutputIntents"}
)  # fmt: skip
FORBIDDEN = frozenset(
    {"/JS", "/JavaScript", "/OpenAction", "/AA", "/Launch", "/EmbeddedFile", "/EmbeddedFiles", "/EF", "/AF", "/XFA",
     "/RichMedia", "/RichMediaContent", "/RichMediaSettings"}
)  # fmt: skip
_CARRIED = frozenset({"/Metadata", "/PieceInfo", "/OPI", "/Ref"})
_ANNOTATIONS = frozenset(
    {"/RichMedia", "/Screen", "/Movie", "/Sound", "/FileAttachment", "/3D", "/Widget", "/TrapNet", "/PrinterMark"}
)
_ACTIONS = frozenset({"/GoTo", "/URI", "/Named"})
_SCHEMES = ("http://", "https://", "mailto:", "tel:")
# Their keys are names that the writer made up, e.g. of a font: "/JS" there means nothing.
_NAMESPACES = frozenset(
    {"/Font", "/XObject", "/ColorSpace", "/ExtGState", "/Pattern", "/Shading", "/Properties", "/CharProcs",
     "/Colorants", "/ClassMap", "/RoleMap", "/Dests"}
)  # fmt: skip
_TYPING = ("/S", "/Type", "/Subtype")


def rebuild(original: Path, copy: Path) -> None:
    """
    Write the document again: forms become plain page content, active content and attachments are left out.

    One that only its owner's password protects opens without any and is rebuilt without protection.

    :raises Unclean: when a password is needed, it cannot be rebuilt, or something active is still in the copy
    """
    try:
        with pikepdf.open(original) as document:
            _check_rebuildable(document)
            _flatten(document)
            _strip(document)
            document.save(copy, encryption=False, object_stream_mode=pikepdf.ObjectStreamMode.generate)
        with pikepdf.open(copy) as rebuilt:
            left = set(active_content(rebuilt))
            pages = len(rebuilt.pages)
    except pikepdf.PasswordError as error:
        raise Unclean(Failure.ENCRYPTED) from error
    except pikepdf.PdfError as error:
        raise Unclean(Failure.UNREADABLE, type(error).__name__) from error
    if left:
        raise Unclean(Failure.ACTIVE_CONTENT, ", ".join(sorted(left)))
    if not pages:
        raise Unclean(Failure.UNREADABLE, "no pages")


def active_content(document: pikepdf.Pdf) -> Iterator[str]:
    """The forbidden names that are still in any object of the document."""
    for found, is_namespace in _walk(document.trailer):
        if is_namespace:
            continue
        for key in found.keys():  # noqa: SIM118 - iterating a stream yields its dictionary only this way
            if key in FORBIDDEN:
                yield key
        for key in _TYPING:
            if str(found.get(key, "")) in FORBIDDEN:
                yield str(found[key])


def _check_rebuildable(document: pikepdf.Pdf) -> None:
    form = document.Root.get("/AcroForm")
    if form is not None and "/XFA" in form and document.Root.get("/NeedsRendering"):
        raise Unclean(Failure.UNREADABLE, "dynamic XFA form")  # its pages exist only when its program runs


def _flatten(document: pikepdf.Pdf) -> None:
    form = document.Root.get("/AcroForm")
    if form is not None and form.get("/NeedAppearances"):
        document.generate_appearance_streams()
    document.flatten_annotations("all")


def _strip(document: pikepdf.Pdf) -> None:
    if "/Info" in document.trailer:
        del document.trailer["/Info"]
    root = document.Root
    destinations = root.Names.get("/Dests") if isinstance(root.get("/Names"), Dictionary) else None
    _drop(root, [key for key in root.keys() if key not in _CATALOG])  # noqa: SIM118
    if destinations is not None:
        root.Names = Dictionary(Dests=destinations)
    for found, is_namespace in _walk(document.trailer):
        if not is_namespace:
            _clean_dictionary(found)


def _clean_dictionary(found: Any) -> None:
    if str(found.get("/S", "")) in FORBIDDEN or str(found.get("/Type", "")) in FORBIDDEN:
        _drop(found, list(found.keys()))
        return
    _drop(found, [key for key in found.keys() if key in FORBIDDEN or key in _CARRIED])  # noqa: SIM118
    if isinstance(found, Stream):
        _drop(found, [key for key in ("/F", "/FFilter", "/FDecodeParms") if key in found])  # content of another file
    for key in ("/A", "/PA", "/Next"):
        if key in found and _is_refused_action(found[key]):
            del found[key]
        elif isinstance(found.get(key), Array):  # of actions, one after the other
            found[key] = Array([action for action in found[key] if not _is_refused_action(action)])
    if isinstance(found.get("/Annots"), Array):
        found.Annots = Array([annotation for annotation in found.Annots if _is_kept(annotation)])


def _is_refused_action(action: Object) -> bool:
    """An action that does more than go to a page or open an address; attributes of tags have the same key, no /S."""
    if not isinstance(action, Dictionary) or not isinstance(action.get("/S"), Name):
        return False
    if str(action.S) == "/URI":
        return not str(action.get("/URI", "")).strip().lower().startswith(_SCHEMES)
    return str(action.S) not in _ACTIONS


def _is_kept(annotation: Object) -> bool:
    return isinstance(annotation, Dictionary) and str(annotation.get("/Subtype", "")) not in _ANNOTATIONS


def _drop(found: Any, keys: list[str]) -> None:
    for key in keys:
        if not (isinstance(found, Stream) and key == "/Length"):  # the library keeps it
            del found[key]


def _walk(trailer: Object) -> Iterator[tuple[Any, bool]]:
    """Every dictionary and stream that is reachable, each once, and whether its keys are made-up names."""
    waiting: list[tuple[Object, bool]] = [(trailer, False)]
    seen = set()
    while waiting:
        found, is_namespace = waiting.pop()
        if isinstance(found, Array):
            waiting += [(item, False) for item in found if isinstance(item, Array | Dictionary | Stream)]
            continue
        if found.is_indirect:
            if (found.objgen, is_namespace) in seen:
                continue
            seen.add((found.objgen, is_namespace))
        yield found, is_namespace
        for key in list(found.keys()):
            if isinstance(found[key], Array | Dictionary | Stream):
                waiting.append((found[key], key in _NAMESPACES and not is_namespace))
