// A source by name, as it is told everywhere.

/** Title, author and publisher, as far as the source has them. */
export const sourceName = ({
  title,
  author,
  publisher,
}: {
  title: string;
  author?: string | undefined;
  publisher?: string | undefined;
}): string => [title, author, publisher === author ? undefined : publisher].filter(Boolean).join(", ");
