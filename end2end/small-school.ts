// A school of its own for the tests of one file: with a course that the common school cannot have, because other tests
// count its courses.

import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout } from "node:timers/promises";
import { promisify } from "node:util";
import * as school from "./school.ts";
import { someone, type Account } from "./visit.ts";

export interface SmallSchool {
  url: string;
  /** Runs the program for this school; gives what it printed. */
  run: (...args: string[]) => Promise<string>;
  addLearner: () => Promise<Account>;
}

/** Serves the course that `write` puts into a folder for as long as `use` runs. */
export async function smallSchool(
  port: number,
  write: (folder: string) => Promise<string>,
  use: (small: SmallSchool) => Promise<void>,
): Promise<void> {
  const folder = await mkdtemp(path.join(tmpdir(), "small-school-"));
  const address = `127.0.0.1:${port}`;
  const url = `http://${address}`;
  const env = {
    ...process.env,
    WAYMARK_DATABASE: `sqlite:${path.join(folder, "waymark.db")}`,
    WAYMARK_DATA: path.join(folder, "data"),
    WAYMARK_ADDR: address,
    WAYMARK_PUBLIC_URL: url,
    WAYMARK_BEHIND_PROXY: "true",
    WAYMARK_LOG_FILTER: "warn",
  };
  const run = async (...args: string[]): Promise<string> => {
    const { stdout } = await promisify(execFile)(school.program, args, { cwd: school.root, env });
    return stdout;
  };
  await run("import", "--publish", await write(folder));
  const serving = spawn(school.program, ["serve"], { cwd: school.root, env, stdio: "inherit" });
  await ready(url);
  const addLearner = async (): Promise<Account> => {
    const account = someone();
    const add = ["user", "add", account.email, "--name", account.name, "--role", "learner", "--password-stdin"];
    const adding = promisify(execFile)(school.program, add, { cwd: school.root, env });
    adding.child.stdin?.end(`${account.password}\n`);
    await adding;
    return account;
  };
  await use({ url, run, addLearner });
  serving.kill("SIGTERM");
  await once(serving, "exit");
  await rm(folder, { recursive: true });
}

async function ready(url: string): Promise<void> {
  for (;;) {
    const answer = await fetch(`${url}/readyz`).catch(() => undefined);
    if (answer?.ok === true) {
      return;
    }
    await setTimeout(100);
  }
}
