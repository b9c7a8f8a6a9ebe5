import { z } from 'zod';
import { instant, line, requiredLine } from '../../core/parse.ts';
import { reason, reasonIfAny } from '../../core/reason.ts';

const version = z.number().int().min(1);

/** Ids of people who may see a restricted incident beside the security role. */
export const readerIds = () => z.array(line(50)).max(100);

export const restrictIncidentInput = z
  .strictObject({ readers: readerIds().optional(), version: version.optional() })
  .meta({ id: 'RestrictIncident' });

export const nameReadersInput = z
  .strictObject({
    /** All of them; who is not in the list may no longer see the incident. */
    readers: readerIds(),
    version: version.optional(),
  })
  .meta({ id: 'NameReaders' });

export const referIncidentInput = z
  .strictObject({
    /** The person or function that took over. */
    toWhom: requiredLine(200),
    /** When; now if it is not said. */
    at: instant().optional(),
    text: line(1_000).optional(),
  })
  .meta({ id: 'HandOverIncident' });

export const releaseIncidentInput = z
  .strictObject({
    /** The version whose texts were read: nothing becomes public that the releaser has not seen. */
    version,
    /** Why somebody releases without the role `csup`: customers are told by it. */
    standInReason: reasonIfAny(500).optional(),
  })
  .meta({ id: 'ReleaseIncident' });

export const withdrawUpdateInput = z
  .strictObject({
    reason: reason(500),
    /** Customers are not affected, so nothing of the incident will be public; only of its one text. */
    isMistake: z.boolean().optional(),
    version: version.optional(),
  })
  .meta({ id: 'WithdrawUpdate' });
