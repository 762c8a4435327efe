import { expect, test } from "../visit.ts";

const inEnglish = ["Learning to learn", "Git with confidence"];
const inChinese = ["30 分钟掌握 Excel 高阶函数", "备考四周：把会的考出来"];

test.beforeEach(async ({ page }) => {
  await page.goto("/courses");
});

test("every course stands in the catalogue with its price @nojs", async ({ page }) => {
  const found = page.getByRole("region", { name: "Courses found" });
  await expect(found.getByRole("status")).toHaveText("4 courses");
  await expect(found.getByRole("heading", { level: 2 })).toHaveText([...inEnglish, ...inChinese]);
  const prices = { "Learning to learn": "Free", "Git with confidence": "$49", "30 分钟掌握 Excel 高阶函数": "CN¥149" };
  for (const [title, price] of Object.entries(prices)) {
    const course = found.getByRole("listitem").filter({ has: page.getByRole("link", { name: title }) });
    // What it costs now stands last, behind what it did before.
    await expect(course.locator(".price")).toHaveText(new RegExp(`${price.replace("$", "\\$")}$`));
    await expect(course).toContainText(/\d+ lessons.*\d+ min/);
  }
  await page.getByRole("link", { name: "Git with confidence" }).click();
  await expect(page).toHaveURL("/courses/git-with-confidence");
});

test("courses in the reader's language come first @nojs", async ({ page }) => {
  await page.goto("/courses?lang=zh-Hant");
  await expect(page.getByRole("main").getByRole("listitem").getByRole("heading")).toHaveText([...inChinese, ...inEnglish]);
});

test("searching finds words of titles and summaries @nojs", async ({ page }) => {
  const search = page.getByRole("searchbox", { name: "Search courses" });
  const found = page.getByRole("region", { name: "Courses found" });
  await search.fill("branch SHARE");
  await search.press("Enter");
  await expect(found.getByRole("heading")).toHaveText(["Git with confidence"]);
  await expect(search).toHaveValue("branch SHARE");
  await search.fill("错题本");
  await page.getByRole("button", { name: "Search" }).click();
  await expect(found.getByRole("heading")).toHaveText(["备考四周：把会的考出来"]);
  await expect(found.getByRole("status")).toHaveText("1 course");
});

test("a search that finds nothing says how to go on @nojs", async ({ page }) => {
  const search = page.getByRole("searchbox", { name: "Search courses" });
  await search.fill("quokka");
  await search.press("Enter");
  await expect(page.getByRole("status")).toHaveText("0 courses");
  await expect(page.getByText("Nothing fits these words and filters together.")).toBeVisible();
  await page.getByRole("main").getByRole("link", { name: "All courses" }).click();
  await expect(page.getByRole("status")).toHaveText("4 courses");
});

test("filters go together with each other and with the search @nojs", async ({ page }) => {
  const titles = page.getByRole("region", { name: "Courses found" }).getByRole("heading");
  const category = page.getByRole("navigation", { name: "Category" });
  const level = page.getByRole("navigation", { name: "Level" });
  await level.getByRole("link", { name: "Beginner" }).click();
  await expect(titles).toHaveText(["Learning to learn", "Git with confidence", "备考四周：把会的考出来"]);
  await category.getByRole("link", { name: "Programming" }).click();
  await expect(titles).toHaveText(["Git with confidence"]);
  await expect(category.getByRole("link", { name: "Programming" })).toHaveAttribute("aria-current", "true");
  await level.getByRole("link", { name: "Intermediate" }).click();
  await expect(page.getByText("Nothing fits these words and filters together.")).toBeVisible();
  await category.getByRole("link", { name: "All categories" }).click();
  await expect(titles).toHaveText(["30 分钟掌握 Excel 高阶函数"]);
  await page.goto("/courses?q=git&category=Programming");
  await level.getByRole("link", { name: "Beginner" }).click();
  await expect(page.getByRole("searchbox")).toHaveValue("git");
  await expect(titles).toHaveText(["Git with confidence"]);
});

test("a learner's own courses show how far they are @nojs", async ({ page, learner }) => {
  await learner.enrol("learning-to-learn");
  await page.goto("/courses");
  const course = page.getByRole("listitem").filter({ has: page.getByRole("link", { name: "Learning to learn" }) });
  await expect(course.getByRole("progressbar", { name: "Course progress" })).toBeVisible();
  await expect(course.getByTestId("course-progress")).toHaveText("0%");
  await expect(course).toContainText("0 of 10 lessons");
  await expect(course).not.toContainText("Free");
});
