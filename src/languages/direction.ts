// Which way a language is written.

/** Scripts that run from right to left (Unicode, UAX #9; CLDR's script metadata). */
const RIGHT_TO_LEFT = new Set("Adlm Arab Aran Hebr Mand Mend Nkoo Rohg Samr Syrc Thaa Yezi".split(" "));

/** By the script that its speakers use, or that the tag names: `ar`, `he`, `az-Arab`. */
export function directionOf(language: string): "ltr" | "rtl" {
  try {
    return RIGHT_TO_LEFT.has(new Intl.Locale(language).maximize().script ?? "") ? "rtl" : "ltr";
  } catch {
    return "ltr";
  }
}
