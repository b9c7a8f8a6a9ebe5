import { z } from 'zod';
import { addGroup } from '../../domain/catalogue/groups/add-group.ts';
import { archiveGroup, restoreGroup } from '../../domain/catalogue/groups/archive-group.ts';
import { changeGroup } from '../../domain/catalogue/groups/change-group.ts';
import { listGroups } from '../../domain/catalogue/groups/list-groups.ts';
import { catalogueOperations } from './catalogue-operations.ts';
import { id, moment, version } from './values.ts';

const group = z
  .object({
    id,
    slug: z.string(),
    name: z.string(),
    ownerId: id.nullable(),
    ownerName: z.string().nullable(),
    hasOwner: z.boolean().describe('False when the owner is missing or disabled.'),
    archivedAt: moment.nullable(),
    version,
  })
  .meta({ id: 'Group' });

export const groupOperations = catalogueOperations({
  one: 'group',
  many: 'groups',
  shape: group,
  list: listGroups,
  add: addGroup,
  change: changeGroup,
  archive: archiveGroup,
  restore: restoreGroup,
});
