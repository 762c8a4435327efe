import { expect, sendSignIn, signIn, test } from "../visit.ts";

const lockedLesson = "/courses/git-with-confidence/lessons/revert-and-reset";

test("a locked lesson shows its title and the ways in @nojs", async ({ page }) => {
  await page.goto(lockedLesson);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Revert and reset");
  const lesson = page.getByRole("article");
  await expect(lesson).toContainText("This lesson comes with the course.");
  await expect(lesson.locator("video, form, .prose")).toHaveCount(0);
  await expect(lesson.getByRole("link", { name: "Buy for $49" })).toHaveAttribute(
    "href",
    "/checkout/git-with-confidence",
  );
  await lesson.getByRole("link", { name: "Start trial lesson" }).click();
  await expect(page).toHaveURL("/courses/git-with-confidence/lessons/what-git-keeps");
});

test("a lesson of a free course opens once one is enrolled @nojs", async ({ page, learner }) => {
  await page.goto("/courses/learning-to-learn/lessons/draw-it");
  await expect(page.getByText("This lesson comes with the course.")).toBeVisible();
  await page.getByRole("link", { name: "Go to the course and enrol" }).click();
  await expect(page).toHaveURL("/courses/learning-to-learn");
  await learner.enrol("learning-to-learn");
  await page.goto("/courses/learning-to-learn/lessons/draw-it");
  await expect(page.getByText("This lesson comes with the course.")).toBeHidden();
  await expect(page.getByRole("heading", { name: "Words and pictures together" })).toBeVisible();
});

test("the media of a locked lesson are not there for others", async ({ page, instructor, anotherBrowser }) => {
  const teacher = await anotherBrowser();
  await signIn(teacher, instructor);
  await teacher.goto(lockedLesson);
  const media = await teacher
    .locator("video, video > *")
    .evaluateAll((elements) => elements.flatMap((element) => [element.getAttribute("src"), element.getAttribute("poster")]));
  const urls = media.filter((url) => url !== null);
  expect(urls.length, "two files, captions in two languages and a poster").toBe(5);
  for (const url of urls) {
    expect((await teacher.request.get(url)).status(), `${url} for a teacher`).toBe(200);
    expect((await page.request.get(url)).status(), `${url} for a stranger`).toBe(404);
  }
});

test("the media of a trial lesson are there for everyone", async ({ page }) => {
  await page.goto("/courses/git-with-confidence/lessons/what-git-keeps");
  const sources = await page.locator("video > source").evaluateAll((all) => all.map((one) => one.getAttribute("src") ?? ""));
  expect(sources).toHaveLength(2);
  for (const source of sources) {
    const part = await page.request.get(source, { headers: { Range: "bytes=0-99" } });
    expect(part.status()).toBe(206);
    expect(part.headers()["content-type"]).toBe("video/mp4");
  }
});

test("pages of one's own ask to sign in, and lead back @nojs", async ({ page, account }) => {
  await page.goto("/learning");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Sign in");
  await sendSignIn(page, account);
  await expect(page).toHaveURL("/learning");
  await expect(page.getByText("You have no courses yet.")).toBeVisible();
});

test("a session that has ended elsewhere loses nothing but itself", async ({ page, learner, context }) => {
  await learner.enrol("beikao-si-zhou");
  await page.goto("/courses/beikao-si-zhou/lessons/kaohou-fupan");
  await context.clearCookies({ name: "waymark_session" });
  await page.getByRole("button", { name: "Mark as complete" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Sign in");
  await sendSignIn(page, learner);
  await expect(page).toHaveURL("/courses/beikao-si-zhou/lessons/kaohou-fupan");
  await expect(page.getByRole("button", { name: "Mark as complete" })).toBeVisible();
});

test("a page that is not there says so and shows a way on @nojs", async ({ page }) => {
  const answer = await page.goto("/courses/no-such-course");
  expect(answer?.status()).toBe(404);
  await page.getByRole("main").getByRole("link", { name: "All courses" }).click();
  await expect(page).toHaveURL("/courses");
});
