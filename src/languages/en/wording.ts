// English: every sentence that the bot says by itself.
import { englishDesk } from "./desk.js";
import { englishPlace } from "./place.js";
import type { CommandWords, Obstacle, Reason, Wording } from "../wording.js";

const seconds = (count: number): string => (count === 1 ? "1 second" : `${count} seconds`);
const channelOf = ({ channel }: Obstacle): string => channel ?? "that channel";
/** What would mend it. */
const mend = ({ missing }: Obstacle): string =>
  missing.length > 0
    ? `Ask a moderator to give me: ${missing.join(", ")}.`
    : "Ask somebody there to invite me, or write to me here.";

const COMMANDS: Readonly<Record<string, CommandWords>> = {
  ask: { about: "Ask about the story in your own words", hint: "your question" },
  figures: { about: "The article's figures, with a chart" },
  figure: { about: "One figure: what it counts, who says so, and a chart", hint: "name of a figure" },
  compare: { about: "Two figures beside each other", hint: "one figure, another" },
  topics: { about: "What you can ask about" },
  summary: { about: "The story in a few lines" },
  help: { about: "What I can do, and how to ask" },
  daily: {
    about: "The story summed up every day, with what changed",
    hint: "start 8am London | stop | list | preview",
  },
  desk: {
    about: "For editors: questions that wait, answers to teach",
    hint: "here | queue | keep | forget | report | off",
  },
  "desk here": { about: "Makes this channel the editors' desk" },
  "desk queue": { about: "The questions that wait, asked most often first" },
  "desk keep": { about: "Keeps questions asked in this place that are not answered well" },
  "desk forget": { about: "Keeps no questions of this place any more" },
  "desk report": { about: "What readers asked in the last seven days" },
  "desk off": { about: "No desk in this place any more" },
  privacy: { about: "What is kept of you, and how to delete it" },
  settings: {
    about: "What holds in this place: who sees answers, where I speak, quiet hours",
    hint: "answers public | here speak off | quiet 22:00-07:00 | rate 20 | zone London | reset quiet",
  },
  "settings show": { about: "What holds here, and where each setting comes from" },
  "settings set": { about: "Changes settings of this place, or of this channel alone" },
  "settings reset": { about: "Takes a setting back, so that the bot's own holds" },
  explainer: {
    about: "Which explainers are asked in this place or channel",
    hint: "use TITLE | add TITLE | drop TITLE | all | here use TITLE",
  },
  "explainer show": { about: "Which explainers are asked here, and which there are" },
  "explainer use": { about: "This explainer alone" },
  "explainer add": { about: "This explainer as well" },
  "explainer drop": { about: "This explainer no longer" },
  "explainer all": { about: "Every explainer that the bot has" },
  "daily start": { about: "Set a daily post up, change it, or resume it" },
  "daily stop": { about: "No more daily posts in a channel" },
  "daily list": { about: "What is posted where, when next, and what came of the last" },
  "daily preview": { about: "The next post, shown to you alone" },
};

const OPTIONS: Readonly<Record<string, string>> = {
  question: "Your question",
  name: "Which figure",
  first: "A figure",
  second: "Another figure",
  article: "Which article; without it I look in all",
  "daily article": "Which article",
  "explainer article": "Which explainer",
  "settings zone": "Time zone of quiet hours and daily posts, such as London",
  answers: "Who sees answers to commands",
  speak: "Whether I speak where everybody reads it",
  quiet: "Hours such as 22:00-07:00, or off",
  rate: "Questions a minute that I answer in this place, or off",
  keep: "Whether questions not answered well are kept for the editors",
  setting: "Which setting",
  here: "For this channel alone",
  time: "Such as 8am, 08:00 or noon; 8am where none is named",
  zone: "Such as London or Europe/London",
  channel: "Which channel; this one where none is named",
  changes: "Only when something changed",
};

