import type { Page } from "@playwright/test";
import { awake, expect, signIn, test } from "../visit.ts";
import { duration, pause, play, playedTo, position, video, watchingReported } from "../video.ts";

const course = "/courses/learning-to-learn";
const quizOnly = `${course}/lessons/explain-it-plainly`;
const film = `${course}/lessons/leave-a-gap`;

/** Gives the answers of “Explain it plainly”, and of its questions only those that are named. */
async function answer(page: Page, given: { bread: string; holes?: string; illusion?: string }): Promise<void> {
  const choice = page.getByRole("group", { name: "Which of these explanations hides a hole?" });
  await choice.getByLabel(given.bread).check();
  if (given.holes !== undefined) {
    await page.getByLabel("You have explained a topic from memory").selectOption(given.holes);
  }
  if (given.illusion !== undefined) {
    await page.getByLabel("This is the illusion of explanatory").fill(given.illusion);
  }
  await page.getByRole("button", { name: "Check answers" }).click();
}

const wrong = { bread: "Yeast turns sugar into gas." };
const right = {
  bread: "Bread rises through the leavening action of the yeast.",
  holes: "Look up the two holes, then explain again",
  illusion: "Depth",
};

test.describe("reading", () => {
  test("a lesson is read and marked as complete @nojs", async ({ page, learner }) => {
    await learner.enrol("beikao-si-zhou");
    await page.goto("/courses/beikao-si-zhou/lessons/kaohou-fupan");
    await expect(page.getByRole("heading", { level: 1 })).toHaveText("考后复盘：给下一场留一页纸");
    await expect(page.getByRole("heading", { name: "什么时候做" })).toBeVisible();
    await page.getByRole("button", { name: "Mark as complete" }).click();
    await expect(page.getByRole("status")).toHaveText("Lesson complete. 2 lessons left in this section.");
    await expect(page.getByRole("button", { name: "Mark as complete" })).toBeHidden();
    await page.goto("/learning");
    await expect(page.getByTestId("course-progress")).toHaveText("10%");
    await expect(page.getByText("1 of 10 lessons")).toBeVisible();
  });

  test("the last lesson leads back to the course @nojs", async ({ page, learner }) => {
    await learner.enrol("beikao-si-zhou");
    await page.goto("/courses/beikao-si-zhou/lessons/kaohou-fupan");
    const steps = page.getByRole("navigation", { name: "Between lessons" });
    await steps.getByRole("link", { name: "Back to the course" }).click();
    await expect(page).toHaveURL("/courses/beikao-si-zhou");
  });

  test("one goes from lesson to lesson and back @nojs", async ({ page, learner }) => {
    await learner.enrol("learning-to-learn");
    await page.goto(`${course}/lessons/why-rereading-feels-good`);
    const steps = page.getByRole("navigation", { name: "Between lessons" });
    await expect(steps.getByRole("link", { name: "Previous lesson" })).toBeHidden();
    await expect(page.getByText("Lesson 1 of 10")).toBeVisible();
    await steps.getByRole("link", { name: "Next lesson" }).click();
    await expect(page.getByRole("heading", { level: 1 })).toHaveText("Test yourself");
    await expect(page.getByText("Lesson 2 of 10")).toBeVisible();
    await steps.getByRole("link", { name: "Previous lesson" }).click();
    await expect(page.getByRole("heading", { level: 1 })).toHaveText("Why rereading feels good");
  });

  test("links in a text lead to other lessons @nojs", async ({ page, learner }) => {
    await learner.enrol("learning-to-learn");
    await page.goto(`${course}/lessons/test-yourself`);
    await page.getByRole("article").getByRole("link", { name: "Leave a gap" }).click();
    await expect(page).toHaveURL(film);
  });
});

