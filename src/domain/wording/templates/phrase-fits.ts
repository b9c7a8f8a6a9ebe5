import type { Occasion, Phase } from '../../../../db/words.ts';

/** Shipped phrases that say less or more than is known in a phase; what is not named here, and every own phrase, fits all. */
const repairing = [
  'working_on_fix',
  'rolling_back_change',
  'installing_fix',
  'restarting_systems',
  'redirecting_traffic',
  'switching_to_standby',
  'replacing_hardware',
  'restoring_from_replica',
  'working_with_supplier',
];

const unfitActions: Partial<Record<Phase, readonly string[]>> = {
  investigating: ['checking_repair'],
  identified: ['looking_for_cause', 'checking_repair'],
  monitoring: ['looking_for_cause', ...repairing],
};

const unfitReasons: Partial<Record<Occasion, readonly string[]>> = {
  extended: ['not_ready', 'disruption_first', 'not_needed'],
  cancelled: ['longer_than_planned'],
};

/** Whether a prepared phrase agrees with what the rest of the update says. */
export function phraseFits(
  { slot, key }: { slot: string; key: string },
  { occasion, phase }: { occasion: Occasion; phase: Phase | null },
): boolean {
  if (slot === 'action') return phase === null || !unfitActions[phase]?.includes(key);
  if (slot === 'reason') return !unfitReasons[occasion]?.includes(key);
  // The prepared ones explain a disruption, not planned work.
  return slot !== 'explanation' || occasion === 'resolved' || !disruptions.includes(key);
}

const disruptions = [
  'took_back_change',
  'put_setting_right',
  'replaced_failed_system',
  'added_capacity',
  'network_path_back',
  'connected_service_back',
];