const GROUPS: Readonly<Record<string, string>> = {
  ask: "a private answer, which you may share",
  overviews: "what there is",
  figures: "the numbers, with charts",
  daily: "the story summed up every day, with what changed",
  privacy: "what I keep of you, and how to delete it",
};

/** What came of a delivery. */
const RESULTS: Readonly<Record<string, string>> = {
  posted: "posted",
  late: "skipped: it could not be posted in time",
  unchanged: "skipped: nothing had changed",
  unknown: "may not have arrived: the platform did not say, and it is not posted twice",
  "no-article": "skipped: the article is not there, or has faults",
  paused: "skipped: paused",
  gone: "the channel is no longer there",
  forbidden: "I may not post there",
  lacking: "I lack",
};

function reason({ code, detail, because }: Reason): string {
  const said = RESULTS[code];
  if (said !== undefined && because) return `${said} (${reason(because)})`;
  // What was kept before there were codes is a sentence by itself.
  if (said === undefined) return detail === "" ? code : `${code}: ${detail}`;
  if (code === "lacking") return `${said} ${detail}`;
  if (code === "gone" && detail !== "") return `the channel is gone or archived (${detail})`;
  return detail === "" ? said : `${said} (${detail})`;
}

const SHORT: Readonly<Record<string, (value: string) => string>> = {
  "more than": (value) => `${value}+`,
  "at least": (value) => `${value}+`,
  almost: (value) => `almost ${value}`,
  "less than": (value) => `under ${value}`,
  "at most": (value) => `up to ${value}`,
  about: (value) => `≈${value}`,
};

function clock(time: string): string {
  const [hours = 0, minutes = 0] = time.split(":").map(Number);
  const hour = hours % 12 === 0 ? 12 : hours % 12;
  return `${hour}${minutes === 0 ? "" : `.${String(minutes).padStart(2, "0")}`}${hours < 12 ? "am" : "pm"}`;
}

