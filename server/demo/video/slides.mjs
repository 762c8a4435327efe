// Draws slides as the portal looks: quiet paper, one clear mark, a trail along the bottom.

import { createRequire } from "node:module";

import { content, escape } from "./content.mjs";

export const WIDTH = 1280;
export const HEIGHT = 720;

const POSTER_BYTES = 60_000;

const { chromium } = createRequire(new URL("../../../end2end/package.json", import.meta.url))("playwright-core");

const STYLE = `
  :root { --paper: #FBFAF6; --ink: #1D1C1A; --muted: #5E5A53; --line: #E4DFD5; --pine: #1E5B4B; --blaze: #C8442B;
    --lit: #DDE9E3; --sans: "Noto Sans CJK SC", sans-serif;
    --serif: "Noto Serif CJK SC", serif;
    --mono: "DejaVu Sans Mono", "Noto Sans Mono CJK SC", monospace; }
  :lang(zh) { text-autospace: normal; text-spacing-trim: trim-start; }
  * { box-sizing: border-box; margin: 0; }
  body { width: ${WIDTH}px; height: ${HEIGHT}px; background: var(--paper); color: var(--ink); font: 46px/1.35 var(--sans); }
  header { position: absolute; left: 96px; top: 66px; width: 1088px; height: 84px; }
  header svg { position: absolute; left: -46px; top: 24px; width: 26px; height: 36px; fill: var(--blaze); }
  h1 { font: 500 66px/84px var(--serif); white-space: nowrap; }
  h1:lang(zh) { font-weight: 700; font-size: 60px; }
  main { position: absolute; left: 96px; top: 170px; width: 1088px; height: 450px; display: grid; grid-template-columns: minmax(0, 1fr); align-items: center; }
  footer { position: absolute; left: 96px; bottom: 30px; width: 1088px; height: 32px; }
  footer svg { display: block; width: 100%; height: 100%; overflow: visible; }
  .ahead { visibility: hidden; }
  .points { list-style: none; padding: 0 0 24px; display: grid; gap: 26px; }
  .points { font-size: 46px; }
  .points:has(li:nth-child(-n + 3):last-child) { font-size: 52px; gap: 34px; }
  .points li { position: relative; padding-left: 66px; text-wrap: balance; }
  .points:lang(zh) li { word-break: auto-phrase; }
  .points svg { position: absolute; left: 4px; top: calc(0.675em - 15px); width: 21px; height: 30px; fill: var(--pine); stroke: var(--pine);
    stroke-width: 2; overflow: visible; }
  .points li.unseen { color: transparent; }
  .points li.unseen svg { fill: none; stroke: #CFC8BA; }
  .code { width: max-content; min-width: 100%; font-family: var(--mono); line-height: 1.65; white-space: pre; background: #F4F1E8; border-left: 5px solid var(--pine);
    padding: 26px 36px; margin-bottom: 16px; }
  .code .prompt, .code .output, .code .comment { color: var(--muted); }
  .code .command { font-weight: 700; }
  .drawing { width: 1040px; height: 440px; margin: auto; font-family: var(--sans); overflow: visible; }
  .formula { font: 30px/1.5 var(--mono); border-bottom: 2px solid var(--pine); padding-bottom: 8px; margin-bottom: 18px; white-space: pre; }
  .formula i { font: italic 30px var(--serif); color: var(--muted); padding-right: 26px; }
  .sheet { border-collapse: collapse; line-height: 1.2; font-variant-numeric: tabular-nums; }
  .sheet :is(th, td) { border: 1px solid #D3CCBE; height: 1.58em; padding: 0 0.5em; white-space: nowrap; text-align: left; }
  .sheet th { font-weight: 400; color: var(--muted); background: #F4F1E8; text-align: center; }
  .sheet td.number { text-align: right; }
  .sheet td.lit { background: var(--lit); color: #123E33; }
  .sheet td.result { background: var(--pine); color: var(--paper); }
`;

