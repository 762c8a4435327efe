import type { Locator, Page } from "@playwright/test";
import { awake, expect, test } from "../visit.ts";

test.use({ contextOptions: { reducedMotion: "reduce" } });

/** Moves on until the element has the focus. */
async function tabTo(page: Page, target: Locator): Promise<void> {
  const isFocused = () => target.evaluate((element) => element === document.activeElement);
  for (let stop = 0; stop < 120 && !(await isFocused()); stop += 1) {
    await page.keyboard.press("Tab");
  }
  await expect(target).toBeFocused();
}

interface Stop {
  element: string;
  isOutlined: boolean;
  isInSight: boolean;
}

/** Where the focus is; nothing once it has left the page. Runs in the page. */
function stop(): Stop | undefined {
  const element = document.activeElement;
  if (!(element instanceof HTMLElement || element instanceof SVGElement) || element === document.body) {
    return undefined;
  }
  // A link that spreads over its whole row draws the ring around the row.
  const rings = [getComputedStyle(element), getComputedStyle(element, "::after")];
  const box = element.getClientRects()[0] ?? element.getBoundingClientRect();
  const labels = element instanceof HTMLInputElement ? [...(element.labels ?? [])] : [];
  const parts = [element, ...labels];
  const isHit = (x: number, y: number): boolean => {
    const hit = document.elementFromPoint(x, y);
    return hit !== null && parts.some((part) => part.contains(hit) || hit.contains(part));
  };
  const shares = [0.1, 0.5, 0.9];
  return {
    element: element.outerHTML.slice(0, 160),
    isOutlined: rings.some((ring) => ring.outlineStyle !== "none" && Number.parseFloat(ring.outlineWidth) >= 2),
    isInSight: shares.some((x) => shares.some((y) => isHit(box.left + box.width * x, box.top + box.height * y))),
  };
}

test("the first stop skips to the content @nojs", async ({ page }) => {
  await page.goto("/courses");
  const skip = page.getByRole("link", { name: "Skip to content" });
  await expect(skip).not.toBeInViewport();
  await page.keyboard.press("Tab");
  await expect(skip).toBeFocused();
  await expect(skip).toBeInViewport();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("main")).toBeFocused();
  await page.keyboard.press("Tab");
  await expect(page.getByRole("searchbox", { name: "Search courses" })).toBeFocused();
});

test("menus open, close and give the focus back", async ({ page }) => {
  await page.goto("/");
  const button = page.getByRole("banner").getByRole("button", { name: "Appearance" });
  await tabTo(page, button);
  await page.keyboard.press("Enter");
  const dark = page.getByRole("button", { name: "Dark" });
  await tabTo(page, dark);
  await page.keyboard.press("Escape");
  await expect(dark).toBeHidden();
  await expect(button).toBeFocused();
});

test("a whole quiz is answered by keyboard", async ({ page, learner }) => {
  await learner.enrol("learning-to-learn");
  await page.goto("/courses/learning-to-learn/lessons/test-yourself");
  await awake(page);
  await tabTo(page, page.getByLabel("Which group remembered most after a week?"));
  await page.keyboard.type("One period");
  await tabTo(page, page.getByLabel("is called … practice"));
  await page.keyboard.type("retrieval");
  const cards = page.getByRole("group", { name: /Which card\s+is best\?/ }).getByRole("radio");
  await tabTo(page, cards.first());
  await page.keyboard.press("Space");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("ArrowDown");
  await expect(cards.nth(2)).toBeChecked();
  for (const answer of [/Solving last week’s problem/, /Telling a colleague on the way home/]) {
    await tabTo(page, page.getByLabel(answer));
    await page.keyboard.press("Space");
  }
  const check = page.getByRole("button", { name: "Check answers" });
  await tabTo(page, check);
  await page.keyboard.press("Enter");
  await expect(page.getByText("Passed, with 4 of 4 points.")).toBeVisible();
  await expect(page.getByRole("status").filter({ hasText: "Passed" })).toBeFocused();
  await tabTo(page, page.getByRole("navigation", { name: "Between lessons" }).getByRole("link", { name: "Next lesson" }));
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Leave a gap");
});

test("a form is filled in and sent by keyboard @nojs", async ({ page, account }) => {
  await page.goto("/sign-in");
  await tabTo(page, page.getByLabel("Email"));
  await page.keyboard.type(account.email);
  await page.keyboard.press("Tab");
  await page.keyboard.type(account.password);
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { name: "Hello, Mei Chen" })).toBeVisible();
});

for (const path of [
  "/",
  "/courses",
  "/courses/git-with-confidence",
  "/courses/learning-to-learn/lessons/why-rereading-feels-good",
  "/courses/git-with-confidence/lessons/revert-and-reset",
  "/join",
]) {
  test(`the focus can be seen all the way through ${path}`, async ({ page }) => {
    await page.goto(path);
    let stops = 0;
    for (; stops < 200; stops += 1) {
      await page.keyboard.press("Tab");
      const here = await page.evaluate(stop);
      if (here === undefined) {
        break;
      }
      // The browser draws the controls of a video, and their focus.
      if (!here.element.startsWith("<video")) {
        expect.soft(here).toMatchObject({ isOutlined: true, isInSight: true });
      }
    }
    expect(stops).toBeGreaterThan(5);
    expect(stops, "the focus leaves the page at its end").toBeLessThan(200);
  });
}
