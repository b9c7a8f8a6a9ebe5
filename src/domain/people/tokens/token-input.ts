import { z } from 'zod';
import { idPattern } from '../../../../db/ids.ts';
import { requiredLine } from '../../core/parse.ts';
import { roleSet } from '../users/user-input.ts';

export const addTokenInput = z
  .strictObject({
    /** What it is for, so that its owner knows which one to revoke. */
    name: requiredLine(100),
    roles: roleSet(),
    /** Somebody else's token needs the permission to change users. */
    userId: z.string().regex(idPattern).optional(),
  })
  .meta({ id: 'AddToken' });
