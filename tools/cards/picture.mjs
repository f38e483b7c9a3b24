// Draws cards side by side as one picture for the documents.
//   node picture.mjs OUT.png card.json …      (here, after npm ci; CHROMIUM=/usr/bin/chromium unless it is elsewhere)
// The cards come from `python -m tests.cards.gallery FOLDER` at the root: real cards of the product, fictitious people.
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { deflateSync } from "node:zlib";
import { chromium } from "playwright-core";

const here = fileURLToPath(new URL(".", import.meta.url));
const CARD_WIDTH = 340;
const GAP = 14;

// Runs in the page: one column a card.
const draw = ({ cards, config, width, gap }) => {
  const row = document.getElementById("card");
  row.style.cssText = `background: none; border: 0; border-radius: 0; display: flex; align-items: flex-start; gap: ${gap}px;`;
  for (const card of cards) {
    const adaptive = new AdaptiveCards.AdaptiveCard();
    adaptive.hostConfig = new AdaptiveCards.HostConfig(config);
    adaptive.parse(card);
    const place = document.createElement("div");
    place.style.cssText = `width: ${width}px; background: var(--paper); border: 1px solid var(--edge); border-radius: 6px; overflow: hidden;`;
    place.append(adaptive.render());
    row.append(place);
  }
};

// Runs in the page: the picture with its 256 most frequent colours, a third of the size of a full one.
const reduce = async (png) => {
  const image = await createImageBitmap(await (await fetch(`data:image/png;base64,${png}`)).blob());
  const canvas = new OffscreenCanvas(image.width, image.height).getContext("2d");
  canvas.drawImage(image, 0, 0);
  const pixels = new Uint32Array(canvas.getImageData(0, 0, image.width, image.height).data.buffer);
  const counted = new Map();
  for (const colour of pixels) counted.set(colour, (counted.get(colour) ?? 0) + 1);
  const parts = (colour) => [colour & 255, (colour >> 8) & 255, (colour >> 16) & 255];
  const palette = [...counted].sort((a, b) => b[1] - a[1]).slice(0, 256).map(([colour]) => parts(colour));
  const distance = (a, b) => (a[0] - b[0]) ** 2 + (a[1] - b[1]) ** 2 + (a[2] - b[2]) ** 2;
  const nearest = new Map();
  for (const colour of counted.keys()) {
    const distances = palette.map((one) => distance(one, parts(colour)));
    nearest.set(colour, distances.indexOf(Math.min(...distances)));
  }
  const rows = Array.from({ length: image.height }, (_, y) =>
    [...pixels.subarray(y * image.width, (y + 1) * image.width)].map((colour) => nearest.get(colour)));
  return { width: image.width, height: image.height, palette, rows };
};

const crcOf = (bytes) => {
  let crc = ~0;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
  }
  return ~crc >>> 0;
};

const chunk = (name, data) => {
  const body = Buffer.concat([Buffer.from(name), data]);
  const around = Buffer.alloc(8);
  around.writeUInt32BE(data.length, 0);
  around.writeUInt32BE(crcOf(body), 4);
  return Buffer.concat([around.subarray(0, 4), body, around.subarray(4)]);
};

const writePng = ({ width, height, palette, rows }) => {
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  head.set([8, 3, 0, 0, 0], 8); // 8 bits, colours from a palette
  const lines = Buffer.concat(rows.map((row) => Buffer.from([0, ...row])));
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk("IHDR", head),
    chunk("PLTE", Buffer.from(palette.flat())),
    chunk("IDAT", deflateSync(lines, { level: 9 })),
    chunk("IEND", Buffer.alloc(0)),
  ]);
};

const [out, ...files] = process.argv.slice(2);
if (!out || files.length === 0) {
  console.error("usage: node picture.mjs OUT.png card.json …");
  process.exit(2);
}
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking"],
});
try {
  const width = files.length * (CARD_WIDTH + GAP) - GAP + 20;
  const page = await browser.newPage({ viewport: { width, height: 400 }, deviceScaleFactor: 1 });
  await page.setContent(readFileSync(join(here, "page.html"), "utf8").replace("{{theme}}", "light"));
  await page.addScriptTag({ path: join(here, "node_modules/adaptivecards/dist/adaptivecards.min.js") });
  const config = JSON.parse(readFileSync(join(here, "../../tests/data/teams-light.json"), "utf8"));
  const cards = files.map((file) => JSON.parse(readFileSync(file, "utf8")));
  await page.evaluate(draw, { cards, config, width: CARD_WIDTH, gap: GAP });
  const png = await page.screenshot({ fullPage: true });
  writeFileSync(out, writePng(await page.evaluate(reduce, png.toString("base64"))));
} finally {
  await browser.close();
}
