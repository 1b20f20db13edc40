// A web address as it may be shown: without what lets its holder in.

/** Names of parts of a query that open something: tokens, keys, signatures. */
const SECRET =
  /(?:^|[-_.])(?:access|api|auth\w*|code|cred\w*|jwt|key|pass\w*|pwd|secret|session\w*|sid|sig\w*|ticket|tok\w*)(?:$|[-_.])|token|secret|signature|password|apikey/i;

export interface ShownAddress {
  readonly address: string;
  /** Whether anything was taken out. */
  readonly masked: boolean;
}

/** Takes the password, the fragment's and the query's secrets out of a web address; any other text is given back as it is. */
export function shownAddress(text: string): ShownAddress {
  if (!/^https?:\/\//i.test(text) || !URL.canParse(text)) return { address: text, masked: false };
  const url = new URL(text);
  let masked = url.username !== "" || url.password !== "";
  url.username = "";
  url.password = "";
  for (const name of [...url.searchParams.keys()])
    if (SECRET.test(name)) {
      url.searchParams.delete(name);
      masked = true;
    }
  if (/[=&]/.test(url.hash) && SECRET.test(url.hash)) {
    url.hash = "";
    masked = true;
  }
  return { address: masked ? url.href : text, masked };
}
