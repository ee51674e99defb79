/**
 * DOM morphing: makes the children of an element equal to the given nodes and changes only what differs, so that pictures do
 * not load again and open `<details>` stay open.
 */
export function morphChildren(element: Element, nextNodes: readonly Node[]): void {
  const children = [...element.childNodes];
  for (const [index, next] of nextNodes.entries()) {
    const old = children[index];
    if (old) morph(old, next);
    else element.append(adopt(element, next));
  }
  for (const old of children.slice(nextNodes.length)) old.remove();
}

const adopt = (element: Element, node: Node): Node => element.ownerDocument.importNode(node, true);

function morph(old: ChildNode, next: Node): void {
  if (old.isEqualNode(next)) return;
  if (!isElement(old) || !isElement(next) || old.tagName !== next.tagName) {
    old.replaceWith((old.ownerDocument as Document).importNode(next, true));
    return;
  }
  for (const name of old.getAttributeNames()) if (!next.hasAttribute(name)) old.removeAttribute(name);
  for (const { name, value } of next.attributes)
    if (old.getAttribute(name) !== value) old.setAttribute(name, value);
  morphChildren(old, [...next.childNodes]);
}

/** Not `instanceof`: the preview's iframe has its own global classes. */
const isElement = (node: Node): node is Element => node.nodeType === 1;
