import { expect, sendSignIn, signIn, test } from "../visit.ts";

const languages = [
  { name: "English", tag: "en", promise: "Learn one step at a time, and always see the next one.", courses: "Courses" },
  { name: "简体中文", tag: "zh-Hans", promise: "一步一步学，下一步总在眼前。", courses: "课程" },
  { name: "繁體中文", tag: "zh-Hant", promise: "一步一步學，下一步總在眼前。", courses: "課程" },
];

for (const { name, tag, promise, courses } of languages) {
  test(`the menu switches to ${name}, for good @nojs`, async ({ page }) => {
    // From another language, so that there is something to switch.
    await page.goto(`/?lang=${tag === "en" ? "zh-Hans" : "en"}`);
    await page.getByRole("banner").getByRole("button", { name: /Language|语言/ }).click();
    await page.getByRole("banner").getByRole("link", { name }).click();
    await expect(page.getByRole("heading", { level: 1 })).toHaveText(promise);
    await expect(page.locator("html")).toHaveAttribute("lang", tag);
    await page.goto("/courses");
    await expect(page.getByRole("heading", { level: 1 })).toHaveText(courses);
    await expect(page.locator("html")).toHaveAttribute("lang", tag);
  });
}

test("switching stays on the page and keeps what was searched @nojs", async ({ page }) => {
  await page.goto("/courses?q=git&level=beginner");
  await page.getByRole("contentinfo").getByRole("link", { name: "繁體中文" }).click();
  await expect(page).toHaveURL(/\/courses\?.*q=git.*level=beginner/);
  await expect(page.getByRole("searchbox", { name: "搜尋課程" })).toHaveValue("git");
  await expect(page.getByRole("link", { name: "Git with confidence" })).toBeVisible();
});

for (const { locale, tag } of [
  { locale: "zh-CN", tag: "zh-Hans" },
  { locale: "zh-TW", tag: "zh-Hant" },
  { locale: "zh-HK", tag: "zh-Hant" },
  { locale: "fr-FR", tag: "en" },
]) {
  test(`a browser that reads ${locale} is answered in ${tag}`, async ({ anotherBrowser }) => {
    const page = await anotherBrowser({ locale });
    await page.goto("/");
    await expect(page.locator("html")).toHaveAttribute("lang", tag);
  });
}

test("what is written in another language than the page says so @nojs", async ({ page }) => {
  await page.goto("/courses");
  const title = page.getByRole("link", { name: "30 分钟掌握 Excel 高阶函数" });
  const languageOf = (text: string) =>
    page.getByText(text, { exact: true }).first().evaluate((element) => element.closest("[lang]")?.getAttribute("lang"));
  expect(await languageOf("30 分钟掌握 Excel 高阶函数")).toBe("zh-Hans");
  await title.click();
  expect(await languageOf("30 分钟掌握 Excel 高阶函数")).toBe("zh-Hans");
  expect(await languageOf("沈若川")).toBe("zh-Hans");
  expect(await languageOf("What you will be able to do")).toBe("en");
  expect(await languageOf("Buy this course")).toBe("en");
});

test("the account's language comes along to another browser", async ({ page, account, anotherBrowser }) => {
  await signIn(page, account);
  await page.goto("/account");
  await page.getByRole("group", { name: "Language" }).getByLabel("繁體中文").check();
  await page.getByRole("button", { name: "Save preferences" }).click();
  await expect(page.locator("html")).toHaveAttribute("lang", "zh-Hant");
  const other = await anotherBrowser();
  await other.goto("/sign-in");
  await expect(other.locator("html")).toHaveAttribute("lang", "en");
  await sendSignIn(other, account);
  await expect(other.locator("html")).toHaveAttribute("lang", "zh-Hant");
});

test("prices and numbers are written as the language writes them @nojs", async ({ page }) => {
  for (const [tag, price] of [
    ["en", /CN¥199.*CN¥149/],
    ["zh-Hans", /[^N]¥199.*[^N]¥149/],
  ] as const) {
    await page.goto(`/courses/excel-gaojie-hanshu?lang=${tag}`);
    await expect(page.locator(".offer-price").first()).toHaveText(price);
  }
});
