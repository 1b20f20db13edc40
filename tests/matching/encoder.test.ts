// The encoder's runtime hooks the process's last-resort events as it is imported; those belong to the program.
import { expect, it } from "vitest";
import { createEncoder } from "../../src/matching/encoder.js";

it("leaves the process's last-resort listeners as they were", async () => {
  const listeners = (): readonly unknown[] =>
    (["uncaughtException", "unhandledRejection"] as const).flatMap((event) =>
      process.listeners(event as "uncaughtException"),
    );
  const before = listeners();
  const encoder = await createEncoder();
  expect((await encoder.encode(["a question"]))[0]).toHaveLength(encoder.size);
  expect(listeners()).toEqual(before);
});
