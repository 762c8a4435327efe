import { expect, sendSignIn, signIn, test } from "../visit.ts";

test("a course says what it teaches, who teaches it and what it costs @nojs", async ({ page }) => {
  await page.goto("/courses/git-with-confidence");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Git with confidence");
  await expect(page.getByRole("region", { name: "What you will be able to do" }).getByRole("listitem")).toHaveCount(6);
  await expect(page.getByRole("region", { name: "Your teacher" })).toContainText("Mara Lindqvist");
  await expect(page.getByRole("region", { name: "Before you start" })).toContainText("open a terminal");
  const offer = page.getByRole("complementary", { name: "Price and enrolment" });
  await expect(offer).toContainText("$49");
  await expect(offer.getByRole("link", { name: "Buy this course" })).toBeVisible();
  await expect(page.getByRole("button", { name: "Enrol" })).toBeHidden();
});

test("the syllabus links what is open and marks what is locked @nojs", async ({ page }) => {
  await page.goto("/courses/git-with-confidence");
  const syllabus = page.getByRole("region", { name: "Syllabus" });
  await expect(syllabus.getByRole("heading", { level: 3 })).toHaveText([
    /^Foundations/,
    /^Undoing/,
    /^Branches/,
    /^Working together/,
  ]);
  const trial = syllabus.getByRole("listitem").filter({ hasText: /^What Git keeps/ });
  await expect(trial).toContainText("Free");
  const locked = syllabus.getByRole("listitem").filter({ hasText: /^Revert and reset/ });
  await expect(locked).toContainText("locked");
  await expect(locked.getByRole("link")).toHaveCount(0);
  await trial.getByRole("link", { name: "What Git keeps" }).click();
  await expect(page).toHaveURL("/courses/git-with-confidence/lessons/what-git-keeps");
});

test("a stranger who enrols signs in first and comes back @nojs", async ({ page, account }) => {
  await page.goto("/courses/learning-to-learn");
  await page.getByRole("button", { name: "Enrol" }).click();
  await expect(page).toHaveURL("/sign-in?next=%2Fcourses%2Flearning%2Dto%2Dlearn");
  await sendSignIn(page, account);
  await expect(page).toHaveURL("/courses/learning-to-learn");
  await page.getByRole("button", { name: "Enrol" }).click();
  await expect(page.getByRole("link", { name: "Continue learning" })).toBeVisible();
});

test("enrolling in a free course takes one press @nojs", async ({ page, account }) => {
  await signIn(page, account);
  await page.goto("/courses/learning-to-learn");
  await expect(page.getByRole("link", { name: "Start trial lesson" })).toBeVisible();
  await page.getByRole("button", { name: "Enrol" }).click();
  await expect(page.getByRole("status")).toContainText("You are enrolled.");
  const offer = page.getByRole("complementary", { name: "Price and enrolment" });
  await expect(offer.getByTestId("course-progress")).toHaveText("0%");
  await expect(offer.getByRole("link", { name: "Start trial lesson" })).toBeHidden();
  await offer.getByRole("link", { name: "Continue learning" }).click();
  await expect(page).toHaveURL("/courses/learning-to-learn/lessons/why-rereading-feels-good");
  await page.goto("/learning");
  await expect(page.getByRole("link", { name: "Learning to learn" })).toBeVisible();
});

test("an enrolment is known in every browser of the learner", async ({ learner, anotherBrowser }) => {
  await learner.enrol("learning-to-learn");
  const other = await anotherBrowser();
  await other.goto("/courses/learning-to-learn");
  await expect(other.getByRole("button", { name: "Enrol" })).toBeVisible();
  await signIn(other, learner);
  await other.goto("/courses/learning-to-learn");
  await expect(other.getByRole("link", { name: "Continue learning" })).toBeVisible();
});
