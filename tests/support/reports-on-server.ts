/** A published P0 report on a running server, with its problem, one promised action and the meeting it owes. */

import { classifyIncident } from '../../src/domain/incidents/classify-incident.ts';
import { openIncident } from '../../src/domain/incidents/open-incident.ts';
import { validatePriority } from '../../src/domain/incidents/validate-priority.ts';
import { classifyReport } from '../../src/domain/reports/classify-report.ts';
import { listMeetings } from '../../src/domain/reports/meetings/list-meetings.ts';
import { recordMilestones } from '../../src/domain/reports/milestones/record-milestones.ts';
import { addItem } from '../../src/domain/reports/remediation/add-item.ts';
import { publishReport } from '../../src/domain/reports/reviews/publish-report.ts';
import { submitReport } from '../../src/domain/reports/reviews/submit-report.ts';
import { saveReport } from '../../src/domain/reports/save-report.ts';
import { say } from './incidents.ts';
import { actingAs } from './inside.ts';
import { approve, complete, problemOf, promise, submitted } from './reports.ts';
import type { TestServer } from './server.ts';
import { minutesLater } from './world.ts';

/** It began three hours ago and was published an hour ago, so that its meeting may have been held since. */
export async function publishedOn(
  server: Pick<TestServer, 'context'>,
  people: Record<'csup' | 'engineer' | 'manager', Parameters<typeof actingAs>[1]>,
) {
  const start = { csup: actingAs(server, people.csup, -180), sre: actingAs(server, people.engineer, -180) };
  const later = (person: (typeof people)['csup']) => actingAs(server, person, -65);
  const { id: incident } = await openIncident(start.csup, {
    category: 'api',
    phase: 'investigating',
    texts: { en: { title: 'API calls fail', body: 'Calls fail; we are looking for the cause of it.' } },
    offDutyReason: 'Nobody else is there.',
  });
  await classifyIncident(start.sre, incident, { priority: 'P0', reason: 'Everything is down.' });
  await validatePriority(actingAs(server, people.manager, -180), incident);
  await say(minutesLater(start.csup, 60), incident, 'resolved', { offDutyReason: 'Nobody else is there.' });
  const at = (minutes: number): string => minutesLater(start.sre, minutes).now.toISOString();
  await recordMilestones(minutesLater(start.sre, 90), incident, {
    detected: at(2),
    diagnosed: at(24),
    recovered: at(60),
    verified: at(72),
  });
  const { id: report } = await saveReport(later(people.engineer), incident, complete(people.engineer.id));
  await classifyReport(later(people.manager), report, { classification: 'public', reason: 'It is a P0.' });
  const problem = await problemOf(later(people.engineer), incident);
  const item = await addItem(later(people.engineer), problem, promise(people.engineer.id));
  await submitReport(later(people.engineer), report);
  await approve(actingAs(server, people.manager, -62), report);
  const publishing = actingAs(server, people.csup, -60);
  const { slug } = await publishReport(publishing, report, {
    digest: await submitted(publishing, report),
    impact: 'keep',
  });
  const meeting = (await listMeetings(publishing)).meetings.find(({ reportId }) => reportId === report);
  return { incident, report, problem, item: item.id, slug, meeting: meeting?.id ?? '' };
}
