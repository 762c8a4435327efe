// The test at the end of a section. Each attempt draws six of twelve questions.

import type { Locator, Page } from "@playwright/test";
import { expect, signIn, test } from "../visit.ts";

const course = "/courses/beikao-si-zhou";
const stage = `${course}/stages/kaoqian`;

interface Known {
  /** Words that only this question has. */
  about: string;
  right: string[];
  wrong: string;
}

const pool: Known[] = [
  { about: "下面哪些算回忆练习", right: ["讲给家人听", "盖住例题的解法"], wrong: "工整地抄到笔记本上" },
  { about: "这时先给每一条打分", right: ["有把握却错了"], wrong: "算出这一节的总分" },
  { about: "单元4在第4天学", right: ["8"], wrong: "7" },
  { about: "第13天发烧", right: ["整张表往后挪一天"], wrong: "把表追上" },
  { about: "可再生能源", right: ["审题"], wrong: "知识" },
  { about: "移项时写成", right: ["计算"], wrong: "方法" },
  { about: "限时分61", right: ["18"], wrong: "21" },
  { about: "限时分48", right: ["练取舍"], wrong: "再做一套新的" },
  { about: "满分75", right: ["1.2"], wrong: "1" },
  { about: "写在草稿纸上的时刻", right: ["只抄几个", "题号旁画圈", "限时卷上的记录"], wrong: "先排给最难的大题" },
  { about: "7:00起床", right: ["23.5"], wrong: "23" },
  { about: "小郑打算23:30睡", right: ["能量饮料"], wrong: "浓茶" },
];

function questions(page: Page): Locator {
  return page.locator(".stage-question");
}

async function fill(question: Locator, answers: string[]): Promise<void> {
  const list = question.getByRole("combobox");
  if ((await list.count()) > 0) {
    await list.selectOption({ label: answers[0] ?? "" });
    return;
  }
  for (const answer of answers) {
    const text = question.getByRole("textbox");
    await ((await text.count()) > 0 ? text.fill(answer) : question.getByLabel(answer).check());
  }
}

async function answer(page: Page, knows: boolean): Promise<void> {
  await expect(questions(page)).toHaveCount(6);
  for (const question of await questions(page).all()) {
    const text = (await question.textContent()) ?? "";
    const known = pool.find(({ about }) => text.includes(about));
    expect(known, text).toBeDefined();
    if (known) {
      await fill(question, knows ? known.right : [known.wrong]);
    }
  }
}

async function begin(page: Page): Promise<void> {
  await page.goto(stage);
  await page.getByRole("button", { name: "Begin the test" }).click();
  await expect(page.getByRole("heading", { name: "Attempt 1" })).toBeVisible();
}

test("the trail leads to the stage test, which says how it goes @nojs", async ({ page, learner }) => {
  await learner.enrol("beikao-si-zhou");
  await page.getByRole("region", { name: "Syllabus" }).getByRole("link", { name: "进考场之前" }).click();
  await expect(page).toHaveURL(stage);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("进考场之前");
  const main = page.getByRole("main");
  for (const rule of ["6 questions", "60% to pass", "5 attempts", "4 hours between attempts"]) {
    await expect(main).toContainText(rule);
  }
});

test("the questions stay the same in every tab, and what was answered survives a mistake @nojs", async ({
  page,
  learner,
}) => {
  await learner.enrol("beikao-si-zhou");
  await begin(page);
  const asked = await questions(page).allTextContents();
  expect(asked).toHaveLength(6);
  await page.reload();
  expect(await questions(page).allTextContents()).toEqual(asked);
  const other = await page.context().newPage();
  await other.goto(stage);
  expect(await questions(other).allTextContents()).toEqual(asked);

  await answer(page, true);
  const typed = page.getByRole("textbox");
  const kept = await typed.count();
  if (kept > 0) {
    await typed.first().fill("");
  }
  const ticked = await page.getByRole("radio", { checked: true }).count();
  await page.getByRole("button", { name: "Hand in" }).click();
  if (kept > 0) {
    await expect(page.getByRole("alert").first()).toContainText("nothing was handed in");
    await expect(page.getByRole("radio", { checked: true })).toHaveCount(ticked);
  } else {
    await expect(page.getByRole("heading", { name: "Passed" })).toBeVisible();
  }
});