test.describe("syllabus", () => {
  test("on a phone it is a sheet behind a button @phone", async ({ page, learner }) => {
    await learner.enrol("learning-to-learn");
    await page.goto(`${course}/lessons/test-yourself`);
    const sheet = page.getByRole("complementary", { name: "Lessons in this course" });
    await expect(sheet).toBeHidden();
    await page.getByRole("button", { name: "Lessons" }).click();
    await expect(sheet).toBeVisible();
    await expect(sheet.getByRole("link", { name: "Test yourself" })).toHaveAttribute("aria-current", "page");
    await sheet.getByRole("button", { name: "Close" }).click();
    await expect(sheet).toBeHidden();
    await page.getByRole("button", { name: "Lessons" }).click();
    await page.keyboard.press("Escape");
    await expect(sheet).toBeHidden();
    await page.getByRole("button", { name: "Lessons" }).click();
    await sheet.getByRole("link", { name: "Draw it" }).click();
    await expect(page).toHaveURL(`${course}/lessons/draw-it`);
  });

  test("on a wide screen it stands beside the lesson @desktop", async ({ page, learner }) => {
    await learner.enrol("learning-to-learn");
    await page.goto(`${course}/lessons/test-yourself`);
    const side = page.getByRole("complementary", { name: "Lessons in this course" });
    await expect(side).toBeVisible();
    await expect(page.getByRole("button", { name: "Lessons" })).toBeHidden();
    await expect(side.getByTestId("course-progress")).toHaveText("0%");
    await side.getByRole("link", { name: "Draw it" }).click();
    await expect(page).toHaveURL(`${course}/lessons/draw-it`);
  });
});

test.describe("quiz", () => {
  test("answers are marked, explained and counted @nojs", async ({ page, learner }) => {
    await learner.enrol("learning-to-learn");
    await page.goto(quizOnly);
    const score = page.getByRole("status").filter({ hasText: "points" });
    const bread = page.getByRole("group", { name: "Which of these explanations hides a hole?" });

    await answer(page, { ...wrong, holes: right.holes });
    await expect(score).toContainText("1 of 3 points. It takes 70% to pass");
    await expect(bread).toContainText("You could question it, but nothing is covered up.");
    await expect(bread).toContainText("Not right yet.");
    await expect(bread, "the answer is not given away").not.toContainText("The sentence goes in a circle.");
    await expect(page.getByText("Mend them, and check the repair")).toBeVisible();
    await expect(bread.getByLabel(wrong.bread)).toBeChecked();
    await expect(page.getByText("Lesson complete.")).toBeHidden();

    await answer(page, right);
    await expect(score).toHaveText("Passed, with 3 of 3 points.");
    await expect(bread).toContainText("The sentence goes in a circle.");
    await expect(page.getByText("A technical word can be a name for what you wanted to explain.")).toBeVisible();
    await expect(page.getByText("Lesson complete. 2 lessons left in this section.")).toBeVisible();

    await page.goto("/learning");
    await expect(page.getByTestId("course-progress")).toHaveText("10%");
  });

  test("feedback comes at once, without leaving the page", async ({ page, learner }) => {
    await learner.enrol("learning-to-learn");
    await page.goto(quizOnly);
    await awake(page);
    const left = page.getByText("This lesson is complete once you have watched and passed everything in it.");
    const done = page.getByText("Lesson complete. 2 lessons left in this section.");
    await expect(left).toBeVisible();
    await expect(done).toBeHidden();
    const loads: string[] = [];
    page.on("framenavigated", (frame) => loads.push(frame.url()));
    await answer(page, wrong);
    await expect(page.getByRole("status").filter({ hasText: "0 of 3 points" })).toBeVisible();
    await answer(page, right);
    await expect(page.getByText("Passed, with 3 of 3 points.")).toBeVisible();
    await expect(done).toBeVisible();
    await expect(left).toBeHidden();
    expect(loads).toEqual([]);
  });

  test("what was answered is there again on the next visit @nojs", async ({ page, learner }) => {
    await learner.enrol("learning-to-learn");
    await page.goto(quizOnly);
    await answer(page, right);
    await expect(page.getByText("Passed, with 3 of 3 points.")).toBeVisible();
    await page.goto(course);
    await page.goto(quizOnly);
    await expect(page.getByText("Passed, with 3 of 3 points.")).toBeVisible();
    await expect(page.getByLabel(right.bread)).toBeChecked();
    await expect(page.getByLabel("This is the illusion of explanatory")).toHaveValue("Depth");
  });

  test("a hint is there for who asks for it @nojs", async ({ page, learner }) => {
    await learner.enrol("learning-to-learn");
    await page.goto(quizOnly);
    const hint = page.getByText("The opposite of a shallow explanation has it.");
    await expect(hint).toBeHidden();
    await page.getByText("Hint", { exact: true }).click();
    await expect(hint).toBeVisible();
  });

  test("a stranger takes the quiz of a trial lesson and is shown one next step @nojs", async ({ page }) => {
    await page.goto("/courses/learning-to-learn/lessons/why-rereading-feels-good");
    await page.getByLabel("That the chapter has become easy to read").check();
    await page.getByLabel("By how many percentage points").fill("19");
    await page.getByLabel("You write down its main points with the book closed").check();
    await page.getByLabel("You explain it to a friend, who asks questions").check();
    await page.getByRole("button", { name: "Check answers" }).click();
    await expect(page.getByText("Passed, with 3 of 3 points.")).toBeVisible();
    const next = page.getByTestId("trial-next-step");
    await next.getByRole("link", { name: "Create account" }).click();
    await expect(page).toHaveURL("/join?next=%2Fcourses%2Flearning%2Dto%2Dlearn");
  });

  test("answers that could not be sent are kept and said so", async ({ page, context, learner }) => {
    await learner.enrol("learning-to-learn");
    await page.goto(quizOnly);
    await awake(page);
    await context.setOffline(true);
    await answer(page, right);
    await expect(page.getByRole("alert").filter({ hasText: "There is no connection" })).toBeVisible();
    await expect(page.getByLabel("This is the illusion of explanatory")).toHaveValue("Depth");
    await context.setOffline(false);
    await page.getByRole("button", { name: "Check answers" }).click();
    await expect(page.getByText("Passed, with 3 of 3 points.")).toBeVisible();
    await expect(page.getByRole("alert").filter({ hasText: "There is no connection" })).toBeHidden();
  });
});

