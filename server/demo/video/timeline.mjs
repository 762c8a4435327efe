// Lays the spoken sentences on a line: when each begins, when the picture changes, and the sound as a whole.

import { RATE } from "./speech.mjs";
import { speakingTime } from "./storyboard.mjs";

export const FRAMES = 10; // a second

// Seconds of silence.
const LEAD = 0.7;
const BETWEEN_SENTENCES = 0.5;
const BETWEEN_SLIDES = 1.1;
const END = 1.8;
// How long before its first word a slide is there.
const AHEAD = 0.5;
// The shortest silence inside a sentence that is a breath, and how near to a breath a mark means this breath.
const BREATH = 0.06;
const REACH = 0.5;

// Inside a sentence, but not in a number.
const PUNCTUATION = /[，。：；？、,.:;?](?=[\s”]*[^\s”\d])/gu;

const WINDOW = 0.02;
const QUIET = 0.012; // of full scale

// voices: the samples of every sentence, in order.
export function layOut(slides, voices) {
  const pictures = [];
  const sentences = [];
  let time = LEAD;
  let next = 0;
  slides.forEach((slide, index) => {
    if (index > 0) time += BETWEEN_SLIDES - BETWEEN_SENTENCES;
    let shown = 0;
    pictures.push({ slide: index, shown, from: index === 0 ? 0 : frame(time - AHEAD) });
    for (const { text, speak, marks } of slide.say) {
      const voice = voices[next++];
      const sentence = { text, speak, voice, start: time, end: time + voice.length / RATE };
      for (const share of marks) {
        shown += 1;
        pictures.push({ slide: index, shown, from: frame(timeAt(sentence, share)) });
      }
      sentences.push(sentence);
      time = sentence.end + BETWEEN_SENTENCES;
    }
  });
  const frames = frame(time - BETWEEN_SENTENCES + END);
  return { pictures: lastOfEachFrame(pictures, frames), sentences, frames, seconds: frames / FRAMES };
}

function frame(seconds) {
  return Math.round(seconds * FRAMES);
}

// Two marks in one tenth of a second are one change.
function lastOfEachFrame(pictures, frames) {
  const seen = pictures.filter((picture, index) => picture.from !== pictures[index + 1]?.from);
  return seen.map((picture, index) => ({ ...picture, frames: (seen[index + 1]?.from ?? frames) - picture.from }));
}

// The second at which a share of the sentence has been spoken.
export function timeAt(sentence, share) {
  const length = sentence.end - sentence.start;
  const stops = [{ share: 0, time: 0 }, ...stopsOf(sentence), { share: 1, time: length }];
  const after = stops.findIndex((stop) => stop.share >= share);
  const [from, to] = [stops[Math.max(0, after - 1)], stops[after]];
  const near = [from, to].find((stop) => Math.abs(stop.share - share) * length <= REACH);
  const part = to.share === from.share ? 0 : (share - from.share) / (to.share - from.share);
  return sentence.start + (near ?? { time: from.time + part * (to.time - from.time) }).time;
}

// Where the speaker stops inside the sentence and goes on: the breaths that belong to punctuation marks. Some marks
// are read without a breath and some breaths belong to no mark, so the best match in order is sought, in which a
// breath counts for more if it is long and near to where the text puts the mark.
function stopsOf({ speak, voice }) {
  const whole = speakingTime(speak);
  const marks = [...speak.matchAll(PUNCTUATION)].map(({ index }) => speakingTime(speak.slice(0, index + 1)) / whole);
  const breaths = breathsIn(voice);
  const best = breaths.map(() => []);
  const match = (mark, breath) => {
    if (mark === marks.length || breath === breaths.length) return { worth: 0, stops: [] };
    best[breath][mark] ??= (() => {
      const { length, end } = breaths[breath];
      const distance = Math.abs(marks[mark] * (voice.length / RATE) - end);
      const rest = match(mark + 1, breath + 1);
      const stops = [{ share: marks[mark], time: end }, ...rest.stops];
      const taken = { worth: rest.worth + 0.5 - distance + 2 * length, stops };
      return [taken, match(mark + 1, breath), match(mark, breath + 1)].sort((x, y) => y.worth - x.worth)[0];
    })();
    return best[breath][mark];
  };
  return match(0, 0).stops;
}

// The quiet stretches inside, in seconds.
function breathsIn(voice) {
  const size = RATE * WINDOW;
  const breaths = [];
  let length = 0;
  for (let at = 0; at + size <= voice.length; at += size) {
    if (loudness(voice.subarray(at, at + size)) < QUIET) {
      length += WINDOW;
      continue;
    }
    if (length >= BREATH && length < at / RATE) breaths.push({ length, end: at / RATE });
    length = 0;
  }
  return breaths;
}

function loudness(samples) {
  let sum = 0;
  for (const sample of samples) sum += (sample / 32768) ** 2;
  return Math.sqrt(sum / samples.length);
}

// All sentences as one WAV file.
export function sound({ sentences, seconds }) {
  const samples = new Int16Array(Math.round(seconds * RATE));
  for (const { voice, start } of sentences) samples.set(voice, Math.round(start * RATE));
  const header = Buffer.alloc(44);
  header.write("RIFF", 0);
  header.writeUInt32LE(36 + samples.byteLength, 4);
  header.write("WAVEfmt ", 8);
  header.writeUInt32LE(16, 16);
  header.writeUInt16LE(1, 20); // PCM
  header.writeUInt16LE(1, 22); // mono
  header.writeUInt32LE(RATE, 24);
  header.writeUInt32LE(RATE * 2, 28);
  header.writeUInt16LE(2, 32);
  header.writeUInt16LE(16, 34);
  header.write("data", 36);
  header.writeUInt32LE(samples.byteLength, 40);
  return Buffer.concat([header, Buffer.from(samples.buffer)]);
}
