/** How times are written. */
export const time = {
  /** The locale of Intl for dates and numbers. */
  locale: 'en-GB',
  /** Abbreviations of zones live in several locales of Intl; the first that knows one wins. */
  zoneLocales: ['en-GB', 'en-US', 'en-AU', 'en-CA', 'en-IN', 'en-ZA', 'en-NZ'],
  day: 'd',
  hour: 'h',
  minute: 'min',
  underAMinute: 'under 1 min',
};
