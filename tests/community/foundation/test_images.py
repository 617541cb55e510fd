"""Pictures from strangers (promise 1.71): what is refused, and what is left of what is taken in."""

import io
import struct
import zlib

import pytest
from PIL import Image, ImageCms

from community.foundation import images
from community.foundation.images import DamagedPicture, NotAPicture, PictureTooLarge

GPS_IFD = 0x8825
ORIENTATION = 0x0112


def a_file(image=None, format="PNG", **options):
    out = io.BytesIO()
    (image or Image.new("RGB", (40, 30), "#1f6b57")).save(out, format, **options)
    out.seek(0)
    return out


def a_png_that_claims(width, height):
    """A PNG whose header promises any size, with next to no data behind it."""

    def chunk(kind, body):
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    data = chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(b"\0" * 1000)) + chunk(b"IEND", b"")
    return io.BytesIO(b"\x89PNG\r\n\x1a\n" + data)


@pytest.mark.parametrize("format", ["JPEG", "PNG", "GIF", "WEBP"])
def test_the_four_kinds_are_taken_in(format):
    picture = images.open_picture(a_file(format=format))
    assert (picture.size, picture.mode, picture.info) == ((40, 30), "RGB", {})


def test_a_hundred_megapixels_are_refused_by_the_header_alone():
    with pytest.raises(PictureTooLarge):
        images.open_picture(a_png_that_claims(10_000, 10_000))


@pytest.mark.parametrize("size", [(50_000, 50_000), (2**31 - 1, 2**31 - 1), (16_001, 1)])
def test_a_bomb_is_refused_by_the_header_alone(size):
    with pytest.raises((PictureTooLarge, NotAPicture)):
        images.open_picture(a_png_that_claims(*size))


def test_a_text_chunk_that_inflates_without_end_is_refused():
    body = b"Comment\0\0" + zlib.compress(b"A" * 200_000_000)
    chunk = struct.pack(">I", len(body)) + b"zTXt" + body + struct.pack(">I", zlib.crc32(b"zTXt" + body))
    png = a_file().getvalue()
    with pytest.raises((NotAPicture, DamagedPicture)):
        images.open_picture(io.BytesIO(png[:33] + chunk + png[33:]))


def test_a_jpeg_with_thousands_of_scans_is_refused():
    jpeg = a_file(format="JPEG", progressive=True).getvalue()
    scan = b"\xff\xda\x00\x08\x01\x01\x00\x00\x3f\x00"
    with pytest.raises(PictureTooLarge):
        images.open_picture(io.BytesIO(jpeg[:-2] + scan * 2000 + jpeg[-2:]))


def test_a_camera_s_progressive_jpeg_is_taken_in():
    picture = images.open_picture(a_file(Image.effect_noise((400, 300), 60), "JPEG", progressive=True))
    assert picture.size == (400, 300)


def test_more_than_ten_megabytes_are_refused():
    with pytest.raises(PictureTooLarge):
        images.open_picture(io.BytesIO(a_file().getvalue() + b"\0" * images.MAX_BYTES))


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"GIF89a",
        b"<html><script>alert(1)</script></html>",
        b"%PDF-1.7\n",
        b"PK\x03\x04" + b"\0" * 60,
        b"\x00\x00\x01\x00\x01\x00",
        b"II*\x00" + b"\0" * 60,
        b"%!PS-Adobe-3.0 EPSF-3.0\n",
    ],
)
def test_what_is_no_picture_is_refused_whatever_it_is_called(content):
    with pytest.raises(NotAPicture):
        images.open_picture(io.BytesIO(content))


@pytest.mark.parametrize("format", ["BMP", "TIFF", "ICO", "PPM", "TGA", "JPEG2000"])
def test_kinds_that_browsers_need_not_know_are_refused(format):
    with pytest.raises(NotAPicture):
        images.open_picture(a_file(format=format))


@pytest.mark.parametrize("start", [b"<svg", b"\n  <SVG", b"<?xml version='1.0'?><svg", b"<!DOCTYPE svg>"])
def test_svg_is_refused_and_told_what_to_do(start):
    with pytest.raises(NotAPicture, match="not_a_picture") as refused:
        images.open_picture(io.BytesIO(start + b" xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>"))
    assert "SVG" in str(refused.value.detail)


def test_heic_is_refused_and_told_what_to_do():
    with pytest.raises(NotAPicture) as refused:
        images.open_picture(io.BytesIO(b"\0\0\0\x18ftypheic" + b"\0" * 40))
    assert "JPEG" in str(refused.value.detail)


