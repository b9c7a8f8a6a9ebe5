import { addGroup } from '../domain/groups/add-group.ts';
import { archiveGroup, restoreGroup } from '../domain/groups/archive-group.ts';
import { changeGroup } from '../domain/groups/change-group.ts';
import { adminPaths } from '../paths.ts';
import { withDone } from './done.ts';
import { formAction } from './form-action.ts';

const add = formAction(async ({ context, input }) => {
  const { id } = await addGroup(context, input);
  return withDone(adminPaths.catalogue, 'added', id);
});

const change = formAction(async ({ context, input: { group, ...input } }) => {
  const { id } = await changeGroup(context, String(group ?? ''), input);
  return withDone(adminPaths.catalogue, 'saved', id);
});

const archive = formAction(async ({ context, input: { group, ...input } }) => {
  await archiveGroup(context, String(group ?? ''), input);
  return withDone(adminPaths.catalogue, 'archived');
});

const restore = formAction(async ({ context, input: { group, ...input } }) => {
  const { id } = await restoreGroup(context, String(group ?? ''), input);
  return withDone(adminPaths.catalogue, 'restored', id);
});

export const groups = { add, change, archive, restore };
