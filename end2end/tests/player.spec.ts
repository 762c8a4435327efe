import type { Locator, Page } from "@playwright/test";
import { awake, expect, signIn, test } from "../visit.ts";
import { duration, pause, play, playedTo, position, video } from "../video.ts";

const film = "/courses/learning-to-learn/lessons/leave-a-gap";

function isPaused(page: Page): Promise<boolean> {
  return video(page).evaluate((element: HTMLVideoElement) => element.paused);
}

function rate(page: Page): Promise<number> {
  return video(page).evaluate((element: HTMLVideoElement) => element.playbackRate);
}

async function moveTo(page: Page, second: number): Promise<void> {
  await video(page).evaluate((element: HTMLVideoElement, second) => {
    element.currentTime = second;
  }, second);
}

/** Leaves every field and button. */
async function leaveFields(page: Page): Promise<void> {
  await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
}

async function openFilm(page: Page): Promise<void> {
  await page.goto(film);
  await awake(page);
  await duration(page);
}

function transcript(page: Page): Locator {
  return page.getByRole("region", { name: "Transcript" });
}

/** On a wide screen it stands open. */
async function openTranscript(page: Page): Promise<void> {
  if (!(await transcript(page).isVisible())) {
    await page.getByText("Transcript", { exact: true }).click();
  }
}

/** The settings were sent, and the school has them. */
async function kept(page: Page, change: () => Promise<unknown>): Promise<void> {
  const answer = page.waitForResponse((response) => response.url().includes("set_player"));
  await change();
  expect((await answer).ok()).toBe(true);
}

test.describe("keys", () => {
  test.beforeEach(async ({ page, learner }) => {
    await learner.enrol("learning-to-learn");
    await openFilm(page);
    await leaveFields(page);
  });

  test("command the film @desktop", async ({ page }) => {
    await video(page).evaluate((element: HTMLVideoElement) => {
      element.muted = true;
    });
    await page.keyboard.press("k");
    await expect.poll(() => isPaused(page)).toBe(false);
    await page.keyboard.press("Space");
    await expect.poll(() => isPaused(page)).toBe(true);
    await page.keyboard.press("5");
    const middle = (await duration(page)) / 2;
    await expect.poll(() => position(page)).toBeCloseTo(middle, 1);
    await page.keyboard.press("ArrowRight");
    await expect.poll(() => position(page)).toBeCloseTo(middle + 5, 1);
    await page.keyboard.press("j");
    await expect.poll(() => position(page)).toBeCloseTo(middle - 5, 1);
    await page.keyboard.press("l");
    await page.keyboard.press("ArrowLeft");
    await expect.poll(() => position(page)).toBeCloseTo(middle, 1);
    await page.keyboard.press("m");
    await expect.poll(() => video(page).evaluate((element: HTMLVideoElement) => element.muted)).toBe(false);
    await page.keyboard.press("c");
    await expect(page.getByLabel("Captions")).toHaveValue("en");
    await page.keyboard.press("Shift+>");
    await expect(page.getByLabel("Speed")).toHaveValue("125");
    await expect(page.getByText("1.25×").first()).toBeVisible();
  });

  test("leave fields and pages alone @desktop", async ({ page }) => {
    await openTranscript(page);
    await page.getByRole("searchbox", { name: "Search the transcript" }).fill("");
    await page.keyboard.type("kml9");
    expect(await isPaused(page)).toBe(true);
    expect(await position(page)).toBe(0);
    await leaveFields(page);
    await page.keyboard.press("End");
    await expect(video(page)).not.toBeInViewport();
    await page.keyboard.press("Space");
    expect(await isPaused(page), "out of sight, the space bar scrolls").toBe(true);
  });

  test("are listed, and can be switched off @desktop", async ({ page }) => {
    await page.keyboard.press("?");
    const help = page.getByRole("dialog", { name: "Settings and keys" });
    await expect(help.getByText("10 seconds back or forward")).toBeVisible();
    await kept(page, () => help.getByLabel("Single keys command the player").uncheck());
    await page.keyboard.press("Escape");
    await expect(help).toBeHidden();
    await leaveFields(page);
    await page.keyboard.press("9");
    await page.reload();
    await awake(page);
    await page.keyboard.press("9");
    expect(await position(page)).toBe(0);
  });
});

