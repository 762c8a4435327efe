// Every page of the school, for what has to hold on all of them.

import type { Page } from "@playwright/test";
import { mailedLink } from "./mail.ts";
import { awake, expect, someone } from "./visit.ts";

export interface Place {
  name: string;
  /** What the page is answered with, where it is not 200. */
  status?: number;
  open(page: Page, words: Words): Promise<void>;
}

/** What buttons and fields are called on the way to a page. */
export interface Words {
  language: string;
  appearance: string;
  name: string;
  email: string;
  password: string;
  createAccount: string;
  signIn: string;
  sendLink: string;
  enrol: string;
  check: string;
  complete: string;
  beginStage: string;
  handIn: string;
  withBlanks: string;
  writeNote: string;
  note: string;
  saveNote: string;
  agree: string;
  placeOrder: string;
  pay: string;
}

export const english: Words = {
  language: "Language",
  appearance: "Appearance",
  name: "Name",
  email: "Email",
  password: "Password",
  createAccount: "Create account",
  signIn: "Sign in",
  sendLink: "Send the link",
  enrol: "Enrol",
  check: "Check answers",
  complete: "Mark as complete",
  beginStage: "Begin the test",
  handIn: "Hand in",
  withBlanks: "Hand in with questions left out",
  writeNote: "Write a note",
  note: "Your note",
  saveNote: "Save note",
  agree: "I accept the course agreement",
  placeOrder: "Place order",
  pay: "Pay",
};

export const chinese: Words = {
  language: "语言",
  appearance: "外观",
  name: "名字",
  email: "邮箱",
  password: "密码",
  createAccount: "创建账号",
  signIn: "登录",
  sendLink: "寄出链接",
  enrol: "报名",
  check: "核对答案",
  complete: "标记为已完成",
  beginStage: "开始测验",
  handIn: "交卷",
  withBlanks: "有题不答，直接交卷",
  writeNote: "写笔记",
  note: "笔记内容",
  saveNote: "保存笔记",
  agree: "我同意课程协议",
  placeOrder: "提交订单",
  pay: "付款",
};

const free = "/courses/learning-to-learn";
const paid = "/courses/git-with-confidence";
const stage = "/courses/beikao-si-zhou/stages/kaoqian";

function at(name: string, path: string, status?: number): Place {
  return { name, ...(status !== undefined && { status }), open: async (page) => void (await page.goto(path)) };
}

function lesson(name: string, path: string): Place {
  const open = async (page: Page): Promise<void> => {
    await page.goto(path);
    await awake(page);
  };
  return { name, open };
}

export const ofStrangers: Place[] = [
  at("front page", "/"),
  {
    name: "menu of languages",
    open: async (page, words) => {
      await page.goto("/courses");
      await page.getByRole("banner").getByRole("button", { name: words.language }).click();
    },
  },
  {
    name: "menu of looks",
    open: async (page, words) => {
      await page.goto("/courses");
      await page.getByRole("banner").getByRole("button", { name: words.appearance }).click();
    },
  },
  at("catalogue", "/courses"),
  at("catalogue in which nothing was found", "/courses?q=quokka"),
  at("free course", free),
  at("paid course", paid),
  lesson("trial lesson of a free course", `${free}/lessons/why-rereading-feels-good`),
  lesson("trial lesson of a paid course", `${paid}/lessons/what-git-keeps`),
  at("locked lesson", `${paid}/lessons/revert-and-reset`),
  lesson("checkout without an account", "/checkout/git-with-confidence"),
  lesson("checkout with a code that is none", "/checkout/git-with-confidence?coupon=NO-SUCH-CODE"),
  lesson("checkout with a code that works", "/checkout/git-with-confidence?coupon=WELCOME10"),
  {
    name: "checkout with mistakes",
    status: 422,
    open: async (page) => {
      await page.goto("/checkout/git-with-confidence");
      await page.locator("#place").evaluate((form: HTMLFormElement) => (form.noValidate = true));
      await page.locator("#place .button-main").click();
      await expect(page.getByRole("alert").first()).toBeVisible();
    },
  },
  lesson("checkout with the code taken off", "/checkout/git-with-confidence?coupon="),
  at("order of somebody else", "/orders/00000000-0000-0000-0000-000000000000", 404),
  at("join", "/join"),
  {
    name: "join with mistakes",
    status: 422,
    open: async (page, words) => {
      await page.goto("/join");
      await page.getByLabel(words.name).fill("Mei");
      await page.getByLabel(words.email).fill("mei@nowhere");
      await page.getByLabel(words.password).fill("short");
      await page.getByRole("button", { name: words.createAccount }).click();
      await expect(page.getByRole("alert").first()).toBeVisible();
    },
  },
  at("sign in", "/sign-in"),
  {
    name: "sign in with a wrong password",
    status: 422,
    open: async (page, words) => {
      await page.goto("/sign-in");
      await page.getByLabel(words.email).fill(someone().email);
      await page.getByLabel(words.password).fill("not the one");
      await page.getByRole("main").getByRole("button", { name: words.signIn }).click();
      await expect(page.getByRole("alert")).toBeVisible();
    },
  },
  at("sign out", "/sign-out"),
  at("forgotten password", "/forgot-password"),
  {
    name: "mail on its way",
    open: async (page, words) => {
      await page.goto("/forgot-password");
      await page.getByLabel(words.email).fill(someone().email);
      await page.getByRole("button", { name: words.sendLink }).click();
      await page.waitForURL(/sent=/);
    },
  },
  at("new password", "/reset-password/of-nobody"),
  at("confirm address", "/confirm-email/of-nobody"),
  at("agreement", "/agreement"),
  at("agreement that nobody wrote", "/agreement/999", 404),
  at("account by a link that was never mailed", "/welcome/of-nobody", 404),
  at("stopping reminders", "/unsubscribe/of-nobody"),
  at("reminders stopped", "/unsubscribe/done"),
  at("certificate to check", "/certificates/verify"),
  at("certificate that nobody has", "/certificates/00000000000000000000000000", 404),
  {
    name: "account by a mailed link",
    open: async (page, words) => {
      const guest = someone();
      await page.goto("/checkout/git-with-confidence?coupon=");
      await page.getByLabel(words.email).fill(guest.email);
      await page.getByRole("checkbox", { name: words.agree }).check();
      await page.getByRole("button", { name: words.placeOrder }).click();
      await page.waitForURL(/sandbox/);
      await page.getByRole("button", { name: words.pay, exact: true }).click();
      await page.waitForURL(/orders/);
      await page.goto(await mailedLink(guest.email, "/welcome"));
    },
  },
  at("no connection", "/offline"),
  at("not found", "/nowhere", 404),
];

