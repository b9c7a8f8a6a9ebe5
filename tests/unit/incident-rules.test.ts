import { describe, expect, test } from 'vitest';
import {
  type ComponentStatus,
  impacts,
  incidentPhases,
  type Occasion,
  occasions,
  type Phase,
  type Priority,
  phases,
  priorities,
} from '../../db/words.ts';
import { contrast, paperColours } from '../../src/domain/core/settings/contrast.ts';
import { defaultSettings } from '../../src/domain/core/settings/settings.ts';
import { derivedFrom, endOfTrouble } from '../../src/domain/incidents/derive-incident.ts';
import { suggestedImpact, worseImpact } from '../../src/domain/incidents/impact.ts';
import {
  isFinal,
  kindOfOccasion,
  kindOfPhase,
  mayFollow,
  newestFirst,
  phaseOfOccasion,
} from '../../src/domain/incidents/phase.ts';
import { promiseFrom, promiseMinutes } from '../../src/domain/incidents/promises/promise-minutes.ts';

const at = (minutes: number) => new Date(minutes * 60_000);

describe('phases', () => {
  const ofTrouble = incidentPhases.filter((phase) => phase !== 'resolved');
  /** What may come after each phase by its own occasion; a line per phase that is left. In trouble anything of an incident may. */
  const follows: Record<string, readonly Phase[]> = {
    nothing: [...ofTrouble, 'scheduled', 'in_progress', 'verifying'],
    ...Object.fromEntries(ofTrouble.map((phase) => [phase, incidentPhases])),
    resolved: ['investigating'],
    scheduled: ['scheduled', 'in_progress', 'cancelled'],
    in_progress: ['in_progress', 'verifying', 'completed'],
    verifying: ['in_progress', 'verifying', 'completed'],
    completed: [],
    cancelled: [],
  };
  test.each(Object.entries(follows))('after %s come %j', (from, expected) => {
    const present = phases.find((phase) => phase === from) ?? null;
    const kind = present && kindOfPhase(present);
    const found = phases.filter(
      (to) => (kind === null || kindOfPhase(to) === kind) && mayFollow(present, to, null),
    );
    expect(found).toEqual(expected);
  });

  test.each<[Occasion, readonly Phase[]]>([
    ['reopened', incidentPhases],
    ['extended', ['in_progress', 'verifying']],
    ['correction', phases],
    ['no_news', [...ofTrouble, 'scheduled', 'in_progress', 'verifying']],
  ])('%s may come after %j', (occasion, expected) => {
    const found = phases.filter((from) => {
      const to = phaseOfOccasion(occasion, from);
      const isOfKind = occasion !== 'extended' || kindOfPhase(from) === 'maintenance';
      const isIncident = occasion !== 'reopened' || kindOfPhase(from) === 'incident';
      return to !== null && isOfKind && isIncident && mayFollow(from, to, occasion);
    });
    expect(found).toEqual(expected);
  });

  test('a correction never changes the phase', () => {
    for (const from of phases) {
      for (const to of phases) expect(mayFollow(from, to, 'correction')).toBe(from === to);
    }
  });

  test('every occasion has its phase and its kind; three keep or take up the present phase', () => {
    expect(
      Object.fromEntries(occasions.map((occasion) => [occasion, phaseOfOccasion(occasion, 'monitoring')])),
    ).toEqual({
      investigating: 'investigating',
      identified: 'identified',
      no_news: 'monitoring',
      monitoring: 'monitoring',
      resolved: 'resolved',
      reopened: 'investigating',
      correction: 'monitoring',
      scheduled: 'scheduled',
      in_progress: 'in_progress',
      extended: 'in_progress',
      verifying: 'verifying',
      completed: 'completed',
      cancelled: 'cancelled',
    });
    expect(phaseOfOccasion('no_news', null)).toBeNull();
    expect(phases.filter(isFinal)).toEqual(['resolved', 'completed', 'cancelled']);
    expect(isFinal(null)).toBe(false);
    expect([kindOfOccasion('reopened'), kindOfOccasion('extended')]).toEqual(['incident', 'maintenance']);
  });
});

