/** What we promise customers, in both languages: written by hand, with the figures of the settings. */

export const policy = {
  title: 'How we keep you informed',
  intro:
    'This is our policy for incidents and maintenance: what you can expect from us, and how you can help.',
  policy: 'Policy',
  link: 'How we inform you',
  revision: (revision: number) => `Revision ${revision}`,
  asOf: (day: string) => `as of ${day}`,
  approved: (day: string) => `Approved by management on ${day}.`,
  notApproved: 'Not yet approved here. It applies already; management still has to approve this revision.',
  asJson: 'This policy as JSON',
  approve: 'Approve this revision',
  approvedBy: (name: string, day: string) => `Approved by ${name} on ${day}.`,
  approveHint:
    'You approve the text and the figures on this page, in each language. If either changes, the page says so until it is approved again.',
  onlyManagers: 'Managers approve it.',
  toSettings: 'Change the figures',
  onPublicPage: 'On the public page',
  textIn: (inLanguage: string) => `The text ${inLanguage}`,
};
