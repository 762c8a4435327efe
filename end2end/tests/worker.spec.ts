// The service worker on networks that stall and break, and when a newer one comes.

import type { Page } from "@playwright/test";
import { Network } from "../slow.ts";
import { awake, expect, signIn, test as base } from "../visit.ts";

const test = base.extend<{ network: Network }>({
  network: async ({}, use) => {
    const network = await Network.begin();
    await use(network);
    await network.end();
  },
});
test.use({ serviceWorkers: "allow" });

const lesson = "/courses/learning-to-learn/lessons/explain-it-plainly";
const copied = "No connection. This is the page as you last saw it.";

async function controlled(page: Page): Promise<void> {
  await expect.poll(() => page.evaluate(() => navigator.serviceWorker.controller !== null)).toBe(true);
}

/** Signed in is the host, whichever port it is reached by. */
async function visitBy(network: Network, page: Page): Promise<void> {
  await page.goto(`${network.url}${lesson}`);
  await controlled(page);
  await page.reload();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Explain it plainly");
  await expect(page.getByText(copied)).toBeHidden();
}

test("where the network only stalls, a copy is shown after a while", async ({ page, learner, network }) => {
  await learner.enrol("learning-to-learn");
  await visitBy(network, page);
  network.state = "stalled";
  await page.reload();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Explain it plainly");
  await expect(page.getByText(copied)).toBeVisible();
  network.state = "good";
  await page.reload();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Explain it plainly");
  await expect(page.getByText(copied)).toBeHidden();
});

test("a newer worker takes over, with the copies and with what waits", async ({
  page,
  learner,
  account,
  network,
  anotherBrowser,
}) => {
  await learner.enrol("learning-to-learn");
  await visitBy(network, page);
  await awake(page);
  network.state = "broken";
  await page.getByLabel("Bread rises through the leavening action of the yeast.").check();
  await page.getByRole("button", { name: "Check answers" }).click();
  await expect(page.getByText("Your answers are saved on this device.")).toBeVisible();

  // It is fetched before what waits is sent: the worker that sends it is the new one.
  network.worker = "\nself.isNewer = true;\n";
  const tookOver = page.evaluate(async () => {
    let isNew = false;
    navigator.serviceWorker.addEventListener("controllerchange", () => (isNew = true), { once: true });
    const registration = await navigator.serviceWorker.ready;
    while (!isNew) {
      await registration.update().catch(() => {});
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
  });
  network.state = "good";
  await tookOver;
  await expect(page.getByText("Everything is saved.").filter({ visible: true })).toBeVisible();

  network.state = "broken";
  await page.reload();
  await expect(page.getByText(copied)).toBeVisible();
  await expect(page.getByLabel("Bread rises through the leavening action of the yeast.")).toBeVisible();

  const other = await anotherBrowser({ serviceWorkers: "block" });
  await signIn(other, account);
  await other.goto(lesson);
  await expect(other.getByLabel("Bread rises through the leavening action of the yeast.")).toBeChecked();
});
