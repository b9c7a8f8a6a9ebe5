import { expect, test } from 'vitest';
import { withSoftHyphens } from '../../src/render/soft-hyphens.ts';

test.each([
  ['de', 'Programmierschnittstelle (API)', 'Programmier|schnitt|stelle (API)'],
  [
    'de',
    'Die Zahlungen und Partnerschnittstellen sind eingeschränkt.',
    'Die Zahlungen und Partner|schnitt|stellen sind einge|schränkt.',
  ],
  ['de', 'Benachrichtigungen', 'Benach|richtigungen'],
  ['de', 'Verwaltungsoberfläche', 'Verwaltungs|oberfläche'],
  ['de', 'Rechenzentrum', 'Rechen|zentrum'],
  ['de', 'Kurze Worte bleiben ganz', 'Kurze Worte bleiben ganz'],
  ['de', 'Meldestelle', 'Meldestelle'],
  ['en', 'Authentication', 'Authen|tication'],
  ['en', 'E-mail and notifications', 'E-mail and notifications'],
] as const)('%s: %s', (language, text, wanted) => {
  expect(withSoftHyphens(text, language).replaceAll('\u00AD', '|')).toBe(wanted);
});
