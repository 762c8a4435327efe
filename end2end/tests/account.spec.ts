import { expect, sendJoin, sendSignIn, signIn, someone, test } from "../visit.ts";
import { mailedLink } from "../mail.ts";

const better = "seven quiet lanterns above";

test("a stranger joins, signs out and comes back @nojs", async ({ page }) => {
  const mei = someone();
  await page.goto("/");
  await page.getByRole("link", { name: "Sign in" }).click();
  await page.getByRole("link", { name: "Create account" }).click();
  await sendJoin(page, mei);
  await expect(page.getByRole("status")).toContainText("Your account is ready.");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Hello, Mei Chen");

  await page.getByRole("button", { name: "Sign out" }).click();
  await expect(page.getByRole("status")).toContainText("You are signed out.");
  await page.goto("/account");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Sign in");
  await signIn(page, mei);
});

test("mistakes stand beside their fields, and what was typed is kept @nojs", async ({ page }) => {
  await page.goto("/join");
  await sendJoin(page, { name: "Mei Chen", email: "mei@nowhere", password: "short" });
  await expect(page.getByRole("alert")).toHaveText([
    "This is not a complete email address. It looks like name@example.com.",
    "This is shorter than 10 characters. Add a word or two.",
  ]);
  const [name, email, password] = [page.getByLabel("Name"), page.getByLabel("Email"), page.getByLabel("Password")];
  await expect(email).toHaveAccessibleDescription(/This is not a complete email address/);
  await expect(password).toHaveAccessibleDescription(/At least 10 characters.*This is shorter than 10 characters/);
  await expect(name).toHaveValue("Mei Chen");
  await expect(email).toHaveValue("mei@nowhere");
  await expect(password).toHaveValue("");
});

test("a password that is easy to guess is refused with a reason @nojs", async ({ page }) => {
  await page.goto("/join");
  await sendJoin(page, { ...someone(), password: "qwertyuiop" });
  await expect(page.getByRole("alert")).toContainText("Use three or four unrelated words.");
});

test("an address with an account cannot join again @nojs", async ({ page, account }) => {
  await page.goto("/join");
  await sendJoin(page, { ...account, email: account.email.toUpperCase(), password: better });
  await expect(page.getByRole("alert")).toContainText("There is already an account with this address.");
});

test("a wrong password keeps the address @nojs", async ({ page, account }) => {
  await page.goto("/sign-in");
  await sendSignIn(page, { email: account.email, password: "not the one" });
  await expect(page.getByRole("alert")).toHaveText(
    "Email and password do not belong together. Check both, or set a new password.",
  );
  await expect(page.getByLabel("Email")).toHaveValue(account.email);
  await expect(page.getByLabel("Password")).toHaveValue("");
  await page.getByLabel("Password").fill(account.password);
  await page.getByRole("main").getByRole("button", { name: "Sign in" }).click();
  await expect(page.getByRole("heading", { name: "Hello, Mei Chen" })).toBeVisible();
});

test("the address is confirmed by a mailed link @nojs", async ({ page }) => {
  const mei = someone();
  await page.goto("/join");
  await sendJoin(page, mei);
  await page.goto("/account");
  await expect(page.getByText("Not confirmed yet.")).toBeVisible();
  await page.goto(await mailedLink(mei.email, "/confirm-email"));
  await page.getByRole("button", { name: "Confirm address" }).click();
  await expect(page.getByRole("status")).toContainText("Your email address is confirmed.");
  await page.goto("/account");
  await expect(page.getByText("Confirmed", { exact: true })).toBeVisible();
});