test.describe("settings", () => {
  test("are remembered on every device", async ({ page, learner, anotherBrowser }) => {
    await learner.enrol("learning-to-learn");
    await openFilm(page);
    await kept(page, () => page.getByLabel("Speed").selectOption("1.5×"));
    expect(await rate(page)).toBe(1.5);
    await kept(page, () => page.getByLabel("Captions").selectOption("English"));
    await page.reload();
    await awake(page);
    await expect.poll(() => rate(page)).toBe(1.5);
    const other = await anotherBrowser();
    await signIn(other, learner);
    await openFilm(other);
    await expect.poll(() => rate(other)).toBe(1.5);
    await expect(other.getByLabel("Captions")).toHaveValue("en");
    const showing = () =>
      video(other).evaluate((element: HTMLVideoElement) => {
        const shown = [...element.textTracks].filter((track) => track.mode === "showing");
        return shown.map((track) => track.language);
      });
    await expect.poll(showing).toEqual(["en"]);
  });

  test("of a stranger are kept in the browser", async ({ page }) => {
    await page.goto("/courses/learning-to-learn/lessons/why-rereading-feels-good");
    await awake(page);
    await kept(page, () => page.getByLabel("Speed").selectOption("2×"));
    await page.reload();
    await awake(page);
    await expect.poll(() => rate(page)).toBe(2);
  });

  test("the small file saves data, and goes on at the same second @desktop", async ({ page, learner }) => {
    await learner.enrol("learning-to-learn");
    await openFilm(page);
    const size = page.getByLabel("Size");
    await expect(size.locator("option")).toHaveText(["Automatic", /^Small, 0\.\d MB$/, /^Full, 0\.\d MB$/]);
    const source = () => video(page).evaluate((element: HTMLVideoElement) => element.currentSrc);
    expect(await source()).not.toContain(".360.mp4");
    await moveTo(page, 20);
    await kept(page, () => size.selectOption({ index: 1 }));
    await expect.poll(source).toContain(".360.mp4");
    await expect.poll(() => position(page)).toBeCloseTo(20, 1);
    await page.reload();
    await expect.poll(source).toContain(".360.mp4");
    // And back, without loading the page anew.
    await awake(page);
    await kept(page, () => size.selectOption("auto"));
    await expect.poll(source).not.toContain(".360.mp4");
    await kept(page, () => size.selectOption("small"));
    await expect.poll(source).toContain(".360.mp4");
    await kept(page, () => size.selectOption("auto"));
    await expect.poll(source).not.toContain(".360.mp4");
  });

  test("a browser that saves data gets the small file @desktop", async ({ anotherBrowser, account, page, learner }) => {
    await learner.enrol("learning-to-learn");
    expect(account.email).toBe(learner.email);
    await page.setExtraHTTPHeaders({ "Save-Data": "on" });
    await page.goto(film);
    await expect(video(page).locator("source")).toHaveAttribute("src", /\.360\.mp4/);
    const other = await anotherBrowser();
    await other.addInitScript(() => {
      Object.defineProperty(navigator, "connection", { value: { saveData: true, effectiveType: "4g" } });
    });
    await signIn(other, learner);
    await other.goto(film);
    const source = () => video(other).evaluate((element: HTMLVideoElement) => element.currentSrc);
    await expect.poll(source).toContain(".360.mp4");
  });
});

