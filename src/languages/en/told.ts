// What English questions ask to be told, and what a passage that tells it has.

const MONEY =
  /\p{Sc}|\b(?:pounds?|quid|pence|euros?|dollars?|cents?|crowns?|free|no charge|discount|tax(?:es)?|fees?)\b/iu;
const NUMBER =
  /\d|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\w+teen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|dozens?|hundreds?|thousands?|millions?|half|third|quarter|none|no|all|every|both|several|most)\b/i;
const SPAN =
  /\b(?:minutes?|hours?|days?|weeks?|months?|years?|overnight|until|till|since|permanent(?:ly)?|indefinite(?:ly)?|season|term)\b/i;
const MOMENT =
  /\b(?:monday|tuesday|wednesday|thursday|friday|saturday|sunday|weekends?|weekdays?|january|february|march|april|may|june|july|august|september|october|november|december|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec|spring|summer|autumn|winter|today|tonight|tomorrow|yesterday|noon|midnight|morning|afternoon|evening|night|o'clock|deadline|before|after|until|from|by|within|every|daily|weekly|year|month|week)\b|\b(?:19|20)\d\d\b|\d ?[ap]\.?m\b|\d[:.]\d\d\b/i;
const AGE =
  /\baged?\b|\byears?[- ]olds?\b|, \d{1,2},|\bborn\b|\b(?:teenager|child(?:ren)?|adults?|infants?|seniors?)\b/i;
const PERSON =
  /(?<=\p{L}[^.!?]{0,200} )\p{Lu}\p{Ll}+ \p{Lu}\p{L}+|^\p{Lu}\p{Ll}+ \p{Lu}\p{L}+|\b(?:mr|mrs|ms|dr|sir|lord|minister|mayor|judge|president|director|manager|chief|council(?:lors?)?|police|government|company|union|staff|team|residents?|anyone|everyone|members?|people|adults?|students?|parents?)\b/u;
const PLACE =
  /\b(?:in|at|on|near|to|from|outside|inside|behind|opposite|between|via|along|off) (?:the |a |your |our )?\p{Lu}|\b(?:here|online|website|street|road|hall|centre|center|office|building|desk|room|station|address|page|portal|app)\b/u;
const REASON =
  /\b(?:because|since|due to|so that|so as to|as a result|after|caused?|reason|in order to|to (?:make|keep|avoid|protect|reduce|help|stop|prevent|save|allow|ensure)|blamed?|says?|said|want(?:s|ed)?|need(?:s|ed)?|fear(?:s|ed)?|concerns?|problem)\b/i;
const HOW =
  /\b(?:by|via|through|using|with|online|form|apply|email|phone|call|visit|click|first|then|step|must|should|can|need)\b/i;

/** A question that begins by asking for it asks for nothing else, be it of money. */
const begins = (words: string): RegExp => new RegExp(`^(?:and |so |but )?(?:${words})\\b`, "i");

export const told = [
  { asked: begins("who|whom|whose"), has: PERSON },
  { asked: begins("where|whereabouts"), has: PLACE },
  { asked: begins("why|how come"), has: REASON },
  { asked: begins("when|until when|what time"), has: MOMENT },
  { asked: /\bhow old\b|\bwhat age\b|\bage (?:limit|restriction)/i, has: AGE },
  {
    asked:
      /\b(?:how much (?:is|are|was|were|does|do|did|will|would|money|to pay|for)|what (?:is|are|was|'s) the (?:price|cost|fee|fine|salary|rent)|costs?|price|fees?|salary|wages?|earns?|afford|paid|expensive|cheap|refund|charge)\b/i,
    has: MONEY,
  },
  { asked: /\bhow (?:long|often|soon|quickly)\b|\bduration\b/i, has: SPAN },
  { asked: /\b(?:when|what time|what dates?|which days?|what day|deadline|until when|opening hours)\b/i, has: MOMENT },
  {
    asked:
      /\b(?:how many|how much|number of|percent(?:age)?|proportion|how big|how far|how high|how fast|how large)\b/i,
    has: NUMBER,
  },
  { asked: /\b(?:who|whom|whose|which (?:person|people|company|party|politicians?|team))\b/i, has: PERSON },
  { asked: /\b(?:where|whereabouts|which (?:city|town|place|road|street|building)|what address)\b/i, has: PLACE },
  { asked: /\b(?:why|reason|how come|what caused|what for)\b/i, has: REASON },
  { asked: /\bhow (?:do|can|should|could|would|to|does|will|did|is|are)\b/i, has: HOW },
] as const;
