// Short forms of longer words, for buttons and menus.

/** At most `limit` characters, cut at a word and marked; only for labels whose whole text stands elsewhere. */
export function label(text: string, limit: number): string {
  if (text.length <= limit) return text;
  let cut = "";
  for (const character of text) {
    if (cut.length + character.length >= limit) break;
    cut += character;
  }
  const space = cut.lastIndexOf(" ");
  return `${(space > limit / 2 ? cut.slice(0, space) : cut).trimEnd()}…`;
}
