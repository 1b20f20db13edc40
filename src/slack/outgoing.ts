// What the conversation asks of Slack.
import type { Outgoing } from "../chat/face.js";
import { noticeCard, type Named } from "../cards/card.js";
import { wordingOf } from "../languages/languages.js";
import type { Installation } from "../memory/address.js";
import type { SlackApi } from "./api.js";
import { errorFields, faultOf, refusalIn } from "./faults.js";
import { PLATFORM } from "./message.js";
import { render } from "./render-card.js";

/** `api` gives the requests of a workspace; `frame` what a notice of ours stands in. */
export function createSlackOutgoing(
  api: (of: Installation) => Promise<SlackApi>,
  frame: () => Promise<Named>,
): Outgoing {
  return {
    platform: PLATFORM,
    picks: "actions",
    typesLines: true,
    lighterAfter: ["layout"],
    send: async (at, shown) => (await api(at)).post(at, render(shown)),
    edit: async (at, message, shown) => (await api(at)).update(at.channel, message, render(shown)),
    remove: async (at, message) => (await api(at)).remove(at.channel, message),
    whisper: async (at, reader, shown) => (await api(at)).whisper(at, reader, render(shown)),
    async tell(of, reader, shown) {
      await (await api(of)).post({ channel: reader }, render(shown));
    },
    async probe(at, reader) {
      const wording = wordingOf("en");
      const trying = render({ card: noticeCard(await frame(), wording.dailyTrying()), place: {} });
      // A message that only they see tells whether the bot, and they, are in the channel; nothing else that we may ask does.
      const slack = await api(at);
      const closed = await slack.whisper({ channel: at.channel }, reader, trying).then(
        () => false,
        (error: unknown) => {
          if (!["forbidden", "gone"].includes(faultOf(error))) throw error;
          return true;
        },
      );
      return { name: undefined, ...(closed ? { obstacle: { channel: undefined, missing: [] } } : {}) };
    },
    // Its events of renamed channels take a scope that is not asked for.
    nameOf: () => undefined,
    obstacle: (_, error) => {
      const said = refusalIn(error);
      return { channel: undefined, missing: [], ...(said === undefined ? {} : { said }) };
    },
    faultOf,
    fields: errorFields,
  };
}
