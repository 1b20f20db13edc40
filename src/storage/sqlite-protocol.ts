// What the store's thread is asked, and what it answers.

/**
 * `read`: a statement that changes nothing and stands in no transaction; it never waits for a writer. `write`: one that stands
 * by itself. `within`: one of the transaction that was begun.
 */
export interface Asked {
  readonly id: number;
  readonly kind: "read" | "write" | "begin" | "within" | "commit" | "rollback" | "close";
  readonly text: string;
  readonly values: readonly unknown[];
}

export interface Answered {
  readonly id: number;
  readonly rows?: readonly unknown[];
  readonly changes?: bigint;
  readonly insertId?: bigint;
  readonly fault?: { readonly message: string; readonly code: string };
}
