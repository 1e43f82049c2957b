"""QR codes as SVG: level Q, so that a quarter may be dirty or torn, and a quiet zone of four modules."""

import io

from markupsafe import Markup

QUIET = 4


def qr_svg(address: str) -> Markup:
    """The code of an address: one drawing without a size, styles or words, dark on white in every colour scheme."""
    import segno  # is loaded with the first code: not at the start

    drawn = io.BytesIO()
    segno.make(address, error="q", micro=False, boost_error=False).save(
        drawn, kind="svg", border=QUIET, dark="#000", light="#fff", xmldecl=False, svgclass=None, lineclass=None, omitsize=True
    )
    return Markup(drawn.getvalue().decode().strip())  # noqa: S704 - of our own address alone
