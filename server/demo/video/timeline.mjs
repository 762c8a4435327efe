// Lays the spoken sentences on a line: when each begins, when the picture changes, and the sound as a whole.

import { RATE } from "./speech.mjs";

export const FRAMES = 10; // a second

// Seconds of silence.
const LEAD = 0.7;
const BETWEEN_SENTENCES = 0.5;
const BETWEEN_SLIDES = 1.1;
const END = 1.8;
// How long before its first word a slide is there.
const AHEAD = 0.5;
// A breath inside a sentence: at least this long, and at most so far from where the words put it.
const BREATH = 0.12;
const REACH = 0.8;

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
    for (const { text, marks } of slide.say) {
      const voice = voices[next++];
      const sentence = { text, voice, start: time, end: time + voice.length / RATE };
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

// The second at which a share of the sentence has been spoken: where a breath is near, the end of that breath.
export function timeAt(sentence, share) {
  const guess = sentence.start + share * (sentence.end - sentence.start);
  if (share === 0) return guess;
  const ends = breaths(sentence.voice).map((end) => sentence.start + end);
  const nearest = ends.sort((a, b) => Math.abs(a - guess) - Math.abs(b - guess))[0] ?? Infinity;
  return Math.abs(nearest - guess) <= REACH ? nearest : guess;
}

// The ends of the quiet stretches inside, in seconds.
function breaths(voice) {
  const size = RATE * WINDOW;
  const ends = [];
  let quiet = 0;
  let spoken = false;
  for (let at = 0; at + size <= voice.length; at += size) {
    if (loudness(voice.subarray(at, at + size)) < QUIET) {
      quiet += WINDOW;
      continue;
    }
    if (spoken && quiet >= BREATH) ends.push(at / RATE);
    spoken = true;
    quiet = 0;
  }
  return ends;
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
