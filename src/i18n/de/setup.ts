import type { setup as en } from '../en/setup.ts';

export const setup: typeof en = {
  beingSetUp: 'Diese Seite wird eingerichtet.',
  beingSetUpHint: 'Sie weiß noch nichts über die Dienste. Bitte schauen Sie später wieder vorbei.',
  toDo: 'Noch zu tun',
  tasks: {
    contacts: 'Angeben, wie Kunden Support und Sicherheit erreichen',
    components: 'Die Komponenten benennen, die ausfallen können',
    templates: 'Die vorbereiteten Texte lesen und genehmigen',
    second_person: 'Eine zweite Person anlegen, damit noch jemand genehmigen und veröffentlichen kann',
  },
};
