// English, to editors at the desk and to readers about what is kept of their questions.
import type { DeskWording } from "../desk-wording.js";

const times = (count: number): string => (count === 1 ? "once" : `${count} times`);
const days = (count: number): string => (count === 1 ? "1 day" : `${count} days`);
const percent = (share: number): string => `${Math.round(share * 100)}%`;
const share = (part: number, of: number): string => (of === 0 ? "0" : `${part} (${percent(part / of)})`);

/** What the bot did with a question. */
const DID: Readonly<Record<string, string>> = {
  abstained: "I said that the article does not say",
  tentative: "I showed the closest that the article comes",
  choices: "I offered choices",
  disputed: "I answered, and a reader said that it was not what they asked",
  picked: "somebody at the desk picked it",
};

export const englishDesk: DeskWording = {
  notAsked: () => "Not what I asked",
  tellMe: () => "Tell me when it does",
  disputed: () => "Noted for the editors, without your name. Ask it in other words, or see /topics.",
  willTell: (count) =>
    `I will write to you once, when the article answers that. I forget it after ${days(count)}; /privacy shows it and deletes it.`,
  cannotTell: () => "I no longer have that question. Ask it again, and press the button then.",
  helpKept: (count) =>
    `Questions that I do not answer well are kept for the editors for ${days(count)}, without names.`,
  privacy: () => "What I keep of you",
  privacyNothing: () => "I keep nothing of you.",
  privacyWishes: () => "You asked to be told when the article answers:",
  privacyDaily: (count) =>
    count === 1
      ? "You set up 1 daily post here: your id stands with it. /daily stop deletes it."
      : `You set up ${count} daily posts here: your id stands with them. /daily stop deletes them.`,
  privacyKept: (count) =>
    count === undefined
      ? "Your questions are not kept here."
      : `Questions that I do not answer well are kept here for ${days(count)}, as words alone: no names, no channels.`,
  forget: () => "Delete what you asked to be told",
  forgotten: (count) =>
    count === 0 ? "There was nothing to delete." : `Deleted: ${count === 1 ? "1 question" : `${count} questions`}.`,

  name: () => "Editors’ desk",
  here: (keeps) =>
    `This channel is the editors’ desk now: everybody who can read it can decide here. ${
      keeps
        ? "Questions that I do not answer well arrive here."
        : "Questions asked in this place are not kept, so none arrive from it. /desk keep turns that on."
    }`,
  off: () => "There is no desk in this place any more. What waits, waits on the page.",
  keepOn: (count) =>
    `From now on questions asked in this place that I do not answer well are kept for ${days(count)}, without names or channels. My help says so. /desk forget ends it.`,
  keepOff: () => "Questions asked in this place are no longer kept.",
  how: () => "/desk here · /desk queue · /desk keep · /desk forget · /desk report · /desk off",
  managers: () => "Only those who may manage this place can do that.",
  notThisPlace: (setting) =>
    `The desk teaches this bot for everybody who asks it, so whoever runs it names the places that may: ${setting}`,
  notThisChannel: () => "This is not the desk’s channel.",
  away: () => "The desk is away at the moment: the database cannot be reached. Try again in a few minutes.",
  empty: () => "No question waits.",
  waiting: (count) => (count === 1 ? "1 question waits" : `${count} questions wait`),
  question: ({ forms, count, first, last, outcome, nearest, confidence }) => [
    count === 1 ? `Asked once, ${first}.` : `Asked ${times(count)}, ${first === last ? first : `${first} to ${last}`}.`,
    `What came of it: ${DID[outcome] ?? outcome}.`,
    ...(nearest === undefined ? [] : [`Nearest: “${nearest}” (${confidence.toFixed(2)}).`]),
    ...(forms.length > 0 ? [`Also asked as: ${forms.map((form) => `“${form}”`).join(", ")}.`] : []),
  ],
  answered: () => "It is answered here",
  refused: () => "It is not answered",
  ignore: () => "Ignore",
  undo: () => "Undo",
  undone: () => "Taken back. The question waits again.",
  whichSection: (words) => `Which section answers “${words}”?`,
  whichPassage: (heading) => `Which passage of “${heading}” answers it?`,
  whole: () => "The section as a whole",
  whichReason: () => "Why does the article not answer it?",
  trying: () => "I am asking myself everything that I know, with this added.",
  trial: ({ utterances, questions, worse }) => {
    const asked = `I asked myself ${utterances} known utterances${questions > 0 ? ` and ${questions} labelled questions` : ""} with this added.`;
    if (worse.length === 0) return `${asked} Nothing changes for the worse.`;
    return `${asked} ${worse.length === 1 ? "1 changes" : `${worse.length} change`} for the worse:`;
  },
  trialWorse: ({ text, was, now }) => `“${text}”: was ${was}, becomes ${now}`,
  trialFailed: () => "It could not be tried out; you can teach it all the same.",
  teach: (worse) => (worse ? "Teach it all the same" : "Teach it"),
  leave: () => "Leave it",
  taught: (words, heading) =>
    heading === undefined
      ? `Taught: “${words}” is not answered by the article.`
      : `Taught: “${words}” is answered in “${heading}”.`,
  known: (words, heading, wanted) =>
    `“${words}” is taught already, ${heading === undefined ? "as not answered" : `to “${heading}”`}${
      wanted === undefined || wanted === heading ? "" : `; you chose “${wanted}”`
    }. Take that back first.`,
  decision: ({ state, by, at, heading, reason }) => {
    const what =
      state === "answered"
        ? `Answered in “${heading ?? ""}”`
        : state === "refused"
          ? `Not answered by the article${reason === undefined ? "" : ` (${reason})`}`
          : "Ignored";
    return `${what}, by ${by}, ${at}.`;
  },
  gone: () => "That question is no longer kept.",
  teachCommand: () => "Teach this question",
  notAnswered: () => "not answered",
  reportTitle: (from, to) => `What readers asked, ${from} to ${to}`,
  report: ({ asked, answered, rightly, closest, choices, abstained, notKept, corrected, taught }) => [
    `Asked: ${asked}`,
    `Answered: ${share(answered, asked)}${rightly === undefined ? "" : `, of these rightly as far as known: ${percent(rightly)}`}`,
    `The closest shown: ${share(closest, asked)}`,
    `Choices offered: ${share(choices, asked)}`,
    `“The article does not say”: ${share(abstained, asked)}`,
    `Taught: ${taught}`,
    `Messages put right: ${corrected}`,
    ...(notKept > 0 ? [`Counted, and not kept because too many were new at once: ${notKept}`] : []),
  ],
  reportSections: () => "Asked about most",
  reportOpen: () => "Waiting, asked most often",
  reportChart: () => "Questions a day",
};
