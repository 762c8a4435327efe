import type { Page } from "@playwright/test";
import { expect, test } from "../visit.ts";

const course = "/courses/beikao-si-zhou";

async function completeLast(page: Page): Promise<void> {
  await page.goto(`${course}/lessons/kaohou-fupan`);
  await page.getByRole("button", { name: "Mark as complete" }).click();
  await expect(page.getByRole("status")).toContainText("Lesson complete.");
}

test.describe("my learning", () => {
  test("a finished lesson makes today count @nojs", async ({ page, learner }) => {
    await page.goto("/learning");
    await expect(page.getByRole("link", { name: "All courses" }).first()).toBeVisible();
    await expect(page.getByTestId("streak-days")).toBeHidden();
    await learner.enrol("beikao-si-zhou");
    await page.goto("/learning");
    await expect(page.getByTestId("streak-days")).toHaveText("0");
    await completeLast(page);
    await page.goto("/learning");
    await expect(page.getByTestId("streak-days")).toHaveText("1");
    await expect(page.getByText("Today counts.")).toBeVisible();
    const week = page.getByRole("list", { name: "This week" });
    await expect(week.getByRole("listitem")).toHaveCount(7);
    await expect(week.locator("[aria-current=date]")).toContainText("done");
    // The front page says it in one line.
    await page.goto("/");
    await expect(page.getByTestId("streak-days")).toHaveText("1");
    await page.getByRole("link", { name: "This week" }).click();
    await expect(page).toHaveURL("/learning");
  });

  test("pictures have tables beside them @nojs", async ({ page, learner }) => {
    await learner.enrol("beikao-si-zhou");
    await completeLast(page);
    await page.goto("/learning");
    const week = page.getByRole("table", { name: "This week, day by day" });
    await expect(week.getByRole("columnheader", { name: "Lessons done" })).toBeAttached();
    await expect(week.getByRole("row").last().getByRole("cell").last()).toHaveText("1");
    const calendar = page.getByRole("table", { name: "Minutes of each day" });
    await expect(calendar.getByRole("row")).toHaveCount(8);
    await expect(calendar.getByRole("rowheader", { name: "Wednesday" })).toBeVisible();
    await expect(calendar.locator("[data-today]")).toHaveAttribute("title", /1 lesson done$/);
  });

  test("the calendar fits a phone @phone", async ({ page, learner }) => {
    await learner.enrol("beikao-si-zhou");
    await page.goto("/learning");
    await expect(page.getByRole("table", { name: "Minutes of each day" })).toBeVisible();
    expect(await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth)).toBe(true);
  });
});

test.describe("settings", () => {
  test("the streak is switched off, and nowhere shown @nojs", async ({ page, learner }) => {
    await learner.enrol("beikao-si-zhou");
    await completeLast(page);
    await page.goto("/account");
    await expect(page.getByLabel("Saturday")).toBeChecked();
    await page.getByLabel("Show my streak").uncheck();
    await page.getByLabel("Wednesday").check();
    await page.getByLabel("Time zone").selectOption("Pacific/Auckland");
    await page.getByRole("button", { name: "Save learning settings" }).click();
    await expect(page.getByRole("status")).toHaveText("Saved.");
    await expect(page.getByLabel("Time zone")).toHaveValue("Pacific/Auckland");
    await expect(page.getByLabel("Wednesday")).toBeChecked();
    for (const path of ["/learning", "/"]) {
      await page.goto(path);
      await expect(page.getByRole("list", { name: "This week" })).toBeVisible();
      await expect(page.getByTestId("streak-days")).toBeHidden();
    }
  });

  test("seven days of rest are refused, and nothing is lost @nojs", async ({ page, learner }) => {
    await page.goto("/account");
    await expect(page.getByText(learner.email)).toBeVisible();
    for (const day of ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday"]) {
      await page.getByLabel(day).check();
    }
    await page.getByRole("button", { name: "Save learning settings" }).click();
    await expect(page.getByRole("alert")).toHaveText("Leave at least one day for learning.");
    await expect(page.getByLabel("Monday")).toBeChecked();
    await page.getByLabel("Monday").uncheck();
    await page.getByRole("button", { name: "Save learning settings" }).click();
    await expect(page.getByRole("status")).toHaveText("Saved.");
  });

  test("the browser says where it is", async ({ account, anotherBrowser }) => {
    const page = await anotherBrowser({ timezoneId: "America/Sao_Paulo" });
    await page.goto("/sign-in");
    await page.getByLabel("Email").fill(account.email);
    await page.getByLabel("Password").fill(account.password);
    await page.getByRole("main").getByRole("button", { name: "Sign in" }).click();
    await expect(page.getByRole("heading", { name: `Hello, ${account.name}` })).toBeVisible();
    await page.goto("/account");
    await expect(page.getByLabel("Time zone")).toHaveValue("America/Sao_Paulo");
  });
});

test.describe("what is left", () => {
  test("a video names its gaps, a quiz its points @nojs", async ({ page, learner }) => {
    await learner.enrol("learning-to-learn");
    await page.goto("/courses/learning-to-learn/lessons/leave-a-gap");
    await expect(page.getByText(/watch at least \d+:\d\d more/)).toBeVisible();
    await page.getByRole("link", { name: /^0:00–/ }).click();
    await expect(page).toHaveURL(/leave-a-gap\?t=0&film=[^&]+$/);
    await page.goto("/courses/learning-to-learn/lessons/explain-it-plainly");
    await expect(page.getByText(/get \d+ of \d+ points to pass/)).toBeVisible();
  });

  test("the course lists the next lessons with what they ask for @nojs", async ({ page, learner }) => {
    await learner.enrol("learning-to-learn");
    await page.goto("/courses/learning-to-learn");
    const left = page.getByRole("region", { name: "What is left" });
    await expect(left.getByRole("listitem")).toHaveCount(4);
    await expect(left.getByText(/\d+:\d\d to watch/).first()).toBeVisible();
    await expect(left.getByText("and 6 more lessons")).toBeVisible();
    await left.getByRole("link", { name: "Test yourself" }).click();
    await expect(page.getByRole("heading", { level: 1 })).toHaveText("Test yourself");
  });
});
