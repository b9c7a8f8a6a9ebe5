const zones = Intl.supportedValuesOf('timeZone');

/** Every time zone for a select, UTC first; `present` is there even if this Node does not list it. */
export function zoneOptions(present: string): { value: string; label: string }[] {
  return [...new Set(['UTC', ...zones, present])].map((zone) => ({
    value: zone,
    label: zone.replaceAll('_', ' '),
  }));
}
