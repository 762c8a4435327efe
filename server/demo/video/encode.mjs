// Joins pictures and sound into MP4 files that begin to play at once and can be sought at any second.

import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";

import { FRAMES } from "./timeline.mjs";

const LOUDNESS = -18; // LUFS
const PEAK = 0.7; // of full scale: -3 dB, since coding adds some
const KEYFRAMES = 3 * FRAMES; // at most so many frames apart

// Letters on paper: what is tuned for the grain of films only costs bytes here.
const VIDEO = words(`-c:v libx264 -profile:v main -preset veryslow -tune stillimage -x264-params psy=0 -crf 36
  -g ${KEYFRAMES} -pix_fmt yuv420p -color_range tv -colorspace bt709 -color_primaries bt709 -color_trc bt709`);
const BT709 = "out_color_matrix=bt709:out_range=tv:flags=lanczos";
// No dates or versions inside, so that the same storyboard makes the same file.
const CONTAINER = words(
  `-movflags +faststart -map_metadata -1 -fflags +bitexact -flags:v +bitexact -flags:a +bitexact`,
);

// pictures: { png, frames }; wav: a file; outputs: the large file and the small one; note: kept in both.
export async function encode({ pictures, wav, large, small, note }) {
  const sound = `volume=${(LOUDNESS - loudness(wav)).toFixed(2)}dB,alimiter=limit=${PEAK}:level=disabled`;
  const filters = [
    "[0:v]split[v1][v2]",
    `[v1]scale=${BT709},format=yuv420p[large]`,
    `[v2]scale=640:360:${BT709},format=yuv420p[small]`,
    `[1:a]${sound},asplit[a1][a2]`,
  ];
  const output = (video, audio, rate, file) => [
    ...["-map", video, "-map", audio, ...VIDEO, "-c:a", "aac", "-b:a", rate],
    ...[...CONTAINER, "-metadata", `comment=${note}`, file],
  ];
  const ffmpeg = spawn(
    "ffmpeg",
    [
      ...words(`-hide_banner -loglevel error -y -f image2pipe -c:v png -framerate ${FRAMES} -i pipe:0`),
      ...["-i", wav, "-filter_complex", filters.join(";")],
      ...output("[large]", "[a1]", "40k", large),
      ...output("[small]", "[a2]", "28k", small),
    ],
    { stdio: ["pipe", "inherit", "inherit"] },
  );
  const ended = once(ffmpeg, "close");
  ffmpeg.stdin.on("error", () => {}); // what went wrong is in the exit code
  for (const { png, frames } of pictures) {
    for (let count = 0; count < frames; count += 1) {
      if (!ffmpeg.stdin.write(png)) await Promise.race([once(ffmpeg.stdin, "drain"), ended]);
    }
  }
  ffmpeg.stdin.end();
  const [code] = await ended;
  if (code !== 0) throw new Error(`ffmpeg ended with ${code}`);
}

function loudness(wav) {
  const report = read("ffmpeg", ...words("-hide_banner -nostats -i"), wav, ...words("-af ebur128 -f null -")).stderr;
  return Number(/Integrated loudness:\s+I:\s+(\S+) LUFS/.exec(report)[1]);
}

// The note that was kept in a file; nothing where there is no such file.
export function noteIn(file) {
  return read(
    "ffprobe",
    ...words("-v quiet -of default=nw=1:nk=1 -show_entries format_tags=comment"),
    file,
  ).stdout.trim();
}

export function secondsOf(file) {
  return Number(read("ffprobe", ...words("-v error -of default=nw=1:nk=1 -show_entries format=duration"), file).stdout);
}

function read(program, ...args) {
  const result = spawnSync(program, args, { encoding: "utf8" });
  if (result.error) throw result.error;
  return result;
}

function words(text) {
  return text.split(/\s+/);
}
