/** What only the team sees, for tests that look at every page: a restricted incident, one that is not public, a roster with a gap. */
import type { Role } from '../../db/words.ts';
import type { Context } from '../../src/domain/context.ts';
import { openIncident } from '../../src/domain/incidents/open-incident.ts';
import { decideReport } from '../../src/domain/reports/decide-report.ts';
import { handOverIncident } from '../../src/domain/restricted/hand-over-incident.ts';
import { addShift } from '../../src/domain/roster/add-shift.ts';
import { offerHandOver } from '../../src/domain/roster/offer-hand-over.ts';
import { giveReason } from '../../src/domain/unpublished/give-reason.ts';
import { logIncident } from '../../src/domain/unpublished/log-incident.ts';
import type { Person, Site } from './site.ts';

export interface Inside {
  restricted: string;
  logged: string;
  settled: string;
  shift: string;
  /** Whose report nobody has begun. */
  owed: string;
}

/** Makes them for `who`, who has every role. Nobody is on call at once, so that no composer asks anybody why he publishes. */
export async function insideOf(
  site: Site,
  language: 'en' | 'de',
  who: Person,
  roles: Role[],
): Promise<Inside> {
  const as = (person: Person, own: Role[]): Context => ({
    ...site.context(),
    actor: {
      kind: 'user',
      userId: person.id,
      credentialId: person.id,
      name: person.name,
      roles: new Set(own),
    },
  });
  const all = as(who, roles);
  const hours = (count: number): string => new Date(site.now().getTime() + count * 3_600_000).toISOString();
  const other = await site.person(language, 'csup');
  const { id: restricted } = await openIncident(all, {
    category: 'security',
    phase: 'investigating',
    texts: {
      en: {
        title: 'Somebody tried other people’s passwords',
        body: 'We see many attempts to sign in and have slowed them down.',
        workaround: 'Choose a new password',
      },
      de: {
        title: 'Jemand probierte fremde Passwörter',
        body: 'Wir sehen viele Anmeldeversuche und haben sie gebremst.',
        workaround: 'Wählen Sie ein neues Passwort',
      },
    },
    readers: [other.id],
  });
  await handOverIncident(all, restricted, { toWhom: 'Security on call', text: 'By telephone' });
  const { id: logged } = await logIncident(all, {
    category: 'api',
    internalTitle: language === 'de' ? 'Webhooks kommen doppelt an' : 'Webhooks arrive twice',
    startedAt: hours(-2),
    labels: ['queue', 'rack-7'],
  });
  const { id: settled } = await logIncident(all, { category: 'api', internalTitle: 'Nothing' });
  await giveReason(all, settled, { reason: language === 'de' ? 'Irrtümlich angelegt' : 'Opened in error' });
  const { id: shift } = await addShift(all, { userId: who.id, startsAt: hours(1), endsAt: hours(6) });
  await addShift(all, { userId: other.id, startsAt: hours(7), endsAt: hours(100) });
  await offerHandOver(as(other, ['csup']), {
    toId: who.id,
    note: language === 'de' ? 'Ruhige Nacht.' : 'A quiet night.',
  });
  const { id: owed } = await site.incident('Payments are confirmed late', 'identified');
  await decideReport(all, owed, { isRequired: true, reason: 'Payments were late.' });
  return { restricted, logged, settled, shift, owed };
}
