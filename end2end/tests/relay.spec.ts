import { spawn, type ChildProcess } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer, type AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { SMTPServer } from "smtp-server";
import { expect, sendJoin, someone, test } from "../visit.ts";
import * as school from "../school.ts";

// Its own school, because only this one has a relay; one browser is enough.
test("a school with a mail relay hands its mails to it @desktop", async ({ page }) => {
  const folder = mkdtempSync(path.join(tmpdir(), "waymark-relay-"));
  const mails: string[] = [];
  const relay = new SMTPServer({
    authOptional: true,
    hideSTARTTLS: true,
    onData: (stream, _session, done) => {
      const chunks: Buffer[] = [];
      stream.on("data", (chunk: Buffer) => chunks.push(chunk));
      stream.on("end", () => {
        mails.push(Buffer.concat(chunks).toString("utf8"));
        done();
      });
    },
  });
  const relayPort = await new Promise<number>((resolve) => {
    const listening = relay.listen(0, "127.0.0.1", () => resolve((listening.address() as AddressInfo).port));
  });
  const address = `127.0.0.1:${await freePort()}`;
  const serving = spawn(school.program, ["serve"], {
    cwd: school.root,
    stdio: "ignore",
    env: {
      ...process.env,
      WAYMARK_DATABASE: `sqlite:${path.join(folder, "waymark.db")}`,
      WAYMARK_DATA: path.join(folder, "data"),
      WAYMARK_ADDR: address,
      WAYMARK_SMTP_URL: `smtp://127.0.0.1:${relayPort}`,
      WAYMARK_MAIL_FROM: "Waymark <school@example.com>",
    },
  });
  try {
    await expect.poll(() => isReady(address)).toBe(true);
    const mei = someone();
    await page.goto(`http://${address}/join`);
    await sendJoin(page, mei);
    await expect(page.getByRole("status")).toContainText("Your account is ready.");
    await expect.poll(() => mails.length).toBe(1);
    const mail = (mails[0] ?? "").replaceAll(/=\r?\n/g, "");
    expect(mail).toContain(`To: ${mei.email}`);
    expect(mail).toContain("school@example.com");
    const link = /http:\/\/\S+\/confirm-email\/\S+/.exec(mail)?.[0] ?? "";
    await page.goto(link);
    await page.getByRole("main").getByRole("button").click();
    await expect(page.getByRole("status")).toBeVisible();
    await page.goto(`http://${address}/account`);
    await expect(page.getByText("Confirmed", { exact: true })).toBeVisible();
  } finally {
    await stop(serving);
    await new Promise<void>((resolve) => relay.close(resolve));
    rmSync(folder, { recursive: true, force: true });
  }
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
