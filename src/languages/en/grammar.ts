// English: its word lists and patterns.
import type { Grammar } from "../grammar.js";
import { concepts } from "./concepts.js";
import { courtesies } from "./courtesies.js";
import { names } from "./names.js";
import { numbersInWords, sharesInWords } from "./numbers.js";
import { QUESTION_WORD } from "./question-words.js";
import { told } from "./told.js";
import { commonWords, isWord } from "./words.js";

/** What people put before a question that goes on. */
const POLITE =
  "oh|ooh|aw+|ah+|ok|okay|right|i see|thanks?|thank you|great|hm+|well|yes|no|really|wow|lol|excuse me|sorry|please|dear|so|then";

const THING = "(?:the )?(?:whole )?(?:story|article|thing|page|text|explainer|news)";
/** The whole of a message, with what politeness puts around it. */
const request = (words: string): RegExp =>
  new RegExp(
    `^(?:please |pls |ok |so |hey |can you |could you |would you |i want |i'd like |show(?: me)? |give(?: me)? |list |draw(?: me)? |make(?: me)? |get(?: me)? )*(?:${words})(?: please| pls)?[.!?]*$`,
    "i",
  );

const weighed = (weight: number, words: string): [string, number][] => words.split(" ").map((word) => [word, weight]);

const HOURS = "one two three four five six seven eight nine ten eleven twelve".split(" ");

/** "half past eight", "quarter to nine", "eight o'clock", "eight thirty", with "in the morning", "am" and their like behind. */
function timeInWords(text: string): string | undefined {
  const half = String.raw`(?: ?(a\.?m\.?|p\.?m\.?|in the morning|in the afternoon|in the evening|at night))?`;
  const hour = String.raw`(\d{1,2}|${HOURS.join("|")})`;
  const spokenHour = (word: string): number => (HOURS.includes(word) ? HOURS.indexOf(word) + 1 : Number(word));
  const apart = new RegExp(`^(half|(?:a )?quarter|five|ten|twenty|twenty five) (past|to) ${hour}${half}$`).exec(text);
  const whole = new RegExp(`^${hour}(?: o'?clock)?(?: (fifteen|thirty|forty five))?${half}$`).exec(text);
  const away: Readonly<Record<string, number>> = {
    half: 30,
    quarter: 15,
    "a quarter": 15,
    five: 5,
    ten: 10,
    twenty: 20,
  };
  let minutes: number;
  if (apart) {
    const by = away[apart[1] ?? ""] ?? 25;
    minutes = spokenHour(apart[3] ?? "") * 60 + (apart[2] === "to" ? -by : by);
  } else if (whole && (/[a-z]/.test(text.replace(/^[a-z]+$/, "")) || whole[2] !== undefined)) {
    const past = { fifteen: 15, thirty: 30, "forty five": 45 }[whole[2] ?? ""] ?? 0;
    minutes = spokenHour(whole[1] ?? "") * 60 + past;
  } else return undefined;
  const said = (apart ? apart[4] : whole?.[3]) ?? "";
  if ((minutes >= 13 * 60 || minutes < 30) && said !== "") return undefined;
  if (/^p|afternoon|evening|night/.test(said) && minutes < 12 * 60) minutes += 12 * 60;
  if (/^a|morning/.test(said) && minutes >= 12 * 60) minutes -= 12 * 60;
  if (minutes < 0 || minutes >= 24 * 60) return undefined;
  return `${String(Math.floor(minutes / 60)).padStart(2, "0")}:${String(minutes % 60).padStart(2, "0")}`;
}

const at = (zone: string, names: string): Record<string, string> =>
  Object.fromEntries(names.split(", ").map((name) => [name, zone]));

