import { createHash } from 'node:crypto';
import type {
  Audience,
  Language,
  Milestone,
  Priority,
  RemediationAim,
  ReportSection,
} from '../../../db/words.ts';
import { canonicalJson } from '../core/canonical-json.ts';

/** Everything of a report that management approves. How far an item has come is none of it: it goes on changing in public; instants as ISO 8601 in UTC, days as "2026-11-24". */
export interface ReportContent {
  priority: Priority;
  title: Partial<Record<Language, string>>;
  texts: Partial<Record<ReportSection, Partial<Record<Language, string>>>>;
  milestones: Partial<Record<Milestone, string>>;
  entries: { at: string; text: Partial<Record<Language, string>> }[];
  header: {
    owner: Partial<Record<Language, string>>;
    author: Partial<Record<Language, string>>;
    audience: Audience;
    /** The one that it is published with: what stands, raised to the audience by who approves. */
    classification: Audience;
    isPreliminary: boolean;
  };
  remediation: {
    id: string;
    action: Partial<Record<Language, string>>;
    aim: RemediationAim;
    owner: Partial<Record<Language, string>>;
    firstDueOn: string;
    dueOn: string;
    isPublic: boolean;
  }[];
  suppliers: {
    supplier: string;
    requestedAt: string;
    dueAt: string | null;
    receivedAt: string | null;
    outstanding: string;
  }[];
  change: Partial<Record<Language, string>>;
  /** Binds the whole plan, also what of it is internal, without saying it. */
  planDigest: string;
}

/** The bytes that a digest is over: keys sorted, nothing undefined, so that equal content has equal bytes. */
export const contentBytes = (content: ReportContent): string => canonicalJson(content);

/** What binds an approval to one exact content: SHA-256 over its bytes, as hexadecimal. */
export const digestOfContent = (bytes: string): string => createHash('sha256').update(bytes).digest('hex');
