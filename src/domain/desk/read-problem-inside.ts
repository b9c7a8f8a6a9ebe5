import { oneOf } from '../../../db/one-of.ts';
import { listPlaces } from '../catalogue/components/list-places.ts';
import { listGroups } from '../catalogue/groups/list-groups.ts';
import { isAllowed } from '../core/authorize.ts';
import type { Context } from '../core/context.ts';
import { readTeamIncidents } from '../incidents/team-incident.ts';
import { listLinkable } from '../reports/problems/list-proposals.ts';
import { readProblem } from '../reports/problems/read-problem.ts';

/**
 * A problem with all that its page inside shows: its incidents as the team reads them, which others may be linked, and what
 * may be named in it. Not found for who may not see it. Fourteen queries.
 */
export async function readProblemInside(context: Context, id: string) {
  const page = await readProblem(context, id);
  const { problem } = page;
  const mayChange = isAllowed(context.actor, 'problems.change');
  const isOpen = problem.closedAt === null;
  const ids = page.incidents.map((incident) => incident.id);
  const { incidents } = context.store.tables;
  const told =
    mayChange && isOpen
      ? await listLinkable(context, problem, ids)
      : {
          named: await readTeamIncidents(context, oneOf(incidents.id, ids), ids.length),
          linkable: [],
          more: 0,
        };
  const places = await listPlaces(context);
  const groups = await listGroups(context);
  const place = places.find((category) => category.id === problem.categoryId);
  return {
    ...page,
    told: told.named,
    /** What may be linked, and how many older ones; nothing for who may not. */
    linkable: told.linkable,
    moreLinkable: told.more,
    mayChange,
    mayClose: isAllowed(context.actor, 'problems.close'),
    category: place?.name ?? null,
    /** By id, archived ones too, of what the reader may see. */
    componentNames: new Map(places.flatMap(({ components }) => components.map(({ id, name }) => [id, name]))),
    groupNames: new Map(groups.map(({ id, name }) => [id, name])),
    /** What may be named from now on. */
    components: place?.components.filter(({ archivedAt }) => archivedAt === null) ?? [],
    groups: groups.filter(({ archivedAt }) => archivedAt === null),
  };
}

export type ProblemInside = Awaited<ReturnType<typeof readProblemInside>>;
