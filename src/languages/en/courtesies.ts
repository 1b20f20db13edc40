// What people put before and behind a question to be polite, in English; one at a time.

const QUESTION =
  "who|whom|whose|what|whats|which|when|where|wheres|why|how|hows|did|does|do|is|are|was|were|has|have|had|can|could|will|would|should|may|might|if|i";
const VERY = "(?:(?:so|very|terribly|awfully|really|ever so|dreadfully|most) )?";
const ASKING =
  "(?:ask|bother|trouble|disturb|interrupt|be a (?:pain|bother|nuisance)|go off (?:at|on) a tangent|change the subject|butt in)";
const TELL =
  "(?:tell|explain|remind|advise|enlighten|inform|clarify|confirm|say|describe|shed (?:some|any) light on|point out)(?:ing)?";
const TO_ME = "(?: (?:to )?(?:me|us))?";
const KINDLY = "(?:(?:please|kindly|possibly|perhaps|maybe|just|at all) )*";

const BEFORE = [
  "hello(?: there)?(?: all| everyone| everybody| team)?|hi(?: there| all| everyone| team| guys)?|hey(?: there| all| guys)?|hiya|howdy|greetings|good (?:morning|afternoon|evening|day)(?: to you)?(?: all| everyone)?",
  "dear (?:sir|madam|sir or madam|sirs|all|team|bot|editor|friends?)|yo|oi|ahem|um+|er+m?|ok(?:ay)?",
  // Words of their own, but where a comma or a question is behind them.
  `(?:well|right|anyway|so|now|look|listen|basically|honestly|also|and|but)(?=\\s*[,;:!…–—-]|\\s+(?:${QUESTION})\\b)`,
  `(?:i(?:'m| am) |i do apologi[sz]e )?${VERY}(?:sorry|apologies)(?: (?:to|for|if i) ${ASKING}(?:ing)?(?: you)?(?: again| all)?(?: with this| about this)?| if this (?:is|has been) (?:a )?(?:silly|daft|stupid|asked|answered)[^,]{0,40}| about this)?`,
  `(?:i )?(?:do )?(?:hope|trust) (?:you (?:are|'re)|this finds you|i(?:'m| am) not)[^,.]{0,40}`,
  "excuse me|pardon me|forgive me(?: for asking| the question)?|please|pray|if you (?:please|would|could|do ?n[o']?t mind)|if i may(?: ask)?|if it(?:'s| is) not too much trouble|with respect",
  `(?:may|might|can|could) i (?:just |quickly |please )?(?:ask|enquire|inquire|check|trouble you to (?:say|tell me)|know)(?: you)?(?: something)?`,
  "(?:just )?(?:a )?(?:quick|simple|silly|daft|stupid|dumb|genuine|serious|honest|small|little) (?:question|one|query)(?: from me| for you)?",
  `(?:i(?:'m| am| was|'ve been| have been)? )?(?:just |only |rather |a bit )?(?:wondering|curious|checking|asking|trying to (?:find out|understand|work out|figure out))(?: about)?`,
  `(?:can|could|would|will) (?:you|somebody|someone|anyone|anybody) ${KINDLY}(?:be (?:so kind|good enough|able)(?: as)? to |mind |help me (?:to )?)?${TELL}${TO_ME}(?: please)?`,
  `(?:would|do) you (?:mind|be so kind as to|be able to|happen to know|kindly|know)(?: ${KINDLY}${TELL}${TO_ME})?`,
  `(?:i(?:'d| would| should)|we(?:'d| would)) (?:${VERY}(?:like|love|be (?:grateful|glad|obliged|interested|curious)|appreciate)) (?:to (?:know|ask|learn|hear|find out|understand|be told)|it if you could ${TELL}${TO_ME}|if you could ${TELL}${TO_ME})`,
  `(?:i|we) (?:just |really |only )?(?:want|need|wish|have|wanted|needed) to (?:know|ask|find out|understand|check)`,
  `(?:please |kindly |just )*${TELL} (?:to )?(?:me|us)(?: please| again| exactly)?`,
  "(?:does|do|did) any(?:one|body)(?: here| out there)? (?:happen to )?know|any(?:one|body) know|any idea|what i(?:'d| would)? (?:want|like|need) to (?:know|ask) is|my question is|the question is",
];

const BEHIND = [
  "please|pls|plz|(?:many |my |much )?thanks?(?: you)?(?: (?:so|very) much| a lot| a million| in advance| kindly| again)?|thank you(?: (?:so|very) much| in advance| kindly| again)?|thx|ta|cheers",
  "(?:kind|best|warm)(?:est)? (?:regards|wishes)(?:,? \\p{Lu}?\\p{L}+)?|yours (?:sincerely|faithfully|truly)(?:,? \\p{L}+)?",
  "if (?:you (?:do ?n[o']?t mind|please|would|could)|i may(?: ask)?|it(?:'s| is) not too much trouble|that(?:'s| is) ok(?:ay)?|any(?:one|body) knows|you know)(?: me asking| my asking)?",
  "bless (?:you|him|her|them)|lol|haha+|lmao|mate|bro|bruv|love|dear|pet|guys|folks|x+|i wonder|i beg of you|do tell|just (?:asking|curious|wondering)|any ideas?|asking for a friend",
];

const JOIN = String.raw`[\s,.;:!…–—-]{0,8}`;

export const courtesies = {
  before: new RegExp(`^(?:${BEFORE.join("|")})(?![\\p{L}\\p{N}'’])${JOIN}(?:but |and )?`, "iu"),
  behind: new RegExp(`(?<![\\p{L}\\p{N}'’])${JOIN}(?<![\\p{L}\\p{N}'’])(?:${BEHIND.join("|")})[\\s.!?,]*$`, "iu"),
} as const;
