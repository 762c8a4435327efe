#!/usr/bin/env node
// Makes the videos of the demo school from their storyboards. The videos are kept in the repository, so this is
// needed only where a storyboard or the maker changed. What a storyboard may hold: video/storyboard.mjs.

import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { parseArgs } from "node:util";

import { captions } from "./video/captions.mjs";
import { encode, noteIn, secondsOf } from "./video/encode.mjs";
import { drawPoster, drawSlide, openStudio } from "./video/slides.mjs";
import { speak } from "./video/speech.mjs";
import { hash, readStoryboards } from "./video/storyboard.mjs";
import { layOut, sound } from "./video/timeline.mjs";

const USAGE = `usage: node server/demo/make-videos.mjs [--force] [--slides FOLDER] [NAME…]

Makes the video of every storyboard whose course/section/name contains one of the NAMEs; without a NAME, of
all. Beside the lesson it writes NAME.mp4, NAME.360.mp4, NAME.jpg and NAME.LANGUAGE.vtt, and in the lesson the
line "seconds = N". What is up to date is left alone.

  --force           makes them all the same
  --slides FOLDER   only draws the slides, as PNG files in FOLDER

Needs ffmpeg, Chromium (CHROMIUM says which), the fonts of fonts-noto-cjk, npm, and \`npm ci\` done in end2end/.
The speaker, which wants Python 3.11 (PYTHON says which), is installed on the first run.
`;

const demo = import.meta.dirname;

async function main() {
  const { values: options, positionals: names } = parseArgs({
    allowPositionals: true,
    options: { force: { type: "boolean" }, slides: { type: "string" }, help: { type: "boolean", short: "h" } },
  });
  if (options.help) return process.stdout.write(USAGE);
  const boards = readStoryboards(join(demo, "storyboards"));
  const chosen = boards.filter(({ id }) => names.length === 0 || names.some((name) => id.includes(name)));
  if (chosen.length === 0) throw new Error(`no storyboard is called ${names.join(" or ")}`);

  const studio = await openStudio();
  try {
    for (const board of chosen) {
      if (options.slides) await drawAll(studio, board, options.slides);
      else await bringUpToDate(studio, board, options.force);
    }
  } finally {
    await studio.close();
  }
}

async function bringUpToDate(studio, board, force) {
  const files = filesOf(board);
  const note = `storyboard ${hash(maker(), board.hash)}`;
  const isCurrent =
    Object.values(files).every(existsSync) && noteIn(files.large) === note && noteIn(files.small) === note;
  if (force || !isCurrent) await make(studio, board, files, note);
  const seconds = secondsOf(files.large);
  setSeconds(board, Math.round(seconds));
  const kilobytes = Object.values(files).map((file) => `${Math.round(statSync(file).size / 1000)}`);
  const state = isCurrent && !force ? "up to date" : "made";
  console.log(`${board.id}: ${state}, ${seconds.toFixed(1)} s, ${kilobytes.join(" + ")} kB`);
}

async function make(studio, board, files, note) {
  const voices = speak(
    board.slides.flatMap((slide) => slide.say.map((sentence) => sentence.speak)),
    board,
  );
  const timeline = layOut(board.slides, voices);
  const pictures = [];
  for (const { slide, shown, frames } of timeline.pictures) {
    pictures.push({ png: await drawSlide(studio, board, slide, shown), frames });
  }
  mkdirSync(dirname(files.large), { recursive: true });
  writeFileSync(files.poster, await drawPoster(studio, board));
  writeFileSync(files.captions, captions(timeline.sentences, board.language));
  const scratch = mkdtempSync(join(tmpdir(), "waymark-video-"));
  try {
    const wav = join(scratch, "sound.wav");
    writeFileSync(wav, sound(timeline));
    await encode({ pictures, wav, large: files.large, small: files.small, note });
  } finally {
    rmSync(scratch, { recursive: true });
  }
}

async function drawAll(studio, board, folder) {
  mkdirSync(folder, { recursive: true });
  for (const [index, slide] of board.slides.entries()) {
    for (let shown = 0; shown <= slide.steps; shown += 1) {
      const name = `${board.course}-${board.name}-${index + 1}-${shown}.png`;
      writeFileSync(join(folder, name), await drawSlide(studio, board, index, shown));
    }
  }
}

function lessonPath(board, ending) {
  return join(demo, "courses", board.course, board.section, `${board.name}${ending}`);
}

function filesOf(board) {
  return {
    large: lessonPath(board, ".mp4"),
    small: lessonPath(board, ".360.mp4"),
    poster: lessonPath(board, ".jpg"),
    captions: lessonPath(board, `.${board.language}.vtt`),
  };
}

// All that decides what a video looks and sounds like, besides its storyboard.
function maker() {
  const parts = readdirSync(join(demo, "video"))
    .sort()
    .map((name) => join("video", name));
  return [...parts, "speak.py", "speak.txt"].map((name) => readFileSync(join(demo, name), "utf8")).join("\0");
}

// Writes the length into the video block of the lesson.
function setSeconds(board, seconds) {
  const file = lessonPath(board, ".md");
  if (!existsSync(file)) return console.warn(`${board.id}: there is no lesson to write the length into`);
  const lesson = readFileSync(file, "utf8");
  const line = "(?!:::).*\\n";
  const block = new RegExp(`^::: video\\n(?:${line})*?src = "${board.name}\\.mp4"\\n(?:${line})*:::$`, "m");
  const timed = lesson.replace(block, (found) => {
    const lines = found.split("\n").filter((line) => !line.startsWith("seconds"));
    lines.splice(lines.findIndex((line) => line.startsWith("poster")) + 1, 0, `seconds = ${seconds}`);
    return lines.join("\n");
  });
  if (timed !== lesson) writeFileSync(file, timed);
}

main().catch((error) => {
  console.error(error.message);
  process.exitCode = 1;
});
