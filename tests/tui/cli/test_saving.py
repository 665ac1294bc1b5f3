"""`--metadata` and `--profile` from the command line to the file."""

from io import BytesIO
from pathlib import Path

import pytest
from PIL import ExifTags, Image, ImageCms

from tests.tui.cli.conftest import Run


@pytest.mark.parametrize(
    ("flags", "place", "artist", "profile"),
    [
        ((), False, True, True),
        (("--metadata", "all"), True, True, True),
        (("--metadata", "none", "--profile", "srgb"), False, False, False),
    ],
)
def test_what_is_asked_for_is_written(
    safelight: Run, tmp_path: Path, flags: tuple[str, ...], place: bool, artist: bool, profile: bool
) -> None:
    exif = Image.Exif()
    exif[ExifTags.Base.Artist] = "Photographer"
    exif.get_ifd(ExifTags.IFD.GPSInfo)[ExifTags.GPS.GPSLatitudeRef] = "N"
    icc = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    Image.new("RGB", (40, 30), "teal").save(tmp_path / "a.jpg", exif=exif, icc_profile=icc, xmp=b"damaged")
    done = safelight("apply", "a.jpg", "-f", "invert", "-o", "results", *flags)
    assert done.returncode == 0, done.stderr
    assert (b"XMP data is damaged" in done.stdout + done.stderr) == (not flags)
    with Image.open(BytesIO((tmp_path / "results" / "a.jpg").read_bytes())) as result:
        tags = result.getexif()
        assert bool(tags.get_ifd(ExifTags.IFD.GPSInfo)) == place
        assert (ExifTags.Base.Artist in tags) == artist
        assert ("icc_profile" in result.info) == profile
