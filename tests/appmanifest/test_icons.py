"""The icons: the sizes and colours that Teams wants, and the files beside the script as the script draws them."""

from __future__ import annotations

import struct
import zlib
from pathlib import Path

from appmanifest.draw_icons import FOLDER, Colour, draw_colour_icon, draw_outline_icon, encode_png

SIGNATURE_AND_HEADER = ">8sI4sIIBBBBBI"


def read_png(path: Path) -> list[list[Colour]]:
    """Reads only what our own script writes: one IDAT, eight bits a part, no filter."""
    content = path.read_bytes()
    _, _, kind, width, height, depth, colour_type, *_ = struct.unpack_from(SIGNATURE_AND_HEADER, content)
    assert (kind, depth, colour_type) == (b"IHDR", 8, 6)
    start = struct.calcsize(SIGNATURE_AND_HEADER)
    [length] = struct.unpack_from(">I", content, start)
    pixels = zlib.decompress(content[start + 8 : start + 8 + length])
    row_bytes = 1 + 4 * width
    assert len(pixels) == row_bytes * height
    rows = [pixels[row * row_bytes + 1 : (row + 1) * row_bytes] for row in range(height)]
    return [[(row[at], row[at + 1], row[at + 2], row[at + 3]) for at in range(0, len(row), 4)] for row in rows]


def test_the_colour_icon_fills_its_square_and_has_the_size_teams_wants() -> None:
    rows = read_png(FOLDER / "color.png")

    assert {len(rows), *map(len, rows)} == {192}
    assert {pixel[3] for row in rows for pixel in row} == {255}
    assert rows[0][0] == rows[191][191]
    assert rows[96][96] == (255, 255, 255, 255)


def test_the_outline_icon_is_white_on_nothing() -> None:
    rows = read_png(FOLDER / "outline.png")
    pixels = [pixel for row in rows for pixel in row]

    assert {len(rows), *map(len, rows)} == {32}
    assert {pixel[:3] for pixel in pixels} == {(255, 255, 255)}
    assert rows[0][0][3] == 0
    assert max(pixel[3] for pixel in pixels) == 255


def test_the_files_are_what_the_script_draws() -> None:
    assert read_png(FOLDER / "color.png") == draw_colour_icon()
    assert read_png(FOLDER / "outline.png") == draw_outline_icon()


def test_what_is_written_can_be_read(tmp_path: Path) -> None:
    rows: list[list[Colour]] = [[(1, 2, 3, 4), (5, 6, 7, 8)], [(9, 10, 11, 12), (0, 0, 0, 255)]]
    (tmp_path / "small.png").write_bytes(encode_png(rows))

    assert read_png(tmp_path / "small.png") == rows
