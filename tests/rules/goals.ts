/**
 * What pages and screens are measured by, beside the rules: U of what a reader meets, G of what is counted. Code, tests and
 * documents name them by their numbers. Read by `references.test.ts`.
 */
export const goals: Readonly<Record<string, string>> = {
  'U-01':
    'The heading of a page is the answer in a sentence, repeated in its title, and seen on a phone without scrolling.',
  'U-03': 'The headline weighs what fails by its importance: a leaf alone never turns the page red.',
  'U-04':
    'Each open incident is a card: impact, what to do, newest update, next update, start, way to its page.',
  'U-06':
    'Ninety days are marks for the eye and a figure with a count for everybody, at most one tab stop a line.',
  'U-07':
    'Availability weighs: an outage counts whole, partial and degraded by settings (30 % and 0), maintenance not at all.',
  'U-08': 'Updates stand newest first, numbered, with their phase in words and an anchor each.',
  'U-09':
    'The history has an address for each month, its days in the zone that is named, and never scrolls on for ever.',
  'U-10':
    'The page of an incident has start, end, duration, components, updates, report and the way to its JSON.',
  'U-13': 'A time is told in the zone of the page and in UTC; a script adds the one of the reader.',
  'U-18':
    'English at the root, German under /de; what is not translated stands in the other language and says so.',
  'U-19':
    'A maintenance tells its window in both zones, what to expect, and whether it is planned, running, extended or over.',
  'U-21': 'A quiet page says so, with the time and the days it speaks of.',
  'U-22': 'Where nothing is found, the page tells how things stand all the same.',
  'G-01': 'The first public update takes at most two interactions from the desk, three with a changed slot.',
  'G-03': 'Everything at the desk is done by keyboard alone, and by a phone of 320 × 568 alone.',
  'G-05': 'A further update takes at most two interactions, a resolution four.',
  'G-06': 'What is undone while it is held leaves no public trace at all, and stays in the audit.',
  'G-07':
    'Home has at most 5,000 bytes compressed, 7,000 with three incidents; 20 components, 90 days, in one request.',
  'G-13':
    'The first incident is at most three tab stops away; the home page with 20 components has at most 40.',
  'G-14': 'Who listens hears answer, incident and next update within the first five announcements.',
  'G-15': 'Every time names its zone and is right across changes of clock, month and year.',
  'G-16': 'Feeds are valid, with one entry for each update and ids that never change.',
  'G-18': 'Texts are read easily: sentences of at most 20 words, no term unexplained.',
  'G-19': 'At least 95 % of promised updates come in time; the share is a figure.',
  'G-20': 'The time to the first public update is a figure: median and 95th percentile.',
  'G-24':
    'A manager approves a report on a phone: three ticks, one press, and what changed since the last look.',
};
