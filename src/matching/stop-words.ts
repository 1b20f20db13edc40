// Words that carry a question's grammar and not its matter. English; other languages have none here.

const ENGLISH = new Set(
  (
    "a an the this that these those some any no not and or but if so as of in on at to for from by with without about into over " +
    "i me my mine you your u ur he him his she her it its we us our they them their there here who whom whose what which when where " +
    "why how is are was were be been being am do does did done have has had having can could will would shall should may might must " +
    "isn't aren't wasn't weren't don't doesn't didn't won't wouldn't can't couldn't im i'm ive i've its it's thats that's whats what's " +
    "whos who's hows how's wheres where's theres there's please pls hi hello hey just also too very really much many more most than then " +
    "all both each other another such own same only last time times next now ago actually anyone someone something anything people thing things going go went ever still yet get got tell know think mean say want need like one bit"
  ).split(" "),
);

/** How much a word of the question counts: 1, or little for a word of grammar. */
export function wordWeight(word: string, language: string): number {
  return /^en\b/i.test(language) && (ENGLISH.has(word) || ENGLISH.has(word.replace(/'/g, ""))) ? 0.08 : 1;
}
