import { execFileSync, spawn, type ChildProcess } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer, type AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { SMTPServer } from "smtp-server";
import { expect, sendJoin, someone, test } from "../visit.ts";
import * as school from "../school.ts";

interface Relayed {
  address: string;
  /** As they came, with the ends of their lines joined. */
  mails: string[];
}

/** A school of its own, because only this one has a relay. */
async function withRelay(prepare: (env: NodeJS.ProcessEnv) => void, visit: (school: Relayed) => Promise<void>): Promise<void> {
  const folder = mkdtempSync(path.join(tmpdir(), "waymark-relay-"));
  const mails: string[] = [];
  const relay = new SMTPServer({
    authOptional: true,
    hideSTARTTLS: true,
    onData: (stream, _session, done) => {
      const chunks: Buffer[] = [];
      stream.on("data", (chunk: Buffer) => chunks.push(chunk));
      stream.on("end", () => {
        mails.push(Buffer.concat(chunks).toString("utf8").replaceAll(/=\r?\n/g, ""));
        done();
      });
    },
  });
  const relayPort = await new Promise<number>((resolve) => {
    const listening = relay.listen(0, "127.0.0.1", () => resolve((listening.address() as AddressInfo).port));
  });
  const address = `127.0.0.1:${await freePort()}`;
  const env = {
    ...process.env,
    WAYMARK_DATABASE: `sqlite:${path.join(folder, "waymark.db")}`,
    WAYMARK_DATA: path.join(folder, "data"),
    WAYMARK_ADDR: address,
    WAYMARK_SMTP_URL: `smtp://127.0.0.1:${relayPort}`,
    WAYMARK_MAIL_FROM: "Waymark <school@example.com>",
  };
  prepare(env);
  const serving = spawn(school.program, ["serve"], { cwd: school.root, stdio: "ignore", env });
  try {
    await expect.poll(() => isReady(address)).toBe(true);
    await visit({ address, mails });
  } finally {
    await stop(serving);
    await new Promise<void>((resolve) => relay.close(resolve));
    rmSync(folder, { recursive: true, force: true });
  }
}

// One browser is enough.
test("a school with a mail relay hands its mails to it @desktop", async ({ page }) => {
  await withRelay(() => undefined, async ({ address, mails }) => {
    const mei = someone();
    await page.goto(`http://${address}/join`);
    await sendJoin(page, mei);
    await expect(page.getByRole("status")).toContainText("Your account is ready.");
    await expect.poll(() => mails.length).toBe(1);
    const mail = mails[0] ?? "";
    expect(mail).toContain(`To: ${mei.email}`);
    expect(mail).toContain("school@example.com");
    const link = /http:\/\/\S+\/confirm-email\/\S+/.exec(mail)?.[0] ?? "";
    await page.goto(link);
    await page.getByRole("main").getByRole("button").click();
    await expect(page.getByRole("status")).toBeVisible();
    await page.goto(`http://${address}/account`);
    await expect(page.getByText("Confirmed", { exact: true })).toBeVisible();
  });
});

test("a receipt travels with its mail @desktop", async ({ page }) => {
  const sell = (env: NodeJS.ProcessEnv): void => {
    const course = "server/demo/courses/learning-to-learn";
    const args = ["import", course, "--price", "49.00", "--currency", "USD", "--publish"];
    execFileSync(school.program, args, { cwd: school.root, env, stdio: "ignore" });
  };
  await withRelay(sell, async ({ address, mails }) => {
    const guest = someone();
    await page.goto(`http://${address}/checkout/learning-to-learn`);
    await page.getByLabel("Email").fill(guest.email);
    await page.getByRole("checkbox", { name: "I accept the course agreement" }).check();
    await page.getByRole("button", { name: "Place order" }).click();
    await page.getByRole("button", { name: "Pay", exact: true }).click();
    await expect.poll(() => mails.length).toBe(1);
    const mail = mails[0] ?? "";
    expect(mail).toContain(`To: ${guest.email}`);
    expect(mail).toMatch(/Subject: Receipt for order [A-Z0-9]+/);
    expect(mail).toMatch(/Content-Type: application\/pdf/);
    expect(mail).toMatch(/filename="receipt-[A-Z0-9]+\.pdf"/);
    const file = /base64\r?\n\r?\n([A-Za-z0-9+/=\r\n]+)/.exec(mail.slice(mail.indexOf("application/pdf")))?.[1] ?? "";
    expect(Buffer.from(file, "base64").subarray(0, 5).toString("latin1")).toBe("%PDF-");
  });
});

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, "127.0.0.1", () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(port));
    });
  });
}

async function isReady(address: string): Promise<boolean> {
  try {
    return (await fetch(`http://${address}/readyz`)).ok;
  } catch {
    return false;
  }
}

/** SIGTERM drains and ends with 0. */
async function stop(serving: ChildProcess): Promise<void> {
  const ended = new Promise<number | null>((resolve) => serving.once("exit", resolve));
  serving.kill("SIGTERM");
  expect(await ended).toBe(0);
}
