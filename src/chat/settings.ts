// Reading a face's settings from the environment.

export type Env = Readonly<Record<string, string | undefined>>;

export interface SettingsReader {
  /** A trimmed value; undefined where it is not set or empty. */
  readonly setting: (name: string) => string | undefined;
  /** Why a setting, or what is used of it, is no token or secret; undefined where it may be one, or is not set. */
  readonly secretProblem: (name: string, value?: string) => string | undefined;
  /** Why a setting is no web address; undefined where it is one, or not set. */
  readonly addressProblem: (name: string) => string | undefined;
}

export function readerOf(env: Env): SettingsReader {
  const setting = (name: string): string | undefined => {
    const value = env[name]?.trim();
    return value === "" ? undefined : value;
  };
  return {
    setting,
    // What is sent in a header is of these characters alone; a line break in it would hang a request, or forge one.
    secretProblem: (name, value = setting(name)) =>
      /^[\x21-\x7e]*$/.test(value ?? "")
        ? undefined
        : `${name} holds a space, a line break or a letter that no token has; copy it anew, in one line`,
    addressProblem(name) {
      const value = setting(name);
      const good = value === undefined || (/^https?:\/\//.test(value) && URL.canParse(value));
      return good ? undefined : `${name} is not a web address; it starts with https:// or http://`;
    },
  };
}
