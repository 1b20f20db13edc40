// The suite that every face passes, through the real Bolt, by socket and by request.
import { faceContract, type FaceDriver, type Shown } from "../contract/face.js";
import { MODES, startSlack, type Mode, type RunningSlack } from "../support/slack-face.js";
import { BOT, buttonsIn, COLLEAGUE, optionsIn, wordsIn, type Posted } from "../support/slack-server.js";

function show(message: Posted): Shown {
  const image = message.blocks.find((block) => block.type === "image");
  return {
    text: wordsIn(message.blocks)
      .replaceAll("\u200b", "")
      .replace(/<https?:[^|>]*\|([^>]*)>/g, "$1")
      .replace(/&lt;/g, "<")
      .replace(/&gt;/g, ">")
      .replace(/&amp;/g, "&"),
    buttons: [...buttonsIn(message.blocks), ...optionsIn(message.blocks)].map((each) => each.label),
    chart: image?.alt_text,
  };
}

function createDriver(mode: Mode): FaceDriver {
  let running: RunningSlack;
  const written = new Map<string, string>();
  const wait = (ts: string): Promise<Posted> => running.server.until(() => running.server.replies(ts)[0], "an answer");
  return {
    async start(opened) {
      running = await startSlack(mode, opened);
    },
    stop: () => running.stop(),
    mention(text) {
      const ts = running.server.mention(text);
      written.set(ts, text);
      return ts;
    },
    room: {
      redeliver(ts) {
        running.server.mention(written.get(ts) ?? "", { ts });
        // And by the other event, should the app hear that one too.
        running.server.message(`<@${BOT}> ${written.get(ts) ?? ""}`, { ts });
      },
      own: (text) => running.server.mention(text, { user: BOT }),
      otherBot: (text) => running.server.mention(text, { user: COLLEAGUE, bot_id: "BOTHER001" }),
      talk: (text) => running.server.message(text),
    },
    answers: (ts) => running.server.replies(ts).map(show),
    answered: async (ts) => show(await wait(ts)),
    async press(ts, button) {
      const message = await wait(ts);
      const found = buttonsIn(message.blocks).find((each) => each.label === button);
      if (!found) throw new Error(`no button ${button}`);
      const before = message.blocks;
      running.server.press(found.value, found.id, message);
      await running.server.until(() => message.blocks !== before, "the press");
      return show(message);
    },
    refused: () => running.server.refused(),
  };
}

for (const mode of MODES) faceContract(`Slack by ${mode}`, () => createDriver(mode));
