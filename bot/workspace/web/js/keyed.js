const known = new WeakMap();

/**
 * Makes the children of `container` those of `items`, in order, keeping the nodes whose stamp did not change, so that
 * focus, open menus and half-typed input survive live updates. An item is {key, stamp: [values], make: () => node}.
 */
export function reconcile(container, items) {
  const before = known.get(container) ?? new Map();
  const after = new Map();
  let cursor = container.firstChild;
  for (const { key, stamp, make } of items) {
    const old = before.get(key);
    const node = old && same(old.stamp, stamp) ? old.node : make();
    if (old && old.node !== node && old.node.parentNode === container) {
      if (cursor === old.node) cursor = node;
      old.node.replaceWith(node);
    }
    after.set(key, { stamp, node });
    if (node === cursor) cursor = cursor.nextSibling;
    else container.insertBefore(node, cursor);
  }
  while (cursor) {
    const gone = cursor;
    cursor = cursor.nextSibling;
    gone.remove();
  }
  known.set(container, after);
}

function same(left, right) {
  return left.length === right.length && left.every((value, index) => value === right[index]);
}
