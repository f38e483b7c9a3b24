// Draws cards as Teams would and says what is wrong with them.
//   python -m tests.cards.gallery FOLDER        (at the root: writes every card of the product)
//   npm ci && node draw.mjs FOLDER/drawn FOLDER/*.json      (here; CHROMIUM=/usr/bin/chromium unless it is elsewhere)
// For each card: OUT_FOLDER/NAME-{320,520}-{light,dark}.png, and NAME-open1-… with its hidden parts and one form open.
// --findings-only draws no pictures but of cards that something is wrong with.
// Exit code 1 if the parser complained, a button is cut off, or axe found something.
import { readFileSync, mkdirSync } from "node:fs";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";

const here = fileURLToPath(new URL(".", import.meta.url));
const packageFile = (name) => join(here, "node_modules", name);
const hostConfig = (theme) =>
  JSON.parse(readFileSync(join(here, "../../tests/data", `teams-${theme}.json`), "utf8"));

const WIDTHS = [320, 520];
// Names, roles and contrast are the same at every width, names and roles in every theme, and axe takes its time.
const AXE_LOOKS = { "520 light": {}, "520 dark": { runOnly: ["color-contrast"] } };
const THEMES = ["light", "dark"];
const PAGE = readFileSync(join(here, "page.html"), "utf8");

// Runs in the page: draws the card and hands back what the parser said and which buttons are cut off.
const draw = ({ card, config, open }) => {
  const adaptive = new AdaptiveCards.AdaptiveCard();
  adaptive.hostConfig = new AdaptiveCards.HostConfig(config);
  const context = new AdaptiveCards.SerializationContext();
  adaptive.parse(card, context);
  const parserSays = Array.from({ length: context.eventCount }, (_, i) => context.getEventAt(i).message);
  const place = document.getElementById("card");
  place.replaceChildren(adaptive.render());
  if (open) {
    place.querySelectorAll(".ac-pushButton[aria-expanded=false]")[open - 1]?.click();
    for (const hidden of adaptive.getAllInputs()) for (let e = hidden; e; e = e.parent) e.isVisible = true;
  }
  const edge = place.getBoundingClientRect();
  const cutOff = [...place.querySelectorAll("button, [role=button]")].filter((button) => {
    const box = button.getBoundingClientRect();
    const isOutside = box.right > edge.right + 0.5 || box.left < edge.left - 0.5;
    // the renderer cuts a title with … inside the button, which then fits: compare each text with its own room
    const isCut = [button, ...button.querySelectorAll("*")].some((e) => e.clientWidth && e.scrollWidth > e.clientWidth + 1);
    return box.width && (isOutside || isCut);
  });
  return { parserSays, cutOff: cutOff.map((b) => `cut off: ${b.textContent || b.title}`) };
};

// Runs in the page.
const lookWithAxe = async ({ options, off }) => {
  const { violations } = await window.axe.run(options);
  const wrong = violations.filter((v) => !off.includes(v.id));
  return wrong.map((v) => `axe ${v.id} x${v.nodes.length}: ${v.nodes[0].html.slice(0, 140)}`);
};

// The reference renderer's own doing, not the card's: the toggled container gets aria-expanded;
// the drawing stands outside any page landmark and headings start at level 2.
const NOT_THE_CARDS = ["aria-allowed-attr", "region", "page-has-heading-one", "landmark-one-main", "heading-order"];

const given = process.argv.slice(2);
const findingsOnly = given[0] === "--findings-only";
const [out, ...files] = findingsOnly ? given.slice(1) : given;
if (!out || files.length === 0) {
  console.error("usage: node draw.mjs [--findings-only] OUT_FOLDER card.json …");
  process.exit(2);
}
mkdirSync(out, { recursive: true });
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking"],
});
let findings = 0;
try {
  const ways = WIDTHS.flatMap((width) => THEMES.map((theme) => [width, theme]));
  const counts = await Promise.all(ways.map(([width, theme]) => drawAll(width, theme)));
  findings = counts.reduce((sum, count) => sum + count, 0);
} finally {
  await browser.close();
}
console.log(`${files.length} cards drawn, ${findings} findings`);
process.exit(findings ? 1 : 0);

// One page draws card after card: loading the renderer takes far longer than drawing with it.
async function drawAll(width, theme) {
  const page = await browser.newPage({ viewport: { width, height: 600 }, deviceScaleFactor: 2 });
  await page.setContent(PAGE.replace("{{theme}}", theme));
  await page.addScriptTag({ path: packageFile("adaptivecards/dist/adaptivecards.min.js") });
  await page.addScriptTag({ path: packageFile("axe-core/axe.min.js") });
  let count = 0;
  for (const file of files) count += await drawOne(page, file, width, theme);
  await page.close();
  return count;
}

async function drawOne(page, file, width, theme) {
  const card = JSON.parse(readFileSync(file, "utf8"));
  const name = basename(file, ".json");
  const found = new Set();
  const forms = (JSON.stringify(card).match(/Action\.ShowCard/g) ?? []).length;
  const opened = Math.max(forms, JSON.stringify(card).includes("Action.ToggleVisibility") ? 1 : 0);
  for (let open = 0; open <= opened; open++) {
    const state = open ? `-open${open}` : "";
    const { parserSays, cutOff } = await page.evaluate(draw, { card, config: hostConfig(theme), open });
    const options = AXE_LOOKS[`${width} ${theme}`];
    const axe = options ? await page.evaluate(lookWithAxe, { options, off: NOT_THE_CARDS }) : [];
    const here = [...parserSays, ...cutOff, ...axe];
    here.forEach((one) => found.add(one));
    if (here.length || !findingsOnly) await page.locator("body").screenshot({ path: join(out, `${name}${state}-${width}-${theme}.png`) });
  }
  for (const finding of found) console.log(`${name} ${width} ${theme}: ${finding}`);
  return found.size;
}
