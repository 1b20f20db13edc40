// The suite that every face passes, through the real Discord client.
import { faceContract, type FaceDriver, type Shown } from "../contract/face.js";
import { startFace, type RunningFace } from "../support/discord-face.js";
import {
  BOT,
  buttonsOf,
  menusOf,
  READER,
  startDiscordServer,
  textOf,
  type DiscordServer,
  type StoredMessage,
} from "../support/discord-server.js";

const plain = (text: string): string =>
  text
    .replace(/^-# /gm, "")
    .replace(/\*\*/g, "")
    .replace(/\\([\\*_~`|<>[\]#-])/g, "$1");

function show(message: StoredMessage): Shown {
  return {
    text: plain(textOf(message.body)),
    buttons: [
      ...buttonsOf(message.body).map((button) => button.label),
      ...menusOf(message.body).flatMap((menu) => menu.options.map((option) => option.label)),
    ],
    chart: message.body.attachments?.[0]?.description,
  };
}

function createDriver(): FaceDriver {
  let server: DiscordServer;
  let running: RunningFace;
  const written = new Map<string, string>();
  const ask = (text: string): string => `<@${BOT.id}> ${text}`;
  const find = (id: string): StoredMessage[] =>
    server.said().filter((message) => message.body.message_reference?.message_id === id);
  const wait = (id: string): Promise<StoredMessage> => server.until(() => find(id)[0], "an answer");
  return {
    async start(opened) {
      server = await startDiscordServer({ perChannel: 1000 });
      running = await startFace(server, opened);
    },
    async stop() {
      await running.stop();
      await server.stop();
    },
    mention(text) {
      const id = server.write(ask(text));
      written.set(id, text);
      return id;
    },
    room: {
      redeliver: (id) => void server.write(ask(written.get(id) ?? ""), { id }),
      own: (text) => server.write(ask(text), { author: BOT }),
      otherBot: (text) => server.write(ask(text), { author: { ...READER, id: "900000000000000008", bot: true } }),
      talk: (text) => server.write(text),
    },
    answers: (id) => find(id).map(show),
    answered: async (id) => show(await wait(id)),
    async press(id, button) {
      const message = await wait(id);
      const found = buttonsOf(message.body).find((each) => each.label === button);
      if (!found) throw new Error(`no button ${button}`);
      await server.answered(server.press(found.id, message));
      return show(message);
    },
    refused: () => server.refused(),
  };
}

faceContract("Discord", createDriver);
