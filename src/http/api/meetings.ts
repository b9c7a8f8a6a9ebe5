import { z } from 'zod';
import { inEachLanguage } from '../../../db/localised.ts';
import { knowledgeSharings, reportSections } from '../../../db/words.ts';
import { anyLanguage, eachLanguage } from '../../domain/core/fields.ts';
import { listMeetings } from '../../domain/reports/meetings/list-meetings.ts';
import { planMeeting } from '../../domain/reports/meetings/plan-meeting.ts';
import { type MeetingPage, readMeeting } from '../../domain/reports/meetings/read-meeting.ts';
import { recordMeeting } from '../../domain/reports/meetings/record-meeting.ts';
import { agendaMarkdown } from '../../render/agenda-markdown.ts';
import { type ApiContext, change, type Operation, operation } from './operation.ts';
import { id, moment, more, version } from './values.ts';

const text = anyLanguage(z.string());

const meeting = z
  .object({
    id,
    report: id,
    reportVersion: z.int(),
    newerVersion: z.int().nullable().describe('A version that was published after the one it deals with.'),
    dueAt: moment,
    plannedFor: moment.nullable(),
    heldAt: moment.nullable(),
    lead: id.nullable(),
    participants: z.array(z.object({ user: id, attended: z.boolean() })),
    outcomes: z.partialRecord(z.enum(reportSections), z.enum(['agreed', 'changed'])),
    decisions: z.string(),
    sharing: z.array(z.enum(knowledgeSharings)),
    agenda: eachLanguage(z.string()).describe('Generated from the report, as Markdown.'),
    version,
  })
  .meta({ id: 'Meeting' });

const showMeeting = (page: MeetingPage) => ({
  ...page.meeting,
  report: page.meeting.reportId,
  newerVersion: page.newerVersion,
  lead: page.meeting.leadId,
  participants: page.participants.map((one) => ({ ...one, user: one.userId })),
  agenda: inEachLanguage((language) => agendaMarkdown(page, language)),
});

const answerMeeting = async (context: ApiContext, { id }: { id: string }) => ({
  body: { meeting: showMeeting(await readMeeting(context, id)) },
});

export const meetingOperations: Operation[] = [
  operation('GET', '/meetings', {
    id: 'listMeetings',
    summary: 'Post-mortem meetings; owed ones first.',
    answer: z.object({
      meetings: z.array(
        z.object({
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
      return { body: { meetings: meetings.map((row) => ({ ...row, report: row.reportId })), more } };
    },
  }),
  operation('GET', '/meetings/{id}', {
    id: 'readMeeting',
    summary: 'One meeting with its participants.',
    answer: z.object({ meeting }),
    run: answerMeeting,
  }),
  change('PATCH', '/meetings/{id}', {
    id: 'planMeeting',
    summary: 'Names lead, time and who is invited.',
    act: planMeeting,
    answer: z.object({ meeting }),
    show: answerMeeting,
  }),
  change('POST', '/meetings/{id}/record', {
    id: 'recordMeeting',
    summary: 'Records that it was held: who attended, agreed or changed by section, decisions, new actions.',
    act: recordMeeting,
    answer: z.object({ meeting }),
    show: answerMeeting,
  }),
];
