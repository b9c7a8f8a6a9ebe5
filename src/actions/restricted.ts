import { invalid } from '../domain/core/errors.ts';
import { handOverIncident } from '../domain/restricted/hand-over-incident.ts';
import { nameReaders } from '../domain/restricted/name-readers.ts';
import { releaseIncident } from '../domain/restricted/release-incident.ts';
import { restrictIncident } from '../domain/restricted/restrict-incident.ts';
import { withdrawUpdate } from '../domain/restricted/withdraw-update.ts';
import { adminPaths } from '../paths.ts';
import { formAction } from './form-action.ts';
import { withUnticked } from './unticked.ts';

const restrict = formAction(async ({ context, input: { incident, ...input } }) => {
  const { id } = await restrictIncident(context, String(incident ?? ''), input);
  return adminPaths.incident(id);
});

const readers = formAction(async ({ context, input: { incident, ...input } }) => {
  const { id } = await nameReaders(context, String(incident ?? ''), withUnticked(input));
  return adminPaths.incident(id);
});

const handOver = formAction(async ({ context, input: { incident, ...input } }) => {
  const { id } = await handOverIncident(context, String(incident ?? ''), input);
  return adminPaths.incident(id);
});

/** The version is that of the texts on the page; the box says that they were read. */
const release = formAction(async ({ context, input: { incident, confirmed, ...input } }) => {
  if (confirmed !== true) throw invalid('confirmed', 'required');
  const { unticked: _unticked, ...rest } = input;
  const { id } = await releaseIncident(context, String(incident ?? ''), rest);
  return adminPaths.incident(id);
});

const withdraw = formAction(async ({ context, input: { update, ...input } }) => {
  const { id } = await withdrawUpdate(context, String(update ?? ''), withUnticked(input));
  return adminPaths.incident(id);
});

export const restricted = { restrict, readers, handOver, release, withdraw };
