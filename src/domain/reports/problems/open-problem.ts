import { oneOf } from '../../../../db/one-of.ts';
import { act } from '../../core/act.ts';
import { DomainError, invalid } from '../../core/errors.ts';
import { isUnreleased } from '../../core/visibility.ts';
import { findIncident } from '../../incidents/find-incident.ts';
import { requireComponent } from './change-problem.ts';
import { insertProblem, titleOfIncident } from './open-problem-of.ts';
import { openProblemInput } from './problem-input.ts';

/**
 * Opens a problem for incidents of any priority that belong to none yet, by hand or from a proposal. They
 * are of one category; a restricted one and a public one never share a problem. Its title is that of the newest.
 */
export const openProblem = act({
  permission: 'problems.change',
  input: openProblemInput,
  audits: ['problem.opened'],
  async work({ tx, context }, wanted): Promise<{ id: string }> {
    const ids = [...new Set(wanted.incidents)];
    const found = [];
    for (const [at, id] of ids.entries()) {
      const incident = await findIncident(tx, context, id).catch(() => {
        throw invalid(`incidents.${at}`, 'unknown_incident');
      });
      if (incident.kind !== 'incident') throw invalid(`incidents.${at}`, 'unknown_incident');
      found.push(incident);
    }
    const [first] = found.toSorted((a, b) => b.startedAt.getTime() - a.startedAt.getTime());
    if (!first) throw invalid('incidents', 'required');
    const { problemIncidents } = tx.tables;
    const links = await tx.db.select().from(problemIncidents).where(oneOf(problemIncidents.incidentId, ids));
    const linked = new Set(links.map(({ incidentId }) => incidentId));
    const taken = ids.findIndex((id) => linked.has(id));
    if (taken >= 0) throw invalid(`incidents.${taken}`, 'incident_linked');
    if (found.some(({ categoryId }) => categoryId !== first.categoryId))
      throw invalid('incidents', 'one_category');
    const isHidden = isUnreleased(first, context.now);
    if (found.some((incident) => isUnreleased(incident, context.now) !== isHidden))
      throw new DomainError('conflict', 'problem_restricted');
    if (wanted.component) await requireComponent(tx, first.categoryId, wanted.component);
    const title = wanted.title?.trim() || (await titleOfIncident(tx, first.id));
    return { id: await insertProblem(tx, context, { ...first, title, componentId: wanted.component }, ids) };
  },
});
