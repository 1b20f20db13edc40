// Each server and workspace has its share, however much another asks.
import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import { createFair } from "../../src/chat/fair.js";

const SMALL = { each: 2, waiting: 5, all: 4 };

describe("whose turn it is", () => {
  it("comes to a quiet place while a busy one still waits, and to each in turn", async () => {
    const fair = createFair(SMALL);
    const order: string[] = [];
    const work = (who: string) => fair.run(who, () => sleep(5).then(() => void order.push(who)));
    const busy = Array.from({ length: 7 }, () => work("busy"));
    const quiet = Array.from({ length: 3 }, () => work("quiet"));
    await Promise.all([...busy, ...quiet]);
    expect(order.lastIndexOf("quiet")).toBeLessThan(order.lastIndexOf("busy") - 1);
    expect(order.filter((who) => who === "busy")).toHaveLength(7);
    expect(fair.status()).toEqual({ working: 0, waiting: 0, refused: 0 });
  });

  it("is refused beyond what may wait, to that place alone, and counted", async () => {
    const fair = createFair(SMALL);
    const busy = Array.from({ length: 10 }, () => fair.run("busy", () => sleep(5)));
    const other = fair.run("other", () => Promise.resolve("here"));
    expect(await other).toEqual({ kind: "done", value: "here" });
    const kinds = (await Promise.all(busy)).map(({ kind }) => kind);
    expect(kinds.filter((kind) => kind === "full")).toHaveLength(3);
    expect(fair.status().refused).toBe(3);
  });

  it("never works more at once than it may, in all and for each, and goes on after what failed", async () => {
    const fair = createFair(SMALL);
    let [now, most] = [0, 0];
    const each = new Map<string, number>();
    let mostEach = 0;
    const run = (who: string, fails: boolean) =>
      fair
        .run(who, async () => {
          most = Math.max(most, ++now);
          each.set(who, (each.get(who) ?? 0) + 1);
          mostEach = Math.max(mostEach, each.get(who)!);
          await sleep(2);
          now -= 1;
          each.set(who, each.get(who)! - 1);
          if (fails) throw new Error("no");
        })
        .catch(() => undefined);
    await Promise.all(
      ["a", "b", "c", "d"].flatMap((who) => Array.from({ length: 6 }, (_, at) => run(who, at % 2 === 0))),
    );
    expect([most, mostEach]).toEqual([4, 2]);
    expect(fair.status().working).toBe(0);
  });
});
