// What people put before and behind a question to be polite, in English; one at a time.
import { QUESTION_WORD } from "./question-words.js";

/** A question begins, however it is written. */
const QUESTION = `${QUESTION_WORD}|whats|wheres|hows|may|might|if|i`;
const VERY = "(?:(?:so|very|terribly|awfully|really|ever so|dreadfully|most) )?";
const ASKING =
  "(?:ask|bother|trouble|disturb|interrupt|be a (?:pain|bother|nuisance)|go off (?:at|on) a tangent|change the subject|butt in)";
const TELL =
  "(?:tell|explain|remind|advise|enlighten|inform|clarify|confirm|say|describe|shed (?:some|any) light on|point out)(?:ing)?";
const TO_ME = "(?: (?:to )?(?:me|us))?";
const KINDLY = "(?:(?:please|kindly|possibly|perhaps|maybe|just|at all) )*";

/** Behind it comes what is asked: "can I ask when", not "can I ask my landlord". */
const THEN = `(?=\\s*[,;:–—]|\\s+(?:${QUESTION}|whether|about)\\b)`;

const BEFORE = [
  "hello(?: there)?(?: all| everyone| everybody| team)?|hi(?: there| all| everyone| team| guys)?|hey(?: there| all| guys)?|hiya|howdy|greetings|good (?:morning|afternoon|evening|day)(?: to you)?(?: all| everyone)?",
  "dear (?:sir|madam|sir or madam|sirs|all|team|bot|editor|friends?)|yo|oi|ahem|um+|er+m?|ok(?:ay)?",
  // Words of their own, but where a comma or a question is behind them.
  `(?:well|right|anyway|so|now|look|listen|basically|honestly|also|and|but)${THEN}`,
  `(?:i(?:'m| am) |i do apologi[sz]e )?${VERY}(?:sorry|apologies)(?: (?:to|for|if i) ${ASKING}(?:ing)?(?: you)?(?: again| all)?(?: with this| about this)?| if this (?:is|has been) (?:a )?(?:silly|daft|stupid|asked|answered)[^,]{0,40}| about this)?(?=\\s*[,.;:–—]|\\s+(?:but|and|${QUESTION})\\b)`,
  `(?:i )?(?:do )?(?:hope|trust) (?:you (?:are|'re)|this finds you|i(?:'m| am) not)[^,.]{0,40}(?=[,.])`,
  "excuse me|pardon me|forgive me(?: for asking| the question)?|please|pray(?=,)|if you (?:please|would|could|do ?n[o']?t mind)(?=,)|if i may(?: ask)?(?=,)|if it(?:'s| is) not too much trouble|with respect(?=,)",
  `(?:may|might|can|could) i (?:just |quickly |please )?(?:ask|enquire|inquire|check|know|trouble you to (?:say|tell me))(?: you)?(?: something)?${THEN}`,
  `(?:just )?(?:a )?(?:quick|simple|silly|daft|stupid|dumb|genuine|serious|honest|small|little) (?:question|query)(?: from me| for you)?(?=\\s*[,;:.–—]|\\s+(?:${QUESTION})\\b)`,
  `(?:i(?:'m| am| was|'ve been| have been)? )?(?:just |only |rather |a bit )?(?:wondering|curious|checking|asking|trying to (?:find out|understand|work out|figure out))${THEN}`,
  `(?:can|could|would|will) (?:you|somebody|someone|anyone|anybody) ${KINDLY}(?:be (?:so kind|good enough|able)(?: as)? to |mind |help me (?:to )?)?${TELL}${TO_ME}(?: please)?`,
  `(?:would|do) you (?:mind|be so kind as to|be able to|happen to know|kindly|know)(?: ${KINDLY}${TELL}${TO_ME})?${THEN}`,
  `(?:i(?:'d| would| should)|we(?:'d| would)) (?:${VERY}(?:like|love|be (?:grateful|glad|obliged|interested|curious)|appreciate)) (?:to (?:know|ask|learn|hear|find out|understand|be told)|it if you could ${TELL}${TO_ME}|if you could ${TELL}${TO_ME})`,
  `(?:i|we) (?:just |really |only )?(?:want|need|wish|have|wanted|needed) to (?:know|ask|find out|understand|check)${THEN}`,
  `(?:please |kindly |just )*${TELL} (?:to )?(?:me|us)(?: please| again| exactly)?`,
  "(?:does|do|did) any(?:one|body)(?: here| out there)? (?:happen to )?know|any(?:one|body) know|any idea|what i(?:'d| would)? (?:want|like|need) to (?:know|ask) is|my question is|the question is",
];

/** What may stand there without a comma, */
const BEHIND = [
  "(?<!\\bto )(?:please|pls|plz)|(?:many |much )thanks(?: in advance)?|thanks in advance|thx|cheers|lol|haha+|lmao|i wonder|just (?:asking|curious|wondering)",
  "(?:kind|best|warm)(?:est)? (?:regards|wishes)(?:,? \\p{Lu}?\\p{L}+)?|yours (?:sincerely|faithfully|truly)(?:,? \\p{L}+)?",
  "if you (?:do ?n[o']?t mind(?: me asking)?|please)|if i may ask|if it(?:'s| is) not too much trouble",
];
/** and what may not: "can I bring my pet" ends with no endearment. */
const BEHIND_COMMA = [
  "(?:my )?thanks?(?: you)?(?: (?:so|very) much| a lot| a million| kindly| again)?|ta|mate|bro|bruv|love|dear|pet|guys|folks|x+|do tell|any ideas?|asking for a friend",
  "bless (?:you|him|her|them)|if (?:you|anyone|anybody) (?:would|could|knows?)|if that(?:'s| is) ok(?:ay)?|i beg of you",
];

/** A hyphen joins two words into one: "hi-vis". */
const JOIN = String.raw`(?:[\s,.;:!…–—]|\s-){0,8}`;
const END = String.raw`[\s.!?,]{0,8}$`;

export const courtesies = {
  before: new RegExp(`^(?:${BEFORE.join("|")})(?![\\p{L}\\p{N}'’-])${JOIN}(?:(?:but|and) )?`, "iu"),
  behind: new RegExp(
    `(?:(?<![\\p{L}\\p{N}'’])${JOIN}(?<![\\p{L}\\p{N}'’-])(?:${BEHIND.join("|")})|[,.!?;–—]\\s{0,4}(?:${BEHIND_COMMA.join("|")}))${END}`,
    "iu",
  ),
} as const;