test.describe("video", () => {
  test.beforeEach(async ({ page, learner }) => {
    await learner.enrol("learning-to-learn");
    await page.goto(film);
    await awake(page);
    await expect(page.getByTestId("lesson-coverage")).toContainText("0% watched");
  });

  test("what is watched counts, and still does on the next visit", async ({ page }) => {
    await play(page, { speed: 2 });
    await playedTo(page, 6);
    await pause(page);
    const coverage = page.getByTestId("lesson-coverage");
    await expect(coverage).toContainText(/[1-9]\d*% watched/);
    const watched = await coverage.innerText();
    await page.reload();
    await expect(coverage).toHaveText(watched);
  });

  test("it goes on in another browser at the second where it stopped", async ({ page, account, anotherBrowser }) => {
    await play(page, { from: 20 });
    await playedTo(page, 21);
    const stopped = await pause(page);
    const other = await anotherBrowser();
    await signIn(other, account);
    await other.getByRole("link", { name: "Continue learning" }).click();
    await expect(other).toHaveURL(film);
    await expect.poll(() => position(other)).toBeCloseTo(stopped, 1);
  });

  test("jumping to the end completes nothing", async ({ page }) => {
    await play(page, { from: (await duration(page)) - 1.5 });
    const reported = watchingReported(page);
    await expect.poll(() => video(page).evaluate((element: HTMLVideoElement) => element.ended)).toBe(true);
    await reported;
    await page.reload();
    await expect(page.getByTestId("lesson-coverage")).toContainText(/\b[1-4]% watched/);
    await expect(page.getByText("This lesson is complete once you have watched and passed everything")).toBeVisible();
    await expect(page.getByText("Lesson complete.")).toBeHidden();
  });

  test("at the end it begins again", async ({ page }) => {
    await play(page, { from: (await duration(page)) - 1 });
    await watchingReported(page);
    await page.goto("/");
    await page.goto(film);
    await expect.poll(() => duration(page)).toBeGreaterThan(50);
    expect(await position(page)).toBe(0);
  });

  test("the place is kept when the page is closed in the middle", async ({ page, context }) => {
    await play(page, { from: 30 });
    await playedTo(page, 31);
    const closed = page.waitForEvent("close");
    await page.close({ runBeforeUnload: true });
    await closed;
    const later = await context.newPage();
    await expect(async () => {
      await later.goto(film);
      await duration(later);
      expect(await position(later)).toBeGreaterThan(30.5);
    }).toPass();
  });

  test("the place is kept when one goes to another page", async ({ page }) => {
    await play(page, { from: 40 });
    await playedTo(page, 41);
    await page.getByRole("navigation", { name: "Between lessons" }).getByRole("link", { name: "Next lesson" }).click();
    await expect(page.getByRole("heading", { level: 1 })).toHaveText("Mix it up");
    await expect(async () => {
      await page.goto(film);
      await duration(page);
      expect(await position(page)).toBeGreaterThan(40.5);
    }).toPass();
  });

  test("seconds that could not be reported are kept and sent later", async ({ page, context }) => {
    await context.setOffline(true);
    await play(page, { from: 3 });
    await playedTo(page, 4);
    await video(page).evaluate((element: HTMLVideoElement) => element.pause());
    const coverage = page.getByTestId("lesson-coverage");
    await expect(coverage).toContainText("not saved yet, trying again");
    await context.setOffline(false);
    await play(page);
    await playedTo(page, 5);
    await pause(page);
    await expect(coverage).not.toContainText("not saved yet");
    await page.reload();
    await expect(coverage).toContainText(/\b[2-9]% watched/);
  });

  test("watching it all and passing the quiz completes the lesson @desktop", async ({ page }) => {
    test.slow();
    const end = page.waitForFunction(() => document.querySelector("video")?.ended, undefined, { timeout: 90_000 });
    await play(page, { speed: 3 });
    await end;
    await expect(page.getByTestId("lesson-coverage")).toContainText(/^Watched/);
    await expect(page.getByText("This lesson is complete once")).toBeVisible();
    await expect(page.getByText("Lesson complete.")).toBeHidden();
    await page.getByLabel("You want to remember something for about a year.").selectOption("After three to five weeks");
    await page.getByLabel("Your exam is in 35 days.").fill("7");
    await page.getByLabel("Try each word, check, and come back again after a gap").check();
    await page.getByRole("button", { name: "Check answers" }).click();
    await expect(page.getByText("Lesson complete. 3 lessons left in this section.")).toBeVisible();
    await page.goto("/learning");
    await expect(page.getByTestId("course-progress")).toHaveText("10%");
  });
});

test("a stranger watches a trial lesson, and nothing is remembered", async ({ page }) => {
  await page.goto("/courses/git-with-confidence/lessons/what-git-keeps");
  await awake(page);
  await play(page);
  await playedTo(page, 0.5);
  await expect(page.getByTestId("lesson-coverage")).toBeHidden();
  await expect(page.getByTestId("trial-next-step")).toContainText("This is one of 12 lessons in the course.");
  await page.getByTestId("trial-next-step").getByRole("link", { name: "See the course" }).click();
  await expect(page).toHaveURL("/courses/git-with-confidence");
});

test("what is left is told anew once the film is watched", async ({ page, learner }) => {
  test.slow();
  await learner.enrol("learning-to-learn");
  await page.goto("/courses/learning-to-learn/lessons/why-rereading-feels-good");
  await awake(page);
  const end = page.locator("#lesson-end");
  await expect(end).toContainText("watch at least");
  await expect(end).toContainText("points to pass");
  await play(page, { from: 0, speed: 3 });
  await expect(end).not.toContainText("watch at least", { timeout: 60_000 });
  await expect(end).toContainText("points to pass");
});
