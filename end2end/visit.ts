// What a test begins with: a browser with an address of its own and, where the
// test asks for one, an account of its own.

import { execFile } from "node:child_process";
import { randomInt, randomUUID } from "node:crypto";
import { promisify } from "node:util";
import { test as base, expect, type BrowserContext, type BrowserContextOptions, type Page } from "@playwright/test";
import * as school from "./school.ts";

export { expect };

export interface Account {
  name: string;
  email: string;
  password: string;
}

/** Somebody who is signed in. */
export interface Learner extends Account {
  /** Enrols in a free course. */
  enrol: (course: string) => Promise<void>;
}

interface Fixtures {
  /** An account that nobody is signed in to. */
  account: Account;
  /** The account that `page` is signed in to. */
  learner: Learner;
  /** An account that may see every lesson; nobody is signed in to it. */
  instructor: Account;
  /** An account that runs the school; nobody is signed in to it. */
  admin: Account;
  /** Opens one more browser, which knows nobody. */
  anotherBrowser: (options?: BrowserContextOptions) => Promise<Page>;
}

declare global {
  interface Window {
    islandsAwake?: boolean;
  }
}

export const test = base.extend<Fixtures>({
  // Playwright reads a fixture's needs from the pattern of its first argument.
  extraHTTPHeaders: async ({}, use) => {
    const address = [10, randomInt(256), randomInt(256), randomInt(256)].join(".");
    await use({ "X-Forwarded-For": address });
  },
  context: async ({ context }, use) => {
    await context.addInitScript(announceIslands);
    await use(context);
  },
  account: async ({}, use) => {
    await use(await addUser("learner"));
  },
  instructor: async ({}, use) => {
    await use(await addUser("instructor"));
  },
  admin: async ({}, use) => {
    await use(await addUser("admin"));
  },
  learner: async ({ page, account }, use) => {
    await signIn(page, account);
    await use({ ...account, enrol: (course) => enrol(page, course) });
  },
  anotherBrowser: async ({ browser, extraHTTPHeaders }, use) => {
    const contexts: BrowserContext[] = [];
    await use(async (options) => {
      const context = await browser.newContext({ ...(extraHTTPHeaders && { extraHTTPHeaders }), ...options });
      contexts.push(context);
      await context.addInitScript(announceIslands);
      return context.newPage();
    });
    await Promise.all(contexts.map((context) => context.close()));
  },
});

/** A person who is not in the school yet. */
export function someone(): Account {
  return {
    name: "Mei Chen",
    email: `mei.${randomUUID()}@example.com`,
    password: "walnut trail compass rain",
  };
}

async function addUser(role: "learner" | "instructor" | "admin"): Promise<Account> {
  const account = someone();
  const add = ["user", "add", account.email, "--name", account.name, "--role", role];
  const running = promisify(execFile)(school.program, [...add, "--password-stdin"], {
    cwd: school.root,
    env: { ...process.env, ...school.environment },
  });
  running.child.stdin?.end(`${account.password}\n`);
  await running;
  return account;
}

export async function signIn(page: Page, account: Account): Promise<void> {
  await page.goto("/sign-in");
  await sendSignIn(page, account);
  await expect(page.getByRole("heading", { name: `Hello, ${account.name}` })).toBeVisible();
}

/** Fills in the form that is open, and sends it. */
export async function sendSignIn(page: Page, { email, password }: Pick<Account, "email" | "password">): Promise<void> {
  await page.getByLabel("Email").fill(email);
  await page.getByLabel("Password").fill(password);
  await page.getByRole("main").getByRole("button", { name: "Sign in" }).click();
}

/** Fills in the form to join, and sends it. */
export async function sendJoin(page: Page, { name, email, password }: Account): Promise<void> {
  await page.getByLabel("Name").fill(name);
  await page.getByLabel("Email").fill(email);
  await page.getByLabel("Password").fill(password);
  await page.getByRole("button", { name: "Create account" }).click();
}

async function enrol(page: Page, course: string): Promise<void> {
  await page.goto(`/courses/${course}`);
  await page.getByRole("button", { name: "Enrol" }).click();
  await expect(page.getByRole("link", { name: "Continue learning" })).toBeVisible();
}

/** Waits until a lesson's video and quiz answer to what is done with them. */
export async function awake(page: Page): Promise<void> {
  await expect.poll(() => page.evaluate(() => window.islandsAwake)).toBe(true);
}

/** Runs in the page. */
function announceIslands(): void {
  const instantiate = WebAssembly.instantiateStreaming;
  WebAssembly.instantiateStreaming = async (...program) => {
    const instance = await instantiate(...program);
    // The islands wake in the promises that hang on this one, so before the
    // next task.
    setTimeout(() => {
      window.islandsAwake = true;
    });
    return instance;
  };
}
