"""Colours as their profile means them: cameras and designers write more than sRGB."""

from io import BytesIO

from PIL import Image, ImageCms

MODES = ("RGB", "RGBA", "CMYK", "L", "LA")


def to_srgb(picture: Image.Image) -> Image.Image:
    """The picture in sRGB, by the ICC profile that it carries; without one, as it is.

    A profile that cannot be read or is of another colour space is ignored, as in every viewer.
    """
    profile = picture.info.get("icc_profile")
    if not profile or picture.mode not in MODES:
        return picture
    try:
        source = ImageCms.ImageCmsProfile(BytesIO(profile))
        if "sRGB" in ImageCms.getProfileDescription(source):
            return picture
        alpha = picture.getchannel("A") if "A" in picture.getbands() else None
        colours = picture if alpha is None else picture.convert(picture.mode[:-1])
        target = ImageCms.createProfile("sRGB")
        done = ImageCms.profileToProfile(colours, source, target, outputMode="RGB")
    except (ImageCms.PyCMSError, OSError, ValueError):
        return picture
    if done is None:
        return picture
    if alpha is not None:
        done.putalpha(alpha)
    return done
