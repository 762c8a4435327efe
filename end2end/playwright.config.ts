import { defineConfig, devices } from "@playwright/test";
import * as school from "./school.ts";

export default defineConfig({
  testDir: "tests",
  forbidOnly: process.env["CI"] !== undefined,
  fullyParallel: true,
  // A machine that stalls must not decide; what passed the second time is reported as flaky.
  retries: 1,
  workers: 2,
  reporter: "list",
  timeout: 120_000,
  // The school, two browsers and what else the machine does share its cores.
  expect: { timeout: 20_000 },
  use: {
    baseURL: school.url,
    locale: "en-GB",
    timezoneId: "UTC",
    // It would answer in the network's place. The tests that are about it allow it.
    serviceWorkers: "block",
    trace: "retain-on-failure",
    launchOptions: {
      executablePath: process.env["CHROMIUM"] ?? "/usr/bin/chromium",
      args: [
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        // A page that needs another host fails here as it does for a learner
        // behind a firewall.
        "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
      ],
    },
  },
  projects: [
    // What only one size of screen has carries its tag, @desktop or @phone.
    { name: "desktop", grepInvert: /@phone/, use: { viewport: { width: 1280, height: 800 } } },
    {
      name: "phone",
      grepInvert: /@desktop/,
      use: {
        viewport: { width: 390, height: 844 },
        userAgent: devices["Pixel 7"].userAgent,
        deviceScaleFactor: 2,
        hasTouch: true,
        isMobile: true,
      },
    },
    // The journeys that must work without JavaScript carry the tag @nojs; they
    // run here as well as in the other two projects.
    {
      name: "no-javascript",
      grep: /@nojs/,
      use: { viewport: { width: 1280, height: 800 }, javaScriptEnabled: false },
    },
  ],
  ...(school.isOurs && {
    webServer: {
      command: `"${school.program}" demo && exec "${school.program}" serve`,
      cwd: school.root,
      env: school.environment,
      url: `${school.url}/readyz`,
      timeout: 120_000,
      stdout: "pipe" as const,
      gracefulShutdown: { signal: "SIGTERM" as const, timeout: 20_000 },
    },
  }),
});
