import { z } from 'zod';
import { version } from '../../core/fields.ts';
import { instant, requiredLine } from '../../core/parse.ts';
import { reason } from '../../core/reason.ts';
import { readerIds } from '../restricted/restricted-input.ts';

/** Words of the teams, each once. */
const labels = () =>
  z
    .array(requiredLine(50))
    .max(20)
    .refine((all) => new Set(all.map((label) => label.toLowerCase())).size === all.length, {
      error: 'repeated',
    });

export const recordIncidentInput = z
  .strictObject({
    category: requiredLine(100),
    /** What the team calls it; never public. */
    internalTitle: requiredLine(),
    startedAt: instant().optional(),
    affectsCustomers: z.boolean().optional(),
    impact: z.enum(['none', 'minor', 'major', 'critical']).optional(),
    isRestricted: z.boolean().optional(),
    readers: readerIds().optional(),
    labels: labels().optional(),
  })
  .meta({ id: 'LogIncident' });

export const giveReasonInput = z
  .strictObject({ reason: reason(500), version: version() })
  .meta({ id: 'GiveReason' });

export const setAffectsCustomersInput = z
  .strictObject({ affectsCustomers: z.boolean(), version: version() })
  .meta({ id: 'SetAffectsCustomers' });

export const labelIncidentInput = z
  .strictObject({
    /** All of them; one that is not in the list is removed. */
    labels: labels(),
    version: version(),
  })
  .meta({ id: 'LabelIncident' });
