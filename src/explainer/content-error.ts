// What cannot be read at all.
/** A content folder or file that is not there or cannot be read. Its message is for the person who named it. */
export class ContentError extends Error {
  readonly code = "CONTENT";
}
