// Who is at the desk on the page: somebody with its token, or whom a proxy in front names. Forms carry a token of their own, so that
// no other page can send them.
import { createHmac, randomBytes, timingSafeEqual } from "node:crypto";
import type { Context } from "hono";
import { getCookie, setCookie, deleteCookie } from "hono/cookie";

export interface DeskSessionOptions {
  readonly token: string | undefined;
  /** In lower case. */
  readonly proxyHeader: string | undefined;
  readonly now?: () => number;
}

export interface DeskSession {
  /** Whether somebody can sign in with a token. */
  readonly byToken: boolean;
  /** Who asks; undefined for nobody. */
  who(c: Context): string | undefined;
  /** Signs in whoever knows the token; false for anybody else. */
  signIn(c: Context, token: string, name: string): boolean;
  signOut(c: Context): void;
  /** What a form carries. */
  formToken(who: string): string;
  /** Whether a request is of a form that was shown to `who` by this page. */
  isOwn(c: Context, who: string, given: string): boolean;
}

const COOKIE = "desk";
const PATH = "/desk";
const SESSION_MS = 12 * 3_600_000;
const LONGEST_NAME = 60;

const same = (a: string, b: string): boolean => {
  const [one, other] = [Buffer.from(a), Buffer.from(b)];
  return one.length === other.length && timingSafeEqual(one, other);
};

export function createDeskSession({ token, proxyHeader, now = Date.now }: DeskSessionOptions): DeskSession {
  // Several processes sign alike where there is a token; without one a form is good for the process that showed it.
  const secret = token ?? randomBytes(32).toString("hex");
  const sign = (what: string): string => createHmac("sha256", secret).update(what).digest("base64url");

  function read(c: Context): string | undefined {
    const [expires = "", name = "", signature = ""] = (getCookie(c, COOKIE) ?? "").split(".");
    if (token === undefined || !same(signature, sign(`session ${expires}.${name}`))) return undefined;
    return Number(expires) > now() ? Buffer.from(name, "base64url").toString("utf8") : undefined;
  }

  return {
    byToken: token !== undefined,
    who(c) {
      const named = proxyHeader === undefined ? undefined : c.req.header(proxyHeader)?.trim();
      return named === undefined || named === "" ? read(c) : named.slice(0, LONGEST_NAME);
    },
    signIn(c, given, name) {
      if (token === undefined || !same(sign(`token ${given}`), sign(`token ${token}`))) return false;
      const expires = String(now() + SESSION_MS);
      const who = Buffer.from(name.trim().slice(0, LONGEST_NAME) || "an editor").toString("base64url");
      setCookie(c, COOKIE, `${expires}.${who}.${sign(`session ${expires}.${who}`)}`, {
        path: PATH,
        httpOnly: true,
        sameSite: "Strict",
        secure: new URL(c.req.url).protocol === "https:" || c.req.header("x-forwarded-proto") === "https",
        maxAge: SESSION_MS / 1_000,
      });
      return true;
    },
    signOut: (c) => void deleteCookie(c, COOKIE, { path: PATH }),
    formToken: (who) => sign(`form ${who}`),
    isOwn(c, who, given) {
      // Browsers say where a request comes from; what is no browser need not.
      const site = c.req.header("sec-fetch-site");
      if (site !== undefined && site !== "same-origin" && site !== "none") return false;
      return same(given, sign(`form ${who}`));
    },
  };
}
