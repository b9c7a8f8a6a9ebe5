import type { Language } from '../../db/words.ts';
import type { SetupTask } from '../domain/instance/setup/read-setup-tasks.ts';

/** Words of a page that nobody has set up yet, and of what its first people still have to do. */
const en = {
  beingSetUp: 'This page is being set up.',
  beingSetUpHint: 'It does not know anything about the services yet. Please come back later.',
  toDo: 'Still to do',
  tasks: {
    contacts: 'Say how customers reach support and security',
    components: 'Name the components that can fail',
    templates: 'Read the prepared texts and approve them',
    second_person: 'Add a second person, so that somebody else can approve and publish',
  } satisfies Record<SetupTask, string>,
};

const de: typeof en = {
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

export const setupWords: Record<Language, typeof en> = { en, de };
