const made = new Map<string, Intl.DateTimeFormat>();

/** A format for these options, made once: each holds much memory outside of the heap and takes long to make. Languages, zones and options are few. */
export function dateFormat(locale: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = `${locale} ${JSON.stringify(options)}`;
  const known = made.get(key);
  if (known) return known;
  const format = new Intl.DateTimeFormat(locale, options);
  made.set(key, format);
  return format;
}
