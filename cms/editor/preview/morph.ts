/**
 * Makes what is below an element the same as the given nodes, touching only what differs: pictures do not load again, and
 * what somebody has unfolded stays so.
 */
export function morphChildren(element: Element, wanted: readonly Node[]): void {
  const here = [...element.childNodes];
  for (const [index, next] of wanted.entries()) {
    const old = here[index];
    if (old) patch(old, next);
    else element.append(own(element, next));
  }
  for (const old of here.slice(wanted.length)) old.remove();
}

const own = (element: Element, node: Node): Node => element.ownerDocument.importNode(node, true);

function patch(old: ChildNode, next: Node): void {
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

/** Not `instanceof`: the preview's frame has classes of its own. */
const isElement = (node: Node): node is Element => node.nodeType === 1;
