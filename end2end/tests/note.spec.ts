import type { Locator, Page } from "@playwright/test";
import { awake, expect, test } from "../visit.ts";
import { position, video } from "../video.ts";

const course = "/courses/learning-to-learn";
const reading = `${course}/lessons/test-yourself`;
const film = `${course}/lessons/leave-a-gap`;

function notes(page: Page): Locator {
  return page.getByRole("list", { name: "Notes in this lesson" });
}

async function openForm(page: Page): Promise<void> {
  await page.locator("summary", { hasText: "Write a note" }).click();
}

async function write(page: Page, text: string): Promise<void> {
  await openForm(page);
  await page.getByLabel("Your note", { exact: true }).fill(text);
  await page.getByRole("button", { name: "Save note" }).click();
  await expect(page.getByText("The note is saved.")).toBeVisible();
}

/** Selects the first paragraph of the lesson's text, as a reader does, and gives its words. */
async function select(page: Page): Promise<string> {
  return page
    .locator(".lesson-text p")
    .first()
    .evaluate((paragraph) => {
      const words = paragraph.ownerDocument.createRange();
      words.selectNodeContents(paragraph);
      getSelection()?.removeAllRanges();
      getSelection()?.addRange(words);
      return words.toString();
    });
}

test("a note is written, edited, found and deleted @nojs", async ({ page, learner }) => {
  await learner.enrol("learning-to-learn");
  await page.goto(reading);
  await write(page, "Ask **before** reading, 先问再读");
  await expect(notes(page).locator("strong")).toHaveText("before");

  await notes(page).getByRole("link", { name: /^Edit/ }).click();
  await expect(page.getByLabel("Your note", { exact: true })).toHaveValue("Ask **before** reading, 先问再读");
  await page.getByLabel("Your note", { exact: true }).fill("Ask *after* reading, 先读再问");
  await page.getByRole("button", { name: "Save changes" }).click();
  await expect(page.getByText("The note is changed.")).toBeVisible();
  await expect(notes(page).locator("em")).toHaveText("after");

  await page.getByRole("link", { name: "All my notes" }).click();
  await page.getByRole("searchbox", { name: "Search notes" }).fill("再问");
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/q=/);
  const found = page.getByRole("region", { name: "Notes found" });
  await expect(found.getByRole("listitem")).toHaveCount(1);
  await page.getByRole("link", { name: "Highlights" }).click();
  await expect(page.getByText("Nothing fits.")).toBeVisible();
  await page.getByRole("link", { name: "Everything" }).first().click();
  await found.getByRole("link", { name: "Test yourself" }).click();
  await expect(page).toHaveURL(new RegExp(`${reading}#note-`));

  await notes(page).locator("summary", { hasText: "Delete" }).click();
  await notes(page).getByRole("button", { name: /^Delete for good/ }).click();
  await expect(page.getByText("It is deleted.")).toBeVisible();
  await expect(notes(page)).toBeHidden();
});

test("words are selected and highlighted", async ({ page, learner }) => {
  await learner.enrol("learning-to-learn");
  await page.goto(reading);
  await awake(page);
  const tools = page.getByRole("group", { name: "Selected words" });
  await expect(tools).toBeHidden();
  const words = await select(page);
  await tools.getByRole("button", { name: "Highlight" }).click();
  const marks = page.locator(".lesson-text mark");
  await expect(marks.first()).toBeVisible();
  await expect(tools).toBeHidden();
  expect((await marks.allTextContents()).join("").replace(/\s/g, "")).toBe(words.replace(/\s/g, ""));
  // The page was not left for it, and a new one says the same.
  await expect(page).toHaveURL(reading);
  await page.reload();
  await expect(marks.first()).toBeVisible();
  await awake(page);
  await notes(page).getByRole("button", { name: /^Remove/ }).click();
  await expect(marks).toHaveCount(0);
});

test("a note is written about selected words", async ({ page, learner }) => {
  await learner.enrol("learning-to-learn");
  await page.goto(reading);
  await awake(page);
  const words = await select(page);
  await page.getByRole("group", { name: "Selected words" }).getByRole("button", { name: "Write a note" }).click();
  await expect(page.getByLabel("Your note", { exact: true })).toBeFocused();
  await expect(page.getByLabel("Passage")).toHaveValue(words);
  await page.getByLabel("Your note", { exact: true }).fill("Try it on Friday");
  await page.getByRole("button", { name: "Save note" }).click();
  await expect(notes(page).getByText("Try it on Friday").first()).toBeVisible();
  await expect(page.locator(".lesson-text mark").first()).toBeVisible();
});

