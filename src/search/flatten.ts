/** The lists one behind the other; Chrome 67, which the site still serves, has no `flatMap`. */
export const flatten = <Item>(lists: readonly (readonly Item[])[]): Item[] =>
  lists.reduce<Item[]>((all, list) => all.concat(list), []);
