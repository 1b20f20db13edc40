import { describe, expect, it } from "vitest";
import { cleanUtterance, fold, MAX_UTTERANCE_LENGTH, words } from "../../src/matching/normalise.js";

describe("cleaning an utterance", () => {
  it.each([
    ["  how   many\n\tdoctors  ", "how many doctors"],
    ["str\u200bike\u202e", "strike"],
    ["<@123456789> what happened", "what happened"],
    ["<@U0LAN0Z89> why", "why"],
    ["<!channel> why", "why"],
    ["<:smile:123456789> hi", "hi"],
    ["see https://example.org/a?b=c now", "see now"],
    ["hellooooooo", "hellooo"],
    ["125,000 and 2000000", "125,000 and 2000000"],
    ["Ａ＆Ｅ", "A&E"],
    ["don’t “quote”", 'don\'t "quote"'],
    ["\u0000\u0007\u001b[31mred", "[31mred"],
    ["", ""],
  ])("%j", (typed, clean) => {
    expect(cleanUtterance(typed)).toBe(clean);
  });

  it("bounds a long message and keeps its start and end", () => {
    const clean = cleanUtterance(`start ${"word and more ".repeat(5000)} end`);
    expect(clean.length).toBeLessThanOrEqual(MAX_UTTERANCE_LENGTH);
    expect(clean).toMatch(/^start .* end$/);
  });

  it("never leaves half of a character", () => {
    const clean = cleanUtterance("😀x".repeat(5000));
    expect(clean.isWellFormed()).toBe(true);
  });
});

describe("words", () => {
  it.each([
    ["78% of 125,000!", ["78%", "of", "125000"]],
    ["Doctors' strike, Hunt's plan", ["doctors", "strike", "hunt", "plan"]],
    ["seven-day NHS", ["seven", "day", "nhs"]],
    ["A&E #timetotalkjeremy @nhs", ["a&e", "timetotalkjeremy", "nhs"]],
    ["1.5 hours... ok", ["1.5", "hours", "ok"]],
    ["Größe café", ["große", "cafe"]],
    ["今日は", ["今日", "は"]],
    ["🎉🎉", []],
  ])("%j", (text, expected) => {
    expect(words(text)).toEqual(expected);
  });

  it("folds accents and case", () => {
    expect(fold("ÉLAN Über")).toBe("elan uber");
  });
});

describe("words of scripts without spaces", () => {
  it.each([
    ["列車はいつ出ますか", ["列車", "いつ"]],
    ["火车什么时候开", ["火车", "什么时候"]],
    ["รถไฟออกกี่โมง", ["รถไฟ", "ออก", "กี่", "โมง"]],
  ])("%s holds %j", (text, expected) => expect(words(text)).toEqual(expect.arrayContaining(expected)));

  it("does not change what has spaces", () =>
    expect(words("the 8.30 train to Kyōto")).toEqual(["the", "8.30", "train", "to", "kyoto"]));
});
