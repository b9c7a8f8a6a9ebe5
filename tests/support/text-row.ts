/** The English words of an update as they are stored, for tests that store many without the verbs. */
import { rendererVersion } from '../../src/domain/core/renderer-version.ts';

export const textRow = (update: { id: string; createdAt: Date }, title: string, body: string) => ({
  updateId: update.id,
  language: 'en' as const,
  revision: 1,
  title,
  body,
  bodyHtml: `<p>${body}</p>`,
  htmlVersion: rendererVersion,
  effect: '',
  workaround: '',
  notAffected: '',
  format: 'markdown' as const,
  note: '',
  createdAt: update.createdAt,
});