def test_half_a_picture_is_damaged():
    whole = a_file(Image.effect_noise((400, 300), 60), "JPEG").getvalue()
    with pytest.raises(DamagedPicture):
        images.open_picture(io.BytesIO(whole[: len(whole) // 2]))


def test_of_a_polyglot_only_the_pixels_remain():
    page = b"<script>alert(document.cookie)</script>"
    archive = b"PK\x03\x04 evil.jar"
    sent = a_file(format="GIF", comment=page).getvalue() + page + archive
    written = images.webp(images.open_picture(io.BytesIO(sent))).data
    assert written[:4] == b"RIFF"
    assert b"script" not in written
    assert b"PK\x03\x04" not in written


def test_metadata_and_the_place_it_was_taken_are_dropped():
    exif = Image.Exif()
    exif[0x010F] = "SecretCamera"
    exif.get_ifd(GPS_IFD).update({1: "N", 2: (37.0, 33.0, 59.0), 3: "E", 4: (126.0, 58.0, 41.0)})
    sent = a_file(format="JPEG", exif=exif, comment=b"SecretComment")
    assert Image.open(sent).getexif().get_ifd(GPS_IFD)[1] == "N"
    sent.seek(0)
    written = images.webp(images.open_picture(sent)).data
    kept = Image.open(io.BytesIO(written))
    assert dict(kept.getexif()) == {}
    assert b"Secret" not in written
    assert not {"exif", "xmp", "icc_profile"} & set(kept.info)


def test_a_picture_held_sideways_is_turned_upright():
    exif = Image.Exif()
    exif[ORIENTATION] = 6
    lying = Image.new("RGB", (64, 32), "white")
    lying.paste("black", (0, 0, 32, 32))
    picture = images.open_picture(a_file(lying, "JPEG", exif=exif))
    assert picture.size == (32, 64)
    assert picture.getpixel((16, 8))[0] < 60
    assert picture.getpixel((16, 56))[0] > 200


def test_an_animation_gives_its_first_frame():
    frames = [Image.new("RGB", (20, 20), colour) for colour in ("red", "lime", "blue")]
    for format in ("GIF", "WEBP", "PNG"):
        picture = images.open_picture(a_file(frames[0], format, save_all=True, append_images=frames[1:], duration=50))
        red, green, blue = picture.convert("RGB").getpixel((10, 10))
        assert red > 200, format
        assert max(green, blue) < 60, format


@pytest.mark.parametrize(
    ("mode", "kept"), [("L", "RGB"), ("P", "RGB"), ("1", "RGB"), ("CMYK", "RGB"), ("I;16", "RGB"), ("LA", "RGBA")]
)
def test_every_mode_becomes_plain_colours(mode, kept):
    image = Image.new(mode, (8, 8))
    picture = images.open_picture(a_file(image, "JPEG" if mode == "CMYK" else "PNG"))
    assert picture.mode == kept


def test_transparency_is_kept():
    picture = images.open_picture(a_file(Image.new("RGBA", (8, 8), (255, 0, 0, 0))))
    again = Image.open(io.BytesIO(images.webp(picture).data))
    assert again.mode == "RGBA"
    assert again.getpixel((4, 4))[3] == 0


def test_a_colour_profile_is_applied_and_a_hostile_one_is_dropped():
    srgb = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    picture = images.open_picture(a_file(icc_profile=srgb))
    assert all(abs(a - b) <= 2 for a, b in zip(picture.getpixel((5, 5)), (0x1F, 0x6B, 0x57), strict=True))
    broken = srgb[:128] + b"\xff" * 400
    assert images.open_picture(a_file(icc_profile=broken)).getpixel((5, 5)) == (0x1F, 0x6B, 0x57)


def test_a_large_picture_is_shrunk_and_a_small_one_is_not_enlarged():
    large = a_file(Image.new("RGB", (3000, 1500)), "JPEG")
    assert images.open_picture(large, longest=1200).size == (1200, 600)
    assert images.open_picture(a_file(), longest=1200).size == (40, 30)


def test_a_crop_has_exactly_the_shape_asked_for():
    image = Image.new("RGB", (300, 100), "white")
    image.paste("black", (0, 0, 100, 100))
    left = images.cropped(image, 50, 50, centre=(0.0, 0.5))
    assert left.size == (50, 50)
    assert left.getpixel((25, 25)) == (0, 0, 0)
    assert images.cropped(image, 50, 50, centre=(1.0, 0.5)).getpixel((25, 25)) == (255, 255, 255)
