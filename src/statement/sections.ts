/** The sections of a statement in page order; each is Markdown. Stands alone, for the worker that compares texts and reads nothing else. */
export const sections = ['known', 'unknown', 'circulating', 'advice', 'doing'] as const;
export type Section = (typeof sections)[number];
