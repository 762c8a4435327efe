// What the player does with the browser around it: its screen, its windows, its keys, its lock screen, other kinds of
// media, and a network that breaks in the middle.
//
// The media in `end2end/media` were made with
//   ffmpeg -f lavfi -i testsrc=size=160x90:rate=5 -f lavfi -i sine=330 -t 12 -c:v libx264 -g 10 -c:a aac -f hls …
//   ffmpeg -f lavfi -i sine=220 -t 12 -c:a aac recording.m4a

import { cp, mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import type { Page } from "@playwright/test";
import { smallSchool, type SmallSchool } from "../small-school.ts";
import { duration, play, playedTo, position, video } from "../video.ts";
import { awake, expect, sendSignIn, test as base } from "../visit.ts";

/** A school with a film in pieces and a recording. */
const test = base.extend<object, { small: SmallSchool }>({
  small: [
    async ({}, use, { workerIndex }) => {
      await smallSchool(4900 + (workerIndex % 80), mediaCourse, use);
    },
    { scope: "worker" },
  ],
});

const film = "/courses/learning-to-learn/lessons/leave-a-gap";
const first = "/courses/learning-to-learn/lessons/why-rereading-feels-good";

async function mediaCourse(folder: string): Promise<string> {
  const course = path.join(folder, "sights-and-sounds");
  const start = path.join(course, "01-start");
  await mkdir(start, { recursive: true });
  await cp(path.join(import.meta.dirname, "../media"), start, { recursive: true });
  const head = ['title = "Sights and sounds"', 'summary = "Other media."', 'language = "en"', 'level = "beginner"', 'category = "Media"'];
  await writeFile(path.join(course, "course.toml"), `${head.join("\n")}\n`);
  await writeFile(path.join(start, "section.toml"), 'title = "Start"\n');
  const lesson = (title: string, kind: string, source: string, captions: string): string =>
    [
      "+++",
      `title = "${title}"`,
      "preview = true",
      "+++",
      `::: ${kind}`,
      'id = "medium"',
      `title = "${title}"`,
      `src = "${source}"`,
      "seconds = 12",
      `captions.en = "${captions}"`,
      ":::",
      "",
    ].join("\n");
  await writeFile(path.join(start, "01-pieces.md"), lesson("A film in pieces", "video", "film.m3u8", "film.en.vtt"));
  await writeFile(path.join(start, "02-sound.md"), lesson("A recording", "audio", "recording.m4a", "recording.en.vtt"));
  return course;
}

interface Sound {
  muted: boolean;
  volume: number;
  rate: number;
}

function sound(page: Page): Promise<Sound> {
  return video(page).evaluate(({ muted, volume, playbackRate }: HTMLVideoElement) => ({ muted, volume, rate: playbackRate }));
}

async function open(page: Page, path: string): Promise<void> {
  await page.goto(path);
  await awake(page);
  await duration(page);
  await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
}

test.describe("the whole screen", () => {
  const isFull = (page: Page) => page.evaluate(() => document.fullscreenElement?.classList.contains("stage") ?? false);

  test("is taken and left by a button and by a key @desktop", async ({ page }) => {
    await open(page, first);
    await page.getByRole("button", { name: "Full screen" }).click();
    await expect.poll(() => isFull(page)).toBe(true);
    await page.keyboard.press("f");
    await expect.poll(() => isFull(page)).toBe(false);
    await page.keyboard.press("f");
    await expect.poll(() => isFull(page)).toBe(true);
    // Keys go on to command the film, and what they did is said over it.
    await page.keyboard.press("ArrowDown");
    await expect(page.getByText("Volume 90%")).toBeVisible();
    await page.keyboard.press("F");
    await expect.poll(() => isFull(page)).toBe(false);
  });

  test("is the film's own where elements cannot fill it, and is left for what comes next", async ({ page }) => {
    // As on an iPhone.
    await page.addInitScript(() => {
      Reflect.deleteProperty(Element.prototype, "requestFullscreen");
      Object.assign(HTMLVideoElement.prototype, {
        webkitDisplayingFullscreen: false,
        webkitEnterFullscreen(this: HTMLVideoElement) {
          Object.assign(this, { webkitDisplayingFullscreen: true });
        },
        webkitExitFullscreen(this: HTMLVideoElement) {
          Object.assign(this, { webkitDisplayingFullscreen: false });
        },
      });
    });
    const isFull = () =>
      video(page).evaluate((element) => (element as unknown as Record<string, unknown>)["webkitDisplayingFullscreen"]);
    await open(page, first);
    await page.keyboard.press("f");
    await expect.poll(isFull).toBe(true);
    await page.keyboard.press("f");
    await expect.poll(isFull).toBe(false);
  });

  test("of an iPhone is left for a question @desktop", async ({ page, learner }) => {
    await learner.enrol("beikao-si-zhou");
    await page.addInitScript(() => {
      Object.assign(HTMLVideoElement.prototype, {
        webkitDisplayingFullscreen: true,
        webkitExitFullscreen(this: HTMLVideoElement) {
          Object.assign(this, { webkitDisplayingFullscreen: false });
        },
      });
    });
    await open(page, "/courses/beikao-si-zhou/lessons/cuoti-ben");
    const moment = page.locator(".moment").first();
    const at = Number(await moment.getAttribute("data-at-ms")) / 1000;
    await play(page, { from: Math.max(0, at - 1.5) });
    await expect(page.getByRole("dialog").filter({ has: page.locator(".moment-go") })).toBeVisible();
    const state = await video(page).evaluate((element: HTMLVideoElement) => ({
      paused: element.paused,
      full: (element as unknown as Record<string, unknown>)["webkitDisplayingFullscreen"],
    }));
    expect(state).toEqual({ paused: true, full: false });
  });
});

test.describe("picture in picture", () => {
  test("is taken and left by a button and by a key @desktop", async ({ page }) => {
    // Without a window system nothing can be shown in a window: what is asked for is seen, and answered.
    await page.addInitScript(() => {
      let shown: Element | null = null;
      Object.defineProperty(document, "pictureInPictureEnabled", { value: true });
      Object.defineProperty(document, "pictureInPictureElement", { get: () => shown });
      HTMLVideoElement.prototype.requestPictureInPicture = function () {
        shown = this;
        return Promise.reject(new DOMException("tests have no windows"));
      };
      document.exitPictureInPicture = () => {
        shown = null;
        return Promise.resolve();
      };
    });
    await open(page, first);
    const isShown = () => page.evaluate(() => document.pictureInPictureElement?.matches(".stage-video") ?? false);
    const button = page.getByRole("button", { name: "Picture in picture" });
    await button.click();
    await expect.poll(isShown).toBe(true);
    await button.click();
    await expect.poll(isShown).toBe(false);
    await page.keyboard.press("i");
    await expect.poll(isShown).toBe(true);
  });

  test("is not offered where there is none @desktop", async ({ page }) => {
    await page.addInitScript(() => {
      Object.defineProperty(document, "pictureInPictureEnabled", { value: false });
    });
    await open(page, first);
    await expect(page.getByRole("button", { name: "Full screen" })).toBeVisible();
    await expect(page.getByRole("button", { name: "Picture in picture" })).toBeHidden();
  });

  test("is Safari's where that is all there is @desktop", async ({ page }) => {
    await page.addInitScript(() => {
      Object.defineProperty(document, "pictureInPictureEnabled", { value: undefined });
      Object.assign(HTMLVideoElement.prototype, {
        webkitPresentationMode: "inline",
        webkitSupportsPresentationMode: (mode: string) => mode === "picture-in-picture",
        webkitSetPresentationMode(this: HTMLVideoElement, mode: string) {
          Object.assign(this, { webkitPresentationMode: mode });
        },
      });
    });
    await open(page, first);
    const mode = () =>
      video(page).evaluate((element) => (element as unknown as Record<string, unknown>)["webkitPresentationMode"]);
    const button = page.getByRole("button", { name: "Picture in picture" });
    await button.click();
    expect(await mode()).toBe("picture-in-picture");
    await button.click();
    expect(await mode()).toBe("inline");
  });
});

test("keys change sound, place and speed @desktop", async ({ page }) => {
  await open(page, first);
  const length = await duration(page);
  await page.keyboard.press("m");
  expect((await sound(page)).muted).toBe(true);
  await page.keyboard.press("M");
  expect((await sound(page)).muted).toBe(false);
  for (const tenth of [9, 3, 0, 5]) {
    await page.keyboard.press(String(tenth));
    await expect.poll(() => position(page)).toBeCloseTo((length * tenth) / 10, 1);
  }
  const middle = length / 2;
  await page.keyboard.press("l");
  await expect.poll(() => position(page)).toBeCloseTo(middle + 10, 1);
  await page.keyboard.press("j");
  await page.keyboard.press("j");
  await expect.poll(() => position(page)).toBeCloseTo(middle - 10, 1);
  await page.keyboard.press("Shift+>");
  await page.keyboard.press("Shift+>");
  expect((await sound(page)).rate).toBe(1.5);
  await page.keyboard.press("Shift+<");
  expect((await sound(page)).rate).toBe(1.25);
  await page.getByLabel("Speed").focus();
  await page.keyboard.press("9");
  expect(await position(page), "a field keeps its keys").toBeCloseTo(middle - 10, 1);
});

test("the lock screen names the film and commands it @desktop", async ({ page }) => {
  await page.addInitScript(() => {
    const handlers: Record<string, (details: object) => void> = {};
    Object.assign(window, { handlers });
    navigator.mediaSession.setActionHandler = (action: string, handler: unknown) => {
      if (handler) {
        handlers[action] = (details) => (handler as (details: object) => void)({ action, ...details });
      } else {
        delete handlers[action];
      }
    };
  });
  await open(page, first);
  const ask = (action: string, details: object) =>
    page.evaluate(
      ([action, details]) => {
        (window as unknown as { handlers: Record<string, (details: object) => void> }).handlers[action]?.(details);
      },
      [action, details] as const,
    );
  await play(page);
  const told = () =>
    page.evaluate(() => {
      const { metadata, playbackState } = navigator.mediaSession;
      return { title: metadata?.title, artist: metadata?.artist, pictures: metadata?.artwork.length, playbackState };
    });
  const title = await video(page).getAttribute("aria-label");
  await expect.poll(told).toEqual({ title, artist: "Learning to learn", pictures: 1, playbackState: "playing" });
  await ask("pause", {});
  await expect.poll(async () => (await told()).playbackState).toBe("paused");
  await ask("seekto", { seekTime: 30 });
  await expect.poll(() => position(page)).toBeCloseTo(30, 1);
  await ask("seekbackward", { seekOffset: 15 });
  await expect.poll(() => position(page)).toBeCloseTo(15, 1);
  await ask("seekforward", {});
  await expect.poll(() => position(page)).toBeCloseTo(25, 1);
  await ask("play", {});
  await expect.poll(async () => (await told()).playbackState).toBe("playing");
});

test.describe("a film in pieces", () => {
  const pieces = "/courses/sights-and-sounds/lessons/pieces";

  /** Says whether the browser plays playlists by itself. */
  async function native(page: Page, answer: "" | "maybe"): Promise<void> {
    await page.addInitScript((answer) => {
      const ask = HTMLMediaElement.prototype.canPlayType;
      HTMLMediaElement.prototype.canPlayType = function (type) {
        return type.includes("mpegurl") ? answer : ask.call(this, type);
      };
    }, answer);
  }

  function scripts(page: Page): string[] {
    const asked: string[] = [];
    page.on("request", (request) => {
      if (request.url().endsWith("/hls.js")) {
        asked.push(request.url());
      }
    });
    return asked;
  }

  test("is played by a script where the browser cannot, from the second asked for", async ({ page, small }) => {
    await native(page, "");
    const asked = scripts(page);
    await page.goto(`${small.url}${pieces}?t=5`);
    await awake(page);
    expect(Math.abs((await duration(page)) - 12)).toBeLessThan(1.5);
    expect(asked).toHaveLength(1);
    await play(page);
    await playedTo(page, 5.5);
    await page.keyboard.press("9");
    await expect.poll(() => position(page)).toBeGreaterThan(10.5);
  });

  test("needs no script where the browser can, nor does any other film @desktop", async ({ page, small }) => {
    await native(page, "maybe");
    const asked = scripts(page);
    await page.goto(`${small.url}${pieces}`);
    await awake(page);
    await open(page, first);
    await native(page, "");
    await open(page, first);
    expect(asked).toEqual([]);
  });
});

test("a recording has a bar, a transcript and keys, but no screen", async ({ page, small }) => {
  await page.goto(`${small.url}/sign-in`);
  await sendSignIn(page, await small.addLearner());
  await expect(page.getByRole("heading", { name: "Hello, Mei Chen" })).toBeVisible();
  await page.goto(`${small.url}/courses/sights-and-sounds`);
  await page.getByRole("button", { name: "Enrol" }).click();
  await expect(page.getByRole("link", { name: "Continue learning" })).toBeVisible();
  await page.goto(`${small.url}/courses/sights-and-sounds/lessons/sound`);
  await awake(page);
  expect(Math.abs((await duration(page)) - 12)).toBeLessThan(1.5);
  await expect(page.getByRole("button", { name: "Full screen" })).toBeHidden();
  await expect(page.getByLabel("Captions")).toBeHidden();
  const words = page.getByRole("region", { name: "Transcript" });
  if (!(await words.isVisible())) {
    await page.getByText("Transcript", { exact: true }).click();
  }
  const second = words.getByRole("link", { name: "The second half of it." });
  await second.click();
  await expect.poll(() => position(page)).toBeCloseTo(5.5, 1);
  await play(page);
  await expect(second).toHaveAttribute("aria-current", "true");
  await playedTo(page, 6.5);
  await video(page).evaluate((element: HTMLVideoElement) => element.pause());
  await expect(page.getByTestId("lesson-coverage")).toContainText(/[1-9]\d?% watched/);
});

test("a network that breaks in the middle costs no second", async ({ page, learner }) => {
  await learner.enrol("learning-to-learn");
  let broken = false;
  await page.route("**/*.mp4*", (route) => (broken ? route.abort() : route.continue()));
  await open(page, film);
  await play(page, { from: 10 });
  await playedTo(page, 11);
  await video(page).evaluate((element: HTMLVideoElement) => element.pause());
  const at = await position(page);
  broken = true;
  // Browsers load small files whole: what is loaded has to be loaded anew to meet the broken network.
  await video(page).evaluate((element: HTMLVideoElement) => {
    const second = element.currentTime;
    element.load();
    element.currentTime = second;
  });
  const notice = page.getByRole("alert").filter({ hasText: "The recording did not load." });
  await expect(notice).toBeVisible();
  broken = false;
  await page.getByRole("button", { name: "Try now" }).click();
  await expect(notice).toBeHidden();
  await expect.poll(() => position(page)).toBeCloseTo(at, 0);
  await play(page);
  await playedTo(page, at + 1);
});
