import type { Phase } from '../../../../db/words.ts';
import type { FieldRefusal } from '../../core/errors.ts';
import { isBefore } from '../../core/minute.ts';
import { instantOf } from '../../wording/templates/slot-types.ts';
import type { PostUpdateInput } from '../incident-input.ts';
import { isAnnounced, isRunningMaintenance } from '../phase.ts';
import type { Situation } from '../updates/situation.ts';

/** When a maintenance is, and how it was announced; of an incident only `startedAt` says something. */
export interface MaintenanceWindow {
  startedAt: Date;
  scheduledFor: Date | null;
  scheduledUntil: Date | null;
  /** Announced at shorter notice than the settings ask for. */
  isEmergency: boolean;
  /** Starts and completes itself. */
  isAutomatic: boolean;
}

export const windowOf = (incident: MaintenanceWindow): MaintenanceWindow => ({
  startedAt: incident.startedAt,
  scheduledFor: incident.scheduledFor,
  scheduledUntil: incident.scheduledUntil,
  isEmergency: incident.isEmergency,
  isAutomatic: incident.isAutomatic,
});

interface Posting {
  situation: Situation;
  phase: Phase | null;
  input: PostUpdateInput;
  when: { displayAt: Date; publishedAt: Date };
  /** `maintenance_notice_hours` of the settings. */
  noticeHours: number;
}

/** What an update makes of the window, and what of it cannot be (R-020, U-19). Pure; all times UTC. */
export function windowAfter(posting: Posting): { window: MaintenanceWindow; refusals: FieldRefusal[] } {
  const { situation, input, when } = posting;
  if (situation.kind === 'incident') {
    const { startedAt, refusals } = startOfIncident(posting);
    const window = { startedAt, scheduledFor: null, scheduledUntil: null };
    return {
      window: { ...window, isEmergency: false, isAutomatic: false },
      refusals: [...refusals, ...foreign(input)],
    };
  }
  const isFirst = !situation.latest && !situation.next;
  const scheduledFor = input.scheduledFor ? new Date(input.scheduledFor) : situation.scheduledFor;
  const isMoved = !isFirst && scheduledFor?.getTime() !== situation.scheduledFor?.getTime();
  const newEnd = input.occasion === 'extended' ? instantOf(input.slots?.new_end) : null;
  const scheduledUntil = input.scheduledUntil
    ? new Date(input.scheduledUntil)
    : (newEnd ?? situation.scheduledUntil);
  const isDecided = isFirst || isMoved;
  const window = {
    startedAt: startAfter(posting, isFirst, isMoved ? scheduledFor : null),
    scheduledFor,
    scheduledUntil,
    isEmergency: isDecided
      ? isShortNotice(scheduledFor, when.publishedAt, posting.noticeHours)
      : (situation.isEmergency ?? false),
    isAutomatic: input.isAutomatic ?? situation.isAutomatic ?? false,
  };
  return { window, refusals: windowRefusals(posting, window, isDecided) };
}

/** An incident began with its earliest update at the latest; with the first one its start may be put right. */
function startOfIncident({ situation, input, when }: Posting) {
  const { startedAt } = situation;
  const refusals: FieldRefusal[] = [];
  if (input.startedAt) {
    const given = new Date(input.startedAt);
    if (situation.latest || situation.next) refusals.push({ path: 'startedAt', key: 'start_elsewhere' });
    else if (given > when.publishedAt) refusals.push({ path: 'startedAt', key: 'in_future' });
    else return { startedAt: given, refusals };
  }
  const isBackdated = isBefore(when.displayAt, startedAt) && !input.endedAt;
  return { startedAt: isBackdated ? when.displayAt : startedAt, refusals };
}

/**
 * Announced later than the notice period before the start. No notice period, no emergency work. Pure. Decided at the
 * announcement and at each move; the mark stays.
 */
export function isShortNotice(start: Date | null, announcedAt: Date, noticeHours: number): boolean {
  if (start === null || noticeHours === 0) return false;
  return start.getTime() - announcedAt.getTime() < noticeHours * 3_600_000;
}

/** It starts when somebody says so, however it was planned; until then its start is the planned one. */
function startAfter({ situation, phase, when }: Posting, isFirst: boolean, moved: Date | null): Date {
  const isRunning = phase !== null && isRunningMaintenance(phase);
  if (isFirst && isRunning && when.displayAt < situation.startedAt) return when.displayAt;
  if (isAnnounced(situation.latest?.phase) && isRunning) return when.displayAt;
  return isAnnounced(phase) && moved ? moved : situation.startedAt;
}

function windowRefusals(
  { situation, phase, input, when }: Posting,
  { scheduledFor, scheduledUntil }: MaintenanceWindow,
  isDecided: boolean,
): FieldRefusal[] {
  const isMoved = isDecided && situation.latest !== null;
  if (isMoved && !isAnnounced(situation.latest?.phase)) return [{ path: 'scheduledFor', key: 'has_started' }];
  const refusals: FieldRefusal[] = [];
  if (isDecided && isAnnounced(phase) && scheduledFor && scheduledFor <= when.publishedAt)
    refusals.push({ path: 'scheduledFor', key: 'start_in_past' });
  const path = input.scheduledUntil || isMoved ? 'scheduledUntil' : 'slots.new_end';
  const isEndMoved = scheduledUntil?.getTime() !== situation.scheduledUntil?.getTime();
  const isExtended = input.occasion === 'extended';
  if (!scheduledUntil || (!isEndMoved && !isMoved && !isExtended)) return refusals;
  if (scheduledFor && scheduledUntil <= scheduledFor) refusals.push({ path, key: 'end_before_start' });
  else if (scheduledUntil <= when.displayAt) refusals.push({ path, key: 'in_past' });
  else if (isExtended && situation.scheduledUntil && scheduledUntil <= situation.scheduledUntil)
    refusals.push({ path, key: 'end_not_later' });
  return refusals;
}

/** What only a maintenance has. */
const foreign = (input: PostUpdateInput): FieldRefusal[] =>
  (['scheduledFor', 'scheduledUntil', 'isAutomatic'] as const)
    .filter((name) => input[name])
    .map((path) => ({ path, key: 'kind_mismatch' }));