test.describe("transcript", () => {
  test("stands beside the film where there is room, and stays as it was left @desktop", async ({ page, learner }) => {
    await learner.enrol("learning-to-learn");
    await openFilm(page);
    const [beside, stage] = await Promise.all([transcript(page).boundingBox(), page.locator(".stage").boundingBox()]);
    expect(beside?.x).toBeGreaterThan((stage?.x ?? 0) + (stage?.width ?? 0));
    const overflows = await transcript(page).evaluate((text) => text.scrollHeight > text.clientHeight);
    expect(overflows, "it scrolls within itself").toBe(true);
    const heading = page.getByText("Transcript", { exact: true });
    await kept(page, () => heading.click());
    await expect(transcript(page)).toBeHidden();
    await page.reload();
    await awake(page);
    await expect(transcript(page)).toBeHidden();
    await leaveFields(page);
    await kept(page, () => page.keyboard.press("t"));
    await page.reload();
    await expect(transcript(page)).toBeVisible();
  });

  test("is one tap away on a phone, and stays open @phone", async ({ page, learner }) => {
    await learner.enrol("learning-to-learn");
    await openFilm(page);
    await expect(transcript(page)).toBeHidden();
    await kept(page, () => page.getByText("Transcript", { exact: true }).tap());
    await expect(transcript(page)).toBeVisible();
    await page.reload();
    await expect(transcript(page)).toBeVisible();
  });

  test("is read, and leads to its second @nojs", async ({ page, learner }) => {
    await learner.enrol("learning-to-learn");
    await page.goto(film);
    await openTranscript(page);
    await expect(transcript(page)).toContainText("Two people study the same thing for two hours. One takes a single evening.");
    const link = transcript(page).getByRole("link", { name: "A month later, the second will" });
    await expect(link).toHaveAttribute("href", "?t=8.276#film-0");
  });

  test("follows, jumps and is searched", async ({ page, learner }) => {
    await learner.enrol("learning-to-learn");
    await openFilm(page);
    await openTranscript(page);
    const cue = transcript(page).getByRole("link", { name: "There is no single best gap." });
    const address = page.url();
    await cue.click();
    await expect.poll(() => position(page)).toBeCloseTo(24.671, 1);
    await expect(cue).toHaveAttribute("aria-current", "true");
    expect(page.url(), "without leaving the page").toBe(address);
    await play(page);
    await expect(transcript(page).locator("[aria-current]")).not.toHaveText(/There is no single best gap/, {
      timeout: 30_000,
    });
    await video(page).evaluate((element: HTMLVideoElement) => element.pause());
    const search = page.getByRole("searchbox", { name: "Search the transcript" });
    await search.fill("HOURS. one takes");
    await expect(page.getByText("Found: 1")).toBeVisible();
    await search.fill("the");
    await expect(page.getByRole("button", { name: "Next place" })).toBeVisible();
    const first = await transcript(page).locator("[data-found-here]").innerText();
    await search.press("Enter");
    await expect(transcript(page).locator("[data-found-here]")).not.toHaveText(first);
    await search.fill("zebra");
    await expect(page.getByText("Nothing found")).toBeVisible();
  });

  test("changes its language without leaving the page, and keeps it", async ({ page, learner }) => {
    await learner.enrol("learning-to-learn");
    await openFilm(page);
    await openTranscript(page);
    await moveTo(page, 20);
    await expect.poll(() => position(page)).toBeCloseTo(20, 1);
    const chinese = page.locator(".transcript-languages").getByRole("button", { name: /Chinese|中文/ });
    await kept(page, () => chinese.click());
    await expect(transcript(page)).toContainText("两个人学同样的内容");
    await expect(chinese).toHaveAttribute("aria-pressed", "true");
    await expect(chinese).toBeFocused();
    expect(await position(page), "the film was not begun anew").toBeCloseTo(20, 1);
    // What was fetched leads to its seconds too.
    await transcript(page).getByRole("link").nth(1).click();
    await expect.poll(() => position(page)).toBeLessThan(15);
    await page.reload();
    await openTranscript(page);
    await expect(transcript(page)).toContainText("两个人学同样的内容");
  });

  test("Chinese is found over the ends of lines", async ({ page, learner }) => {
    await learner.enrol("beikao-si-zhou");
    await page.goto("/courses/beikao-si-zhou/lessons/kan-dong-bu-dengyu-hui");
    await awake(page);
    await openTranscript(page);
    await page.getByRole("searchbox", { name: "Search the transcript" }).fill("空白。你并不是");
    await expect(transcript(page).locator("[data-found]")).toHaveCount(2);
  });
});

test("fills the screen, floats above it, and stands on the lock screen @desktop", async ({ page, learner }) => {
  await learner.enrol("learning-to-learn");
  await openFilm(page);
  await play(page, { from: 5 });
  await video(page).focus();
  await page.keyboard.press("f");
  await expect.poll(() => page.evaluate(() => document.fullscreenElement?.querySelector("video") !== null)).toBe(true);
  await page.keyboard.press("f");
  await expect.poll(() => page.evaluate(() => document.fullscreenElement)).toBeNull();
  const floats = (): Promise<boolean> => page.evaluate(() => document.pictureInPictureElement instanceof HTMLVideoElement);
  await page.getByRole("button", { name: "Picture in picture" }).click();
  await expect.poll(floats).toBe(true);
  await page.getByRole("button", { name: "Picture in picture" }).click();
  await expect.poll(floats).toBe(false);
  expect(await page.evaluate(() => navigator.mediaSession.metadata?.title)).toBe("Leave a gap");
});

test("chapters lead to their second, and say which is under way", async ({ page, learner }) => {
  await learner.enrol("learning-to-learn");
  await openFilm(page);
  const chapters = page.getByRole("navigation", { name: "Chapters" });
  const current = chapters.locator("[aria-current=true]");
  await expect(current).toContainText("One evening or four");
  const address = page.url();
  await chapters.getByRole("link", { name: /How long a gap/ }).click();
  await expect.poll(() => position(page)).toBeCloseTo(24, 1);
  await expect(current).toHaveCount(1);
  await expect(current).toContainText("How long a gap");
  expect(page.url(), "without leaving the page").toBe(address);
  await moveTo(page, 11);
  await expect(current).toContainText("One evening or four");
  await play(page);
  await playedTo(page, 12.5);
  await expect(current).toContainText("Why a gap helps");
});

