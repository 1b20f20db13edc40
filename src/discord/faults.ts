// What can go wrong between us and Discord, sorted by what is to be done about it.
import { DiscordAPIError, HTTPError, RESTJSONErrorCodes } from "discord.js";
import type { Fault } from "../chat/face.js";

const GONE = new Set<number | string>([
  RESTJSONErrorCodes.UnknownMessage,
  RESTJSONErrorCodes.UnknownChannel,
  RESTJSONErrorCodes.UnknownGuild,
]);
const EXPIRED = new Set<number | string>([
  RESTJSONErrorCodes.UnknownInteraction,
  RESTJSONErrorCodes.InteractionHasAlreadyBeenAcknowledged,
  RESTJSONErrorCodes.UnknownWebhook,
  RESTJSONErrorCodes.InvalidWebhookToken,
]);
/** A direct message to somebody with whom no server is shared. */
const NO_SHARED_SERVER = 50278;
const THREAD_LOCKED = 160005;

const FORBIDDEN = new Set<number | string>([
  RESTJSONErrorCodes.MissingAccess,
  RESTJSONErrorCodes.MissingPermissions,
  RESTJSONErrorCodes.CannotSendMessagesToThisUser,
  RESTJSONErrorCodes.InvalidActionOnArchivedThread,
  THREAD_LOCKED,
  NO_SHARED_SERVER,
  RESTJSONErrorCodes.CannotReplyWithoutPermissionToReadMessageHistory,
]);

const LAYOUT = new Set<number | string>([
  RESTJSONErrorCodes.CannotSendAnEmptyMessage,
  RESTJSONErrorCodes.RequestEntityTooLarge,
  RESTJSONErrorCodes.FileUploadedExceedsMaximumSize,
]);

/** Requests that we made wrongly. */
const OURS = new Set<number | string>([
  RESTJSONErrorCodes.RequestBodyContainsInvalidJSON,
  RESTJSONErrorCodes.InvalidAPIVersion,
  RESTJSONErrorCodes.UnknownApplication,
]);

/** Whether the message that a reply points to was deleted before: an invalid form body, told by its inner code. */
const repliesToNothing = (error: DiscordAPIError): boolean =>
  error.code === RESTJSONErrorCodes.InvalidFormBodyOrContentType &&
  /(?:REPLIES|MESSAGE_REFERENCE)_UNKNOWN_MESSAGE/.test(JSON.stringify(error.rawError));

export function faultOf(error: unknown): Fault {
  if (error instanceof DiscordAPIError) {
    if (GONE.has(error.code) || repliesToNothing(error)) return "gone";
    if (EXPIRED.has(error.code)) return "expired";
    if (FORBIDDEN.has(error.code)) return "forbidden";
    if (error.code === RESTJSONErrorCodes.InvalidFormBodyOrContentType || LAYOUT.has(error.code)) return "layout";
    if (error.status >= 500 || error.status === 429) return "unavailable";
    // By rule, not by a closed list: a numbered refusal (AutoMod, a member limit, a blocked word) is told to whoever asked or set it up.
    return Number(error.code) > 0 && !OURS.has(error.code) ? "forbidden" : "bug";
  }
  if (error instanceof HTTPError) return "unavailable";
  const code = typeof error === "object" && error !== null && "code" in error ? String(error.code) : "";
  const aborted = error instanceof Error && (error.name === "AbortError" || error.message === "fetch failed");
  return aborted || /^(E[A-Z]+|UND_ERR_\w+)$/.test(code) ? "unavailable" : "bug";
}

/** What of an error may stand in a log: no bodies, which hold readers' words, and no addresses, which hold tokens. */
export function errorFields(error: unknown): Record<string, unknown> {
  if (error instanceof DiscordAPIError || error instanceof HTTPError) {
    const route = new URL(error.url).pathname.replace(/(interactions|webhooks)\/(\d+)\/[^/]+/, "$1/$2/…");
    return {
      status: error.status,
      ...(error instanceof DiscordAPIError ? { code: error.code, message: error.message } : {}),
      request: `${error.method} ${route}`,
    };
  }
  // A connection that failed has no story to tell but what happened.
  if (error instanceof Error && faultOf(error) === "unavailable") return { reason: error.message || error.name };
  return { err: error };
}

/** Whether an interaction was answered already: of a request that was repeated, that is the success it was not told of. */
export function wasAnswered(error: unknown): boolean {
  return error instanceof DiscordAPIError && error.code === RESTJSONErrorCodes.InteractionHasAlreadyBeenAcknowledged;
}

/** Whether Discord no longer takes the token, or the client dropped it because a request was refused so. */
export function lostToken(error: unknown): boolean {
  if (error instanceof DiscordAPIError) return error.status === 401;
  return error instanceof Error && error.message.startsWith("Expected token to be set");
}

/** Discord's own words for a refusal that no permission of ours mends: AutoMod, verification, a limit of the server. */
export function refusalIn(error: unknown): string | undefined {
  return error instanceof DiscordAPIError && !FORBIDDEN.has(error.code)
    ? `${error.message} (${error.code})`
    : undefined;
}

/** The permission that an error tells of, where nothing is known of the channel. */
export function permissionOf(error: unknown): string {
  const code = error instanceof DiscordAPIError ? error.code : undefined;
  if (code === RESTJSONErrorCodes.CannotReplyWithoutPermissionToReadMessageHistory) return "Read Message History";
  if (code === THREAD_LOCKED || code === RESTJSONErrorCodes.InvalidActionOnArchivedThread)
    return "Manage Threads, or open this thread again";
  return code === RESTJSONErrorCodes.MissingAccess ? "View Channels" : "Send Messages";
}
