import { changeProblem, linkIncident } from '../domain/reports/problems/change-problem.ts';
import { closeProblem } from '../domain/reports/problems/close-problem.ts';
import { openProblem } from '../domain/reports/problems/open-problem.ts';
import { adminPaths } from '../paths.ts';
import { withDone } from './done.ts';
import { formOf, formOn } from './form-action.ts';

export const problems = {
  open: formOf(openProblem, ({ id }) => withDone(adminPaths.problem(id), 'added')),
  change: formOn('problem', changeProblem, ({ id }) => withDone(adminPaths.problem(id), 'saved')),
  link: formOn('problem', linkIncident, ({ id }) => withDone(adminPaths.problem(id), 'added')),
  close: formOn('problem', closeProblem, ({ id }) => withDone(adminPaths.problem(id), 'saved')),
};
