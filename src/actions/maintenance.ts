import { switchAutomatic } from '../domain/maintenance/switch-automatic.ts';
import { adminPaths } from '../paths.ts';
import { formAction } from './form-action.ts';

const automatic = formAction(async ({ context, input: { incident, ...input } }) => {
  const { id } = await switchAutomatic(context, String(incident ?? ''), input);
  return adminPaths.incident(id);
});

export const maintenance = { automatic };
