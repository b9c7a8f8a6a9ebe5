import type { TemplateState } from '../domain/wording/templates/template-state.ts';

/** Shapes beside the words, so that no state is told by colour alone. */
export const stateMarks: Record<TemplateState, string> = {
  approved: '●',
  draft: '◐',
  stale: '◒',
  not_approved: '○',
  expired: '×',
  inherited: '↑',
  missing: '–',
};
