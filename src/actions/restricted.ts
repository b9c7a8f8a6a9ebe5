import { invalid } from '../domain/core/errors.ts';
import { nameReaders } from '../domain/restricted/name-readers.ts';
import { referIncident } from '../domain/restricted/refer-incident.ts';
import { releaseIncident } from '../domain/restricted/release-incident.ts';
import { restrictIncident } from '../domain/restricted/restrict-incident.ts';
import { withdrawUpdate } from '../domain/restricted/withdraw-update.ts';
import { adminPaths } from '../paths.ts';
import { actOn, formAction } from './form-action.ts';

/** The version is that of the texts on the page; the box says that they were read. */
const release = formAction(async ({ context, input: { incident, confirmed, ...input } }) => {
  if (confirmed !== true) throw invalid('confirmed', 'required');
  const { unticked: _unticked, ...rest } = input;
  const { id } = await releaseIncident(context, String(incident ?? ''), rest);
  return adminPaths.incident(id);
});

export const restricted = {
  restrict: actOn('incident', restrictIncident, ({ id }) => adminPaths.incident(id)),
  readers: actOn('incident', nameReaders, ({ id }) => adminPaths.incident(id)),
  refer: actOn('incident', referIncident, ({ id }) => adminPaths.incident(id)),
  release,
  withdraw: actOn('update', withdrawUpdate, ({ id }) => adminPaths.incident(id)),
};
