import { expect, test } from "../visit.ts";
import { pause, play, playedTo, position } from "../video.ts";

test("a stranger sees a lesson and what comes after it @nojs", async ({ page }) => {
  await page.goto("/");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(
    "Learn one step at a time, and always see the next one.",
  );
  const trial = page.getByRole("region", { name: "Why rereading feels good" });
  await expect(trial).toContainText("Learning to learn");
  await expect(trial).toContainText("free, no account needed");
  const after = trial.getByRole("list", { name: "This lesson and the ones after it" });
  await expect(after.getByRole("listitem")).toHaveText([
    "Why rereading feels good",
    "Test yourself",
    "Leave a gap",
    "All 10 lessons",
  ]);
  await trial.getByRole("link", { name: "Start trial lesson" }).click();
  await expect(page).toHaveURL("/courses/learning-to-learn/lessons/why-rereading-feels-good");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Why rereading feels good");
});

test("the poster on the front page opens the lesson, playing", async ({ page }) => {
  await page.goto("/");
  await page.getByRole("link", { name: "Play the lesson “Why rereading feels good”" }).click();
  await expect(page).toHaveURL("/courses/learning-to-learn/lessons/why-rereading-feels-good?play=1");
  await playedTo(page, 0);
});

test("the front page leads to every course @nojs", async ({ page }) => {
  for (const title of ["Learning to learn", "Git with confidence", "备考四周：把会的考出来"]) {
    await page.goto("/");
    await page.getByRole("region", { name: "Courses" }).getByRole("link", { name: title }).click();
    await expect(page.getByRole("heading", { level: 1 })).toHaveText(title);
  }
});

test("a reader of Chinese is shown a lesson in Chinese @nojs", async ({ page }) => {
  await page.goto("/?lang=zh-Hans");
  const trial = page.getByRole("region", { name: "XLOOKUP" });
  await expect(trial).toContainText("30 分钟掌握 Excel 高阶函数");
  await trial.getByRole("link", { name: "开始试听" }).click();
  await expect(page).toHaveURL("/courses/excel-gaojie-hanshu/lessons/xlookup");
});

test("a new learner is shown courses to begin with @nojs", async ({ page, learner }) => {
  await page.goto("/");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(`Hello, ${learner.name}`);
  const first = page.getByRole("region", { name: "Choose a course to begin with" });
  await expect(first.getByRole("link", { name: "Learning to learn" })).toBeVisible();
  await expect(page.getByRole("link", { name: "Continue learning" })).toBeHidden();
});

test("a learner goes on with one tap @nojs", async ({ page, learner }) => {
  await learner.enrol("beikao-si-zhou");
  await learner.enrol("learning-to-learn");
  await page.goto("/courses/learning-to-learn/lessons/test-yourself");
  await page.goto("/");
  await expect(page.getByText(`Hello, ${learner.name}`)).toBeVisible();
  const resume = page.getByRole("region", { name: "Test yourself" });
  await expect(resume.getByTestId("course-progress")).toHaveText("0%");
  await expect(
    page.getByRole("region", { name: "In progress" }).getByRole("link", { name: "备考四周：把会的考出来" }),
  ).toBeVisible();
  await resume.getByRole("link", { name: "Continue learning" }).click();
  await expect(page).toHaveURL("/courses/learning-to-learn/lessons/test-yourself");
});

test("a learner goes on at the second where they stopped", async ({ page, learner }) => {
  await learner.enrol("learning-to-learn");
  await page.goto("/courses/learning-to-learn/lessons/leave-a-gap");
  await play(page, { speed: 2 });
  await playedTo(page, 5);
  const stopped = await pause(page);
  await page.goto("/");
  await expect(page.getByText(`Hello, ${learner.name}`)).toBeVisible();
  const resume = page.getByRole("region", { name: "Leave a gap" });
  await expect(resume).toContainText(`0:${Math.floor(stopped).toString().padStart(2, "0")}`);
  await resume.getByRole("link", { name: "Continue learning" }).click();
  await expect.poll(() => position(page)).toBeCloseTo(stopped, 0);
});
