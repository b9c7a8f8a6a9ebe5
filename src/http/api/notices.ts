import { z } from 'zod';
import { noticeKinds } from '../../../db/words.ts';
import { anyLanguage } from '../../domain/core/fields.ts';
import { listNotices, listNoticesInput } from '../../domain/incidents/notices/list-notices.ts';
import { markNoticesSeen } from '../../domain/incidents/notices/mark-notices-seen.ts';
import { noticeSubjects } from '../../domain/incidents/notices/notice-kinds.ts';
import { asItIs, change, type Operation, operation } from './operation.ts';
import { id, moment, more } from './values.ts';

const notice = z
  .object({
    id,
    kind: z.enum(noticeKinds),
    incidentId: id,
    subject: z.enum(noticeSubjects),
    subjectId: id.describe('Of the page it leads to; a report is found by its incident.'),
    title: anyLanguage(z.string()),
    version: z.int().nullable().describe('Of the report that it is about, published or to be.'),
    createdAt: moment,
    seenAt: moment.nullable(),
  })
  .meta({ id: 'Notice' });

export const noticeOperations: Operation[] = [
  operation('GET', '/notices', {
    id: 'listNotices',
    summary: "What the token's user was told of, newest first.",
    input: listNoticesInput,
    answer: z.object({ notices: z.array(notice), more }),
    run: async (context, _params, input) => {
      const { notices, more } = await listNotices(context, input);
      return { body: { notices: notices.map(({ titles: title, ...shown }) => ({ ...shown, title })), more } };
    },
  }),
  change('POST', '/notices/seen', {
    id: 'markNoticesSeen',
    summary: 'Marks own notices as seen: those named, or all.',
    act: markNoticesSeen,
    answer: z.object({ seen: z.int() }),
    show: asItIs,
  }),
];
