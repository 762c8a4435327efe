// Captions in WebVTT: a sentence each, a long one in several, none of more than two lines.

import { speakingTime } from "./storyboard.mjs";
import { timeAt } from "./timeline.mjs";

const LINE = { en: 42, zh: 19 }; // characters
const LINGER = 0.4; // seconds that a caption stays after the last word
const GAP = 0.05;

export function captions(sentences, language) {
  const line = LINE[language.split("-")[0]];
  const cues = sentences.flatMap((sentence) => cuesOf(sentence, line, language));
  cues.forEach((cue, index) => {
    cue.end = Math.min(cue.end + LINGER, (cues[index + 1]?.start ?? Infinity) - GAP);
  });
  const blocks = cues.map((cue) => `${stamp(cue.start)} --> ${stamp(cue.end)}\n${cue.lines.join("\n")}\n`);
  return ["WEBVTT\n", ...blocks].join("\n");
}

function cuesOf(sentence, line, language) {
  const isLine = (text) => text.trim().length <= line;
  const linesOf = (text) => divide(text, language, isLine);
  const texts = divide(sentence.text, language, (text) => linesOf(text).length <= 2);
  const whole = speakingTime(sentence.text);
  let said = "";
  const starts = texts.map((text) => {
    const start = timeAt(sentence, speakingTime(said) / whole);
    said += text;
    return start;
  });
  return texts.map((text, index) => ({
    start: starts[index],
    end: starts[index + 1] ?? sentence.end,
    lines: linesOf(text).map((part) => part.trim()),
  }));
}

// Halves a text until every part fits, as near to the middle as a good place allows.
function divide(text, language, fits) {
  if (fits(text)) return [text];
  const halves = [...ends(text, language)].map(({ at, price }) => {
    const parts = [text.slice(0, at), text.slice(at)];
    const tooLong = parts.filter((part) => !fits(part)).length;
    return { parts, cost: Math.abs(at / text.length - 0.5) + price + tooLong };
  });
  const best = halves.sort((a, b) => a.cost - b.cost)[0];
  if (!best) throw new Error(`this cannot be divided for captions: ${text}`);
  return best.parts.flatMap((part) => divide(part, language, fits));
}

// Where a part may end: after a sentence, a clause or, less gladly, a word.
function* ends(text, language) {
  const inside = (at) => at > 0 && at < text.length;
  for (const { index, 0: stop } of text.matchAll(/[.?!;。？！；]["”’]?(\s+|(?=[\p{Script=Han}“]))/gu)) {
    if (inside(index + stop.length)) yield { at: index + stop.length, price: 0 };
  }
  for (const { index, 0: comma } of text.matchAll(/[,:，：]["”’]?(\s+|(?=[\p{L}“]))/gu)) {
    if (inside(index + comma.length)) yield { at: index + comma.length, price: 0.1 };
  }
  for (const { index, segment, isWordLike } of new Intl.Segmenter(language, { granularity: "word" }).segment(text)) {
    const begins = /\s$/u.test(text.slice(0, index)) || isHan(segment[0], text[index - 1]);
    if (inside(index) && isWordLike && begins) yield { at: index, price: 0.4 };
  }
}

function isHan(...characters) {
  return characters.every((character) => /\p{Script=Han}/u.test(character));
}

function stamp(seconds) {
  const milliseconds = Math.round(seconds * 1000);
  const part = (size, modulo, digits) => String(Math.floor(milliseconds / size) % modulo).padStart(digits, "0");
  return `${part(3_600_000, 100, 2)}:${part(60_000, 60, 2)}:${part(1000, 60, 2)}.${part(1, 1000, 3)}`;
}
