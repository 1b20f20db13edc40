// How often a reader and a channel are answered, and how often that is said.
import { describe, expect, it } from "vitest";
import { CHAT_COOLDOWN, createCooldown } from "../../src/chat/cooldown.js";

function clocked() {
  let time = 0;
  const now = (): number => time;
  const { reader, channel } = CHAT_COOLDOWN;
  const cooldown = createCooldown({ reader: { ...reader, now }, channel: { ...channel, now } });
  return { cooldown, pass: (seconds: number) => (time += seconds * 1000) };
}

describe("a cooldown", () => {
  it("tells a steady flood once a minute, and answers no faster than the allowance", () => {
    const { cooldown, pass } = clocked();
    let told = 0;
    let answered = 0;
    for (let second = 0; second < 60; second++) {
      const turn = cooldown.turn("reader", `channel ${second}`);
      if (turn.kind === "go") answered++;
      else if (turn.first) told++;
      pass(1);
    }
    expect(told).toBe(1);
    expect(answered).toBeLessThanOrEqual(5 + 20);
  });

  it("keeps a channel of many readers below what platforms take", () => {
    const { cooldown, pass } = clocked();
    const turns = Array.from({ length: 300 }, (_, index) => {
      pass(0.1);
      return cooldown.turn(`reader ${index}`, "channel");
    });
    expect(turns.filter((turn) => turn.kind === "go").length).toBeLessThanOrEqual(5 + 24);
    expect(turns.filter((turn) => turn.kind === "wait" && turn.first)).toHaveLength(1);
  });

  it("does not count private answers towards a channel", () => {
    const { cooldown } = clocked();
    for (let index = 0; index < 50; index++) expect(cooldown.turn(`reader ${index}`).kind).toBe("go");
    expect(cooldown.turn("another", "channel").kind).toBe("go");
  });
});
