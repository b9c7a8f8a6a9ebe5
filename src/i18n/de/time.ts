import type { time as en } from '../en/time.ts';

export const time: typeof en = {
  locale: 'de-DE',
  zoneLocales: ['de-DE', 'de-AT', 'en-GB', 'en-US', 'en-AU', 'en-IN'],
  day: 'Tg.',
  hour: 'Std.',
  minute: 'Min.',
  underAMinute: 'weniger als 1 Min.',
};
