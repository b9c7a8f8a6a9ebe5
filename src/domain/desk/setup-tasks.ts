import type { Settings } from '../core/settings/settings.ts';
import type { DeskNumbers } from './read-numbers.ts';

/** What a page needs before its first incident, in the order in which one would do it. */
const setupTasks = ['contacts', 'components', 'templates', 'second_person'] as const;
export type SetupTask = (typeof setupTasks)[number];

/** What of it is still to do: nothing once contacts, a component, an approved text and a second person are there. Pure. */
export function setupTasksOf(
  { people, components, approvedTexts }: DeskNumbers,
  settings: Settings,
): SetupTask[] {
  const isDone: Record<SetupTask, boolean> = {
    contacts: settings.support_contact !== '' && settings.security_contact !== '',
    components: components > 0,
    templates: approvedTexts > 0,
    second_person: people > 1,
  };
  return setupTasks.filter((task) => !isDone[task]);
}
