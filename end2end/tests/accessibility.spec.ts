import { AxeBuilder } from "@axe-core/playwright";
import type { Page } from "@playwright/test";
import { chinese, english, ofLearners, ofStaff, ofStrangers, type Place, type Words } from "../pages.ts";
import { expect, signIn, test } from "../visit.ts";

const rules = ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa"];

// Nothing fades while its contrast is measured.
test.use({ contextOptions: { reducedMotion: "reduce" } });

interface Look {
  name: string;
  words: Words;
  choose(page: Page): Promise<void>;
}

async function chooseTheme(page: Page, theme: string): Promise<void> {
  await page.goto("/courses");
  await page.getByRole("banner").getByRole("button", { name: "Appearance" }).click();
  await page.getByRole("button", { name: theme }).click();
}

const looks: Look[] = [
  { name: "light", words: english, choose: (page) => chooseTheme(page, "Light") },
  // Of the other themes only the colours differ, and these not between screens.
  { name: "dark @desktop", words: english, choose: (page) => chooseTheme(page, "Dark") },
  { name: "eye care @desktop", words: english, choose: (page) => chooseTheme(page, "Eye care") },
  { name: "Chinese", words: chinese, choose: async (page) => void (await page.goto("/?lang=zh-Hans")) },
];

async function violations(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page }).withTags(rules).analyze();
  return violations.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.failureSummary}\n${node.html}`));
}

async function check(page: Page, places: Place[], words: Words): Promise<void> {
  for (const place of places) {
    await test.step(place.name, async () => {
      await place.open(page, words);
      expect.soft(await violations(page), place.name).toEqual([]);
    });
  }
}

for (const look of looks) {
  test.describe(look.name, () => {
    // Some twenty pages, one after the other.
    test.describe.configure({ timeout: 180_000 });

    test("a stranger's pages follow WCAG 2.2 AA", async ({ page }) => {
      await look.choose(page);
      await check(page, ofStrangers, look.words);
    });

    test("a learner's pages follow WCAG 2.2 AA", async ({ page, account }) => {
      await signIn(page, account);
      await look.choose(page);
      await check(page, ofLearners, look.words);
    });

    test("the console follows WCAG 2.2 AA", async ({ page, admin }) => {
      await signIn(page, admin);
      await look.choose(page);
      await check(page, ofStaff, look.words);
    });
  });
}

for (const theme of ["Light", "Dark", "Eye care"]) {
  test(`the syllabus sheet follows WCAG 2.2 AA in ${theme.toLowerCase()} @phone`, async ({ page }) => {
    await chooseTheme(page, theme);
    await page.goto("/courses/learning-to-learn/lessons/why-rereading-feels-good");
    await page.getByRole("button", { name: "Lessons" }).click();
    await expect(page.getByRole("complementary", { name: "Lessons in this course" })).toBeVisible();
    expect(await violations(page)).toEqual([]);
  });
}
