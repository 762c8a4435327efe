import type { Page } from "@playwright/test";
import { awake, expect, sendJoin, someone, test } from "../visit.ts";

const course = "/courses/git-with-confidence";
const checkout = "/checkout/git-with-confidence";

async function accept(page: Page): Promise<void> {
  await page.getByRole("checkbox", { name: "I accept the course agreement" }).check();
}

async function order(page: Page): Promise<void> {
  await accept(page);
  await page.getByRole("button", { name: "Place order" }).click();
  await expect(page).toHaveURL(/\/sandbox\/pay\//);
}

/** The bank's page answers, and the order is looked at until it says so. */
async function pay(page: Page): Promise<void> {
  await page.getByRole("button", { name: "Pay", exact: true }).click();
  await expect(page).toHaveURL(/\/orders\//);
  await expect(async () => {
    await page.reload();
    await expect(page.getByTestId("order-status")).toHaveAttribute("data-state", "paid", { timeout: 2_000 });
  }).toPass();
}

test("a course is bought in the portal, and opens @nojs", async ({ page, learner }) => {
  await page.goto(course);
  await page.getByRole("link", { name: "Buy this course" }).click();
  await expect(page).toHaveURL(checkout);
  await expect(page.getByTestId("order-total")).toHaveText("$49");
  await expect(page.getByRole("main")).toContainText(learner.email);
  await expect(page.getByRole("main")).toContainText("no money moves");
  await order(page);
  await pay(page);
  await expect(page.getByTestId("order-total")).toHaveText("$49");
  await page.getByRole("link", { name: "Start learning" }).click();
  await expect(page).toHaveURL(course);
  await expect(page.getByRole("link", { name: "Continue learning" })).toBeVisible();
  await page.goto("/orders");
  await page.getByRole("main").getByRole("link", { name: "Git with confidence" }).click();
  await expect(page.getByRole("listitem").filter({ hasText: "Your payment of $49 arrived." })).toBeVisible();
});

test("somebody without an account buys with an address @nojs", async ({ page }) => {
  const guest = someone();
  await page.goto(checkout);
  await page.getByLabel("Email").fill(guest.email);
  await order(page);
  await pay(page);
  await expect(page.getByRole("main")).toContainText(`on its way to ${guest.email}`);
});

test("a declined payment is tried again @nojs", async ({ page, learner }) => {
  expect(learner.email).toBeTruthy();
  await page.goto(checkout);
  await order(page);
  await page.getByRole("button", { name: "Decline" }).click();
  await expect(page).toHaveURL(/\/orders\//);
  await expect(page.getByTestId("order-status")).toHaveAttribute("data-state", "awaiting-payment");
  await page.getByRole("button", { name: "Pay $49" }).click();
  await expect(page).toHaveURL(/\/sandbox\/pay\//);
  await pay(page);
});

test("a code that is none says so beside its field, and what was typed stays @nojs", async ({ page }) => {
  await page.goto(checkout);
  await page.getByLabel("Coupon code").fill("NO-SUCH-CODE");
  await page.getByRole("button", { name: "Apply" }).click();
  await expect(page.getByRole("alert")).toContainText("This code cannot be used.");
  await expect(page.getByLabel("Coupon code")).toHaveValue("NO-SUCH-CODE");
  await expect(page.getByTestId("order-total")).toHaveText("$49");
});

test("the price follows the code that was typed", async ({ page }) => {
  await page.goto(checkout);
  await awake(page);
  await page.getByLabel("Coupon code").pressSequentially("welcome10");
  await page.keyboard.press("Tab");
  await expect(page.getByTestId("discount-line")).toContainText("Coupon welcome10");
  await expect(page.getByTestId("order-total")).toHaveText("$44.10");
  await expect(page).toHaveURL(/coupon=welcome10/i);
  await page.getByLabel("Email").fill(someone().email);
  await order(page);
  await expect(page.getByTestId("order-total")).toHaveText("$44.10");
});

test("a code typed slowly is asked about once", async ({ page }) => {
  await page.goto(checkout);
  await awake(page);
  let asked = 0;
  page.on("request", (request) => (asked += request.url().includes("preview_price") ? 1 : 0));
  await page.getByLabel("Coupon code").pressSequentially("welcome10", { delay: 700 });
  await page.keyboard.press("Enter");
  await expect(page.getByTestId("order-total")).toHaveText("$44.10");
  expect(asked).toBe(1);
});

test("an order that is placed at once has the coupon that was typed", async ({ page }) => {
  await page.goto(checkout);
  await awake(page);
  await page.getByLabel("Email").fill(someone().email);
  await accept(page);
  // The answer is still on its way when the order is placed.
  let answer = () => {};
  const held = new Promise<void>((resolve) => (answer = resolve));
  await page.route("**/preview_price*", async (route) => {
    await held;
    await route.continue();
  });
  await page.getByLabel("Coupon code").fill("welcome10");
  await page.getByRole("button", { name: "Apply" }).click();
  await page.getByRole("button", { name: "Place order" }).click();
  answer();
  await expect(page).toHaveURL(/\/sandbox\/pay\//);
  await expect(page.getByTestId("order-total")).toHaveText("$44.10");
});

test("enter in another field places the order", async ({ page }) => {
  await page.goto(checkout);
  await awake(page);
  await accept(page);
  await page.getByLabel("Email").fill(someone().email);
  await page.getByLabel("Email").press("Enter");
  await expect(page).toHaveURL(/\/sandbox\/pay\//);
});

test("who applies a code keeps what they typed @nojs", async ({ page }) => {
  const guest = someone();
  await page.goto(checkout);
  await page.getByLabel("Email").fill(guest.email);
  await accept(page);
  await page.getByLabel("Coupon code").fill("welcome10");
  await page.getByRole("button", { name: "Apply" }).click();
  await expect(page.getByTestId("order-total")).toHaveText("$44.10");
  await expect(page.getByLabel("Email")).toHaveValue(guest.email);
  await page.getByRole("button", { name: "Place order" }).click();
  await expect(page).toHaveURL(/\/sandbox\/pay\//);
});

test("joining on the way leads back to the checkout @nojs", async ({ page }) => {
  await page.goto(checkout);
  await page.getByRole("main").getByRole("link", { name: "Sign in" }).click();
  await page.getByRole("link", { name: "Create account" }).click();
  await sendJoin(page, someone());
  await expect(page).toHaveURL(checkout);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Buy this course");
});

test("two presses and the way back place one order", async ({ page, learner }) => {
  expect(learner.email).toBeTruthy();
  await page.goto(checkout);
  await accept(page);
  await page.getByRole("button", { name: "Place order" }).dblclick();
  await expect(page).toHaveURL(/\/sandbox\/pay\//);
  const bank = page.url();
  await page.goBack();
  await expect(page).toHaveURL(checkout);
  await accept(page);
  await page.getByRole("button", { name: "Place order" }).click();
  await expect(page).toHaveURL(bank);
  await page.goto("/orders");
  await expect(page.getByRole("main").getByRole("listitem")).toHaveCount(1);
});

test("a checkout of one course is short on a phone @phone", async ({ page }) => {
  await page.goto(checkout);
  const height = await page.locator(".checkout").evaluate((element) => element.getBoundingClientRect().height);
  expect(height).toBeLessThan(1.5 * 844);
  await expect(page.getByRole("button", { name: "Place order" })).toBeInViewport();
  await expect(page.getByTestId("order-total")).toBeInViewport();
});