/** Large places that no zone is named after, and letters that people write for zones. */
const CITIES: Readonly<Record<string, string>> = {
  ...at(
    "Europe/London",
    "britain, great britain, scotland, wales, northern ireland, manchester, birmingham, leeds, liverpool, glasgow, edinburgh, cardiff, belfast, bristol",
  ),
  ...at("Europe/Dublin", "ireland, cork, galway"),
  ...at("Europe/Paris", "france, lyon, marseille"),
  ...at("Europe/Berlin", "germany, munich, hamburg, frankfurt, cologne"),
  ...at("Europe/Zurich", "switzerland, geneva, basel, bern"),
  ...at("Europe/Rome", "italy, milan, naples, turin"),
  ...at("Europe/Madrid", "spain, barcelona, valencia, seville"),
  ...at("Europe/Amsterdam", "netherlands, rotterdam, the hague"),
  ...at("Europe/Warsaw", "poland, krakow"),
  ...at("Europe/Stockholm", "sweden, gothenburg"),
  ...at("Europe/Moscow", "msk, st petersburg, saint petersburg"),
  ...at("Europe/Istanbul", "ankara, turkey"),
  ...at("America/New_York", "et, us eastern, washington, washington dc, boston, miami, atlanta, philadelphia, nyc"),
  ...at("America/Chicago", "ct, us central, dallas, houston, austin, minneapolis"),
  ...at("America/Denver", "mt, us mountain, salt lake city"),
  ...at("America/Los_Angeles", "pt, us pacific, san francisco, san diego, seattle, las vegas, portland, la"),
  ...at("America/Toronto", "montreal, ottawa"),
  ...at("America/Edmonton", "calgary"),
  ...at("America/Sao_Paulo", "brt, rio, rio de janeiro, brasilia"),
  ...at("Asia/Kolkata", "ist, india, mumbai, delhi, new delhi, bangalore, bengaluru, chennai, hyderabad"),
  ...at("Asia/Karachi", "pkt, pakistan, islamabad, lahore"),
  ...at("Asia/Singapore", "sgt"),
  ...at("Asia/Hong_Kong", "hkt"),
  ...at("Asia/Tokyo", "jst, japan, osaka, kyoto"),
  ...at("Asia/Seoul", "kst, korea"),
  ...at("Asia/Shanghai", "china, beijing, shenzhen, guangzhou"),
  ...at("Asia/Manila", "pht, philippines"),
  ...at("Asia/Jakarta", "wib"),
  ...at("Asia/Dubai", "gst, abu dhabi"),
  ...at("Asia/Jerusalem", "israel, tel aviv"),
  ...at("Africa/Lagos", "wat, nigeria, abuja"),
  ...at("Africa/Johannesburg", "sast, south africa, cape town, durban"),
  ...at("Africa/Nairobi", "eat, kenya"),
  ...at("Australia/Sydney", "aest, aedt, canberra"),
  ...at("Pacific/Auckland", "nzst, nzdt, new zealand, wellington"),
};

