/** Sentences as they are told to customers, in our own words, and secrets to plant in any text; the same on each run. */

import type { Spoken } from './in-words.ts';

/** The same numbers on each run. */
function dice(seed: number): <T>(of: readonly [T, ...T[]]) => T {
  let state = seed;
  return (of) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return of[Math.floor((state / 2 ** 32) * of.length)] ?? of[0];
  };
}

const things = {
  en: ['Webhooks', 'GitHub.com sign-ins', 'GPT-4 requests', 'Node.js 24 functions', 'S3-compatible buckets'],
  de: ['Webhooks', 'ASP.NET-Anwendungen', 'Anmeldungen über OAuth 2.0', 'IPv6-Verbindungen', 'S3-Speicher'],
};
const places = ['FRA-1', 'EU-2', 'EU-CENTRAL-1', 'DE-10115', 'us-east-1'];
const frames: Record<Spoken, string[]> = {
  en: [
    '{thing} in {place} answer slowly since 10:04 UTC.',
    '{thing} in {place} fail with HTTP-502; other regions work.',
    'We replaced Kubernetes 1.29.4 in {place}; {thing} are back.',
    'Between 10:04 and 11:32 UTC 12.5 % of {thing} in {place} failed.',
    'The update 3.1.0.2 for {place} was taken back, so {thing} work again.',
    'If {thing} still fail in {place}, see https://www.nordlicht.example/help.',
    'Please clear the cache (Ctrl+F5) and try {thing} in {place} once more.',
    'Some invoices of Q3-2026 are missing in {place}; {thing} are not affected.',
    'Write to support@nordlicht.example when {thing} in {place} stay slow.',
    'TLS-1.2 settings in {place} had expired, which stopped {thing}.',
    'On 24 December 2026, 2:00 to 4:00, {thing} in {place} pause for PostgreSQL 16.3.',
    '{thing} in {place} show UTF-8 texts wrongly; data are not lost.',
  ],
  de: [
    '{thing} in {place} antworten seit 10:04 Uhr langsam.',
    '{thing} in {place} brechen mit HTTP-504 ab, andere Regionen laufen.',
    'In {place} wurde Kubernetes 1.29.4 ersetzt, {thing} laufen wieder.',
    'Zwischen 10:04 und 11:32 Uhr schlugen in {place} 12,5 % fehl: {thing}.',
    'Das Update 3.1.0.2 in {place} wird zurückgezogen, damit {thing} wieder gehen.',
    'Hilfe zu {place} steht unter docs.nordlicht.example/start: {thing}.',
    'Schreiben Sie an hilfe@nordlicht.example, wenn {thing} in {place} fehlen.',
    'Rechnungen vom Typ B-12 werden in {place} doppelt gezeigt, nicht aber {thing}.',
    'Wir melden uns bis 15.30 Uhr wieder, z. B. zu {place} und {thing}.',
    'Ab Version 12.4.1 tritt der Fehler in {place} nicht mehr auf: {thing}.',
    'Am 24.12.2026 von 2:00 bis 4:00 Uhr pausieren {thing} in {place}.',
    'Die Ursache in {place} war eine abgelaufene TLS-1.2-Einstellung für {thing}.',
  ],
};

/** 300 sentences in each language. */
export const ordinarySentences = (language: Spoken): string[] =>
  frames[language].flatMap((frame) =>
    things[language].flatMap((thing) =>
      places.map((place) => frame.replace('{thing}', thing).replace('{place}', place)),
    ),
  );

/** What the settings and the labels of the incident know in these tests. */
export const knownInside = {
  publicNames: ['nordlicht.example'],
  redactionTerms: ['Muster Handels GmbH', 'Projekt Eisvogel'],
  labels: ['customer: Blauhafen', 'Kunde Sandmann & Sohn', 'network', 'api'],
};

/** One secret of a kind, made up from the dice. */
const kinds: readonly [
  (roll: ReturnType<typeof dice>) => string,
  ...((roll: ReturnType<typeof dice>) => string)[],
] = [
  (roll) =>
    `${roll(['db', 'web', 'kv-node', 'lb', 'cache'])}-0${roll([1, 2, 7])}.${roll(['int', 'prod', 'mgmt'])}.nordlicht.example`,
  (roll) =>
    `${roll(['mq', 'ldap', 'wiki', 'files'])}.${roll(['fra', 'vie', 'dc1'])}.${roll(['corp', 'local', 'internal', 'lan'])}`,
  (roll) => `https://${roll(['grafana', 'jira', 'kibana', 'vault'])}.nordlicht.example/d/abc`,
  (roll) => `${roll(['db', 'web', 'srv', 'vm', 'fw', 'esx'])}${roll(['-03', '01', '-prod-2', '-fra-12'])}`,
  (roll) => `${roll(['10.20', '192.168', '172.16'])}.${roll([7, 30, 201])}.${roll([4, 12, 250])}`,
  (roll) => `${roll(['203.0.113', '198.51.100', '52.28.7'])}.${roll([7, 41, 250])}`,
  (roll) => roll(['fe80::1ff:fe23:4567:890a', '2001:db8:12::7', 'fd00:1:2::a']),
  (roll) => `${roll(['OPS', 'INC', 'NETOPS', 'KASSE', 'LOGI', 'PD'])}-${roll([118, 2291, 4711, 88231])}`,
  (roll) => roll(['INC0012345', 'CHG0098765', 'RITM004711']),
  (roll) => roll(['Muster Handels GmbH', 'Blauhafen', 'Sandmann & Sohn', 'Projekt Eisvogel']),
  (roll) =>
    `${roll(['Falkner', 'Ostwind Reisen', 'Birken & Partner'])} ${roll(['GmbH', 'AG', 'GmbH & Co. KG', 'Ltd.'])}`,
  (roll) =>
    `${roll(['jonas.wiese', 'lena.berg', 'a.kowalski'])}@${roll(['nordlicht.example', 'nordlicht-intern.example', 'blauhafen.example'])}`,
  (roll) =>
    `${roll(['root', 'ops', 'deploy'])}@${roll(['bastion-2.int.nordlicht.example', 'corp.internal'])}`,
  (roll) =>
    roll([`AKIA${'IOSFODNN7EXAMPLE'}`, `ghp_${'a1B2c3D4e5F6g7H8i9J0'}`, `xoxb-${'123456789012-abcdef'}`]),
  (roll) => `${roll(['password', 'Passwort', 'token'])}: ${roll(['winter2026', 'hunter2', 'q7Zt-9931'])}`,
];

export interface Planted {
  text: string;
  secret: string;
}

/** `count` texts of `sources`, each with one secret between two of its words or at one of its ends. */
export function plantSecrets(sources: readonly string[], count: number, seed: number): Planted[] {
  const roll = dice(seed);
  return Array.from({ length: count }, (_, at) => {
    const make = kinds[at % kinds.length] ?? kinds[0];
    const secret = make(roll);
    const words = (sources[Math.floor((at * sources.length) / count)] ?? '').split(' ');
    const place = roll([0, Math.floor(words.length / 2), words.length]);
    const form = roll([secret, `(${secret})`, `„${secret}“`, `${secret},`]);
    return { secret, text: [...words.slice(0, place), form, ...words.slice(place)].join(' ') };
  });
}
