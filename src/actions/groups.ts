import { addGroup } from '../domain/catalogue/groups/add-group.ts';
import { archiveGroup, restoreGroup } from '../domain/catalogue/groups/archive-group.ts';
import { changeGroup } from '../domain/catalogue/groups/change-group.ts';
import { catalogueActions } from './catalogue-actions.ts';

export const groups = catalogueActions({
  one: 'group',
  add: addGroup,
  change: changeGroup,
  archive: archiveGroup,
  restore: restoreGroup,
});