describe('what an incident derives from its updates', () => {
  const told = (id: string, phase: Phase, displayAt: number, publishedAt = displayAt) => ({
    id,
    phase,
    displayAt: at(displayAt),
    publishedAt: at(publishedAt),
  });

  test('the newest by display time, then id, says the phase, in whatever order they come', () => {
    const updates = [
      told('c', 'investigating', 1),
      told('a', 'monitoring', 5),
      told('b', 'identified', 5),
      told('d', 'investigating', 2, 9),
    ];
    expect(derivedFrom(updates)).toEqual({
      phase: 'identified',
      resolvedAt: null,
      openUntil: null,
      publishedAt: at(1),
    });
    expect(derivedFrom(updates.toReversed())).toEqual(derivedFrom(updates));
    expect([...updates].sort(newestFirst).map(({ id }) => id)).toEqual(['b', 'a', 'd', 'c']);
  });

  test('the end is that of the final run; it is surely over when the world knows', () => {
    const updates = [told('a', 'investigating', 1), told('b', 'resolved', 3, 8), told('c', 'resolved', 5, 6)];
    expect(derivedFrom(updates)).toEqual({
      phase: 'resolved',
      resolvedAt: at(3),
      openUntil: at(6),
      publishedAt: at(1),
    });
    expect(derivedFrom([...updates, told('d', 'investigating', 9)])).toMatchObject({
      resolvedAt: null,
      openUntil: null,
    });
    expect(derivedFrom([])).toEqual({ phase: null, resolvedAt: null, openUntil: null, publishedAt: null });
    expect(endOfTrouble([])).toBeNull();
    expect(
      endOfTrouble([told('x', 'resolved', 9), told('w', 'identified', 8), told('v', 'resolved', 2)]),
    ).toEqual(at(9));
  });
});

describe('R-063: minutes of the promise', () => {
  const incident = {
    kind: 'incident',
    phase: 'investigating',
    isReviewed: true,
    scheduledUntil: null,
  } as const;
  const expected: Record<Priority, [number | null, number | null]> = {
    P0: [15, 30],
    P1: [30, 60],
    P2: [60, 120],
    P3: [null, null],
  };
  test.each(priorities.map((priority) => [priority, ...expected[priority]] as const))(
    '%s: %s, while monitoring %s',
    (priority, normal, doubled) => {
      for (const phase of ['investigating', 'identified'] as const)
        expect(promiseMinutes({ ...incident, phase, priority }, defaultSettings)).toBe(normal);
      expect(promiseMinutes({ ...incident, phase: 'monitoring', priority }, defaultSettings)).toBe(doubled);
      for (const phase of ['resolved', 'scheduled', 'completed', 'cancelled'] as const) {
        expect(promiseMinutes({ ...incident, phase, priority }, defaultSettings)).toBeNull();
      }
      expect(promiseMinutes({ ...incident, isReviewed: false, priority }, defaultSettings)).toBe(30);
    },
  );

  test('a running maintenance promises its end while that is to come, then its minutes', () => {
    const maintenance = {
      kind: 'maintenance',
      phase: 'in_progress',
      isReviewed: false,
      priority: 'P3',
      scheduledUntil: at(100),
    } as const;
    expect(promiseFrom(maintenance, at(20), defaultSettings)).toEqual(at(100));
    expect(promiseFrom(maintenance, at(100), defaultSettings)).toEqual(at(130));
    expect(promiseFrom({ ...maintenance, phase: 'scheduled' }, at(20), defaultSettings)).toBeNull();
    expect(promiseFrom({ ...maintenance, isReviewed: true }, at(20), defaultSettings)).toBeNull();
    expect(promiseFrom({ ...maintenance, kind: 'incident' }, at(20), defaultSettings)).toEqual(at(50));
  });
});

describe('impact', () => {
  test.each<[ComponentStatus[], number, string]>([
    [[], 5, 'none'],
    [['operational', 'under_maintenance'], 5, 'none'],
    [['degraded_performance'], 5, 'minor'],
    [['partial_outage', 'partial_outage'], 2, 'minor'],
    [['major_outage', 'operational'], 5, 'major'],
    [['major_outage', 'major_outage', 'major_outage', 'major_outage'], 5, 'major'],
    [['major_outage', 'major_outage'], 2, 'critical'],
    [['major_outage'], 1, 'critical'],
  ])('%j of %d suggests %s', (statuses, count, impact) => {
    expect(suggestedImpact(statuses, count)).toBe(impact);
  });

  test('never falls', () => {
    const levels = impacts.filter((impact) => impact !== 'maintenance');
    for (const [i, a] of levels.entries()) {
      for (const [j, b] of levels.entries()) expect(worseImpact(a, b)).toBe(levels[Math.max(i, j)]);
    }
    expect(worseImpact('maintenance', 'maintenance')).toBe('maintenance');
  });
});

describe('contrast', () => {
  test.each([
    ['#000000', '#ffffff', 21],
    ['#ffffff', '#000000', 21],
    ['#777777', '#ffffff', 4.48],
    ['#767676', '#ffffff', 4.54],
    ['#ff0000', '#ffffff', 4],
    ['#0000FF', '#ffffff', 8.59],
    ['#123456', '#123456', 1],
  ])('of %s on %s is %d to 1', (a, b, ratio) => {
    expect(contrast(a, b)).toBeCloseTo(ratio, 2);
  });

  test('the shipped accents can be read on both papers', () => {
    expect(contrast(defaultSettings.accent_light, paperColours.light)).toBeGreaterThanOrEqual(4.5);
    expect(contrast(defaultSettings.accent_dark, paperColours.dark)).toBeGreaterThanOrEqual(4.5);
  });
});
