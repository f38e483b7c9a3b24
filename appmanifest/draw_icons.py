"""Draws the two icons of the app: a round table seen from above, its chairs, and the chair's own one set apart."""

from __future__ import annotations

import math
import struct
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

Colour = tuple[int, int, int, int]
Holds = Callable[[float, float], bool]

FOLDER = Path(__file__).parent
PETROL: Colour = (0x1D, 0x4F, 0x63, 255)
WHITE: Colour = (255, 255, 255, 255)
AMBER: Colour = (0xF5, 0xB5, 0x3D, 255)
CLEAR: Colour = (255, 255, 255, 0)

COLOUR_ICON_PIXELS = 192
OUTLINE_ICON_PIXELS = 32
# Each pixel's edge is smoothed by looking at this many points in a row, and as many rows.
POINTS_PER_PIXEL = 4
CHAIRS = 6


@dataclass(frozen=True, slots=True)
class Layer:
    """A shape in one colour; `holds` says whether a point, in pixels from the icon's centre, lies in it."""

    holds: Holds
    colour: Colour


def disc(radius: float) -> Holds:
    return lambda x, y: math.hypot(x, y) <= radius


def ring(radius: float, stroke: float) -> Holds:
    return lambda x, y: abs(math.hypot(x, y) - radius) <= stroke / 2


def chair(place: int, radius: float, half_width_degrees: float, stroke: float) -> Holds:
    """The back of one chair: an arc with round ends. Place 0 is at the top."""
    middle = math.radians(360 / CHAIRS * place - 90)
    half = math.radians(half_width_degrees)
    ends = [(radius * math.cos(middle + side), radius * math.sin(middle + side)) for side in (-half, half)]

    def holds(x: float, y: float) -> bool:
        turn = math.remainder(math.atan2(y, x) - middle, math.tau)
        if abs(turn) <= half:
            return abs(math.hypot(x, y) - radius) <= stroke / 2
        return any(math.hypot(x - end_x, y - end_y) <= stroke / 2 for end_x, end_y in ends)

    return holds


def list_colour_layers() -> list[Layer]:
    others = [Layer(chair(place, 64, 19, 15), WHITE) for place in range(1, CHAIRS)]
    return [Layer(disc(40), WHITE), *others, Layer(chair(0, 64, 19, 15), AMBER)]


def list_outline_layers() -> list[Layer]:
    others = [Layer(chair(place, 12.6, 17, 2.6), WHITE) for place in range(1, CHAIRS)]
    return [Layer(ring(6.4, 2.2), WHITE), *others, Layer(chair(0, 12.6, 17, 4.6), WHITE)]


def draw(size: int, ground: Colour, layers: list[Layer]) -> list[list[Colour]]:
    """Rows of pixels, from the top."""
    return [
        [_colour_of(column - size / 2, row - size / 2, ground, layers) for column in range(size)] for row in range(size)
    ]


def _colour_of(left: float, top: float, ground: Colour, layers: list[Layer]) -> Colour:
    colour = ground
    for layer in layers:
        share = _share_of(left, top, layer.holds)
        if share:
            colour = _lay_over(colour, layer.colour, share)
    return colour


def _share_of(left: float, top: float, holds: Holds) -> float:
    steps = [(number + 0.5) / POINTS_PER_PIXEL for number in range(POINTS_PER_PIXEL)]
    return sum(holds(left + x, top + y) for x in steps for y in steps) / POINTS_PER_PIXEL**2


def _lay_over(below: Colour, above: Colour, share: float) -> Colour:
    """On clear ground only the cover changes, so that what is white stays purely white at its edges."""
    alpha = round(below[3] + (above[3] - below[3]) * share)
    if below[3] == 0:
        return (*above[:3], alpha)
    red, green, blue = (round(under + (over - under) * share) for under, over in zip(below[:3], above[:3], strict=True))
    return (red, green, blue, alpha)


def encode_png(rows: list[list[Colour]]) -> bytes:
    """A PNG of 8 bits for each of red, green, blue and cover."""
    header = struct.pack(">IIBBBBB", len(rows[0]), len(rows), 8, 6, 0, 0, 0)
    pixels = b"".join(b"\x00" + bytes(part for pixel in row for part in pixel) for row in rows)
    chunks = ((b"IHDR", header), (b"IDAT", zlib.compress(pixels, 9)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(_encode_chunk(kind, data) for kind, data in chunks)


def _encode_chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def draw_colour_icon() -> list[list[Colour]]:
    return draw(COLOUR_ICON_PIXELS, PETROL, list_colour_layers())


def draw_outline_icon() -> list[list[Colour]]:
    return draw(OUTLINE_ICON_PIXELS, CLEAR, list_outline_layers())


def main() -> None:
    (FOLDER / "color.png").write_bytes(encode_png(draw_colour_icon()))
    (FOLDER / "outline.png").write_bytes(encode_png(draw_outline_icon()))


if __name__ == "__main__":
    main()
