// What the school mails.

import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import { expect } from "@playwright/test";
import * as school from "./school.ts";

/** The link to one of the school's pages that was mailed to somebody. */
export async function mailedLink(email: string, page: string): Promise<string> {
  let link: string | undefined;
  await expect
    .poll(async () => (link = linkIn(await mailsTo(email), page)), {
      message: `a mail to ${email} with a link to ${page}`,
    })
    .toBeDefined();
  return link ?? "";
}

async function mailsTo(email: string): Promise<string[]> {
  const names = await readdir(school.mailFolder);
  const files = names.filter((name) => name.endsWith(".eml"));
  const mails = await Promise.all(files.map((name) => readFile(path.join(school.mailFolder, name), "utf8")));
  return mails.filter((mail) => mail.includes(`To: ${email}`)).map(readable);
}

/** Undoes “quoted-printable”, which breaks long lines, and “base64”, in which Chinese is sent. */
function readable(mail: string): string {
  const encoded = mail.matchAll(/^Content-Transfer-Encoding: base64\r?\n(?:[^\r\n]+\r?\n)*\r?\n([\w+/=\r\n]+)/gm);
  const decoded = [...encoded].map(([, part = ""]) => Buffer.from(part, "base64").toString("utf8"));
  const whole = [mail, ...decoded].join("\n").replaceAll(/=\r?\n/g, "");
  return whole.replaceAll(/=([0-9A-F]{2})/g, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)));
}

function linkIn(mails: string[], page: string): string | undefined {
  const link = `${school.url}${page}/`;
  const mail = mails.find((text) => text.includes(link));
  return mail?.slice(mail.indexOf(link)).split(/\s/, 1)[0];
}
