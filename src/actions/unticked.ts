type Input = Record<string, unknown>;

/**
 * Browsers leave out boxes that are not ticked. A form says with `unticked.<path>` which boxes it has, "list" for several and
 * "flag" for one; this puts in what they mean without a tick.
 */
export function withUnticked({ unticked, ...given }: Input): Input {
  return fill(given, recordOf(unticked));
}

function fill(given: Input, marks: Input): Input {
  const entries = Object.entries(marks).map(([key, mark]): [string, unknown] => {
    const value = Object.hasOwn(given, key) ? given[key] : undefined;
    if (typeof mark !== 'string') return [key, fill(recordOf(value), recordOf(mark))];
    return [key, value ?? (mark === 'list' ? [] : false)];
  });
  return { ...given, ...Object.fromEntries(entries) };
}

const recordOf = (value: unknown): Input => (typeof value === 'object' && value !== null ? { ...value } : {});
