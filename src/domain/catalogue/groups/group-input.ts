import { z } from 'zod';
import { reference, slug, version } from '../../core/fields.ts';
import { requiredLine } from '../../core/parse.ts';

const name = requiredLine(80);
const ownerId = reference().nullable().optional();

export const addGroupInput = z
  .strictObject({ name, slug: slug().optional(), ownerId })
  .meta({ id: 'AddGroup' });

export const changeGroupInput = z
  .strictObject({ name: name.optional(), ownerId, version: version() })
  .meta({ id: 'ChangeGroup' });
