import { approveTemplates } from '../domain/templates/approve-templates.ts';
import { adminPaths } from '../paths.ts';
import { withDone } from './done.ts';
import { formAction } from './form-action.ts';
import { idsIn } from './new-order.ts';

const approve = formAction(async ({ context, input }) => {
  await approveTemplates(context, { ids: idsIn(input) });
  return withDone(adminPaths.templates, 'approved');
});

export const templates = { approve };
