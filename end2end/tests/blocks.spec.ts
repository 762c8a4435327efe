import { play, playedTo, position, video } from "../video.ts";
import { awake, expect, signIn, test } from "../visit.ts";

const poll = "/courses/learning-to-learn/lessons/attention";
const cards = "/courses/learning-to-learn/lessons/mix-it-up";
const film = "/courses/beikao-si-zhou/lessons/cuoti-ben";

test("a poll shows what the others chose to who has chosen @nojs", async ({ page, learner }) => {
  await learner.enrol("learning-to-learn");
  await page.goto(poll);
  const block = page.getByRole("region", { name: "Poll" });
  await expect(block.getByText("Answers so far:")).toBeHidden();
  await block.getByLabel("In another room").check();
  await block.getByRole("button", { name: "Send my answer" }).click();
  const own = block.getByRole("listitem").filter({ hasText: "your answer" });
  await expect(own).toContainText("In another room");
  await expect(block.getByText("Answers so far:")).toBeVisible();
  await block.getByText("Change my answer").click();
  await block.getByLabel("I study on it").check();
  await block.getByRole("button", { name: "Send my answer" }).click();
  await expect(own).toContainText("I study on it");
});

test("a poll's results follow the others without reloading", async ({ page, learner, account, anotherBrowser }) => {
  expect(account.email).toBe(learner.email);
  await learner.enrol("learning-to-learn");
  await page.goto(poll);
  await awake(page);
  const block = page.getByRole("region", { name: "Poll" });
  await block.getByLabel("In my bag or pocket").check();
  await block.getByRole("button", { name: "Send my answer" }).click();
  const own = block.getByRole("listitem").filter({ hasText: "your answer" });
  await expect(own).toContainText("In my bag or pocket");
  // The same learner on another device changes their mind; this page hears of it.
  const other = await anotherBrowser();
  await signIn(other, account);
  await other.goto(poll);
  await other.getByText("Change my answer").click();
  await other.getByLabel("Beside me, with the screen up").check();
  const before = await block.getByRole("listitem").filter({ hasText: "Beside me, with the screen up" }).innerText();
  await other.getByRole("button", { name: "Send my answer" }).click();
  await expect(other.getByText("your answer", { exact: true })).toBeVisible();
  await expect
    .poll(() => block.getByRole("listitem").filter({ hasText: "Beside me, with the screen up" }).innerText(), {
      timeout: 25_000,
    })
    .not.toBe(before);
});

test("cards are turned and sorted @nojs", async ({ page, learner }) => {
  await learner.enrol("learning-to-learn");
  await page.goto(cards);
  const deck = page.getByRole("region", { name: "Cards" });
  await expect(deck.getByText("0 of 4 known")).toBeVisible();
  const back = deck.getByText("Parting study over several days.");
  await expect(back).toBeHidden();
  const card = deck.getByRole("listitem").filter({ hasText: "Spacing" });
  await card.getByText("Spacing", { exact: true }).click();
  await expect(back).toBeVisible();
  await card.getByRole("button", { name: "I know it" }).click();
  await expect(deck.getByText("1 of 4 known")).toBeVisible();
  await page.reload();
  await expect(deck.getByText("1 of 4 known")).toBeVisible();
});

test("an answer leaves the page where it is, and the keyboard goes on behind it", async ({ page, learner }) => {
  await learner.enrol("learning-to-learn");
  await page.goto(cards);
  await awake(page);
  const loads: string[] = [];
  page.on("framenavigated", (frame) => loads.push(frame.url()));
  const deck = page.getByRole("region", { name: "Cards" });
  await deck.getByText("Retrieval practice", { exact: true }).click();
  await deck.getByRole("button", { name: "Not yet" }).click();
  await expect(deck.locator("summary").filter({ hasText: "Spacing" })).toBeFocused();
  expect(loads).toEqual([]);
});

test("what is shown on demand is hidden before that @nojs", async ({ page, learner }) => {
  await learner.enrol("learning-to-learn");
  await page.goto(cards);
  const hidden = page.getByText("Most people expect one group to win both times.");
  await expect(hidden).toBeHidden();
  await page.getByText("One group practises kind by kind").click();
  await expect(hidden).toBeVisible();
});

test("each learner adds a case, reads the others' and takes it back @nojs", async ({
  page,
  learner,
  instructor,
  anotherBrowser,
}) => {
  await learner.enrol("beikao-si-zhou");
  await page.goto(film);
  const chain = page.getByRole("region", { name: "Cases from learners" });
  const words = `我当时看漏了“不”字 <${learner.email}>`;
  await chain.getByLabel("Your case").fill(words);
  await chain.getByLabel("Show my first name: Mei").check();
  await chain.getByRole("button", { name: "Add my case" }).click();
  const own = chain.getByRole("paragraph").filter({ hasText: words });
  await expect(own).toBeVisible();

  const staff = await anotherBrowser();
  await signIn(staff, instructor);
  await staff.goto(film);
  const entry = staff.getByRole("listitem").filter({ hasText: words });
  await expect(entry).toContainText("Mei");
  await entry.getByRole("button", { name: "Hide from learners" }).click();
  await expect(entry.getByRole("button", { name: "Show to learners" })).toBeVisible();
  await page.reload();
  await expect(chain.getByText("The school has hidden it.")).toBeVisible();

  await chain.getByText("Change or delete").click();
  await chain.getByRole("button", { name: "Delete my case" }).click();
  await expect(own).toBeHidden();
  await expect(chain.getByRole("button", { name: "Add my case" })).toBeVisible();
});

test("without scripts a question in a film stands below it with its moment @nojs", async ({ page, learner }) => {
  await learner.enrol("beikao-si-zhou");
  await page.goto(film);
  await expect(page.getByRole("link", { name: "At 0:35 in the film" })).toBeVisible();
  await expect(page.getByRole("button", { name: "Continue" })).toBeHidden();
});

test.describe("a question in a film", () => {
  test.beforeEach(async ({ page, learner }) => {
    await learner.enrol("beikao-si-zhou");
    await page.goto(film);
    await awake(page);
    await play(page, { from: 34 });
    await expect(page.getByRole("dialog", { name: "At 0:35 in the film" })).toBeFocused();
  });

  test("holds the film until it is answered", async ({ page }) => {
    const question = page.getByRole("dialog", { name: "At 0:35 in the film" });
    expect(await video(page).evaluate((element: HTMLVideoElement) => element.paused)).toBe(true);
    await question.getByLabel("计算").check();
    await question.getByRole("button", { name: "Check answers" }).click();
    await expect(question.getByText("Passed, with 1 of 1 points.")).toBeVisible();
    await question.getByRole("button", { name: "Continue" }).click();
    await expect(question).toBeHidden();
    await playedTo(page, 36);
    // Answered, it does not come back.
    await play(page, { from: 34 });
    await playedTo(page, 36.5);
  });

  test("lets go of the film for who will answer later", async ({ page }) => {
    const held = await position(page);
    await page.keyboard.press("Escape");
    await expect(page.getByRole("dialog")).toBeHidden();
    await playedTo(page, held + 0.5);
    await expect(page.getByRole("link", { name: "At 0:35 in the film" })).toBeVisible();
  });
});
