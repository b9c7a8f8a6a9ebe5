/** How many more there are than a list names that ends at `limit`: so that it says so. They are counted only when it is full. */
export async function leftOut(
  found: readonly unknown[],
  limit: number,
  count: () => PromiseLike<number>,
): Promise<number> {
  return found.length < limit ? 0 : (await count()) - found.length;
}
