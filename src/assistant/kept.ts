// A map that forgets what was used longest ago.

export interface Kept<T> {
  get(key: string): T | undefined;
  set(key: string, value: T): void;
  delete(key: string): void;
}

/** Holds at most `limit` values. */
export function createKept<T>(limit: number): Kept<T> {
  const values = new Map<string, T>();
  return {
    get(key) {
      const value = values.get(key);
      if (value !== undefined) {
        values.delete(key);
        values.set(key, value);
      }
      return value;
    },
    set(key, value) {
      values.delete(key);
      values.set(key, value);
      if (values.size > limit) {
        const oldest = values.keys().next();
        if (!oldest.done) values.delete(oldest.value);
      }
    },
    delete: (key) => void values.delete(key),
  };
}
