// Secrets at rest: AES-256-GCM (NIST SP 800-38D), each under a nonce of its own and bound to what it belongs to, so that one that is put
// in another's row opens nothing.
import { createCipheriv, createDecipheriv, createHash, randomBytes } from "node:crypto";

export interface Seal {
  /** `of`: what it belongs to. */
  seal(text: string, of: string): string;
  /** Throws {@link SealError} where no key opens it. */
  open(sealed: string, of: string): string;
  /** Whether the newest key sealed it. */
  isCurrent(sealed: string): boolean;
}

/** What is sealed cannot be opened: by no key that there is, or it was changed. */
export class SealError extends Error {
  readonly code = "SEAL";
}

const VERSION = "1";
const KEY_BYTES = 32;
/** Bytes of the nonce that GCM is made for. */
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/** 32 bytes from base64 or hex; undefined for anything else. */
export function readKey(text: string): Buffer | undefined {
  if (/^[0-9a-f]{64}$/i.test(text)) return Buffer.from(text, "hex");
  const bytes = /^[\w+/-]{43}=?$/.test(text) ? Buffer.from(text, "base64") : undefined;
  return bytes?.length === KEY_BYTES ? bytes : undefined;
}

/** Which key: no secret, and no key can be told from it. */
const nameOf = (key: Buffer): string =>
  createHash("sha256").update("standfirst").update(key).digest("hex").slice(0, 12);

/** What the secrets of a server or workspace are bound to. Never changes: what was sealed would open no more. */
export const sealedTo = ({ platform, place }: { readonly platform: string; readonly place: string }): string =>
  `${platform} ${place}`;

/** `keys`: 32 bytes each, at least one; the first seals, all open. */
export function createSeal(keys: readonly Buffer[]): Seal {
  const byName = new Map(keys.map((key) => [nameOf(key), key]));
  const [newest] = keys;
  if (!newest) throw new SealError("there is no key");
  const current = nameOf(newest);
  return {
    seal(text, of) {
      const nonce = randomBytes(NONCE_BYTES);
      const cipher = createCipheriv("aes-256-gcm", newest, nonce).setAAD(Buffer.from(of));
      const sealed = Buffer.concat([nonce, cipher.update(text, "utf8"), cipher.final()]);
      return [VERSION, current, Buffer.concat([sealed, cipher.getAuthTag()]).toString("base64url")].join(".");
    },
    open(sealed, of) {
      const [version, name = "", body = ""] = sealed.split(".");
      const key = byName.get(name);
      if (version !== VERSION || !key) throw new SealError("it was sealed with another key");
      const bytes = Buffer.from(body, "base64url");
      try {
        const decipher = createDecipheriv("aes-256-gcm", key, bytes.subarray(0, NONCE_BYTES), {
          authTagLength: TAG_BYTES,
        });
        decipher.setAAD(Buffer.from(of)).setAuthTag(bytes.subarray(-TAG_BYTES));
        return Buffer.concat([decipher.update(bytes.subarray(NONCE_BYTES, -TAG_BYTES)), decipher.final()]).toString(
          "utf8",
        );
      } catch (error) {
        throw new SealError("it was changed, or belongs to something else", { cause: error });
      }
    },
    isCurrent: (sealed) => sealed.split(".")[1] === current,
  };
}
