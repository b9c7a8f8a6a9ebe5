/** Pure: the agenda of a post-mortem meeting as Markdown, to paste where the meeting is prepared. */
import type { Language } from '../../db/words.ts';
import { startOfDay } from '../domain/core/calendar.ts';
import type { MeetingPage } from '../domain/reports/meetings/read-meeting.ts';
import { escapeMarkdown } from '../domain/wording/templates/fill.ts';
import { date, dateTimeBoth } from '../i18n/time.ts';
import { wordsIn } from '../i18n/words.ts';
import { agendaOf } from './agenda.ts';

/**
 * The agenda in one language, times in the page's zone. The sections are Markdown of the report and stand as quotations, so
 * that no heading or list of theirs breaks out; every other value is escaped.
 */
export function agendaMarkdown(page: MeetingPage, language: Language): string {
  const { meeting, report, participants, names, settings } = page;
  const words = wordsIn[language].meetings;
  const terms = wordsIn[language].reports;
  const zone = settings.time_zone;
  const agenda = agendaOf(page, language);
  const line = (text: string): string => escapeMarkdown(text.replace(/\s+/g, ' ').trim(), true);
  const at = (moment: Date): string => dateTimeBoth(moment, zone, language);
  const when = meeting.heldAt ?? meeting.plannedFor;
  const lead = meeting.leadId === null ? null : (names.get(meeting.leadId) ?? null);
  const facts: [string, string][] = [
    [terms.document, words.reportVersion(report.number, meeting.reportVersion)],
    [words.time, when ? at(when) : words.notPlanned],
    [words.lead, lead ?? words.nobody],
    [words.participants, participants.map(({ name }) => name).join(', ') || words.noParticipants],
  ];
  const sections = agenda.sections.map(({ section, text }) =>
    [
      `## ${terms.section[section]}`,
      text ? quoted(text.text) : words.noText,
      `- [ ] ${words.agreed}\n- [ ] ${words.changed}`,
    ].join('\n\n'),
  );
  const items = agenda.items.map(({ action, owner, dueOn, state, isPublic }) => {
    const about = [
      owner ?? words.nobody,
      date(startOfDay(dueOn, zone), zone, language),
      terms.remediationState[state],
      ...(isPublic ? [words.public] : []),
    ];
    return `- ${line(action?.text ?? '')} (${about.map((one) => line(one)).join('; ')})`;
  });
  const questions = agenda.questions.map(({ section, text, by }) => {
    const where = section === null ? words.onReport : terms.section[section];
    return `- ${line(where)}: ${line(text)}${by === null ? '' : ` (${line(by)})`}`;
  });
  return `${[
    `# ${line(words.meetingOn(agenda.title?.text ?? ''))}`,
    facts.map(([name, value]) => `- ${line(name)}: ${line(value)}`).join('\n'),
    words.decide,
    ...sections,
    `## ${words.commitments}`,
    items.join('\n') || words.noItems,
    `## ${words.questions}`,
    questions.join('\n') || words.noQuestions,
  ].join('\n\n')}\n`;
}

// A lone carriage return ends a line of Markdown as well.
const quoted = (markdown: string): string =>
  markdown
    .trim()
    .split(/\r\n?|\n/)
    .map((text) => (text === '' ? '>' : `> ${text}`))
    .join('\n');