/** In this order: what is done on one page shows on those after it. */
export const ofLearners: Place[] = [
  at("today, before the first course", "/"),
  at("my learning, before the first course", "/learning"),
  at("my notes, before the first one", "/notes"),
  at("my orders, before the first one", "/orders"),
  lesson("checkout", "/checkout/git-with-confidence"),
  {
    name: "the built-in gateway",
    open: async (page, words) => {
      await page.goto("/checkout/git-with-confidence");
      await page.getByRole("checkbox", { name: words.agree }).check();
      await page.getByRole("button", { name: words.placeOrder }).click();
      await page.waitForURL(/sandbox/);
    },
  },
  {
    name: "order that waits for its payment",
    open: async (page) => {
      await page.goto("/orders");
      await page.getByRole("main").getByRole("link").first().click();
      await expect(page.getByTestId("order-status")).toBeVisible();
    },
  },
  {
    name: "order that is paid",
    open: async (page, words) => {
      await page.locator(".order-actions button").first().click();
      await page.waitForURL(/sandbox/);
      await page.getByRole("button", { name: words.pay, exact: true }).click();
      await page.waitForURL(/orders/);
      await expect(page.getByTestId("order-status")).toHaveAttribute("data-state", "paid");
      // Not while it changes its looks.
      await page.goto(page.url().split("?", 1)[0] ?? "");
    },
  },
  at("my orders", "/orders"),
  {
    name: "order whose money went back",
    open: async (page) => {
      await page.getByRole("main").getByRole("link").first().click();
      await page.locator(".order-refund summary").click();
      await page.locator(".order-refund textarea").fill("Not for me");
      await page.locator(".order-refund button").click();
      await expect(page.getByTestId("order-status")).toHaveAttribute("data-state", "refunded");
    },
  },
  {
    name: "course just enrolled in",
    open: async (page, words) => {
      await page.goto(free);
      await page.getByRole("button", { name: words.enrol }).click();
      await page.waitForURL(/notice=enrolled/);
    },
  },
  lesson("video", `${free}/lessons/leave-a-gap`),
  lesson("reading with a quiz", `${free}/lessons/test-yourself`),
  {
    name: "quiz answered, partly right",
    open: async (page, words) => {
      await page.goto(`${free}/lessons/explain-it-plainly`);
      await awake(page);
      await page.getByLabel("Bread rises through the leavening action of the yeast.").check();
      await page.getByLabel("You have explained a topic from memory").selectOption({ index: 1 });
      await page.getByRole("button", { name: words.check }).click();
      await expect(page.getByRole("status").filter({ hasText: /1 .*3/ })).toBeVisible();
      await page.reload();
      await awake(page);
    },
  },
  {
    name: "reading, complete",
    open: async (page, words) => {
      await page.goto("/courses/beikao-si-zhou");
      await page.getByRole("button", { name: words.enrol }).click();
      await page.waitForURL(/notice=enrolled/);
      await page.goto("/courses/beikao-si-zhou/lessons/kaohou-fupan");
      await awake(page);
      await page.getByRole("button", { name: words.complete }).click();
      await page.waitForURL(/done=/);
      await awake(page);
    },
  },
  lesson("poll", `${free}/lessons/attention`),
  lesson("cards and what is shown on demand", `${free}/lessons/mix-it-up`),
  lesson("chain, and a question at a moment of a film", "/courses/beikao-si-zhou/lessons/cuoti-ben"),
  at("stage test, not begun", stage),
  {
    name: "stage test with questions left out",
    status: 422,
    open: async (page, words) => {
      await page.goto(stage);
      await page.getByRole("button", { name: words.beginStage }).click();
      await page.getByRole("button", { name: words.handIn }).click();
      await expect(page.getByRole("checkbox", { name: words.withBlanks })).toBeVisible();
    },
  },
  {
    name: "stage test, not passed",
    open: async (page, words) => {
      await page.getByRole("checkbox", { name: words.withBlanks }).check();
      await page.getByRole("button", { name: words.handIn }).click();
      await page.waitForURL(/done=1/);
    },
  },
  {
    name: "film with a note",
    open: async (page, words) => {
      await page.goto(`${free}/lessons/leave-a-gap`);
      await awake(page);
      await page.locator("summary", { hasText: words.writeNote }).click();
      await page.getByLabel(words.note, { exact: true }).fill("**Gaps** of days, then of weeks.\n\n- on Friday\n- on Monday");
      await page.getByRole("button", { name: words.saveNote }).click();
      await expect(page.locator("#notes .note strong")).toBeVisible();
      await page.locator("summary", { hasText: words.writeNote }).click();
    },
  },
  at("my notes", "/notes"),
  {
    name: "a note to edit",
    open: async (page) => {
      await page.goto("/notes");
      await page.locator(".note a[href^='/notes/']").first().click();
      await expect(page.locator("textarea")).toBeVisible();
    },
  },
  at("today", "/"),
  at("my learning", "/learning"),
  at("catalogue with progress", "/courses"),
  at("course with progress", free),
  at("account", "/account"),
];

