// A lesson's video, as somebody watches it.

import { expect, type Locator, type Page, type Response } from "@playwright/test";

export function video(page: Page): Locator {
  return page.locator("video");
}

/** The answer to what the player says it has shown. */
export function watchingReported(page: Page): Promise<Response> {
  return page.waitForResponse((response) => response.url().includes("report_watching") && response.ok());
}

export async function play(page: Page, { from, speed = 1 }: { from?: number; speed?: number } = {}): Promise<void> {
  await video(page).evaluate(
    async (element: HTMLVideoElement, { from, speed }) => {
      element.muted = true;
      element.playbackRate = speed;
      if (from !== undefined) {
        element.currentTime = from;
      }
      await element.play();
    },
    { from, speed },
  );
}

/** Second of the video. */
export function position(page: Page): Promise<number> {
  return video(page).evaluate((element: HTMLVideoElement) => element.currentTime);
}

export async function playedTo(page: Page, second: number): Promise<void> {
  await expect.poll(() => position(page), { timeout: 30_000 }).toBeGreaterThan(second);
}

/** Stops, and gives the second at which it stands once the school knows it. */
export async function pause(page: Page): Promise<number> {
  const reported = watchingReported(page);
  await video(page).evaluate((element: HTMLVideoElement) => element.pause());
  await reported;
  return position(page);
}

export async function duration(page: Page): Promise<number> {
  const length = () => video(page).evaluate((element: HTMLVideoElement) => element.duration);
  await expect.poll(length).toBeGreaterThan(0);
  return length();
}
