// English, to those who set up a server or workspace.
import type { PlaceWording, SettingOrigin } from "../place-wording.js";

const FROM: Readonly<Record<SettingOrigin, string>> = {
  channel: "set for this channel",
  place: "set for this place",
  bot: "not set",
};

/** How each setting is to be written. */
const HOW: Readonly<Record<string, string>> = {
  answers: "private or public",
  speak: "on or off",
  quiet: "hours such as 22:00-07:00, or off",
  rate: "a number of questions a minute from 1 to 600, or off",
  zone: "a time zone such as Europe/London",
  keep: "on or off",
};

const line = (what: string, from: SettingOrigin): string => `${what} (${FROM[from]})`;

export const englishPlace: PlaceWording = {
  title: () => "Settings that hold here",
  lines: ({ explainers, speaks, answers, quiet, perMinute, zone, keep, desk, daily }) => [
    line(`Explainers: ${explainers[0] === undefined ? "all" : explainers[0].join(", ")}`, explainers[1]),
    line(`Speak where everybody reads it: ${speaks[0] ? "on" : "off"}`, speaks[1]),
    line(
      answers[0] === undefined
        ? "Answers: to commands private, to mentions where they stand"
        : answers[0] === "private"
          ? "Answers: private wherever the platform can show them to one reader alone"
          : "Answers: public, to commands too",
      answers[1],
    ),
    line(`Quiet hours: ${quiet[0] === undefined ? "none" : `${quiet[0].from} to ${quiet[0].to}`}`, quiet[1]),
    line(`Questions a minute: ${perMinute[0] === undefined ? "as many as come" : String(perMinute[0])}`, perMinute[1]),
    line(`Time zone: ${zone[0] ?? "the explainer’s own"}`, zone[1]),
    ...(keep === undefined
      ? []
      : [line(`Questions not answered well are kept for the editors: ${keep[0] ? "on" : "off"}`, keep[1])]),
    ...(keep === undefined ? [] : [`Editors’ desk: ${desk ?? "none"} (/desk here)`]),
    ...(daily === undefined ? [] : [`Daily posts: ${daily} (/daily list)`]),
  ],
  how: () =>
    `/settings · /settings answers public · /settings here speak off · /settings quiet 22:00-07:00 · /settings rate 20 · /settings zone London · /settings keep on · /settings reset quiet`,
  explainerHow: () =>
    "/explainer · /explainer use TITLE · /explainer add TITLE · /explainer drop TITLE · /explainer all; with “here” before it, for this channel alone (“here all”: as in the whole place)",
  unknown: (typed) => `There is no setting “${typed}”. There are: ${Object.keys(HOW).join(", ")}.`,
  wrong: (name, typed) => `“${typed}” is nothing that “${name}” can be. Write ${HOW[name] ?? "another value"}.`,
  nothing: () => "Nothing was named that could be set.",
  noPlace: () => "This conversation belongs to no server or workspace, so there is nothing to set.",
  away: () =>
    "What is set for this place cannot be read or changed at the moment: the database is away. Try again in a few minutes.",
  saved: () => "Saved.",
  offer: (name, value, here) => {
    switch (`${name} ${value}`) {
      case "answers public":
        return "Answer commands for everybody";
      case "answers private":
        return "Answer commands privately";
      case "speak on":
        return here ? "Speak in this channel" : "Speak everywhere";
      case "speak off":
        return here ? "Be silent in this channel" : "Be silent everywhere";
      case "keep on":
        return "Keep questions for the editors";
      case "keep off":
        return "Keep no questions";
      default:
        return here ? "Explainers of this channel" : "Explainers of this place";
    }
  },
  pick: (here) =>
    here ? "Which explainer is asked in this channel?" : "Which explainer is asked in this server or workspace?",
  all: () => "All of them",
  asPlace: () => "As in the whole place",
  lastExplainer: () => "That is the only one here. Choose another with /explainer use, or all with /explainer all.",
  noneLeft: () => "The explainers that were chosen for this place are no longer there. /explainer chooses others.",
  notHere: () => "I do not speak in this channel, so only you see this.",
  quietUntil: (time) => `It is quiet here until ${time}, so only you see this.`,
  placeTooFast: (seconds) =>
    `This place has asked as many questions as it wants in a minute. Wait ${seconds === 1 ? "1 second" : `${seconds} seconds`}.`,
  install: {
    title: () => "Add the bot",
    about: () =>
      "It answers questions about a news story, in its editors’ words, where you already talk. It speaks only when it is asked.",
    add: (title) => `Add to ${title}`,
    asks: () => "It asks for:",
    none: () => "The bot cannot be added at the moment. Try again in a minute.",
    done: () =>
      "The bot is in your workspace. Go back there and write to it, or type /ask; /settings says what holds there, and changes it.",
    problem: (problem) =>
      ({
        cancelled: "Nothing was added: it was cancelled. You can begin anew.",
        expired:
          "Nothing was added: the link was used before, took too long, or was opened in another browser. Begin anew here.",
        refused:
          "Nothing was added: Slack refused what came back. Begin anew here; if that does not help, ask whoever runs the bot.",
        away: "Nothing was added: Slack, or the bot’s database, cannot be reached at the moment. Try again in a minute.",
      })[problem],
  },
  busy: () => "More questions are waiting here than I can answer. Ask again in a moment.",
};