/** Of somebody who runs the school. In this order: what is made on one page shows on those after it. */
export const ofStaff: Place[] = [
  at("console", "/console"),
  at("console, by month", "/console?per=month"),
  at("orders", "/console/orders"),
  {
    name: "one order",
    open: async (page, words) => {
      await page.goto("/checkout/git-with-confidence");
      await page.getByRole("checkbox", { name: words.agree }).check();
      await page.getByRole("button", { name: words.placeOrder }).click();
      await page.waitForURL(/sandbox/);
      await page.goto("/console/orders");
      await page.locator("main table a[href^='/console/orders/']").first().click();
      await page.waitForURL(/console\/orders\/./);
    },
  },
  at("orders that were not found", "/console/orders?q=nowhere"),
  at("findings", "/console/findings"),
  at("coupons", "/console/coupons"),
  at("new coupon", "/console/coupons/new"),
  {
    name: "new coupon with mistakes",
    status: 422,
    open: async (page) => {
      await page.goto("/console/coupons/new");
      await page.locator("#name").fill("Spring");
      await page.locator("#percent").fill("200");
      await page.locator("main form button[type=submit]").click();
      await expect(page.getByRole("alert").first()).toBeVisible();
    },
  },
  {
    name: "coupon",
    open: async (page) => {
      await page.goto("/console/coupons/new");
      await page.locator("#name").fill("Spring");
      await page.locator("#percent").fill("20");
      await page.locator("main form button[type=submit]").click();
      await page.waitForURL(/notice=console-saved/);
    },
  },
  at("promotions", "/console/promotions"),
  at("new limited-time price", "/console/promotions/new?kind=price"),
  at("new spend-and-save", "/console/promotions/new?kind=tiers"),
  at("new bundle", "/console/promotions/new?kind=bundle"),
  {
    name: "promotion, looked at before it is saved",
    open: async (page) => {
      await page.goto("/console/promotions/new?kind=price");
      await page.locator("#name").fill("Long ago");
      await page.locator("#percent").fill("10");
      await page.locator("#ends").fill("2020-01-01T00:00");
      await page.locator("#theme").selectOption("plain");
      await page.locator("[name='banner-en']").fill("Ten percent off");
      await page.locator("button[value=preview]").click();
      await expect(page.locator(".console-banner")).toBeVisible();
    },
  },
  at("price calendar", "/console/prices"),
  at("prices of one course", "/console/prices?course=git-with-confidence"),
];
