/** The first of many by an order, without holding them all. */
export function keepFirst<Item>(most: number, order: (one: Item, two: Item) => number) {
  let kept: Item[] = [];
  const all = () => {
    kept = kept.sort(order).slice(0, most);
    return kept;
  };
  return {
    add: (item: Item) => {
      kept.push(item);
      if (kept.length >= 10 * most) all();
    },
    all,
  };
}
