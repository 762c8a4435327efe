// How long the player's page keeps the main thread of a phone whose processor is four times slower than this one:
// first visits, then playing with every part of the player in use.

import type { Browser, CDPSession, Page } from "@playwright/test";
import { awake, expect, test } from "../visit.ts";

const film = "/courses/learning-to-learn/lessons/why-rereading-feels-good";
const visits = 5;
const slower = 4;

interface TraceEvent {
  name: string;
  ph: string;
  pid: number;
  tid: number;
  ts: number;
  dur?: number;
  args?: { name?: string };
}

/** Milliseconds of the page's main thread in one task: the most there was. */
interface Longest {
  /** In scripts, with what they made the browser compute at once. */
  script: number;
  /** In parsing, styling, laying out and painting the page: without scripts it is the same. */
  render: number;
}

const scripts = new Set(["FunctionCall", "EvaluateScript", "RunMicrotasks", "v8.evaluateModule", "v8.callFunction", "TimerFire"]);

function longest(trace: Buffer): Longest {
  const { traceEvents } = JSON.parse(trace.toString()) as { traceEvents: TraceEvent[] };
  const isMain = new Set(
    traceEvents
      .filter((event) => event.name === "thread_name" && event.args?.name === "CrRendererMain")
      .map((event) => `${event.pid}.${event.tid}`),
  );
  const events = traceEvents.filter((event) => event.ph === "X" && isMain.has(`${event.pid}.${event.tid}`));
  const result: Longest = { script: 0, render: 0 };
  for (const task of events.filter((event) => event.name.endsWith("RunTask") && (event.dur ?? 0) > 5_000)) {
    const end = task.ts + (task.dur ?? 0);
    const inside = events.filter((event) => event.tid === task.tid && event.ts >= task.ts && event.ts < end);
    // Before the page there is the browser's empty one, and what makes the trace itself.
    if (inside.some((event) => event.name === "CpuProfiler::StartProfiling")) continue;
    const ran = inside.filter((event) => scripts.has(event.name)).sort((a, b) => a.ts - b.ts);
    let script = 0;
    let until = task.ts;
    for (const { ts, dur = 0 } of ran) {
      // One inside of another counts once.
      script += Math.max(0, ts + dur - Math.max(ts, until));
      until = Math.max(until, ts + dur);
    }
    result.script = Math.max(result.script, Math.round(script / 1_000));
    result.render = Math.max(result.render, Math.round(((task.dur ?? 0) - script) / 1_000));
  }
  return result;
}

async function traced(browser: Browser, page: Page, act: () => Promise<void>): Promise<Longest> {
  await browser.startTracing(page, { categories: ["toplevel", "devtools.timeline", "v8.execute", "v8"] });
  await act();
  return longest(await browser.stopTracing());
}

async function slow(page: Page): Promise<CDPSession> {
  const session = await page.context().newCDPSession(page);
  await session.send("Emulation.setCPUThrottlingRate", { rate: slower });
  return session;
}

async function useEverything(page: Page): Promise<void> {
  const video = page.locator("video").first();
  await video.evaluate((film: HTMLVideoElement) => {
    film.muted = true;
    return film.play();
  });
  await video.focus();
  for (const key of ["l", "l", "j", ">", "<", "c", "c", "m", "m", "3", "ArrowRight", "ArrowLeft", "k", "k"]) {
    await page.keyboard.press(key);
    await page.waitForTimeout(300);
  }
  // One report of watching, and what it answers.
  await page.waitForTimeout(12_000);
}

test("the longest tasks of the player's page", async ({ browser, anotherBrowser }) => {
  test.setTimeout(300_000);
  const rows: string[] = [];
  for (let visit = 1; visit <= visits; visit += 1) {
    const page = await anotherBrowser({ serviceWorkers: "block" });
    await page.goto("about:blank");
    await slow(page);
    const waking = await traced(browser, page, async () => {
      await page.goto(film);
      await awake(page);
      await page.waitForTimeout(1_500);
    });
    const playing = await traced(browser, page, () => useEverything(page));
    rows.push(`| ${visit} | ${waking.script} | ${waking.render} | ${playing.script} | ${playing.render} |`);
    expect(await page.locator("video").first().evaluate((film: HTMLVideoElement) => film.currentTime)).toBeGreaterThan(0);
    await page.context().close();
  }
  const head = "| visit | waking: scripts | page | playing: scripts | page |";
  console.log(["Longest in one task, ms, processor slowed 4 times:", head, "|---|---:|---:|---:|---:|", ...rows].join("\n"));
});
