// `make bench-player`: what is measured in a browser. Nothing here passes or fails by time.

import { defineConfig } from "@playwright/test";
import tests from "./playwright.config.ts";

export default defineConfig({
  ...tests,
  testDir: "bench",
  retries: 0,
  workers: 1,
  reporter: "list",
  projects: tests.projects?.filter((project) => project.name === "phone") ?? [],
});
