// The school that the tests visit: a fresh one for each run, of the checkout's
// build or of SCHOOL_PROGRAM, in a fresh file or in the empty database named by
// SCHOOL_DATABASE, or a running one named by SCHOOL_URL.

import { mkdirSync, rmSync } from "node:fs";
import path from "node:path";

const address = "127.0.0.1:3999";
const folder = path.join(import.meta.dirname, ".run");
const freshMailFolder = path.join(folder, "mail");

export const isOurs = process.env["SCHOOL_URL"] === undefined;
export const url = process.env["SCHOOL_URL"] ?? `http://${address}`;

export const root = path.dirname(import.meta.dirname);
export const program = process.env["SCHOOL_PROGRAM"] ?? path.join(root, "target/release/waymark");

/** Every mail that the school sends becomes a file in here. */
export const mailFolder = isOurs
  ? freshMailFolder
  : (process.env["WAYMARK_MAIL_FOLDER"] ?? freshMailFolder);

/** Settings of the fresh school. A running one is reached by those of the shell. */
export const environment: Record<string, string> = isOurs
  ? {
      WAYMARK_DATABASE: process.env["SCHOOL_DATABASE"] ?? `sqlite:${path.join(folder, "waymark.db")}`,
      WAYMARK_DATA: path.join(folder, "data"),
      WAYMARK_MAIL_FOLDER: freshMailFolder,
      WAYMARK_ADDR: address,
      WAYMARK_PUBLIC_URL: url,
      // How often one may join and sign in is limited by address, so every test
      // comes from its own.
      WAYMARK_BEHIND_PROXY: "true",
      WAYMARK_LOG_FILTER: "warn",
    }
  : {};

// Playwright loads this file again in every worker; only the first, which
// starts the school, may sweep.
if (isOurs && process.env["TEST_WORKER_INDEX"] === undefined) {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(freshMailFolder, { recursive: true });
}
