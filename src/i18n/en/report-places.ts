/** What a field of a report is called, for hints and lists that point at it. */

export const reportPlaces = {
  title: 'Title',
  change: 'What this version changes',
  priority: 'Priority of the incident',
  owner: 'Owner',
  ownerFunction: 'Owner, for readers',
  author: 'Author',
  authorFunction: 'Author, for readers',
  authorReason: 'Why this author',
  audience: 'Audience',
  analysisSource: 'Source of the analysis',
  isPreliminary: 'Preliminary',
  entry: (number: number) => `Timeline, public entry ${number}`,
  item: (number: number) => `Promise ${number}`,
  actions: 'Actions',
  milestone: (name: string) => `Milestones: ${name}`,
  report: 'Report',
};
