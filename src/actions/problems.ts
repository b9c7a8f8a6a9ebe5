import { changeProblem, linkIncident } from '../domain/problems/change-problem.ts';
import { closeProblem } from '../domain/problems/close-problem.ts';
import { openProblem } from '../domain/problems/open-problem.ts';
import { adminPaths } from '../paths.ts';
import { withDone } from './done.ts';
import { act, actOn } from './form-action.ts';

export const problems = {
  open: act(openProblem, ({ id }) => withDone(adminPaths.problem(id), 'added')),
  change: actOn('problem', changeProblem, ({ id }) => withDone(adminPaths.problem(id), 'saved')),
  link: actOn('problem', linkIncident, ({ id }) => withDone(adminPaths.problem(id), 'added')),
  close: actOn('problem', closeProblem, ({ id }) => withDone(adminPaths.problem(id), 'saved')),
};
