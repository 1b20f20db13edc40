// The chat page in a real browser: CHROMIUM names its program. Run by .ci/run, which installs one.
import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    // One browser at a time, and patience with a machine that does something else beside it.
    fileParallelism: false,
    expect: { poll: { timeout: 20_000 } },
    include: ["tests/page/**/*.test.ts"],
    globalSetup: ["tests/support/build.ts"],
    testTimeout: 60_000,
    hookTimeout: 120_000,
  },
});
