import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { concepts } from "../../src/languages/en/concepts.js";
import { english } from "../../src/languages/en/grammar.js";
import { isWord } from "../../src/languages/en/words.js";
import { words } from "../../src/matching/normalise.js";
import { readable } from "../../src/matching/readable.js";

const nothing = (): boolean => false;
const knows =
  (...known: string[]) =>
  (word: string): boolean =>
    known.includes(word);

describe("a message as it is meant", () => {
  it.each([
    ["wat time does it opne", "what time does it open"],
    ["is the goverment going to pay", "is the government going to pay"],
    ["u gonna tell me when it strats?", "you going to tell me when it starts?"],
    ["Can I sue, idk?", "Can I sue, I don't know?"],
  ])("“%s” is read as “%s”", (typed, meant) => {
    expect(readable(typed, "en", nothing)).toBe(meant);
  });

  it("leaves what an explainer knows, what is written as a name, and every word of the language", () => {
    expect(readable("when did castry shut", "en", knows("castry"))).toBe("when did castry shut");
    expect(readable("who is Pellan", "en", nothing)).toBe("who is Pellan");
    expect(readable("the u rating", "en", knows("u"))).toBe("the u rating");
    expect(readable("paired offices paid offers", "en", nothing)).toBe("paired offices paid offers");
  });

  it.each([
    "is there an ATM nearby, and who speaks to HR",
    "can an RN on site help",
    "u-turn on gov.uk and and/or w/c",
    "George W Bush and Paris",
    "open on sunday in spain or iran, is there wifi at the uber stop",
    "i don't agree, who's there, it wasn't me, isn't it",
  ])("leaves “%s”", (typed) => {
    expect(readable(typed, "en", nothing)).toBe(typed);
  });

  it.each([
    [
      "Good morning, I'm terribly sorry to bother you, but could you tell me when the bridge opens?",
      "when the bridge opens?",
    ],
    ["Hello, would you mind explaining why the school shuts, please?", "why the school shuts"],
    ["quick question: does anyone know who pays the fine lol", "who pays the fine"],
    ["I was just wondering whether dogs are let in, many thanks", "whether dogs are let in"],
    ["yo what even happened to the mayor, bro", "what even happened to the mayor"],
    ["please tell me what it costs to join", "what it costs to join"],
  ])("“%s” asks “%s”", (typed, asked) => {
    expect(readable(typed, "en", nothing)).toBe(asked);
  });

  it.each([
    "thank you",
    "hello there",
    "could you tell me please",
    "right to strike",
    "well water contamination",
    "love letters from the front",
    "can you get a refund",
    "so far nobody died",
    "right of way",
    "Can I bring my pet?",
    "who owns X?",
    "how many serve in the TA",
    "why is petrol so dear",
    "who said thank you",
    "can I buy a used one off a mate?",
    "can I check my bag at the museum",
    "can I check in online",
    "I need to check in by noon",
    "can I ask my landlord for a dog",
    "asking rents in the city",
    "checking accounts fees",
    "hi-vis vests required?",
    "do you know the mayor",
  ])("courtesies are not taken off “%s” where little or nothing would be left, or they are none", (typed) => {
    expect(readable(typed, "en", nothing)).toBe(typed);
  });

  it("takes no word of the lexicon for another", () => {
    const changed = new Set<string>();
    for (const member of concepts().flat())
      for (const word of words(member))
        if (!english.shortForms.has(word)) readable(word, "en", nothing, (from) => changed.add(from));
    expect([...changed]).toEqual([]);
  });

  it("stays within what is read of a message", () => {
    expect(readable("tbh ".repeat(150).trim(), "en", nothing).length).toBeLessThanOrEqual(600);
  });

  it("leaves other languages as they are", () => {
    expect(readable("wen u gonna", "de", nothing)).toBe("wen u gonna");
    expect(readable("ストはいつ終わりますか", "ja", nothing)).toBe("ストはいつ終わりますか");
  });

  it("changes no word of a message of words, though it may start or end later", () => {
    const word = fc
      .string({ minLength: 3, maxLength: 9, unit: fc.constantFrom(...Array.from("etaoinshrdlu")) })
      .filter(isWord);
    fc.assert(
      fc.property(fc.array(word, { maxLength: 8 }), (all) => {
        const text = all.join(" ");
        const read = readable(text, "en", (each) => isWord(each));
        expect(text).toContain(read);
        expect(read === "").toBe(text === "");
      }),
      { numRuns: 60 },
    );
  });
});
