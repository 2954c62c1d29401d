/** A map of at most `capacity` entries; what was not read since it was last spared goes first. */
export type BoundedMap<V> = {
  get: (name: string) => V | undefined;
  set: (name: string, value: V) => void;
  clear: () => void;
  size: () => number;
};

export function createBoundedMap<V>(capacity: number): BoundedMap<V> {
  const slots = new Map<string, { value: V; read: boolean }>();

  // Second chance: one that was read goes to the end of the line, once for each time.
  const makeRoom = () => {
    for (const [name, slot] of slots) {
      slots.delete(name);
      if (!slot.read) return;
      slot.read = false;
      slots.set(name, slot);
    }
  };

  return {
    get: (name) => {
      const slot = slots.get(name);
      if (!slot) return undefined;
      slot.read = true;
      return slot.value;
    },
    set: (name, value) => {
      const slot = slots.get(name);
      if (slot) slot.value = value;
      else {
        if (slots.size >= capacity) makeRoom();
        slots.set(name, { value, read: false });
      }
    },
    clear: () => slots.clear(),
    size: () => slots.size,
  };
}
