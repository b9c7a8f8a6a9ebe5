import { z } from 'zod';
import { duties } from '../../../../db/words.ts';
import { instant, line, requiredLine } from '../../core/parse.ts';

const personId = () => requiredLine(50);

export const addShiftInput = z
  .strictObject({
    /** Without one it is the duty of CSUP. */
    duty: z.enum(duties).optional(),
    userId: personId(),
    startsAt: instant(),
    endsAt: instant(),
  })
  .meta({ id: 'AddShift' });

export const changeShiftInput = z
  .strictObject({
    userId: personId().optional(),
    startsAt: instant().optional(),
    endsAt: instant().optional(),
  })
  .meta({ id: 'ChangeShift' });

export const offerHandOverInput = z
  .strictObject({
    /** Who takes over. */
    toId: personId(),
    note: line(1_000).optional(),
  })
  .meta({ id: 'OfferHandOver' });
