// What of an HTTP request is let through to Bolt: signed, of now, and of a shape that Slack sends. Bolt itself takes the shape
// on trust, and a body without one would end in an error that nobody waits for.
import type { IncomingMessage } from "node:http";
import { HTTPModuleFunctions } from "@slack/bolt";
import { z } from "zod";
import { REQUEST_BYTES } from "./limits.js";

const text = z.string().min(1);
const user = z.looseObject({ id: text });
const channel = z.looseObject({ id: text });

/** Events that we listen to say where and, but for edits and deletions, by whom; others are only acknowledged. */
const HEARD = z.looseObject({ type: z.enum(["app_mention", "message", "app_home_opened"]), channel: text });
const OTHER = z.looseObject({
  type: text.refine((type) => !["app_mention", "message", "app_home_opened"].includes(type)),
});

const SHAPES = z.union([
  z.looseObject({ type: z.literal("url_verification"), challenge: z.string() }),
  z.looseObject({ ssl_check: z.literal("1") }),
  z.looseObject({ type: z.literal("event_callback"), event: z.union([HEARD, OTHER]) }),
  z.looseObject({ type: z.literal("app_rate_limited") }),
  z.looseObject({ command: z.string().startsWith("/"), user_id: text, channel_id: text }),
  z.looseObject({
    type: z.literal("block_actions"),
    user,
    actions: z.array(z.looseObject({ action_id: text })).min(1),
  }),
  z.looseObject({ type: z.literal("block_suggestion"), user, action_id: text }),
  z.looseObject({ type: z.literal("message_action"), user, channel, callback_id: text, message: z.looseObject({}) }),
  z.looseObject({ type: z.literal("shortcut"), user, callback_id: text }),
  z.looseObject({
    type: z.enum(["view_submission", "view_closed"]),
    user,
    view: z.looseObject({ callback_id: z.string(), state: z.looseObject({ values: z.looseObject({}) }).optional() }),
  }),
]);

export type ReadRequest =
  | { readonly ok: true; readonly request: IncomingMessage }
  /** `status` is what to answer at once: 400 a shape that Slack does not send, 401 not Slack's, 413 too long. */
  | { readonly ok: false; readonly status: 400 | 401 | 413 };

/** Reads and judges a request; what it gives is read again by Bolt without waiting. Never rejects. */
export async function readRequest(request: IncomingMessage, signingSecret: string): Promise<ReadRequest> {
  let buffered: Awaited<ReturnType<typeof HTTPModuleFunctions.parseAndVerifyHTTPRequest>>;
  try {
    buffered = await HTTPModuleFunctions.parseAndVerifyHTTPRequest(
      { enabled: true, signingSecret, bodyLimit: REQUEST_BYTES },
      request,
    );
  } catch (error) {
    const long = HTTPModuleFunctions.isRawBodyError(error) && error.type === "entity.too.large";
    return { ok: false, status: long ? 413 : 401 };
  }
  try {
    const body: unknown = HTTPModuleFunctions.parseHTTPRequestBody(buffered);
    return SHAPES.safeParse(body).success ? { ok: true, request: buffered } : { ok: false, status: 400 };
  } catch {
    return { ok: false, status: 400 };
  }
}
