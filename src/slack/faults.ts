// What can go wrong between us and Slack, sorted by what is to be done about it.
import { webApi } from "@slack/bolt";
import type { Fault } from "../chat/face.js";
import { NotInstalled } from "./installations.js";

/** Slack's error codes (reference pages of chat.postMessage, views.open, files.completeUploadExternal and others). */
const CODES: Readonly<Record<string, Fault>> = {
  channel_not_found: "gone",
  is_archived: "gone",
  message_not_found: "gone",
  thread_not_found: "gone",
  cant_update_message: "forbidden",
  edit_window_closed: "forbidden",
  user_not_found: "gone",
  not_in_channel: "forbidden",
  user_not_in_channel: "forbidden",
  restricted_action: "forbidden",
  restricted_action_read_only_channel: "forbidden",
  restricted_action_thread_only_channel: "forbidden",
  restricted_action_non_threadable_channel: "forbidden",
  restricted_action_thread_locked: "forbidden",
  missing_scope: "forbidden",
  cannot_reply_to_message: "forbidden",
  messages_tab_disabled: "forbidden",
  posting_to_channel_denied: "forbidden",
  access_denied: "forbidden",
  invalid_blocks: "layout",
  invalid_blocks_format: "layout",
  msg_too_long: "layout",
  msg_blocks_too_long: "layout",
  view_too_large: "layout",
  expired_trigger_id: "expired",
  invalid_trigger_id: "expired",
  exchanged_trigger_id: "expired",
  expired_url: "expired",
  used_url: "expired",
  invalid_auth: "token",
  not_authed: "token",
  account_inactive: "token",
  token_revoked: "token",
  token_expired: "token",
  internal_error: "unavailable",
  fatal_error: "unavailable",
  service_unavailable: "unavailable",
  ratelimited: "unavailable",
  rate_limited: "unavailable",
};

/** A response address that refused what was sent to it. */
export class ResponseError extends Error {
  readonly code = "SLACK_RESPONSE";
  constructor(
    readonly status: number,
    readonly slackError: string,
  ) {
    super(`Slack's response address answered ${status} ${slackError}`);
  }
}

/** Whether it is a code of Slack's; the client takes the page of a proxy for one. */
const isCode = (text: string): boolean => /^\w{1,80}$/.test(text);

/** Whether too much was asked, also where nothing says for how long. Certainly nothing was done then. */
function askedTooMuch(error: unknown): boolean {
  return (
    error instanceof webApi.WebAPIRateLimitedError ||
    (error instanceof Error && error.message.startsWith("Retry header did not contain"))
  );
}

/** Slack's own code of an error, empty where there is none. */
export function slackCode(error: unknown): string {
  if (error instanceof webApi.WebAPIPlatformError) return isCode(error.data.error) ? error.data.error : "";
  return error instanceof ResponseError ? error.slackError : "";
}

/** Codes of a request that we made wrongly; any other refusal that is not known is told to whoever asked or set it up. */
const OURS =
  /^(?:invalid_(?:arg|array|form|post|charset|json|name|types)|missing_(?:post_type|charset|argument)|unknown_method|method_|no_text|json_)/;

/** Slack's own code for a refusal that is not known; inviting the bot would not mend it. */
export function refusalIn(error: unknown): string | undefined {
  const code = slackCode(error);
  return code === "" || Object.hasOwn(CODES, code) || code.startsWith("restricted_action") ? undefined : code;
}

export function faultOf(error: unknown): Fault {
  if (error instanceof NotInstalled) return "gone";
  const code = slackCode(error);
  const known = Object.hasOwn(CODES, code) ? CODES[code] : undefined;
  if (error instanceof ResponseError) {
    // An address that refuses has expired, whatever it says: a token is bad when `auth.test` says so.
    if (known === "layout" || known === "unavailable") return known;
    return error.status >= 500 || error.status === 429 ? "unavailable" : "expired";
  }
  if (known) return known;
  if (code !== "") return OURS.test(code) ? "bug" : "forbidden";
  if (
    askedTooMuch(error) ||
    error instanceof webApi.WebAPIPlatformError ||
    error instanceof webApi.WebAPIRequestError ||
    error instanceof webApi.WebAPIHTTPError
  )
    return "unavailable";
  const name = error instanceof Error ? error.name : "";
  return name === "TimeoutError" ||
    name === "AbortError" ||
    (error instanceof TypeError && /^(?:fetch failed|terminated)/.test(error.message))
    ? "unavailable"
    : "bug";
}

/** Whether a picture is why a layout was refused: a file that is not processed yet, or is gone. */
export function refusesPicture(error: unknown): boolean {
  if (slackCode(error) !== "invalid_blocks") return false;
  const told = error instanceof webApi.WebAPIPlatformError ? JSON.stringify(error.data) : "";
  return /slack.?file/.test(told) || error instanceof ResponseError;
}

/** What of an error may stand in a log: no bodies, which hold readers' words, and no addresses, which hold secrets. */
export function errorFields(error: unknown): Record<string, unknown> {
  const code = slackCode(error);
  if (code !== "") {
    const told = error instanceof webApi.WebAPIPlatformError ? error.data.response_metadata?.messages : undefined;
    return { error: code, ...(told === undefined ? {} : { messages: told }) };
  }
  if (error instanceof NotInstalled) return { reason: error.message };
  if (error instanceof webApi.WebAPIHTTPError) return { status: error.statusCode };
  if (error instanceof webApi.WebAPIRequestError) return { reason: error.message };
  if (askedTooMuch(error)) return { status: 429 };
  if (error instanceof webApi.WebAPIPlatformError) return { reason: "what answered was not Slack's API" };
  // A connection that failed has no story to tell but what happened.
  if (error instanceof Error && faultOf(error) === "unavailable") return { reason: error.message || error.name };
  return { err: error };
}

/** Seconds that Slack asks to wait, none where it does not say how many; undefined where it does not ask. */
export function retryAfter(error: unknown): number | undefined {
  if (!askedTooMuch(error)) return undefined;
  return error instanceof webApi.WebAPIRateLimitedError ? error.retryAfter : 0;
}

/** Whether it is certain that nothing was done. */
export function neverArrived(error: unknown): boolean {
  if (!(error instanceof webApi.WebAPIRequestError)) return false;
  const reason = JSON.stringify(error.original, Object.getOwnPropertyNames(error.original)) + error.message;
  const cause = error.original.cause as { code?: string } | undefined;
  return /ECONNREFUSED|ENOTFOUND|EAI_AGAIN/.test(`${reason} ${cause?.code ?? ""}`);
}