export async function openStudio() {
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
    args: ["--no-sandbox", "--disable-gpu", "--font-render-hinting=none", "--disable-lcd-text"],
  });
  const page = await browser.newPage({ viewport: { width: WIDTH, height: HEIGHT } });
  return { page, close: () => browser.close() };
}

// One slide as a PNG; shown: how many of its steps are there.
export async function drawSlide({ page }, board, index, shown) {
  await page.setContent(html(board, index, shown));
  const overflow = await page.evaluate(findOverflow);
  if (overflow) throw new Error(`${board.id}, slide ${index + 1}: this does not fit: ${overflow}`);
  return page.screenshot({ type: "png" });
}

// The whole of the slide that the storyboard names, as a small JPEG.
export async function drawPoster(studio, board) {
  await drawSlide(studio, board, board.poster, board.slides[board.poster].steps);
  for (let quality = 88; ; quality -= 4) {
    const picture = await studio.page.screenshot({ type: "jpeg", quality });
    if (picture.length < POSTER_BYTES || quality < 36) return picture;
  }
}

function html(board, index, shown) {
  const slide = board.slides[index];
  return `<!doctype html><html lang="${board.language}"><meta charset="utf-8"><style>${STYLE}</style><body>
    <header><svg viewBox="-10 -14 20 28"><path d="M0-14L10 0L0 14L-10 0Z"/></svg><h1>${escape(slide.title)}</h1></header>
    <main>${content(slide, slide.steps === 0 ? Infinity : shown)}</main>
    <footer>${trail(board.slides.length, index)}</footer></body></html>`;
}

// Walked: a line with filled blazes; here: a ringed one; ahead: dots and empty ones.
function trail(count, here) {
  const place = (index) => 14 + (1060 * index) / (count - 1);
  const blaze = (index, size) => `M${place(index)} ${-size * 1.4}l${size} ${size * 1.4}l${-size} ${size * 1.4}l${-size} ${-size * 1.4}Z`;
  const blazes = Array.from({ length: count }, (_, index) => {
    if (index < here) return `<path d="${blaze(index, 6)}" fill="#1E5B4B"/>`;
    if (index > here) return `<path d="${blaze(index, 6)}" fill="#FBFAF6" stroke="#A79F90" stroke-width="2"/>`;
    return `<path d="${blaze(index, 12)}" fill="#FBFAF6" stroke="#C8442B" stroke-width="2"/><path d="${blaze(index, 7)}" fill="#C8442B"/>`;
  });
  return `<svg viewBox="0 -16 1088 32">
    <path d="M${place(here)} 0H${place(count - 1)}" stroke="#A79F90" stroke-width="2" stroke-dasharray="2 8"/>
    <path d="M${place(0)} 0H${place(here)}" stroke="#1E5B4B" stroke-width="3"/>${blazes.join("")}</svg>`;
}

// Runs in the page. Code and sheets are made as large as their place allows; then nothing may leave it.
function findOverflow() {
  const main = document.querySelector("main");
  const grown = document.querySelector(".code, .sheet");
  for (let size = 38; grown && size >= 22; size -= 0.5) {
    grown.style.fontSize = `${size}px`;
    if (main.scrollWidth <= main.clientWidth && main.scrollHeight <= main.clientHeight) break;
  }
  const inside = (element, place) => {
    const range = document.createRange();
    range.selectNodeContents(element);
    const [box, room] = [range.getBoundingClientRect(), place.getBoundingClientRect()];
    return box.left >= room.left - 1 && box.right <= room.right + 1 && box.top >= room.top - 1 && box.bottom <= room.bottom + 1;
  };
  const title = document.querySelector("h1");
  if (title.scrollWidth > title.clientWidth) return title.textContent;
  if (!inside(main, main)) return "the content as a whole";
  const lost = [...main.querySelectorAll("text, li, td, .code, .formula")].find((element) => !inside(element, main));
  return lost?.textContent;
}
