import { z } from 'zod';
import { inEachLanguage } from '../../../db/localised.ts';
import { eachLanguage } from '../../domain/core/fields.ts';
import { approvePolicy } from '../../domain/wording/policy/approve-policy.ts';
import { readPolicy } from '../../domain/wording/policy/read-policy.ts';
import { policySections } from '../../i18n/policy.ts';
import { type ApiContext, change, type Operation, operation } from './operation.ts';
import { moment } from './values.ts';

const section = z.object({
  id: z.string(),
  heading: z.string(),
  text: z.array(z.string()),
  terms: z.array(z.object({ term: z.string(), meaning: z.string() })),
  list: z.array(z.string()),
});

const policy = z
  .object({
    revision: z.int(),
    digest: z.string().describe('Of the words and figures; an approval names it.'),
    changedAt: moment,
    approvedAt: moment.nullable().describe('Null while this revision is not approved here.'),
    url: z.url(),
    promiseMinutes: z.object({
      P0: z.int(),
      P1: z.int(),
      P2: z.int(),
      P3: z.null(),
      notReviewed: z.int(),
    }),
    maintenanceNoticeHours: z.int(),
    sections: eachLanguage(z.array(section)),
  })
  .meta({ id: 'Policy' });

async function showPolicy(context: ApiContext) {
  const { settings, revision, digest, changedAt, approvedAt } = await readPolicy(context.store);
  const sections = inEachLanguage((language) =>
    policySections(language, settings).map(({ id, heading, text, terms = [], list = [] }) => ({
      id,
      heading,
      text,
      terms: terms.map(([term, meaning]) => ({ term, meaning })),
      list,
    })),
  );
  return {
    policy: {
      revision,
      digest,
      changedAt: changedAt,
      approvedAt: approvedAt,
      url: context.publicUrl + context.paths.policy(context.paths.root),
      promiseMinutes: {
        P0: settings.promise_minutes_p0,
        P1: settings.promise_minutes_p1,
        P2: settings.promise_minutes_p2,
        P3: null,
        notReviewed: settings.promise_minutes_not_reviewed,
      },
      maintenanceNoticeHours: settings.maintenance_notice_hours,
      sections,
    },
  };
}

const answer = z.object({ policy });

export const policyOperations: Operation[] = [
  operation('GET', '/policy', {
    id: 'readPolicy',
    summary: 'How customers are kept informed: what priorities mean, how often updates come, who does what.',
    answer,
    publicRead: {
      answer,
      run: async (context) => ({ body: await showPolicy(context), tags: ['policy'], validUntil: null }),
    },
    run: async (context) => ({ body: await showPolicy(context) }),
  }),
  change('POST', '/policy/approval', {
    id: 'approvePolicy',
    summary: 'Approves the policy with this digest; it is marked "not yet approved here" until then.',
    act: approvePolicy,
    answer,
    show: async (context) => ({ body: await showPolicy(context) }),
  }),
];