test("a passage is named by its words @nojs", async ({ page, learner }) => {
  await learner.enrol("learning-to-learn");
  await page.goto(reading);
  const words = (await page.locator(".lesson-text p").first().innerText()).split(" ").slice(0, 4).join(" ");
  await openForm(page);
  await page.getByLabel("Passage").fill("Words of another book");
  await page.getByRole("button", { name: "Save note" }).click();
  await expect(page.getByText("These words are not in the text")).toBeVisible();
  await expect(page.getByLabel("Passage")).toHaveValue("Words of another book");
  await page.getByLabel("Passage").fill(words);
  await page.getByRole("button", { name: "Save note" }).click();
  await expect(page.locator(".lesson-text mark").first()).toBeVisible();
  await expect(notes(page).getByRole("blockquote")).toHaveText(words);
});

test("a note takes the time of the film", async ({ page, learner }) => {
  await learner.enrol("learning-to-learn");
  await page.goto(film);
  await awake(page);
  await video(page).evaluate((element: HTMLVideoElement) => (element.currentTime = 12.4));
  await expect.poll(() => position(page)).toBeGreaterThan(12);
  await openForm(page);
  await page.getByLabel("Your note", { exact: true }).click();
  await expect(page.getByLabel("Time in the recording")).toHaveValue("0:12");
  await page.getByLabel("Your note", { exact: true }).fill("The curve");
  await page.getByRole("button", { name: "Save note" }).click();
  await expect(page.getByRole("status").filter({ hasText: "The note is saved." })).toBeFocused();
  const time = notes(page).getByRole("link", { name: "Play from 0:12" });
  await expect(time).toHaveAttribute("href", new RegExp(`^${film}\\?t=12&film=[^&]+$`));
  // The film was not begun anew.
  expect(await position(page)).toBeGreaterThan(12);
  await openForm(page);
  await page.getByRole("button", { name: "Bookmark this time" }).click();
  await expect(page.getByText("The bookmark is set.")).toBeVisible();
  await expect(notes(page).getByRole("listitem")).toHaveCount(2);
});

test("a time is typed, and starts the film there @nojs", async ({ page, learner }) => {
  await learner.enrol("learning-to-learn");
  await page.goto(film);
  await openForm(page);
  await page.getByLabel("Your note", { exact: true }).fill("The curve");
  await page.getByLabel("Time in the recording").fill("0:75");
  await page.getByRole("button", { name: "Save note" }).click();
  await expect(page.getByText("This is not a time.")).toBeVisible();
  await expect(page.getByLabel("Your note", { exact: true })).toHaveValue("The curve");
  await page.getByLabel("Time in the recording").fill("0:15");
  await page.getByRole("button", { name: "Save note" }).click();
  await expect(page.getByText("The note is saved.")).toBeVisible();
  await page.goto(`${film}?t=15`);
  await expect(video(page).locator("source").last()).toHaveAttribute("src", /#t=15$/);
});

test("a lesson is bookmarked and found again @nojs", async ({ page, learner }) => {
  await learner.enrol("learning-to-learn");
  await page.goto(film);
  await page.getByRole("button", { name: "Bookmark this lesson" }).click();
  await expect(page.getByRole("button", { name: "Remove bookmark" })).toBeVisible();
  await page.goto("/notes?kind=bookmark");
  await page.getByRole("region", { name: "Notes found" }).getByRole("link", { name: "Leave a gap" }).click();
  await page.getByRole("button", { name: "Remove bookmark" }).click();
  await expect(page.getByRole("button", { name: "Bookmark this lesson" })).toBeVisible();
  await page.goto("/notes");
  await expect(page.getByText("You have no notes yet.")).toBeVisible();
});

test("what was typed stays while there is no connection", async ({ page, context, learner }) => {
  await learner.enrol("learning-to-learn");
  await page.goto(reading);
  await awake(page);
  await openForm(page);
  await page.getByLabel("Your note", { exact: true }).fill("On the train");
  await context.setOffline(true);
  await page.getByRole("button", { name: "Save note" }).click();
  await expect(page.getByRole("alert").filter({ hasText: "There is no connection" })).toBeVisible();
  await expect(page.getByLabel("Your note", { exact: true })).toHaveValue("On the train");
  await context.setOffline(false);
  await page.getByRole("button", { name: "Save note" }).click();
  await expect(page.getByText("The note is saved.")).toBeVisible();
});

test("notes are taken away as a file", async ({ page, learner }) => {
  await learner.enrol("learning-to-learn");
  await page.goto(reading);
  await awake(page);
  await write(page, "Mine to keep");
  await page.goto("/notes");
  const started = page.waitForEvent("download");
  await page.getByRole("link", { name: "Markdown" }).click();
  const file = await started;
  expect(file.suggestedFilename()).toBe("notes.md");
  const text = (await (await file.createReadStream()).toArray()).join("");
  expect(text).toContain("### Test yourself");
  expect(text).toContain("Mine to keep");
});
