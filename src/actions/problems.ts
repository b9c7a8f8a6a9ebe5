import { changeProblem, linkIncident } from '../domain/problems/change-problem.ts';
import { closeProblem } from '../domain/problems/close-problem.ts';
import { openProblem } from '../domain/problems/open-problem.ts';
import { adminPaths } from '../paths.ts';
import { withDone } from './done.ts';
import { formAction } from './form-action.ts';

const open = formAction(async ({ context, input }) => {
  const { id } = await openProblem(context, input);
  return withDone(adminPaths.problem(id), 'added');
});

const change = formAction(async ({ context, input: { problem, ...input } }) => {
  const { id } = await changeProblem(context, String(problem ?? ''), input);
  return withDone(adminPaths.problem(id), 'saved');
});

const link = formAction(async ({ context, input: { problem, ...input } }) => {
  const { id } = await linkIncident(context, String(problem ?? ''), input);
  return withDone(adminPaths.problem(id), 'added');
});

const close = formAction(async ({ context, input: { problem, ...input } }) => {
  const { id } = await closeProblem(context, String(problem ?? ''), input);
  return withDone(adminPaths.problem(id), 'saved');
});

export const problems = { open, change, link, close };
