// How many of some elements stand inside each element around them: one walk up from each, whatever is asked of it later.

export function countInside(elements: readonly Element[]): ReadonlyMap<Element, number> {
  const counts = new Map<Element, number>();
  for (const element of elements)
    for (let around: Element | null = element; around; around = around.parentElement)
      counts.set(around, (counts.get(around) ?? 0) + 1);
  return counts;
}
