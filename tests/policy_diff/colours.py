"""How many pixels of each colour a PNG holds, row by row: colours.py FILE RRGGBB..., as JSON. Nothing but Python."""

import json, struct, sys, zlib

data = open(sys.argv[1], "rb").read()
assert data[:8] == b"\x89PNG\r\n\x1a\n"
at, packed = 8, b""
while at < len(data):
    length, kind = struct.unpack(">I4s", data[at : at + 8])
    body = data[at + 8 : at + 8 + length]
    if kind == b"IHDR":
        width, height, depth, colour, _, _, interlaced = struct.unpack(">IIBBBBB", body)
        assert depth == 8 and colour in (2, 6) and not interlaced
    elif kind == b"IDAT":
        packed += body
    at += 12 + length

step = 3 if colour == 2 else 4
raw, stride = zlib.decompress(packed), width * step
colours = {name: bytes.fromhex(name) for name in sys.argv[2:]}
rows = {name: [] for name in colours}


def nearest(left, above, corner):
    guess = left + above - corner
    return min((left, above, corner), key=lambda value: abs(guess - value))


line = bytearray(stride)
for row in range(height):
    start = row * (stride + 1)
    method, coded, above = raw[start], raw[start + 1 : start + 1 + stride], line
    line = bytearray(coded)
    for i in range(stride) if method else ():
        left, corner = (line[i - step], above[i - step]) if i >= step else (0, 0)
        add = (0, left, above[i], (left + above[i]) // 2, 0)[method]
        line[i] = (coded[i] + (nearest(left, above[i], corner) if method == 4 else add)) & 255
    pixels = [bytes(line[i : i + 3]) for i in range(0, stride, step)]
    for name, wanted in colours.items():
        rows[name].append(pixels.count(wanted))
print(json.dumps(rows))
