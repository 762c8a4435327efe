// Draws slides as the portal looks: quiet paper, one clear mark, a trail along the bottom.

import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

import { content, escape } from "./content.mjs";

export const WIDTH = 1280;
export const HEIGHT = 720;

const POSTER_BYTES = 60_000;

const { chromium } = createRequire(new URL("../../../end2end/package.json", import.meta.url))("playwright-core");

const STYLE = readFileSync(new URL("slides.css", import.meta.url), "utf8");

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
    <header><svg viewBox="-10 -14 20 28"><path d="M0-14L10 0L0 14L-10 0Z"/></svg>
    <h1>${escape(slide.title)}</h1></header>
    <main>${content(slide, slide.steps === 0 ? Infinity : shown)}</main>
    <footer>${trail(board.slides.length, index)}</footer></body></html>`;
}

// Walked: a line with filled blazes; here: a ringed one; ahead: dots and empty ones.
function trail(count, here) {
  const place = (index) => 14 + (1060 * index) / (count - 1);
  const blaze = (index, size) =>
    `M${place(index)} ${-size * 1.4}l${size} ${size * 1.4}l${-size} ${size * 1.4}l${-size} ${-size * 1.4}Z`;
  const blazes = Array.from({ length: count }, (_, index) => {
    if (index < here) return `<path d="${blaze(index, 6)}" fill="#1E5B4B"/>`;
    if (index > here) return `<path d="${blaze(index, 6)}" fill="#FBFAF6" stroke="#A79F90" stroke-width="2"/>`;
    return `<path d="${blaze(index, 12)}" fill="#FBFAF6" stroke="#C8442B" stroke-width="2"/>
      <path d="${blaze(index, 7)}" fill="#C8442B"/>`;
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
    return (
      box.left >= room.left - 1 &&
      box.right <= room.right + 1 &&
      box.top >= room.top - 1 &&
      box.bottom <= room.bottom + 1
    );
  };
  const title = document.querySelector("h1");
  if (title.scrollWidth > title.clientWidth) return title.textContent;
  if (!inside(main, main)) return "the content as a whole";
  const lost = [...main.querySelectorAll("text, li, td, .code, .formula")].find((element) => !inside(element, main));
  return lost?.textContent;
}
