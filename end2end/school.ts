// The school that the tests visit: a fresh one for each run, or a running one
// named by WAYMARK_URL.

import { mkdirSync, rmSync } from "node:fs";
import path from "node:path";

const address = "127.0.0.1:3999";
const folder = path.join(import.meta.dirname, ".run");

export const isOurs = process.env["WAYMARK_URL"] === undefined;
export const url = process.env["WAYMARK_URL"] ?? `http://${address}`;

/** Every mail that the school sends becomes a file in here. */
export const mailFolder = path.join(folder, "mail");

export const environment = {
  WAYMARK_DATABASE: `sqlite:${path.join(folder, "waymark.db")}`,
  WAYMARK_DATA: path.join(folder, "data"),
  WAYMARK_MAIL_FOLDER: mailFolder,
  WAYMARK_ADDR: address,
  WAYMARK_PUBLIC_URL: url,
};

// Playwright loads this file again in every worker; only the first, which
// starts the school, may sweep.
if (isOurs && process.env["TEST_WORKER_INDEX"] === undefined) {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(mailFolder, { recursive: true });
}
