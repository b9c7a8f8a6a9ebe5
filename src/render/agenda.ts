/** Pure: what the agenda of a post-mortem meeting is made of: the report's sections, the plan, the open questions. */

import { type Language, type RemediationState, type ReportSection, reportSections } from '../../db/words.ts';
import { filled } from '../domain/core/localised.ts';
import { textIn } from '../domain/incidents/updates/timeline.ts';
import type { MeetingPage } from '../domain/reports/meetings/read-meeting.ts';

interface Said {
  text: string;
  language: Language;
  /** It is not in the reader's language. */
  isPending: boolean;
}

interface AgendaItem {
  id: string;
  action: Said | null;
  owner: string | null;
  /** "2026-11-30" */
  dueOn: string;
  state: RemediationState;
  isPublic: boolean;
}

export interface Agenda {
  title: Said | null;
  sections: { section: ReportSection; text: Said | null; html: Said | null }[];
  items: AgendaItem[];
  questions: { section: ReportSection | null; text: string; by: string | null }[];
}

type From = Pick<MeetingPage, 'content' | 'html' | 'items' | 'comments' | 'names'>;

/** The agenda in one language; what is only written in the other one is taken from there and marked as pending. */
export function agendaOf({ content, html, items, comments, names }: From, language: Language): Agenda {
  const nameOf = (id: string | null): string | null => (id === null ? null : (names.get(id) ?? null));
  return {
    title: textIn(content?.title ?? {}, language),
    sections: reportSections.map((section) => ({
      section,
      text: textIn(content?.texts[section] ?? {}, language),
      html: textIn(html[section] ?? {}, language),
    })),
    items: items.map((item) => ({
      id: item.id,
      action: textIn(filled(item.action), language),
      owner: nameOf(item.ownerId),
      dueOn: item.dueOn,
      state: item.state,
      isPublic: item.isPublic,
    })),
    questions: comments.map(({ section, text, createdBy }) => ({ section, text, by: nameOf(createdBy) })),
  };
}