test.describe("what is missing", () => {
  test("is told and played", async ({ page, learner }) => {
    await learner.enrol("learning-to-learn");
    await openFilm(page);
    await play(page, { from: 10 });
    await playedTo(page, 13);
    await pause(page);
    await expect(page.getByText(/^Not yet watched: 0:00–0:(10|09), 0:1\d–0:54$/)).toBeVisible();
    await moveTo(page, 40);
    await page.getByRole("button", { name: "Play what is missing" }).click();
    await expect.poll(() => position(page)).toBeLessThan(8);
    await expect.poll(() => isPaused(page)).toBe(false);
    await video(page).evaluate((element: HTMLVideoElement) => {
      element.playbackRate = 3;
    });
    // The part that was watched is left out.
    await expect.poll(() => position(page), { timeout: 30_000 }).toBeGreaterThan(13);
    await expect(page.getByText(/^Not yet watched:/)).toBeVisible();
  });
});

test.describe("at the end", () => {
  test.beforeEach(async ({ page, learner }) => {
    await learner.enrol("learning-to-learn");
    await openFilm(page);
    // Complete, as far as the page knows.
    await page.evaluate(() => {
      for (const line of document.querySelectorAll<HTMLElement>("#lesson-end [data-when]")) {
        line.hidden = line.dataset["when"] === "left";
      }
    });
  });

  test("it goes on to the next lesson", async ({ page }) => {
    await play(page, { from: (await duration(page)) - 1 });
    await expect(page.getByText("Mix it up").last()).toBeVisible();
    await expect(page.getByRole("heading", { level: 1 })).toHaveText("Mix it up");
  });

  test("one can stay", async ({ page }) => {
    await play(page, { from: (await duration(page)) - 1 });
    const stay = page.getByRole("button", { name: "Stay here" });
    await stay.click();
    await expect(stay).toBeHidden();
    await expect(page).toHaveURL(film);
  });

  test("nothing happens where it was switched off @desktop", async ({ page }) => {
    await page.getByRole("button", { name: "Settings and keys" }).click();
    await kept(page, () => page.getByLabel("Go on to the next lesson by itself").uncheck());
    await page.keyboard.press("Escape");
    await leaveFields(page);
    await play(page, { from: (await duration(page)) - 1 });
    await expect.poll(() => video(page).evaluate((element: HTMLVideoElement) => element.ended)).toBe(true);
    // Longer than the seconds that are counted down.
    await page.waitForTimeout(7_000);
    await expect(page).toHaveURL(film);
    await expect(page.getByRole("button", { name: "Stay here" })).toBeHidden();
    await page.reload();
    await page.getByRole("button", { name: "Settings and keys" }).click();
    await expect(page.getByLabel("Go on to the next lesson by itself")).not.toBeChecked();
  });

  test("nothing happens where something is left @desktop", async ({ page }) => {
    await page.reload();
    await awake(page);
    await play(page, { from: (await duration(page)) - 1 });
    await expect.poll(() => video(page).evaluate((element: HTMLVideoElement) => element.ended)).toBe(true);
    await expect(page.getByRole("button", { name: "Stay here" })).toBeHidden();
  });
});

test.describe("trouble", () => {
  test("a network that stalls is said, until the film goes on @desktop", async ({ page, learner }) => {
    await learner.enrol("learning-to-learn");
    await openFilm(page);
    const stage = page.locator(".stage");
    // As browsers say it: nothing is left to play. Small files are loaded whole, so no network here runs dry.
    await video(page).evaluate((element: HTMLVideoElement) => {
      for (const [name, value] of Object.entries({ paused: false, readyState: 2 })) {
        Object.defineProperty(element, name, { configurable: true, get: () => value });
      }
      element.dispatchEvent(new Event("waiting"));
    });
    await expect(page.getByRole("status").filter({ hasText: "Loading…" })).toBeVisible();
    await expect(stage).toHaveAttribute("data-waiting", "true");
    await video(page).evaluate((element: HTMLVideoElement) => {
      for (const name of ["paused", "readyState"]) {
        Reflect.deleteProperty(element, name);
      }
      element.dispatchEvent(new Event("playing"));
    });
    await expect(page.getByRole("status").filter({ hasText: "Loading…" })).toBeHidden();
    await expect(stage).not.toHaveAttribute("data-waiting");
  });

  test("a film that does not load is tried again at its second", async ({ page, learner }) => {
    await learner.enrol("learning-to-learn");
    let broken = true;
    await page.route("**/*.mp4*", (route) => (broken ? route.abort() : route.continue()));
    await page.goto(`${film}?t=20`);
    await awake(page);
    const notice = page.getByRole("alert").filter({ hasText: "The recording did not load." });
    await expect(notice).toBeVisible();
    broken = false;
    await page.getByRole("button", { name: "Try now" }).click();
    await expect(notice).toBeHidden();
    await expect.poll(() => position(page)).toBeCloseTo(20, 1);
  });
});
