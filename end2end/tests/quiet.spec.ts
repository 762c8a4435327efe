// Nothing goes wrong behind a page: no complaints in the console, nothing that
// does not load, nothing that jumps, nothing wider than the screen.

import type { Page } from "@playwright/test";
import { english, ofLearners, ofStaff, ofStrangers, type Place } from "../pages.ts";
import * as school from "../school.ts";
import { awake, expect, signIn, test } from "../visit.ts";

test.use({ serviceWorkers: "allow" });

declare global {
  interface Window {
    layoutShift?: () => number;
  }
}

interface LayoutShift extends PerformanceEntry {
  value: number;
  hadRecentInput: boolean;
}

/** Collects what goes wrong from now on. */
class Noise {
  readonly #page: Page;
  #heard: string[] = [];

  constructor(page: Page) {
    this.#page = page;
    page.on("console", (message) => {
      // What did not load is told more exactly below.
      const isLoading = message.text().startsWith("Failed to load resource");
      if (["error", "warning"].includes(message.type()) && !isLoading) {
        this.#heard.push(`${message.type()}: ${message.text()}`);
      }
    });
    page.on("pageerror", (error) => {
      // The browser gives a transition between pages up for reasons of its own.
      if (!error.message.startsWith("Transition was ")) {
        this.#heard.push(`exception: ${error.message}`);
      }
    });
    page.on("request", (request) => {
      if (!request.url().startsWith(`${school.url}/`)) {
        this.#heard.push(`asked of another host: ${request.url()}`);
      }
    });
    page.on("requestfailed", (request) => {
      const why = request.failure()?.errorText ?? "";
      // The browser breaks off what it no longer needs: the rest of a medium,
      // or what a page was still loading when it was left.
      if (why !== "net::ERR_ABORTED") {
        this.#heard.push(`${why}: ${request.url()}`);
      }
    });
    page.on("response", (response) => {
      if (response.status() >= 400) {
        this.#heard.push(`${response.status()}: ${response.url()}`);
      }
    });
  }

  /** What was heard since the last time, but for the status that this page is to be answered with. */
  take(status?: number): string[] {
    const expected = `${status}: ${this.#page.url()}`;
    const heard = this.#heard.filter((line) => line !== expected);
    this.#heard = [];
    return heard;
  }
}

/** Runs in the page. */
function sumLayoutShifts(): void {
  let sum = 0;
  const add = (entries: PerformanceEntryList): void => {
    for (const entry of entries as LayoutShift[]) {
      sum += entry.hadRecentInput ? 0 : entry.value;
    }
  };
  const observer = new PerformanceObserver((list) => add(list.getEntries()));
  observer.observe({ type: "layout-shift", buffered: true });
  window.layoutShift = () => {
    add(observer.takeRecords());
    return sum;
  };
}

async function layoutShift(page: Page): Promise<number> {
  return page.evaluate(async () => {
    await document.fonts.ready;
    await new Promise((painted) => requestAnimationFrame(() => requestAnimationFrame(painted)));
    return window.layoutShift?.() ?? Number.NaN;
  });
}

/** How far the page reaches beyond the screen. */
async function overflow(page: Page): Promise<number> {
  const width = page.viewportSize()?.width ?? 0;
  return (await page.evaluate(() => document.documentElement.scrollWidth)) - width;
}

async function check(page: Page, places: Place[]): Promise<void> {
  const noise = new Noise(page);
  const size = page.viewportSize() ?? { width: 0, height: 0 };
  for (const place of places) {
    await test.step(place.name, async () => {
      await place.open(page, english);
      await page.waitForLoadState("load");
      expect.soft(await layoutShift(page), `${place.name}: layout shift`).toBeLessThanOrEqual(0.05);
      for (const width of [size.width, 320]) {
        await page.setViewportSize({ width, height: size.height });
        expect.soft(await overflow(page), `${place.name}: too wide at ${width} pixels`).toBeLessThanOrEqual(0);
      }
      await page.setViewportSize(size);
      expect.soft(noise.take(place.status), place.name).toEqual([]);
    });
  }
}

test.describe("all pages", () => {
  // Some twenty pages, one after the other.
  test.describe.configure({ timeout: 120_000 });

  test.beforeEach(async ({ page }) => {
    await page.addInitScript(sumLayoutShifts);
  });

  test("of a stranger are quiet", async ({ page }) => {
    await check(page, ofStrangers);
  });

  test("of a learner are quiet", async ({ page, account }) => {
    await signIn(page, account);
    await check(page, ofLearners);
  });

  test("of the console are quiet", async ({ page, admin }) => {
    await signIn(page, admin);
    await check(page, ofStaff);
  });

  test("of a stranger fit a narrow screen with extra large text", async ({ page }) => {
    await page.goto("/courses");
    await page.getByRole("banner").getByRole("button", { name: "Appearance" }).click();
    await page.getByRole("button", { name: "Extra large" }).click();
    const size = page.viewportSize() ?? { width: 0, height: 0 };
    for (const place of ofStrangers) {
      await page.setViewportSize(size);
      await place.open(page, english);
      await page.setViewportSize({ width: 320, height: 640 });
      expect.soft(await overflow(page), place.name).toBeLessThanOrEqual(0);
    }
  });
});

test("going from page to page is quiet", async ({ page }) => {
  const noise = new Noise(page);
  await page.goto("/");
  await page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: "Courses" }).click();
  await page.getByRole("link", { name: "Learning to learn" }).click();
  await page.getByRole("link", { name: "Start trial lesson" }).click();
  await awake(page);
  await page.getByRole("link", { name: "Next lesson" }).click();
  await expect(page.getByText("This lesson comes with the course.")).toBeVisible();
  await page.goBack();
  await awake(page);
  await page.goBack();
  await page.getByRole("link", { name: "Waymark, front page" }).click();
  await expect(page.getByRole("region", { name: "Why rereading feels good" })).toBeVisible();
  expect(noise.take()).toEqual([]);
});
