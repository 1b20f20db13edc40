import fc from "fast-check";
import { expect, it, vi } from "vitest";
import { createAllowance } from "../../src/assistant/allowance.js";

it("lets a burst through, then one as time gives it back, each asker apart", () => {
  let time = 0;
  const allowance = createAllowance({ burst: 2, perSecond: 0.5, now: () => time });
  expect([allowance.take("a"), allowance.take("a"), allowance.take("a")]).toEqual([0, 0, 2]);
  expect(allowance.take("b")).toBe(0);
  time = 2_000;
  expect([allowance.take("a"), allowance.take("a")]).toEqual([0, 2]);
});

it("goes by elapsed time: a clock that is put back locks nobody out", async () => {
  const allowance = createAllowance({ burst: 1, perSecond: 20 });
  vi.useFakeTimers({ toFake: ["Date"] });
  vi.setSystemTime(Date.now() + 365 * 86_400_000);
  expect(allowance.take("a")).toBe(0);
  vi.setSystemTime(Date.now() - 365 * 86_400_000);
  await new Promise((resolve) => setTimeout(resolve, 200));
  expect(allowance.take("a")).toBe(0);
  vi.useRealTimers();
});

it("never lets more through than burst and time allow", () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 3_000 }), { maxLength: 60 }), (waits) => {
      let time = 0;
      const allowance = createAllowance({ burst: 3, perSecond: 1, now: () => time });
      let taken = 0;
      for (const wait of waits) {
        time += wait;
        if (allowance.take("a") === 0) taken++;
      }
      expect(taken).toBeLessThanOrEqual(3 + time / 1000);
    }),
  );
});

it("forgets the longest silent asker, so that memory is bounded", () => {
  const allowance = createAllowance({ burst: 1, perSecond: 0.001, askers: 2, now: () => 0 });
  for (const who of ["a", "b", "c"]) expect(allowance.take(who)).toBe(0);
  expect(allowance.take("c")).toBeGreaterThan(0);
  expect(allowance.take("a")).toBe(0);
});
