// A certificate is earned by finishing a course, seen by whoever has its
// address, and checked by anybody.

import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { AxeBuilder } from "@axe-core/playwright";
import type { Page } from "@playwright/test";
import { smallSchool, type SmallSchool } from "../small-school.ts";
import { expect, sendSignIn, test as base } from "../visit.ts";

/** A school with one course that is finished with one click. */
const test = base.extend<object, { small: SmallSchool }>({
  small: [
    async ({}, use, { workerIndex }) => {
      await smallSchool(4100 + (workerIndex % 800), shortCourse, use);
    },
    { scope: "worker" },
  ],
});

async function shortCourse(folder: string): Promise<string> {
  const course = path.join(folder, "reading-a-map");
  const start = path.join(course, "01-start");
  await mkdir(start, { recursive: true });
  const head = [
    'title = "Reading a map"',
    'summary = "Contour lines, scale and north."',
    'language = "en"',
    'level = "beginner"',
    'category = "Outdoors"',
    "[[instructor]]",
    'name = "Mara Lindqvist"',
  ];
  await writeFile(path.join(course, "course.toml"), `${head.join("\n")}\n`);
  await writeFile(path.join(start, "section.toml"), 'title = "Start"\n');
  await writeFile(path.join(start, "01-north.md"), '+++\ntitle = "Where north is"\n+++\n\nUp.\n');
  return course;
}

/** Signs in, finishes the course and opens its certificate. */
async function earn(page: Page, small: SmallSchool): Promise<void> {
  await page.goto(`${small.url}/sign-in`);
  await sendSignIn(page, await small.addLearner());
  await expect(page.getByRole("heading", { name: "Hello, Mei Chen" })).toBeVisible();
  await page.goto(`${small.url}/courses/reading-a-map`);
  await page.getByRole("button", { name: "Enrol" }).click();
  await expect(page.getByRole("link", { name: "Continue learning" })).toBeVisible();
  await page.goto(`${small.url}/courses/reading-a-map/lessons/north`);
  await page.getByRole("button", { name: "Mark as complete" }).click();
  await expect(page.getByText("Course complete. You have done every lesson.")).toBeVisible();
  await page.getByRole("article").getByRole("link", { name: "See your certificate" }).click();
  await expect(page).toHaveURL(/\/certificates\/[0-9a-z]{26}$/);
}

const standing = "certificate-standing";

test("whoever finishes a course has a certificate that anybody can check @nojs", async ({
  page,
  small,
  anotherBrowser,
}) => {
  await earn(page, small);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Mei Chen");
  await expect(page.getByText("Reading a map", { exact: true })).toBeVisible();
  await expect(page.getByText("Taught by Mara Lindqvist")).toBeVisible();
  await expect(page.getByTestId(standing)).toContainText("Valid, signed by this school");
  await expect(page.getByRole("img", { name: "QR code with the address of this page" })).toBeVisible();
  await expect(page.getByRole("textbox", { name: "Share this page" })).toHaveValue(page.url());

  const other = await anotherBrowser();
  await other.goto(page.url());
  await expect(other.getByRole("heading", { level: 1 })).toHaveText("Mei Chen");
  await expect(other.getByTestId(standing)).toContainText("Valid, signed by this school");
  await expect(other.getByRole("heading", { name: "Share this page" })).toBeHidden();

  await page.goto(`${small.url}/learning`);
  await page.getByRole("link", { name: "See your certificate" }).click();
  await expect(page.getByTestId(standing)).toBeVisible();
});

test("the files are there: a PDF and a signed Open Badge", async ({ page, small }) => {
  await earn(page, small);
  const pdf = await page.request.get(`${page.url()}.pdf`);
  expect(pdf.headers()["content-type"]).toBe("application/pdf");
  expect((await pdf.body()).subarray(0, 5).toString()).toBe("%PDF-");
  const token = await (await page.request.get(`${page.url()}/credential.jwt`)).text();
  await page.getByRole("link", { name: "Check another certificate" }).click();
  await page.getByLabel("Code, address or Open Badge").fill(token);
  await page.getByRole("button", { name: "Check", exact: true }).click();
  await expect(page.getByTestId(standing)).toContainText("Valid, signed by this school");
  await page.getByRole("link", { name: "See the certificate" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Mei Chen");
});

test("what is not ours, or not as it was, is told apart @nojs", async ({ page, small }) => {
  await earn(page, small);
  const token = await (await page.request.get(`${page.url()}/credential.jwt`)).text();
  const check = async (text: string): Promise<void> => {
    await page.goto(`${small.url}/certificates/verify`);
    await page.getByLabel("Code, address or Open Badge").fill(text);
    await page.getByRole("button", { name: "Check", exact: true }).click();
  };
  const [header, claims] = token.split(".");
  const forged = Buffer.from(claims ?? "", "base64url").toString().replace("Mei Chen", "Eve Chen");
  await check(`${header}.${Buffer.from(forged).toString("base64url")}.${token.split(".")[2]}`);
  await expect(page.getByTestId(standing)).toContainText("Altered");
  await check("00000000000000000000000000");
  await expect(page.getByTestId(standing)).toContainText("Not known");
  await check("hello");
  await expect(page.getByTestId(standing)).toContainText("Not readable");
  await check(" ");
  await expect(page.getByRole("alert")).toHaveText("Type a code or paste a credential.");
});

test("a certificate that was taken back says so @nojs", async ({ page, small }) => {
  await earn(page, small);
  const code = page.url().slice(-26);
  const listed = await small.run("certificate", "list", "--course", "reading-a-map", "--json");
  expect(JSON.parse(listed)).toContainEqual(expect.objectContaining({ code, learner: "Mei Chen", revoked_at: null }));
  await small.run("certificate", "revoke", code, "--reason", "Finished by somebody else.");
  await page.reload();
  await expect(page.getByTestId(standing)).toContainText(/^Revoked on \d/);
  await expect(page.getByTestId(standing)).toContainText("Its reason: Finished by somebody else.");
});

test("certificates are read and used by everybody", async ({ page, small }) => {
  await earn(page, small);
  for (const theme of ["light", "dark"]) {
    await page.context().addCookies([{ name: "theme", value: theme, url: small.url }]);
    await page.reload();
    const seen = await new AxeBuilder({ page }).withTags(["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa"]).analyze();
    expect(seen.violations, theme).toEqual([]);
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    expect(overflow, theme).toBeLessThanOrEqual(0);
  }
});
