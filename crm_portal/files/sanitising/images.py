"""Pictures: decoded to pixels and encoded anew, so that nothing but the picture is left."""

from collections.abc import Iterator
from pathlib import Path

from PIL import Image, ImageOps, ImageSequence
from PIL.TiffImagePlugin import AppendingTiffWriter

from crm_portal.files.rules.failures import Failure, Unclean
from crm_portal.files.rules.kinds import LIMITS, Kind

_MODES = {
    Kind.JPEG: ("L", "RGB"),
    Kind.PNG: ("1", "L", "LA", "RGB", "RGBA"),
    Kind.GIF: ("1", "L", "RGB"),
    Kind.TIFF: ("1", "L", "RGB"),
}


def rebuild(kind: Kind, original: Path, copy: Path) -> None:
    """
    Write the picture again without metadata, turned as its EXIF said. Of a moving GIF the first picture is kept.

    :raises Unclean: when it has too many pixels or pages, or is not of its kind
    """
    Image.MAX_IMAGE_PIXELS = None  # ours are counted below, before anything is decoded
    with Image.open(original, formats=[kind.name]) as image:
        pages = getattr(image, "n_frames", 1) if kind is Kind.TIFF else 1
        if pages > LIMITS.image_pages:
            raise Unclean(Failure.IMAGE_BOMB, "pages")
        pictures = _pictures(image, kind, pages)
        if kind is Kind.TIFF:
            _save_pages(pictures, copy)
        elif kind is Kind.JPEG:
            next(pictures).save(copy, "JPEG", quality=90, optimize=True)
        else:
            next(pictures).save(copy, kind.name, optimize=True)


def _save_pages(pictures: Iterator[Image.Image], copy: Path) -> None:
    """Page after page, so that never more than one is in memory."""
    with AppendingTiffWriter(str(copy), new=True) as pages:
        for picture in pictures:
            compression = "group4" if picture.mode == "1" else "tiff_adobe_deflate"
            picture.save(pages, "TIFF", compression=compression)
            pages.newFrame()


def _pictures(image: Image.Image, kind: Kind, pages: int) -> Iterator[Image.Image]:
    decoded = 0
    for _page, frame in zip(range(pages), ImageSequence.Iterator(image), strict=False):
        pixels = frame.width * frame.height
        decoded += pixels
        if pixels > LIMITS.image_pixels or decoded > LIMITS.image_pixels_of_all:
            raise Unclean(Failure.IMAGE_BOMB, "pixels")
        yield _bare(frame, kind)


def _bare(frame: Image.Image, kind: Kind) -> Image.Image:
    turned = ImageOps.exif_transpose(frame)
    see_through = kind is Kind.PNG and (turned.mode in ("LA", "PA", "RGBA") or "transparency" in turned.info)
    if see_through:
        picture = turned.convert("RGBA")
    elif turned.mode.startswith("I;16"):
        picture = turned.point(lambda grey: grey * (1 / 256)).convert("L")  # plain conversion cuts off at 255
    elif turned.mode in _MODES[kind]:
        picture = turned.copy()
    else:
        picture = turned.convert("RGB")
    bare = Image.new(picture.mode, picture.size)  # no info: no EXIF, XMP, ICC, comment or thumbnail
    bare.paste(picture)
    return bare
