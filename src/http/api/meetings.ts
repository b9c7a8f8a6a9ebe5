import { z } from 'zod';
import { knowledgeSharings, reportSections } from '../../../db/words.ts';
import { anyLanguage } from '../../domain/core/fields.ts';
import { listMeetings } from '../../domain/meetings/list-meetings.ts';
import { planMeetingInput, recordMeetingInput } from '../../domain/meetings/meeting-input.ts';
import { planMeeting } from '../../domain/meetings/plan-meeting.ts';
import { type MeetingPage, readMeeting } from '../../domain/meetings/read-meeting.ts';
import { recordMeeting } from '../../domain/meetings/record-meeting.ts';
import { agendaMarkdown } from '../../render/agenda-markdown.ts';
import { type Answer, type ApiContext, type Operation, operation } from './operation.ts';
import { id, iso, isoOrNull, moment, more, version } from './values.ts';

const text = anyLanguage(z.string());

const meeting = z
  .strictObject({
    id,
    report: id,
    reportVersion: z.int(),
    newerVersion: z.int().nullable().describe('A version that was published after the one it deals with.'),
    dueAt: moment,
    plannedFor: moment.nullable(),
    heldAt: moment.nullable(),
    lead: id.nullable(),
    participants: z.array(z.strictObject({ user: id, attended: z.boolean() })),
    outcomes: z.partialRecord(z.enum(reportSections), z.enum(['agreed', 'changed'])),
    decisions: z.string(),
    sharing: z.array(z.enum(knowledgeSharings)),
    agenda: z
      .strictObject({ en: z.string(), de: z.string() })
      .describe('Generated from the report, as Markdown.'),
    version,
  })
  .meta({ id: 'Meeting' });

function showMeeting(page: MeetingPage): z.infer<typeof meeting> {
  const { meeting: row, participants, newerVersion } = page;
  return {
    id: row.id,
    report: row.reportId,
    reportVersion: row.reportVersion,
    newerVersion,
    dueAt: iso(row.dueAt),
    plannedFor: isoOrNull(row.plannedFor),
    heldAt: isoOrNull(row.heldAt),
    lead: row.leadId,
    participants: participants.map(({ userId, attended }) => ({ user: userId, attended })),
    outcomes: row.outcomes,
    decisions: row.decisions,
    sharing: row.sharing,
    agenda: { en: agendaMarkdown(page, 'en'), de: agendaMarkdown(page, 'de') },
    version: row.version,
  };
}

const answerMeeting = async (context: ApiContext, id: string): Promise<Answer> => ({
  body: { meeting: showMeeting(await readMeeting(context, id)) },
});

export const meetingOperations: Operation[] = [
  operation('GET', '/meetings', {
    id: 'listMeetings',
    summary: 'Post-mortem meetings; owed ones first.',
    answer: z.strictObject({
      meetings: z.array(
        z.strictObject({
          id,
          report: id,
          reportVersion: z.int(),
          title: text,
          dueAt: moment,
          plannedFor: moment.nullable(),
          heldAt: moment.nullable(),
          sharing: z.array(z.enum(knowledgeSharings)),
          isOverdue: z.boolean(),
        }),
      ),
      more,
    }),
    run: async (context) => {
      const { meetings, more } = await listMeetings(context);
      return {
        body: {
          meetings: meetings.map((line) => ({
            id: line.id,
            report: line.reportId,
            reportVersion: line.reportVersion,
            title: line.title,
            dueAt: iso(line.dueAt),
            plannedFor: isoOrNull(line.plannedFor),
            heldAt: isoOrNull(line.heldAt),
            sharing: line.sharing,
            isOverdue: line.isOverdue,
          })),
          more,
        },
      };
    },
  }),
  operation('GET', '/meetings/{id}', {
    id: 'readMeeting',
    summary: 'One meeting with its participants.',
    answer: z.strictObject({ meeting }),
    run: (context, params) => answerMeeting(context, params.id),
  }),
  operation('PATCH', '/meetings/{id}', {
    id: 'planMeeting',
    summary: 'Names lead, time and who is invited.',
    input: planMeetingInput,
    answer: z.strictObject({ meeting }),
    run: async (context, params, input) =>
      answerMeeting(context, (await planMeeting(context, params.id, input)).id),
  }),
  operation('POST', '/meetings/{id}/record', {
    id: 'recordMeeting',
    summary: 'Records that it was held: who attended, agreed or changed by section, decisions, new actions.',
    input: recordMeetingInput,
    answer: z.strictObject({ meeting }),
    run: async (context, params, input) =>
      answerMeeting(context, (await recordMeeting(context, params.id, input)).id),
  }),
];