export const english: Grammar = {
  stopWords: new Set(
    (
      "a an the this that these those some any no not and or but if so as of in on at to for from by with without about into over " +
      "i me my mine you your u ur he him his she her it its we us our they them their there here who whom whose what which when where " +
      "why how is are was were be been being am do does did done have has had having can could will would shall should may might must " +
      "isn't aren't wasn't weren't don't doesn't didn't won't wouldn't can't couldn't im i'm ive i've its it's thats that's whats what's " +
      "whos who's hows how's wheres where's theres there's please pls hi hello hey just also too very really much many more most than then " +
      "all both each other another such own same only last time times next now ago actually anyone someone something anything people thing things going go went ever still yet get got tell know think mean say want need like one bit " +
      "hasn't haven't hadn't shouldn't mustn't ain't they're they've they'll you're you've you'll we've we'll he's she's he'll she'll " +
      "myself yourself himself herself itself ourselves themselves somebody anybody everybody everyone nobody somewhere whether though"
    )
      .split(" ")
      .map((word) => word.replaceAll("'", "")),
  ),
  shortForms: new Map(
    (
      "u you, r are, n and, wat what, wot what, wen when, wer where, wich which, hav have, hv have, " +
      "cos because, coz because, cuz because, bc because, bcos because, thru through, tho though, altho although, " +
      "gonna going to, gunna going to, gona going to, wanna want to, gotta got to, gimme give me, lemme let me, " +
      "dunno don't know, kinda kind of, pls please, plz please, plse please, thx thanks, abt about, abut about, " +
      "bout about, rn right now, asap as soon as possible, tmrw tomorrow, tmr tomorrow, " +
      "tomoz tomorrow, 2nite tonight, 2moro tomorrow, 2day today, b4 before, l8 late, gr8 great, m8 mate, ppl people, " +
      "peeps people, govt government, appt appointment, acct account, addr address, " +
      "approx approximately, yr year, yrs years, mth month, mths months, wk week, wks weeks, wkend weekend, " +
      "hrs hours, mins minutes, smth something, smthing something, sth something, sumthing something, sb somebody, " +
      "sum1 someone, some1 someone, any1 anyone, every1 everyone, no1 no one, nothin nothing, somethin something, " +
      "goin going, doin doing, gettin getting, comin coming, workin working, shud should, shld should, cud could, " +
      "cld could, wud would, wld would, woz was, dat that, teh the, hte the, yuo you, adn and, taht that, " +
      "thsi this, iv I've, msg message, txt text, docs documents, info information, pwd password, uni university, " +
      "hosp hospital, amt amount, qty quantity, esp especially, prob probably, probs problems, tbh to be honest, " +
      "idk I don't know, imo in my opinion, btw by the way, aka also known as, nvm never mind, incl including, " +
      "dept department, bldg building, xmas Christmas, bday birthday, fav favourite, gf girlfriend, bf boyfriend, " +
      "hubby husband, meds medicines, lil little, luv love, sry sorry, soz sorry, convo conversation, diff different, " +
      "nxt next, lst last, tht that, thn then, thnks thanks, ur your"
    )
      .split(", ")
      .map((pair) => [pair.split(" ", 1)[0]!, pair.slice(pair.indexOf(" ") + 1)]),
  ),
  // Words that readers use about many stories, by how little they tell one from another: counted over the questions of
  // `bench/explainers` and the common small talk, where eight stories or more had them.
  commonWords: new Map([
    ...weighed(0.35, "out long up"),
    ...weighed(
      0.5,
      "before year back off pay day money take old cost first new after put give number come work good down make again",
    ),
    ...weighed(
      0.7,
      "days company charge hospital two paid name water date place mr keep away use big well council night bank open week run dont left home somebody right said help union far ask state minister hours leave wrong under made line free vote start bad person hour man end kids card boss price school until stay firm telephone part years party sick town explain called shut public sign tax hold cash call morning through ticket buy bring court phone best see already turn stop since ones gone total live doing workers side house top whole today find doctor told allowed because lost car given anybody pass wait way let room road saturday country papers outside government safe goes second per close small trouble set library claim stand lady getting lose round asked didnt ill ok cant group",
    ),
  ]),
  common: commonWords,
  concepts,
  names: () => names([...Object.keys(CITIES)]),
  goesOn: new RegExp(
    String.raw`^(?:(?:${POLITE})\b[\s,.!?]*)*(?:and|but|or|so|then|what about|how about|same (?:for|as)|says? who|who says|why|how come|since when|more|is (?:that|it|this)|was (?:that|it|he|she)|were (?:they|those)|are (?:they|those)|(?:did|does|has|had|will|can) (?:he|she|they|it|that)|all of|still|which one|under what|what time|when exactly)\b`,
    "i",
  ),
  pointsBack:
    /\b(?:that|this|it|they|them|their|those|these|he|him|his|she|her|there|then|ones?|others?|instead|too|also|total|before|after|last time|same|both|either|neither|exactly)\b/i,
  courtesies,
  startsAsking: new RegExp(`^(?:and |but |also |so |plus )?(?:${QUESTION_WORD})\\b`, "i"),
  joinsQuestions: new RegExp(
    `(?:,|;|\\s-)?(?<!\\s)\\s+(?:and|also|plus|then)(?:\\s+also)?,?\\s+(?=(?:${QUESTION_WORD})\\b)`,
    "i",
  ),
  looksLikeQuestion:
    /\?|^(?:and|but|so|ok|then)?\W*(?:how|what|why|who|whose|when|where|which|is|are|was|were|do|does|did|will|would|can|could|should|has|have|had|tell|explain|show)\b/i,
  asked: [
    ["number", /\b(?:how (?:many|much|old|far|big)|number|percent(?:age)?|proportion|cost|price|%)/i],
    ["time", /\b(?:when|what time|date|day|how (?:long|soon|often)|deadline)\b/i],
    ["reason", /\b(?:why|reason|cause|how come)\b/i],
    ["saying", /\b(?:says?|said|tells?|told|think|views?|quote|react(?:ed|ion)?)\b/i],
    ["person", /\b(?:who|whose|whom|which (?:person|people|politicians?))\b/i],
    ["place", /\b(?:where|what city|which (?:city|town|place))\b/i],
  ],
  measured: {
    share: /%|per ?cent|\b(?:proportion|share|rate|fraction|pct|percentage)\b/i,
    time: /\b(?:how long|duration|length|what time|times?|days?|weeks?|months?|years?|hours?|minutes?)\b/i,
    money:
      /\p{Sc}|\b(?:costs?|prices?|pay|paid|salary|salaries|wages?|fees?|fine|charges?|bill|quid|bucks?|money|cash|spen[dt]|spending|budget|funding|pounds?|euros?|dollars?|crowns?)\b/iu,
    count: /\b(?:how many|number of|people|jobs|total)\b/i,
  },
  told,
  reasons: /\b(?:because|as a result|since|due to|so that)\b/i,
  timeOfDay: /^(\d{1,2})(?:[:.h ]?(\d{2}))?(?: ?(a\.?m\.?|p\.?m\.?|o'?clock|h))?$/,
  twelveHour: /\b(\d{1,2})(?:[:.](\d{2}))?\s*(a\.?m|p\.?m)\b/gi,
  numbersInWords,
  sharesInWords,
  percent: /%|(?<![a-z])(?:per ?cent|pct|pc|procent)(?:age)?(?![a-z])/i,
  magnitudes: { k: 1e3, thousand: 1e3, million: 1e6, m: 1e6, billion: 1e9, bn: 1e9 },
  measures: /^(?:seconds?|minutes?|hours?|days?|weeks?|months?|years?|miles?|metres?|km|kg|tonnes?|litres?|degrees?)$/i,
  isWord,
  timeInWords,
  times: {
    noon: "12:00",
    midday: "12:00",
    midnight: "00:00",
    "12 noon": "12:00",
    "12 midday": "12:00",
    "12 midnight": "00:00",
  },
  // Where a name is used in several places, the one that English-speaking users mean.
  zones: {
    utc: "UTC",
    gmt: "UTC",
    kolkata: "Asia/Kolkata",
    kyiv: "Europe/Kyiv",
    bst: "Europe/London",
    uk: "Europe/London",
    england: "Europe/London",
    ...CITIES,
    cet: "Europe/Paris",
    cest: "Europe/Paris",
    eet: "Europe/Athens",
    eest: "Europe/Athens",
    est: "America/New_York",
    edt: "America/New_York",
    eastern: "America/New_York",
    cst: "America/Chicago",
    cdt: "America/Chicago",
    central: "America/Chicago",
    mst: "America/Denver",
    mdt: "America/Denver",
    mountain: "America/Denver",
    pst: "America/Los_Angeles",
    pdt: "America/Los_Angeles",
    pacific: "America/Los_Angeles",
    ist: "Asia/Kolkata",
    india: "Asia/Kolkata",
    jst: "Asia/Tokyo",
    japan: "Asia/Tokyo",
    aest: "Australia/Sydney",
    aedt: "Australia/Sydney",
    nzst: "Pacific/Auckland",
    nzdt: "Pacific/Auckland",
  },
  daily: {
    bare: /^(?:stop|preview|list)$/i,
    about: /(?:(?<!\s)\s+)?\babout\b\s*/i,
    aboutFirst: /^about\b/i,
    changes: /\bchang(?:es|ed|e)\b/i,
    changesPhrase: /\b(?:only )?(?:when |if )?(?:something |it )?chang(?:es|ed|e)\b/i,
    filler: /^(?:at|in|every|day)$/i,
  },
  amounts: {
    qualifiers: [
      ["more than", /\b(?:more than|over|above|in excess of|upwards of)\s*$/i],
      ["at least", /\b(?:at least|no (?:less|fewer) than)\s*$/i],
      ["almost", /\b(?:almost|nearly|close to|just under)\s*$/i],
      ["less than", /\b(?:less than|fewer than|under|below)\s*$/i],
      ["at most", /\b(?:at most|up to|no more than|a maximum of)\s*$/i],
      ["about", /(?:\b(?:about|around|roughly|approximately|some|an estimated)|~|≈)\s*$/i],
    ],
    ends: /^(?:a|an|the|and|or|but|is|are|was|were|be|been|has|have|had|will|would|can|could|may|might|must|should|did|do|does|to|from|in|on|at|by|for|with|as|that|which|who|whom|than|when|while|because|after|before|during|since|until|if|so|not|per|each|every|against|over|under|between|into|also|only|then|it|they|he|she|we|you|said|says)$/i,
    plural: /(?:[^sui]s|people|children|women|men|staff)$/i,
    moments:
      /^\s?(?:[ap]\.?m\b|st\b|nd\b|rd\b|th\b|o'?clock|January|February|March|April|May|June|July|August|September|October|November|December|[:.]\d|[-–/]\d)/,
    named:
      /(?:\b(?:January|February|March|April|May|June|July|August|September|October|November|December|page|section|chapter|article|act|part|line|route|number|no|covid|version|room|of|in|since|by|until|from|before|after|to|between|at)\.?|[#:/.,-]|\d)\s?$/i,
  },
  apart: /(?:(?<!\s)\s+)?(?:,|;|\bvs\.?\b|\bversus\b|\band\b|\bwith\b)\s*/i,
  help: /^help$/i,
  requests: [
    [
      "summary",
      request(
        `(?:a |the )?(?:quick |short |brief )?summar(?:y|ise|ize)(?: (?:it|this|that|everything|${THING}))?(?: (?:in|into|as) (?:\\w+ ){0,3}(?:bullets?|points?|lines?|sentences?|words?))?`,
      ),
    ],
    [
      "summary",
      request(`tl;?\\s?dr|sum (?:it|this|that|${THING}) up|(?:the |give me the )?gist(?: of (?:it|this|${THING}))?`),
    ],
    ["summary", request("in (?:short|brief|a nutshell)")],
    ["summary", request("what(?:'s| is|s) (?:new|the latest)|what(?:'s| has|s) changed|any (?:news|updates?)")],
    [
      "chart",
      request(`(?:a |the )?(?:chart|graph|plot|diagram) (?:of|for|on|about|showing) (?:the )?(?<name>.{2,80})`),
    ],
    [
      "figure",
      request(
        `what(?:'s| is|s) the (?:exact )?(?:figure|number|stat|statistic) (?:for|on|about) (?:the )?(?<name>\\S+(?: \\S+){0,5})`,
      ),
    ],
    ["figures", request("(?:all )?(?:the |its |your )?(?:figures|numbers|stats|statistics|charts?|graphs?)")],
    ["topics", request("what (?:can|could|may|should) (?:i|we|you) (?:ask|answer)(?: you)?(?: about)?(?: here)?")],
    ["topics", request("what do you (?:know|cover)(?: about)?|(?:the )?topics")],
    [
      "source",
      request(
        `where (?:is|does|did|are) (?:this|it|that|these) (?:come )?from|(?:what(?:'s| is|s) )?(?:the|your) source`,
      ),
    ],
    ["source", request(`how (?:old|recent|current|fresh|up to date) is (?:this|it|that|${THING})`)],
    [
      "source",
      request(`when (?:is|was) (?:this|it|${THING}) (?:from|written|published|updated)|who wrote (?:this|it|${THING})`),
    ],
  ],
};
