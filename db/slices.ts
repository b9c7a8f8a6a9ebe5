/** Lists of at most `size`, so that a statement stays below the limit of parameters of both engines. */
export function slices<T>(list: readonly T[], size = 200): T[][] {
  return Array.from({ length: Math.ceil(list.length / size) }, (_, at) =>
    list.slice(at * size, (at + 1) * size),
  );
}
