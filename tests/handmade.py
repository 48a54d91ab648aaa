"""PDFs written object by object, for what no program that sets text would make."""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from io import BytesIO

FONT = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>"
WITH_FONT = b"<</Font<</F 4 0 R>>>>"


def document(objects: Sequence[bytes]) -> bytes:
    """A PDF of the objects, numbered from 1; the first is the catalog."""
    buffer, offsets = BytesIO(b"%PDF-1.7\n"), []
    buffer.seek(0, 2)
    for number, each in enumerate(objects, start=1):
        offsets.append(buffer.tell())
        buffer.write(b"%d 0 obj\n" % number + each + b"\nendobj\n")
    start = buffer.tell()
    buffer.write(b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1))
    buffer.writelines(b"%010d 00000 n \n" % offset for offset in offsets)
    buffer.write(b"trailer\n<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, start))
    return buffer.getvalue()


def stream(content: bytes, entries: bytes = b"") -> bytes:
    """A stream with its dictionary."""
    packed = zlib.compress(content)
    return b"<<%s/Filter/FlateDecode/Length %d>>stream\n%s\nendstream" % (entries, len(packed), packed)


def one_page(
    content: bytes,
    *more: bytes,
    resources: bytes = WITH_FONT,
    font: bytes = FONT,
    count: int = 1,
    box: bytes = b"0 0 595 842",
) -> bytes:
    """A PDF of one page that shows `content`. `more` are the objects from 6 on; `count` is what it promises."""
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[%s]/Resources %s/Contents 5 0 R>>" % (box, resources)
    tree = b"<</Type/Pages/Kids[3 0 R]/Count %d>>" % count
    return document([b"<</Type/Catalog/Pages 2 0 R>>", tree, page, font, stream(content), *more])


def drawing(content: bytes, resources: bytes) -> bytes:
    """A form: a drawing that pages and other drawings can show."""
    return stream(content, b"/Type/XObject/Subtype/Form/BBox[0 0 595 842]/Resources " + resources)


def drawings_of_drawings(depth: int) -> bytes:
    """A page that shows a drawing of ten drawings, each of ten drawings, and so on; the innermost ones say "hej"."""
    outer = [drawing(b"/X Do " * 10, b"<</XObject<</X %d 0 R>>>>" % (number + 7)) for number in range(depth - 1)]
    inner = drawing(b"BT /F 10 Tf 50 700 Td (hej) Tj ET", WITH_FONT)
    return one_page(b"/X Do", *outer, inner, resources=b"<</XObject<</X 6 0 R>>>>")
