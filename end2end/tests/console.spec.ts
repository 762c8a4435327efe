import { randomInt } from "node:crypto";
import type { Page } from "@playwright/test";
import { expect, signIn, test, type Account } from "../visit.ts";

const course = "git-with-confidence";

/** A desk of its own, with the console open. */
async function sitDown(desk: Page, admin: Account): Promise<void> {
  await signIn(desk, admin);
  await desk.goto("/console");
  await expect(desk.getByRole("heading", { name: "Overview", level: 1 })).toBeVisible();
}

/** Buys the course by the built-in gateway; gives the order's number. */
async function buy(page: Page): Promise<string> {
  await page.goto(`/checkout/${course}`);
  await page.getByRole("checkbox", { name: "I accept the course agreement" }).check();
  await page.getByRole("button", { name: "Place order" }).click();
  await page.getByRole("button", { name: "Pay", exact: true }).click();
  await page.waitForURL(/\/orders\//);
  await expect(async () => {
    await page.reload();
    await expect(page.getByTestId("order-status")).toHaveAttribute("data-state", "paid", { timeout: 1_000 });
  }).toPass();
  const title = await page.getByRole("heading", { level: 1 }).textContent();
  return (title ?? "").trim().split(" ").at(-1) ?? "";
}

test("the console is not there for learners @nojs", async ({ page, learner }) => {
  expect(learner.email).toContain("@");
  await expect(page.getByRole("link", { name: "Console" })).toHaveCount(0);
  const answer = await page.goto("/console/orders");
  expect(answer?.status()).toBe(404);
});

test("a coupon is made, handed out and stopped @nojs", async ({ page, admin, anotherBrowser }) => {
  const code = `EAST${randomInt(1_000_000)}`;
  await sitDown(page, admin);
  await page.getByRole("link", { name: "Coupons", exact: true }).click();
  await page.getByRole("link", { name: "New coupon" }).click();
  await page.getByLabel("Name", { exact: true }).fill("Eastern fair");
  await page.getByLabel("Coupon code").fill(code);
  await page.getByRole("textbox", { name: "Percent off" }).fill("0");
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByRole("alert")).toContainText("1 to 100");
  await expect(page.getByLabel("Coupon code")).toHaveValue(code);
  await page.getByRole("textbox", { name: "Percent off" }).fill("25");
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText("Saved.")).toBeVisible();

  const link = await page.getByLabel("Link that brings the code along").inputValue();
  expect(link).toContain(`coupon=${code}`);
  const visitor = await anotherBrowser();
  await visitor.goto(`/checkout/${course}?coupon=${code}`);
  await expect(visitor.getByTestId("discount-line")).toBeVisible();

  await page.locator("summary", { hasText: "Stop it" }).click();
  await page.getByRole("button", { name: "Stop this coupon" }).click();
  await expect(page.getByText("It is stopped.")).toBeVisible();
  await visitor.reload();
  await expect(visitor.getByTestId("discount-line")).toHaveCount(0);
});

test("an order is found, and its money goes back", async ({ page, learner, admin, anotherBrowser }) => {
  const number = await buy(page);
  const desk = await anotherBrowser();
  await sitDown(desk, admin);
  await desk.getByRole("link", { name: "Orders", exact: true }).first().click();
  await desk.getByLabel("Search orders").fill(learner.email);
  await desk.getByRole("button", { name: "Search", exact: true }).click();
  await desk.getByRole("link", { name: number }).click();
  await desk.locator("summary", { hasText: "Give money back" }).click();
  await desk.getByLabel("Reason", { exact: true }).fill("Bought twice by mistake");
  await desk.getByRole("button", { name: "Look at it again" }).click();
  await expect(desk.getByRole("alert")).toContainText(learner.email);
  await desk.getByRole("button", { name: /^Give back/ }).click();
  await expect(desk.getByText("The refund is on its way.")).toBeVisible();
  await expect(desk.getByRole("region", { name: "What staff did" }).first()).toContainText("Bought twice by mistake");
  await page.reload();
  await expect(page.getByTestId("order-status")).toHaveAttribute("data-state", "refunded");
});
