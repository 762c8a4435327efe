// A storyboard is a JSON file in storyboards/<course>/. It names the lesson that its video belongs to (course,
// section, name), its language and its slides. Optional: "voice" and "speed" of the speaker, "poster", the
// number of the slide that stands for the video before it plays.
//
// A slide has a title, what it shows, and what is said meanwhile. It shows one of
//   points  a list of lines
//   code    a text as it is: a session in a terminal or a formula; of a list of texts, the first is there from
//           the beginning
//   svg     a drawing; an element with data-step="2" is there from the second mark on
//   sheet   a spreadsheet: "rows" of cells, the first column being A or "first", a "formula" above them, and
//           "steps", of which each may light other ranges ("lit"), fill in results ("fill") or replace the formula
//
// "say" is a list of sentences: a text, or { text, speak } where it is read otherwise than it is written. A bar |
// in the text is a mark: here the next point, text, data-step or step appears. A slide without marks is whole from its
// beginning.

import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

const VOICES = { en: "af_heart", zh: "zf_xiaoxiao" };

export function readStoryboards(folder) {
  const files = readdirSync(folder, { recursive: true }).filter((file) => file.endsWith(".json"));
  return files.sort().map((file) => readStoryboard(join(folder, file)));
}

function readStoryboard(file) {
  const source = readFileSync(file, "utf8");
  const board = JSON.parse(source);
  const language = board.language.split("-")[0];
  const slides = board.slides.map((slide, index) => {
    try {
      return readSlide(slide);
    } catch (error) {
      throw new Error(`${file}, slide ${index + 1}: ${error.message}`);
    }
  });
  return {
    ...board,
    slides,
    id: `${board.course}/${board.section}/${board.name}`,
    voice: board.voice ?? VOICES[language],
    speed: board.speed ?? 1,
    poster: (board.poster ?? 1) - 1,
    hash: hash(source),
  };
}

function readSlide(slide) {
  const say = slide.say.map(readSentence);
  const marks = say.reduce((count, sentence) => count + sentence.marks.length, 0);
  const steps = stepCount(slide);
  if (marks > 0 && marks !== steps) throw new Error(`${marks} marks for ${steps} things to show`);
  return { ...slide, say, steps: marks === 0 ? 0 : steps };
}

function stepCount(slide) {
  if (slide.points) return slide.points.length;
  if (Array.isArray(slide.code)) return slide.code.length - 1;
  if (slide.sheet) return slide.sheet.steps?.length ?? 0;
  if (slide.svg) return Math.max(0, ...[...slide.svg.matchAll(/data-step="(\d+)"/g)].map((step) => Number(step[1])));
  return 0;
}

// A mark is kept as the share of the sentence that is spoken before it.
function readSentence(sentence) {
  const marked = sentence.text ?? sentence;
  const pieces = marked.split("|");
  const text = pieces.join("");
  let before = "";
  const marks = pieces.slice(0, -1).map((piece) => {
    before += piece;
    return speakingTime(before) / speakingTime(text);
  });
  return { text, speak: sentence.speak ?? text, marks };
}

// Roughly how long a text takes to say, in Chinese syllables.
export function speakingTime(text) {
  let time = 0;
  for (const character of text) {
    if (/\p{Script=Han}/u.test(character)) time += 1;
    else if (/\p{L}/u.test(character)) time += 0.33;
    else if (/\p{N}/u.test(character)) time += 0.8;
    else if (/[，。：；？！、,.:;?!—]/u.test(character)) time += 1;
  }
  return time;
}

export function hash(...parts) {
  const digest = createHash("sha256");
  for (const part of parts) digest.update(part).update("\0");
  return digest.digest("hex").slice(0, 16);
}