export const english: Wording = {
  desk: englishDesk,
  place: englishPlace,
  abstain: () => "The article does not say.",
  nearest: () => "The nearest it comes:",
  closest: () => "I am not sure that the article answers this. The closest it comes:",
  closestMore: () => "Read that section, or did you mean:",
  clarify: () => "Which of these do you mean?",
  emptyQuestion: () => "Ask a question about the story in your own words, such as one of these:",
  also: () => "You also asked:",
  left: () => "The article does not say:",
  related: () => "Related questions",
  canBeAsked: () => "You can ask:",
  gone: () => "The article no longer has that. Ask in your own words, or see /topics.",
  noWords: () => "That message has no words that I can read.",
  fault: () => "Something went wrong on our side and your question was not answered. Please ask it again in a minute.",
  tooFast: (wait) => `That is faster than I answer. Ask again in ${seconds(wait)}.`,
  mayNotAnswer: (obstacle) =>
    obstacle.said === undefined
      ? `I cannot answer you in ${channelOf(obstacle)}. ${mend(obstacle)}`
      : `I cannot answer you in ${channelOf(obstacle)}: the message was refused with “${obstacle.said}”. Whoever runs the place can look that up; you can also ask me here.`,
  youAsked: (typed) => `You asked: ${typed}`,
  sharedBy: (reader, answering) =>
    answering === undefined ? `Shared by ${reader}` : `Shared by ${reader} in answer to ${answering}`,

  corrected: (at, wording) => `Corrected ${at}. ${wording}`,
  correctedInto: (before, now) => `“${before}” → “${now}”`,
  correctedGone: (before) => `No longer said: “${before}”`,
  withdrawn: () => "The article no longer has what stood here.",
  correctedNote: () => "The answer above was put right. I may not edit it, so this stands beside it.",
  correctedRead: () => "What the article says now",
  leaned: (heading) => `Taken with “${heading}”`,

  comesFrom: (name, asOf) =>
    asOf === ""
      ? `My answers come from “${name}”. It does not say what day it speaks of.`
      : `My answers come from “${name}”. It speaks of: ${asOf}.`,
  source: (name) => `Source: ${name}`,
  asOf: (moment) => `As of: ${moment}`,
  caption: (text) => `Caption: ${text}`,
  inQuotes: (text) => `“${text}”`,

  share: () => "Share",
  more: () => "More",
  back: () => "Back",
  page: (page, pages) => `Page ${page} / ${pages}`,
  choose: () => "Choose one",
  close: () => "Close",

  helpAbout: (title) => `I answer questions about “${title}”. Ask in your own words:`,
  helpTry: () => "Try one of these:",
  helpSource: () =>
    "I answer with what the article says, in its editors' words, the answering sentence first. What it does not say, I do not guess.",
  helpMention: () => "mention me in a channel, or write to me directly",
  helpPick: (how, command) =>
    how === "menu"
      ? `right-click or long-press a message → Apps → ${command}`
      : `More actions on a message → ${command}`,
  helpCommands: (group, names) => `${names.join(", ")} – ${GROUPS[group] ?? ""}`,
  topics: (title) => `What you can ask about “${title}”`,
  whichArticle: (titles) => ["Which article?", titles.join(" · ")].join(" ").trim(),
  noArticle: (titles) => ["There is no such article here.", titles.join(" · ")].join(" ").trim(),
  command: (name) => COMMANDS[name] ?? { about: "" },
  option: (command, name) => OPTIONS[`${command} ${name}`] ?? OPTIONS[name] ?? "",
  pickCommand: () => "Answer from the article",

  figures: () => "The figures",
  noFigures: () => "This article has no figures.",
  noFigure: (name) => `There is no figure called “${name}”. The nearest:`,
  compareTwo: () => "Name two figures, with a comma between them. /figures lists them.",
  sameFigure: () => "They are the same figure. Name two.",
  isRange: (label) => `"${label}" is a range, not one number, so there is nothing to set beside it.`,
  otherUnit: (a, b) => `They count different things: "${a.label}" is in ${a.of}, "${b.label}" in ${b.of}.`,
  otherWhole: (a, b) =>
    `Both are percentages, but not of the same: "${a.label}" is of ${a.of || "something not named"}, "${b.label}" of ${b.of || "something not named"}.`,
  beside: (a, b) => `${a}. ${b}.`,
  valued: (label, value) => `${label}: ${value}`,
  workedOut: (working) => `Worked out: ${working}`,
  workedOutLabel: (label) => `${label} (worked out)`,
  sum: (parts) => parts.join(" plus "),
  difference: (parts) => parts.join(" less "),
  qualified: (qualifier, value) => `${qualifier} ${value}`,
  qualifiedShort: (qualifier, value) => SHORT[qualifier]?.(value) ?? `${qualifier} ${value}`,
  range: (from, to) => `${from} to ${to}`,
  clock,
  attribution: (kind, by) => (kind === "count" ? `according to ${by}` : `${kind} by ${by}`),
  chart: (title) => `Bar chart. ${title}.`,
  andMore: (count) => `And ${count} more.`,
  tableHead: () => ["Figure", "Value", "What it counts, when, and who says so"],
  tableTitle: () => "Values as a table",
  everyFigure: () => "Every figure of the article",

  dailyStarted: ({ channel, title, onlyChanges, next }) =>
    `A daily post is set up for ${channel}, “${title}”${onlyChanges ? ", only when something changed" : ""}. The next one comes: ${next}.`,
  dailyStopped: (channel) => `No more daily posts in ${channel}.`,
  dailyNone: () => "There are no daily posts here. /daily start sets one up.",
  dailyList: () => "Daily posts",
  dailyEntry: ({ channel, title, time, zone, onlyChanges, next, paused, last }) => {
    const often = onlyChanges ? ", only when something changed" : "";
    const coming = paused ? `paused: ${reason(paused)}` : `next: ${next ?? ""}`;
    const came = last ? `; last ${last.date}: ${reason(last.result)}` : "";
    return `${channel}, “${title}”, ${time} ${zone}${often}. ${coming}${came}`;
  },
  reason,
  dailyAway: () =>
    "Daily posts cannot be seen or changed at the moment: the database is away. Asking works. Try again in a few minutes.",
  dailyNoTime: (typed) => `“${typed}” is not a time of day. Write one such as 8am, 08:00 or noon.`,
  dailyNoZone: (typed, nearest) => `“${typed}” is not a time zone that I know. The nearest: ${nearest.join(", ")}.`,
  dailyTooMany: (most) => `This place has as many daily posts as it may have: ${most}. /daily stop ends one.`,
  dailyNotYours: () => "Only whoever set this up, an admin or an owner can change it.",
  dailyManagers: () => "Only members who may manage this server can set up daily posts.",
  dailyTrying: () => "I can post here.",
  dailyButton: () => "Set up a daily post",
  dailyHow: () =>
    "/daily start 8am London · /daily start 8am London changes · /daily stop · /daily list · /daily preview",
  dailyPaused: (channel, why) =>
    `The daily post is paused in ${channel}: ${reason(why)}. /daily start there resumes it.`,
  mayNotPost: (obstacle) => `I may not post in ${channelOf(obstacle)}. ${mend(obstacle)}`,
  unnamedChannel: (id) => `channel ${id}`,
  thisConversation: () => "this conversation",
  changedSince: (since) => `What has changed since ${since}`,
  unchangedSince: (since) => `Nothing has changed since ${since}.`,
  changedFigure: (label, before, now) => `${label}: ${before} → ${now}`,
  newFigure: (label, now) => `New figure: ${label}, ${now}`,
  goneFigure: (label, before) => `No longer given: ${label}, ${before}`,
  addedSection: (heading) => `New: ${heading}`,
  rewrittenSection: (heading) => `Rewritten: ${heading}`,
  withdrawnSection: (heading) => `Withdrawn: ${heading}`,
  newSummary: () => "The summary was rewritten",
  moreChanges: (count) => `And more: ${count}`,
  form: () => ({
    title: "Daily post",
    submit: "Set up",
    cancel: "Cancel",
    channel: "Channel",
    time: "Time, such as 8am or 08:00",
    zone: "Time zone, such as London",
    article: "Article, where there are several",
    often: "How often",
    changes: "Only when something changed",
  }),

  pageIntro: () =>
    "Ask about this story in your own words. You get what the article says, word for word, or an honest “the article does not say”.",
  pageTooFast: (wait) => `You are asking faster than this page answers. Wait ${seconds(wait)} and send it again.`,
  pagePictures: (wait) => `Too many pictures at once. Wait ${seconds(wait)}.`,
  pageTooLong: (kilobytes) => `That is longer than ${kilobytes} KB. Send a shorter question.`,
  pageNoQuestion: () => "No question came with that. Type one and send it.",
  pageNoExplainer: (id, there) => `There is no explainer "${id}" here. There are: ${there.join(", ")}.`,
  pageGone: () => "The article no longer has that question. Ask it in your own words.",
  pageOtherHost: () =>
    "This page does not answer to that name. Open it under its own address, or name this one in PAGE_HOSTS.",
  pageLost: () => "There is nothing at this address. The chat page is at /.",
  pageJson: () => 'Send JSON such as {"question": "how many went on strike?"}.',
  pageYouAsked: () => "You asked: ",
  pageWords: () => ({
    ask: "Ask",
    figures: "Figures",
    summary: "Summary",
    views: "Views",
    titles: { chat: "ask the article", figures: "its figures", summary: "the story in short" },
    skip: "Skip to the question field",
    howToStart: "How to start",
    suggested: "Suggested questions",
    moreSuggested: "More questions",
    moreQuestions: (count) =>
      count === 1 ? "1 more question that the article answers" : `${count} more questions that the article answers`,
    conversation: "Conversation",
    yourQuestion: "Your question",
    placeholder: "Ask about this story",
  }),
};
