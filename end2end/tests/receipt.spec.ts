import { mailedLink } from "../mail.ts";
import { expect, someone, test } from "../visit.ts";

test("who bought without an account gets one by the mailed link @nojs", async ({ page }) => {
  const guest = someone();
  await page.goto("/checkout/git-with-confidence");
  await page.getByLabel("Email").fill(guest.email);
  await page.getByRole("checkbox", { name: "I accept the course agreement" }).check();
  await page.getByRole("button", { name: "Place order" }).click();
  await page.getByRole("button", { name: "Pay", exact: true }).click();
  await expect(page).toHaveURL(/\/orders\//);

  const link = await mailedLink(guest.email, "/welcome");
  await page.goto("/join");
  await expect(page.getByRole("main")).toContainText("Git with confidence waits for you.");
  await page.goto(link);
  await expect(page.getByRole("main")).toContainText(guest.email);
  await page.getByLabel("Name").fill(guest.name);
  await page.getByLabel("Password").fill(guest.password);
  await page.getByRole("button", { name: "Make the account" }).click();
  await expect(page).toHaveURL(/\/courses\/git-with-confidence\?notice=welcome/);
  await expect(page.getByRole("status")).toContainText("Your account is ready, and the course is yours.");
  await expect(page.getByRole("link", { name: "Continue learning" })).toBeVisible();

  await page.goto("/orders");
  await page.getByRole("main").getByRole("link", { name: "Git with confidence" }).click();
  await expect(page.getByTestId("order-status")).toHaveAttribute("data-state", "paid");
  const receipt = await page.getByRole("link", { name: "Receipt (PDF)" }).getAttribute("href");
  const file = await page.request.get(receipt ?? "");
  expect(file.headers()["content-type"]).toBe("application/pdf");
  await page.goto(link);
  await expect(page.getByRole("main")).toContainText("You have an account with this address already");
});
