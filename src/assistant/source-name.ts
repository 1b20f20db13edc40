// A source by name, as it is told everywhere.

/** Title and publisher, as far as the source has them. */
export const sourceName = ({ title, publisher }: { title: string; publisher?: string | undefined }): string =>
  [title, publisher].filter(Boolean).join(", ");
