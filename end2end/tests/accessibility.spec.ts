import { AxeBuilder } from "@axe-core/playwright";
import type { Page } from "@playwright/test";
import { chinese, english, ofLearners, ofStrangers, type Place, type Words } from "../pages.ts";
import { expect, signIn, test } from "../visit.ts";

const rules = ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa"];

// Nothing fades while its contrast is measured.
test.use({ contextOptions: { reducedMotion: "reduce" } });

interface Look {
  name: string;
  words: Words;
  choose(page: Page): Promise<void>;
}

const looks: Look[] = [
  ...["Light", "Dark", "Eye care"].map((theme) => ({
    name: theme.toLowerCase(),
    words: english,
    choose: async (page: Page): Promise<void> => {
      await page.goto("/courses");
      await page.getByRole("banner").getByRole("button", { name: "Appearance" }).click();
      await page.getByRole("button", { name: theme }).click();
    },
  })),
  {
    name: "Chinese",
    words: chinese,
    choose: async (page) => void (await page.goto("/?lang=zh-Hans")),
  },
];

async function check(page: Page, places: Place[], words: Words): Promise<void> {
  for (const place of places) {
    await test.step(place.name, async () => {
      await place.open(page, words);
      const { violations } = await new AxeBuilder({ page }).withTags(rules).analyze();
      const found = violations.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.failureSummary}\n${node.html}`));
      expect.soft(found, place.name).toEqual([]);
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
  });
}

test("the syllabus sheet follows WCAG 2.2 AA @phone", async ({ page }) => {
  await page.goto("/courses/learning-to-learn/lessons/why-rereading-feels-good");
  await page.getByRole("button", { name: "Lessons" }).click();
  await expect(page.getByRole("complementary", { name: "Lessons in this course" })).toBeVisible();
  const { violations } = await new AxeBuilder({ page }).withTags(rules).analyze();
  expect(violations).toEqual([]);
});
