import type { Settings } from '../../domain/core/settings/settings.ts';
import { type PolicySection, span } from '../policy-section.ts';

const time = (minutes: number): string =>
  span(minutes, { minute: ['minute', 'minutes'], hour: ['hour', 'hours'], day: ['day', 'days'] });

/** The sections of the policy with the figures as they stand now. */
export function policyText(settings: Settings): PolicySection[] {
  const within = (minutes: number): string => `within ${time(minutes)}`;
  const hold = settings.hold_seconds;
  const notice = settings.maintenance_notice_hours;
  return [
    {
      id: 'priorities',
      heading: 'What priorities mean',
      text: [
        'We judge every incident by its effect on customers. The priority decides how fast and how often we act and write.',
      ],
      terms: [
        [
          'P0',
          'Critical. Our application or API cannot be reached, or access is badly disturbed worldwide or in a major region; a main data centre is lost or seriously disturbed; a main network loses much of its traffic; a critical system does not work as it should.',
        ],
        [
          'P1',
          'High. The whole service is disturbed on and off, or more and more; an important function such as reporting is lost; an interface to a partner fails; a large customer or partner cannot work; customer data is damaged or lost; the service cannot be reached from outside sites.',
        ],
        [
          'P2',
          'Medium. The service is slow at times or in places; a fault of our systems that nobody notices yet; an outage at a single customer.',
        ],
        ['P3', 'Low. A question of operation or procedure, or a service request, with little or no effect.'],
      ],
    },
    {
      id: 'cadence',
      heading: 'How often we write',
      text: [
        'Every update says when the next one comes. If it does not come in time, this page says so by itself, and for how long.',
        'While we monitor a repair, these times double. During maintenance we write again by its planned end.',
      ],
      terms: [
        ['P0', within(settings.promise_minutes_p0)],
        ['P1', within(settings.promise_minutes_p1)],
        ['P2', within(settings.promise_minutes_p2)],
        ['P3', 'when there is news'],
        ['Not judged yet', within(settings.promise_minutes_not_reviewed)],
      ],
    },
    {
      id: 'updates',
      heading: 'What an update contains',
      text: [],
      list: [
        'what does not work, and for whom',
        'what you can do until it works again',
        'what we are doing',
        'when the next update comes',
        'at the end: what it was and how we repaired it',
      ],
    },
    {
      id: 'corrections',
      heading: 'Corrections',
      text: [
        hold > 0
          ? `Each update from our desk waits ${hold} ${hold === 1 ? 'second' : 'seconds'} before it is public; until then we can take it back.`
          : 'Each update is public at once.',
        'What is public stays. We correct mistakes in place, with the time of the correction, and the earlier wording stays readable.',
      ],
    },
    {
      id: 'maintenance',
      heading: 'Planned maintenance',
      text: [
        notice > 0
          ? `We announce maintenance at least ${time(notice * 60)} before it starts. Work at shorter notice is marked as emergency maintenance.`
          : 'We announce maintenance before it starts.',
        'Maintenance does not count against availability.',
      ],
    },
    {
      id: 'reports',
      heading: 'What a report contains',
      text: [
        'After a P0 we publish a report, and after a P1 unless management decides, with its reason, that none is needed. It is read and approved by management before.',
      ],
      list: [
        'what happened, when, and what it meant for customers',
        'how we found and repaired it',
        'the cause, and what contributed to it',
        'what we change so that it does not happen again, and by when',
      ],
    },
    {
      id: 'customers',
      heading: 'What you do as a customer',
      text: [],
      list: [
        'Report what you notice and do not find here: what, since when, and how many people it affects.',
        'Follow the advice in the updates until the service works again.',
        'Confirm the fix: tell us whether it works for you again. We close what you reported only then.',
      ],
    },
    {
      id: 'suppliers',
      heading: 'What you do as a supplier',
      text: [],
      list: [
        'Answer our escalations, at any hour that we agreed on.',
        'Deliver the cause of an incident in your area, and what you change.',
        'Name the items that are still open, and by when you close them.',
      ],
    },
  ];
}
