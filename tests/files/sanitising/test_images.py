import io
import struct
import zlib

import pytest
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from crm_portal.files.rules.failures import Failure
from crm_portal.files.rules.kinds import Kind
from tests.factories.files import office, picture


@pytest.mark.parametrize("kind", [Kind.PNG, Kind.JPEG, Kind.GIF, Kind.TIFF])
def test_a_picture_keeps_its_kind_and_size(clean, kind):
    with Image.open(clean(kind, picture(kind.name, size=(64, 48)))) as copy:
        assert copy.format == kind.name
        assert copy.size == (64, 48)
        red, green, blue = copy.convert("RGB").getpixel((10, 10))
        assert red > 150 > green + blue


def test_where_a_photograph_was_taken_is_not_carried_along(clean):
    exif = Image.Exif()
    exif[0x010F], exif[0x8825] = "CameraMaker", {1: "N", 2: (31.0, 46.0, 0.0)}
    photograph = picture("JPEG", exif=exif, comment=b"a secret comment")
    assert b"CameraMaker" in photograph

    copy = clean(Kind.JPEG, photograph).read_bytes()

    assert b"CameraMaker" not in copy
    assert b"secret" not in copy
    with Image.open(io.BytesIO(copy)) as image:
        assert not image.getexif()


def test_a_photograph_that_was_held_upright_stays_upright(clean):
    exif = Image.Exif()
    exif[0x0112] = 6  # turn it by 90 degrees to see it

    with Image.open(clean(Kind.JPEG, picture("JPEG", size=(60, 20), exif=exif))) as copy:
        assert copy.size == (20, 60)


def test_texts_inside_a_picture_are_dropped(clean):
    texts = PngInfo()
    texts.add_text("comment", "<script>alert(1)</script>")
    original = picture("PNG", pnginfo=texts)
    assert b"<script>" in original

    assert b"<script>" not in clean(Kind.PNG, original).read_bytes()


PIXELS = {
    Kind.PNG: ["1", "L", "LA", "P", "RGB", "RGBA", "I;16"],
    Kind.JPEG: ["L", "RGB", "CMYK", "YCbCr"],
    Kind.TIFF: ["1", "L", "LA", "P", "RGB", "RGBA", "I;16", "CMYK", "YCbCr"],
}


@pytest.mark.parametrize(("kind", "mode"), [(kind, mode) for kind, modes in PIXELS.items() for mode in modes])
def test_every_sort_of_pixel_can_be_rebuilt(clean, kind, mode):
    whole = io.BytesIO()
    Image.new(mode, (20, 20)).save(whole, kind.name)

    with Image.open(clean(kind, whole.getvalue())) as copy:
        assert copy.size == (20, 20)


def test_fine_greys_stay_grey(clean):
    whole = io.BytesIO()
    Image.new("I;16", (10, 10), 32_768).save(whole, "PNG")

    with Image.open(clean(Kind.PNG, whole.getvalue())) as copy:
        assert copy.getpixel((5, 5)) == 128


def test_transparency_stays(clean):
    whole = io.BytesIO()
    Image.new("RGBA", (10, 10), (0, 0, 0, 0)).save(whole, "PNG")

    with Image.open(clean(Kind.PNG, whole.getvalue())) as copy:
        assert copy.getpixel((5, 5))[3] == 0


def test_all_pages_of_a_scanned_fax_stay(clean):
    whole = io.BytesIO()
    pages = [Image.new("1", (100, 50), number % 2) for number in range(4)]
    pages[0].save(whole, "TIFF", save_all=True, append_images=pages[1:])

    with Image.open(clean(Kind.TIFF, whole.getvalue())) as copy:
        assert copy.n_frames == 4
        copy.seek(3)
        assert copy.getpixel((1, 1))


def chunk(kind, content):
    return struct.pack("!I", len(content)) + kind + content + struct.pack("!I", zlib.crc32(kind + content))


def test_a_small_file_that_claims_a_huge_picture_fails_before_it_is_decoded(clean):
    header = struct.pack("!2I5B", 60_000, 60_000, 8, 2, 0, 0, 0)
    bomb = b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(b"")) + chunk(b"IEND", b"")

    assert clean(Kind.PNG, bomb) is Failure.IMAGE_BOMB


def test_a_picture_that_is_an_archive_as_well_fails(clean):
    assert clean(Kind.GIF, picture("GIF") + office()) is Failure.POLYGLOT


@pytest.mark.parametrize("behind", [b"<?php system($_GET[0]); ?>", b"MZ\x90\x00" * 10])
def test_what_hangs_behind_a_picture_is_gone(clean, behind):
    assert behind not in clean(Kind.JPEG, picture("JPEG") + behind).read_bytes()


@pytest.mark.parametrize(
    ("kind", "content"),
    [(Kind.PNG, picture("JPEG")), (Kind.JPEG, picture("PNG")), (Kind.PNG, b"MZ\x90\x00"), (Kind.GIF, b"<svg/>")],
)
def test_a_picture_under_a_false_flag_fails(clean, kind, content):
    assert clean(kind, content) is Failure.MISMATCH