test("mistakes are reviewed, and the next attempt waits @nojs", async ({ page, learner }) => {
  await learner.enrol("beikao-si-zhou");
  await begin(page);
  await answer(page, false);
  await page.getByRole("button", { name: "Hand in" }).click();
  const result = page.getByRole("region", { name: "Not passed yet" });
  await expect(result.getByTestId("stage-score")).toContainText("0 of 6 points");
  // Every concept of the pool was asked for.
  await expect(result.getByRole("list").first().getByRole("listitem")).toHaveText([
    /^四种错因.*0 of 1 right/,
    /^真题与模拟.*0 of 1 right/,
    /^回忆练习.*0 of 1 right/,
    /^睡眠.*0 of 1 right/,
    /^间隔复习.*0 of 1 right/,
    /^考场时间.*0 of 1 right/,
  ]);
  await expect(result.getByRole("link", { name: "间隔复习：一张四周的表" })).toBeVisible();
  const review = page.getByRole("region", { name: "Your answers" });
  await expect(review.getByRole("article")).toHaveCount(6);
  await expect(page.getByRole("main")).toContainText("The next attempt may begin in 4 hours");
  await expect(page.getByRole("button", { name: "Begin another attempt" })).toBeHidden();
});

test("a stage that is passed stays passed @nojs", async ({ page, learner }) => {
  await learner.enrol("beikao-si-zhou");
  await begin(page);
  await answer(page, true);
  await page.getByRole("button", { name: "Hand in" }).click();
  const result = page.getByRole("region", { name: "Passed" });
  await expect(result.getByTestId("stage-score")).toContainText("6 of 6 points");
  await page.getByText("6 questions answered right").click();
  await expect(page.getByRole("region", { name: "Your answers" }).getByRole("article")).toHaveCount(6);
  await page.getByRole("link", { name: "Back to the course" }).click();
  const rest = page.getByRole("region", { name: "Syllabus" }).getByRole("listitem").filter({ hasText: /^进考场之前/ });
  await expect(rest).toContainText("done");
});

test("the section's last lesson leads to its stage test @nojs", async ({ page, learner }) => {
  await learner.enrol("beikao-si-zhou");
  await page.goto(`${course}/lessons/kaohou-fupan`);
  const on = page.getByRole("main").getByRole("link", { name: "To the stage test" });
  await expect(on).toBeHidden();
  await page.getByRole("button", { name: "Mark as complete" }).click();
  await on.click();
  await expect(page).toHaveURL(stage);
});

test("a teacher opens the way for a learner @nojs", async ({ page, learner, instructor, anotherBrowser }) => {
  await learner.enrol("beikao-si-zhou");
  const desk = await anotherBrowser();
  await signIn(desk, instructor);
  await desk.goto(stage);
  await desk.getByLabel("Email of the learner").fill("nobody@example.com");
  await desk.getByLabel("Reason").fill("She has passed such an exam before.");
  await desk.getByRole("button", { name: "Open the way" }).click();
  await expect(desk.getByRole("alert")).toContainText("No learner with this address");
  await expect(desk.getByLabel("Reason")).toHaveValue("She has passed such an exam before.");
  await desk.getByLabel("Email of the learner").fill(learner.email);
  await desk.getByRole("button", { name: "Open the way" }).click();
  await expect(desk.getByRole("status")).toContainText("The way is open");
  await page.goto(stage);
  await expect(page.getByRole("main")).toContainText("The school has opened the way for you.");
});
