// A page from the web, within limits: few redirects, each checked; public addresses only; so much time and so many bytes.
import { Agent, fetch, type Response } from "undici";
import { ContentError } from "../explainer/content-error.js";
import { shownAddress } from "../explainer/web-address.js";
import { checkLiteral, hostName, PrivateAddressError, publicLookup } from "./public-address.js";

export interface FetchOptions {
  /** Hosts that may stand at a private address: the newsroom's own. */
  readonly ownHosts: ReadonlySet<string>;
  /** What is known of the page: it is sent only if it has changed (RFC 9110, 13.1). */
  readonly known?: Validators | undefined;
  /** Milliseconds for all of it. */
  readonly patience?: number;
}

/** What a server gave to ask with whether a page has changed. */
export interface Validators {
  readonly etag?: string | undefined;
  readonly modified?: string | undefined;
}

export type Fetched =
  | {
      readonly kind: "page";
      readonly bytes: Uint8Array;
      /** Media type as declared, lower case without parameters; empty where none was. */
      readonly type: string;
      readonly charset: string | undefined;
      /** Where it was found in the end. */
      readonly address: string;
      readonly validators: Validators;
    }
  | { readonly kind: "unchanged" };

/** A page that could not be had. `gone`: its server says that there is none any more. */
export class FetchError extends ContentError {
  constructor(
    message: string,
    readonly gone: boolean,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

const PATIENCE = 20_000;
const MAX_BYTES = 10 * 1024 * 1024;
const MAX_REDIRECTS = 5;
const REDIRECTS = new Set([301, 302, 303, 307, 308]);
const GONE = new Set([404, 410, 451]);
const ACCEPT =
  "text/html, application/xhtml+xml, text/markdown, text/plain, application/json, application/xml;q=0.9, */*;q=0.5";

const TYPES =
  /^(?:text\/|application\/(?:xhtml|xml|json|rss|atom|feed|ld\+json|octet-stream|vnd\.openxmlformats-officedocument\.wordprocessingml|pdf|msword|rtf)|$)/;

function privateIn(error: unknown): PrivateAddressError | undefined {
  for (let each = error; each instanceof Error; each = each.cause) {
    if (each instanceof PrivateAddressError) return each;
    if (each instanceof AggregateError) {
      const inner = each.errors.map(privateIn).find((found) => found !== undefined);
      if (inner) return inner;
    }
  }
  return undefined;
}

const notPublic = (reason: string): FetchError =>
  new FetchError(
    `${reason}; a page is fetched from the public web alone. Save it from your browser and import the file, or name its host in IMPORT_HOSTS where it is your own`,
    false,
  );

async function bodyOf(response: Response, shown: string): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const part of response.body ?? []) {
    const bytes = part as Uint8Array;
    size += bytes.length;
    if (size > MAX_BYTES)
      throw new FetchError(`${shown} is larger than 10 MB; save the article's text and import that`, false);
    parts.push(bytes);
  }
  return Buffer.concat(parts);
}

/** Where a redirect leads; throws for one that leads nowhere or away from the web. */
function nextAddress(response: Response, from: URL, shown: string): URL {
  const to = response.headers.get("location") ?? "";
  const next = to !== "" && URL.canParse(to, from.href) ? new URL(to, from.href) : undefined;
  if (!next || !/^https?:$/.test(next.protocol))
    throw new FetchError(`${shown} leads to an address that is no web page; import the page that it means`, false);
  return next;
}

async function follow(
  url: URL,
  { ownHosts, known, patience = PATIENCE }: FetchOptions,
  agent: Agent,
): Promise<Fetched> {
  const signal = AbortSignal.timeout(patience);
  const { origin, username, password } = url;
  const login = Buffer.from(`${decodeURIComponent(username)}:${decodeURIComponent(password)}`).toString("base64");
  let at = url;
  for (let redirects = 0; ; redirects++) {
    const shown = shownAddress(at.href).address;
    const host = hostName(at);
    if (!ownHosts.has(host)) checkLiteral(host);
    const bare = new URL(at);
    bare.username = "";
    bare.password = "";
    const response = await fetch(bare, {
      dispatcher: agent,
      redirect: "manual",
      signal,
      headers: {
        accept: ACCEPT,
        ...(username !== "" && at.origin === origin ? { authorization: `Basic ${login}` } : {}),
        ...(known?.etag === undefined ? {} : { "if-none-match": known.etag }),
        ...(known?.modified === undefined ? {} : { "if-modified-since": known.modified }),
      },
    });
    const { status, headers } = response;
    if (REDIRECTS.has(status)) {
      await response.body?.cancel();
      if (redirects >= MAX_REDIRECTS)
        throw new FetchError(`${shown} leads on and on; import the address where your browser ends up`, false);
      at = nextAddress(response, at, shown);
      continue;
    }
    if (status === 304) return { kind: "unchanged" };
    if (!response.ok) {
      await response.body?.cancel();
      throw new FetchError(
        `${shown} answered ${status}; save the page from your browser and import the file`,
        GONE.has(status),
      );
    }
    const declared = headers.get("content-type") ?? "";
    const type = (declared.split(";")[0] ?? "").trim().toLowerCase();
    if (!TYPES.test(type)) {
      await response.body?.cancel();
      throw new FetchError(`${shown} is ${type}, not a page; save its text and import that`, false);
    }
    return {
      kind: "page",
      bytes: await bodyOf(response, shown),
      type,
      charset: /charset=["']?([\w-]{1,40})/i.exec(declared)?.[1],
      address: at.href,
      validators: {
        etag: headers.get("etag") ?? undefined,
        modified: headers.get("last-modified") ?? undefined,
      },
    };
  }
}

/** Fetches a page. Throws {@link FetchError} with what to do instead. */
export async function fetchPage(address: string, options: FetchOptions): Promise<Fetched> {
  const { address: shown } = shownAddress(address);
  if (!URL.canParse(address)) throw new FetchError(`${shown} is not a web address`, false);
  const lookup = publicLookup(options.ownHosts);
  const agent = new Agent({ connect: { lookup }, maxRedirections: 0, pipelining: 0 });
  try {
    return await follow(new URL(address), options, agent);
  } catch (error) {
    if (error instanceof FetchError) throw error;
    const refused = privateIn(error);
    if (refused) throw notPublic(refused.message);
    const late = error instanceof Error && error.name === "TimeoutError";
    throw new FetchError(
      late
        ? `${shown} did not answer in full within ${Math.round((options.patience ?? PATIENCE) / 1000)} seconds; save the page from your browser and import the file`
        : `${shown} could not be fetched; check the address and your connection, or save the page and import the file`,
      false,
      { cause: error },
    );
  } finally {
    await agent.destroy().catch(() => undefined);
  }
}
