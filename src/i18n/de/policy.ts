import type { policy as en } from '../en/policy.ts';

export const policy: typeof en = {
  title: 'So halten wir Sie auf dem Laufenden',
  intro:
    'Das sind unsere Regeln für Störungen und Wartungen: was Sie von uns erwarten können und wie Sie helfen können.',
  policy: 'Regeln',
  link: 'Wie wir informieren',
  revision: (revision) => `Fassung ${revision}`,
  asOf: (day) => `Stand ${day}`,
  approved: (day) => `Vom Management am ${day} genehmigt.`,
  notApproved:
    'Hier noch nicht genehmigt. Die Fassung gilt bereits; das Management muss sie noch genehmigen.',
  asJson: 'Diese Regeln als JSON',
  approve: 'Diese Fassung genehmigen',
  approvedBy: (name, day) => `Von ${name} am ${day} genehmigt.`,
  approveHint:
    'Sie genehmigen den Text und die Zahlen dieser Seite in jeder Sprache. Ändert sich davon etwas, sagt die Seite das bis zur nächsten Genehmigung.',
  onlyManagers: 'Das Management genehmigt sie.',
  toSettings: 'Zahlen ändern',
  onPublicPage: 'Auf der öffentlichen Seite',
  textIn: (inLanguage) => `Der Text ${inLanguage}`,
};
