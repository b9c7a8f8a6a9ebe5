import { invalid } from '../domain/core/errors.ts';
import { nameReaders } from '../domain/incidents/restricted/name-readers.ts';
import { referIncident } from '../domain/incidents/restricted/refer-incident.ts';
import { releaseIncident } from '../domain/incidents/restricted/release-incident.ts';
import { restrictIncident } from '../domain/incidents/restricted/restrict-incident.ts';
import { withdrawUpdate } from '../domain/incidents/restricted/withdraw-update.ts';
import { adminPaths } from '../paths.ts';
import { formOn } from './form-action.ts';

const toIncident = ({ id }: { id: string }): string => adminPaths.incident(id);

export const restricted = {
  restrict: formOn('incident', restrictIncident, toIncident),
  readers: formOn('incident', nameReaders, toIncident),
  refer: formOn('incident', referIncident, toIncident),
  // The version is that of the texts on the page; the box says that they were read.
  release: formOn('incident', releaseIncident, toIncident, ({ confirmed, ...input }) => {
    if (confirmed !== true) throw invalid('confirmed', 'required');
    return input;
  }),
  withdraw: formOn('update', withdrawUpdate, toIncident),
};
