/** Words of a page that nobody has set up yet, and of what its first people still have to do. */
import type { SetupTask } from '../../domain/desk/setup-tasks.ts';

export const setup = {
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