test("a forgotten password is set anew by a mailed link @nojs", async ({ page, account }) => {
  await page.goto("/sign-in");
  await page.getByRole("link", { name: "Forgot your password?" }).click();
  await page.getByLabel("Email").fill(account.email);
  await page.getByRole("button", { name: "Send the link" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Look in your mail");
  const link = await mailedLink(account.email, "/reset-password");
  await page.goto(link);
  await page.getByLabel("New password").fill(better);
  await page.getByRole("button", { name: "Change password" }).click();
  await expect(page.getByRole("status")).toContainText("Your password is changed.");

  await page.goto(link);
  await page.getByLabel("New password").fill("four other small lamps");
  await page.getByRole("button", { name: "Change password" }).click();
  await expect(page.getByRole("alert")).toContainText("This link has expired or was used before.");

  await page.goto("/sign-out");
  await page.getByRole("button", { name: "Sign this browser out" }).click();
  await signIn(page, { ...account, password: better });
});

test("a changed password signs the other browsers out", async ({ page, learner, anotherBrowser }) => {
  const other = await anotherBrowser();
  await signIn(other, learner);
  await page.goto("/account");
  const section = page.getByRole("region", { name: "Password" });
  await section.getByLabel("Current password").fill("not the one");
  await section.getByLabel("New password").fill(better);
  await section.getByRole("button", { name: "Change password" }).click();
  await expect(section.getByRole("alert")).toHaveText(
    "This is not your current password. Nothing was changed. Enter it again.",
  );
  await section.getByLabel("Current password").fill(learner.password);
  await section.getByLabel("New password").fill(better);
  await section.getByRole("button", { name: "Change password" }).click();
  await expect(page.getByRole("status")).toContainText("All your other browsers are signed out.");
  await other.goto("/account");
  await expect(other.getByRole("heading", { level: 1 })).toHaveText("Sign in");
  await signIn(other, { ...learner, password: better });
});

test("a browser is signed out from afar", async ({ page, learner, anotherBrowser }) => {
  const phone = await anotherBrowser({
    userAgent: "Mozilla/5.0 (Android 15; Mobile; rv:140.0) Gecko/140.0 Firefox/140.0",
  });
  await signIn(phone, learner);
  await page.goto("/account");
  const sessions = page.getByRole("region", { name: "Where you are signed in" });
  await expect(sessions.getByRole("listitem")).toHaveCount(2);
  await expect(sessions.getByRole("listitem").filter({ hasText: "This browser" })).toContainText(/Chrome on (Linux|Android)/);
  await sessions.getByRole("button", { name: "Sign it out Firefox on Android" }).click();
  await expect(page.getByRole("status")).toContainText("Signed out there.");
  await expect(sessions.getByRole("listitem")).toHaveCount(1);
  await phone.goto("/learning");
  await expect(phone.getByRole("heading", { level: 1 })).toHaveText("Sign in");
});

test("all other browsers are signed out with one button", async ({ page, learner, anotherBrowser }) => {
  const others = [await anotherBrowser(), await anotherBrowser()];
  for (const other of others) {
    await signIn(other, learner);
  }
  await page.goto("/account");
  await page.getByRole("button", { name: "Sign all others out" }).click();
  await expect(page.getByRole("region", { name: "Where you are signed in" }).getByRole("listitem")).toHaveCount(1);
  for (const other of others) {
    await other.goto("/learning");
    await expect(other.getByRole("heading", { level: 1 })).toHaveText("Sign in");
  }
});

test("a name is changed @nojs", async ({ page, account }) => {
  await signIn(page, account);
  await page.goto("/account");
  await page.getByLabel("Name").fill("陈梅");
  await page.getByRole("button", { name: "Save name" }).click();
  await expect(page.getByRole("status")).toContainText("Saved.");
  await page.goto("/");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Hello, 陈梅");
});

test.describe("preferences", () => {
  const looks = () => ({
    paper: getComputedStyle(document.body).backgroundColor,
    size: Number.parseFloat(getComputedStyle(document.documentElement).fontSize),
  });

  test("colours and text size are chosen in the menu and kept @nojs", async ({ page }) => {
    await page.goto("/courses/git-with-confidence");
    const before = await page.evaluate(looks);
    for (const choice of ["Dark", "Extra large"]) {
      await page.getByRole("banner").getByRole("button", { name: "Appearance" }).click();
      await page.getByRole("button", { name: choice }).click();
      await expect(page).toHaveURL("/courses/git-with-confidence");
    }
    await page.goto("/courses");
    const after = await page.evaluate(looks);
    expect(after.paper).not.toBe(before.paper);
    expect(after.size).toBeGreaterThan(before.size + 2);
    await page.getByRole("banner").getByRole("button", { name: "Appearance" }).click();
    await expect(page.getByRole("button", { name: "Dark" })).toHaveAttribute("aria-pressed", "true");
    await page.getByRole("button", { name: "As my device" }).click();
    expect((await page.evaluate(looks)).paper).toBe(before.paper);
  });

  test("every colour theme has its own paper @nojs", async ({ page }) => {
    await page.goto("/courses");
    const papers = new Set<string>();
    for (const theme of ["Light", "Dark", "Eye care"]) {
      await page.getByRole("banner").getByRole("button", { name: "Appearance" }).click();
      await page.getByRole("button", { name: theme }).click();
      await expect(page.locator("html")).toHaveAttribute("data-theme", theme.toLowerCase().replace(" ", "-"));
      papers.add((await page.evaluate(looks)).paper);
    }
    expect([...papers]).toHaveLength(3);
  });

  test("as the device says, where nothing was chosen", async ({ page }) => {
    await page.emulateMedia({ colorScheme: "light" });
    await page.goto("/courses");
    const light = await page.evaluate(looks);
    await page.emulateMedia({ colorScheme: "dark" });
    expect((await page.evaluate(looks)).paper).not.toBe(light.paper);
  });

  test("the account page sets them all at once @nojs", async ({ page, account }) => {
    await signIn(page, account);
    await page.goto("/account");
    const section = page.getByRole("region", { name: "Language and appearance" });
    await section.getByRole("group", { name: "Language" }).getByLabel("简体中文").check();
    await section.getByRole("group", { name: "Colours" }).getByLabel("Eye care").check();
    await section.getByRole("group", { name: "Text size" }).getByLabel("Large", { exact: true }).check();
    await section.getByRole("group", { name: "Motion" }).getByLabel("Off").check();
    await section.getByRole("button", { name: "Save preferences" }).click();
    await expect(page.getByRole("heading", { level: 1 })).toHaveText("账号");
    const chosen = page.getByRole("region", { name: "语言和外观" });
    await expect(chosen.getByLabel("护眼")).toBeChecked();
    await expect(chosen.getByLabel("大", { exact: true })).toBeChecked();
    await expect(chosen.getByLabel("关闭")).toBeChecked();
  });
});
